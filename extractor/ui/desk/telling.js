// How things of the record are called on the page, in the words of `forms.*.toml`.

const Telling = (() => {
  const KINDS = {
    sessions: "session",
    drivers: "driver",
    teams: "team",
    entries: "entry",
    results: "result",
    incidents: "incident",
    quotes: "quote",
    event: "event",
    document: "document",
    findings: "finding",
  };
  const SIGNS = { accepted: "✓", edited: "✎", added: "+", rejected: "✗", merged: "⇉", unanchored: "⚓" };

  /** Return `t(key, values)` for the words of the right half; `t.n(key, n)` chooses between one and many. */
  function words(desk) {
    const t = (key, values = {}) => desk.words(`forms.${key}`, values);
    t.n = (key, n, values = {}) => {
      const isOne = n === 1 || (n === 0 && lang(desk) === "fr");
      return t(`${key}.${isOne ? "one" : "many"}`, { n: number(desk, n), ...values });
    };
    /** The word for a value of an enumeration; the value itself where there is none. */
    t.of = (group, value) => {
      const key = `${group}.${value}`;
      const said = t(key);
      return said === `forms.${key}` ? String(value) : said;
    };
    Object.defineProperty(t, "lap", { get: () => [t("lap.one", { n: "" }).trim(), t("lap.many", { n: "" }).trim()] });
    return t;
  }

  const lang = (desk) => desk.data?.lang ?? "fr";

  function number(desk, value, digits = 0, least = digits) {
    return new Intl.NumberFormat(lang(desk), { maximumFractionDigits: digits, minimumFractionDigits: least }).format(
      value,
    );
  }

  /** A calibrated probability as a percentage; never a hundred where it is not certain. */
  function percent(desk, share) {
    const shown = share < 1 ? Math.min(Math.round(share * 100), 99) / 100 : 1;
    return new Intl.NumberFormat(lang(desk), { style: "percent" }).format(shown);
  }

  function moment(desk, at) {
    const when = new Date(at);
    if (Number.isNaN(when.getTime())) return "";
    const options = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
    return new Intl.DateTimeFormat(lang(desk) === "fr" ? "fr" : "en-GB", options).format(when);
  }

  function session(desk, id) {
    const it = typeof id === "string" ? desk.thing(id) : id;
    const t = words(desk);
    if (!it) return t("no_session");
    const kind = t.of("session_kind", it.kind);
    return it.label ? it.label.charAt(0).toUpperCase() + it.label.slice(1) : it.number ? `${kind} ${it.number}` : kind;
  }

  const names = (desk, ids) => ids.map((id) => desk.thing(id)?.name ?? id).join(" / ");

  /** A place, or the reason why there is none. */
  function place(desk, result) {
    const t = words(desk);
    const out = result.status !== "classified" ? t.of("result_status", result.status) : null;
    if (result.position === null || result.position === undefined) return out ?? "–";
    return out ? `${result.position} (${out})` : String(result.position);
  }

  function sheet(desk, kind, scope) {
    const t = words(desk);
    return scope === "overall" ? t.of("result_kind", kind) : `${t.of("result_kind", kind)} · ${scope}`;
  }

  /** Time, gap, laps and points of a result, those that there are. */
  function figures(desk, result) {
    const t = words(desk);
    const laps = (n) => t.n("lap", n);
    const gap =
      result.gap && (typeof result.gap === "object" ? laps(result.gap.laps) : Values.writtenDuration(result.gap));
    return [
      Values.writtenDuration(result.time),
      gap ? `+${gap}` : "",
      result.laps !== null && result.laps !== undefined ? laps(result.laps) : "",
      result.points !== null && result.points !== undefined
        ? t("points", { n: number(desk, result.points, Number.isInteger(result.points) ? 0 : 1) })
        : "",
    ].filter(Boolean);
  }

  function participant(desk, one) {
    const who = one.driver ? (desk.thing(one.driver)?.name ?? one.text) : one.text;
    return one.number ? `${who} (n° ${one.number})` : who;
  }

  function incident(desk, it) {
    const who = (it.participants ?? []).map((one) => participant(desk, one)).join(", ");
    const type = words(desk).of("incident_type", it.type);
    return who ? words(desk)("told_of", { what: type, who }) : type;
  }

  function speaker(desk, quote) {
    return (quote.speaker && desk.thing(quote.speaker)?.name) || quote.speaker_name || words(desk)("unknown_speaker");
  }

  const shortened = (text, most = 80) => {
    const points = Array.from(String(text).replace(/\s+/g, " ").trim());
    return points.length > most
      ? `${points
          .slice(0, most - 1)
          .join("")
          .trimEnd()}…`
      : points.join("");
  };

  /** One line that says what a thing is: for lists, previews and dialogs. */
  function title(desk, id, part = desk.partOf(id), thing = desk.thing(id)) {
    const t = words(desk);
    if (id === "event") return thing?.name || [thing?.series, thing?.season].filter(Boolean).join(" ") || t("event");
    if (id === "document") return shortened(thing?.title || thing?.source || t("document"));
    if (!thing) return String(id);
    switch (part) {
      case "sessions":
        return session(desk, thing);
      case "drivers":
      case "teams":
        return thing.name;
      case "entries":
        return [
          names(desk, thing.drivers),
          thing.team && names(desk, [thing.team]),
          thing.number && `n° ${thing.number}`,
        ]
          .filter(Boolean)
          .join(" · ");
      case "results":
        return `${place(desk, thing)} · ${names(desk, thing.drivers)} · ${sheet(desk, thing.kind, thing.scope)}, ${session(desk, thing.session)}`;
      case "incidents":
        return incident(desk, thing);
      case "quotes":
        return t("told_of", { what: speaker(desk, thing), who: `« ${shortened(thing.text, 60)} »` });
      default:
        return String(id);
    }
  }

  /** A duration in words: "25 min 12,345 s". */
  function writtenLong(desk, value) {
    const whole = /^PT(?:(\d+)H)?(?:(\d+)M)?(\d+)\.(\d{3})S$/.exec(value);
    if (!whole) return value;
    const seconds = number(desk, Number(`${whole[3]}.${whole[4]}`), 3, 0);
    return [whole[1] && `${whole[1]} h`, whole[2] && `${whole[2]} min`, `${seconds} s`].filter(Boolean).join(" ");
  }

  /** A few words before and behind a span, for telling one mention from another. */
  function context(points, span, width = 32) {
    const cut = (from, to) => points.slice(Math.max(0, from), to).join("").replace(/\s+/g, " ");
    return {
      before: (span.start > width ? "…" : "") + cut(span.start - width, span.start),
      said: cut(span.start, span.end),
      after: cut(span.end, span.end + width) + (span.end + width < points.length ? "…" : ""),
    };
  }

  let held = { text: null, points: [] };
  /** The text's code points; cut once for each text. */
  function points(desk) {
    const text = desk.data?.text ?? "";
    if (held.text !== text) held = { text, points: Array.from(text) };
    return held.points;
  }

  return {
    KINDS,
    SIGNS,
    context,
    figures,
    lang,
    moment,
    names,
    number,
    participant,
    percent,
    place,
    points,
    session,
    sheet,
    shortened,
    speaker,
    title,
    words,
    writtenLong,
  };
})();

// One line of the right half: what is said, how sure it is, and what was decided about it.

/** Return the element of an item; `held` is the one that showed it before, kept for its focus. */
function drawItem(desk, item, held = null) {
  const tag = item.part === "results" ? "tr" : item.part === "sessions" ? "div" : "li";
  const node = held && held.tagName.toLowerCase() === tag ? held : el(tag, { tabindex: "-1" });
  const mark = desk.marks[item.id] ?? null;
  const kind = Telling.KINDS[item.part];
  const isLit = node.classList.contains("lit");
  node.className = [
    "fact",
    kind,
    mark?.verdict ? `is-${mark.verdict}` : "is-open",
    item.gone ? "is-gone" : "",
    isLit ? "lit" : "",
  ]
    .filter(Boolean)
    .join(" ");
  Object.assign(node.dataset, { id: item.id, part: item.part });
  if (item.part === "results") node.replaceChildren(...resultCells(desk, item, mark));
  else node.replaceChildren(...lineOf(desk, item).filter(Boolean), trustAndVerdict(desk, item, mark));
  return node;
}

/** How sure the extractor is, as percentage and word; once somebody decided, the verdict with its sign instead. */
function trustAndVerdict(desk, item, mark, tag = "span") {
  const t = Telling.words(desk);
  const { confidence } = item.thing;
  const trust =
    confidence === undefined || mark?.verdict
      ? null
      : el(
          "span",
          { class: `trust ${Values.trust(confidence)}` },
          el("span", { class: "share", text: Telling.percent(desk, confidence) }),
          " ",
          el("span", { class: "trust-word", text: t(`trust.${Values.trust(confidence)}`) }),
        );
  const note = mark?.note ? el("span", { class: "has-note", title: mark.note, text: `✉ ${t("note")}` }) : null;
  return el(tag, { class: "state" }, trust, note, verdictOf(desk, mark));
}

function verdictOf(desk, mark) {
  const t = Telling.words(desk);
  if (!mark?.verdict) return null;
  const into = mark.into ? ` → ${Telling.shortened(Telling.title(desk, mark.into), 30)}` : "";
  return el(
    "span",
    { class: `verdict ${mark.verdict}`, title: `${mark.reviewer}, ${Telling.moment(desk, mark.at)}` },
    el("span", { "aria-hidden": "true", text: `${Telling.SIGNS[mark.verdict]} ` }),
    `${t.of("verdict", mark.verdict)}${into}`,
  );
}

function resultCells(desk, item, mark) {
  const t = Telling.words(desk);
  const it = item.thing;
  const entry = Flags.entryOf(desk.record, it);
  const flags = item.flags ?? [];
  const sign = flags.length
    ? el("span", {
        class: "flag-sign",
        title: flags.join("\n"),
        role: "img",
        "aria-label": flags.join(". "),
        text: "▲",
      })
    : null;
  const team = entry?.team ? desk.thing(entry.team)?.name : null;
  const out = it.status !== "classified" && !it.position;
  return [
    el("td", { class: `place${out ? " status" : ""}` }, sign, Telling.place(desk, it)),
    el(
      "td",
      { class: "driver" },
      el("span", { class: "name", text: Telling.names(desk, it.drivers) || t("nobody") }),
      it.standing === "inferred" ? el("span", { class: "tag", text: ` ${t("inferred")}` }) : null,
      team ? el("span", { class: "team", text: ` ${team}` }) : null,
    ),
    el("td", { class: "number", text: entry?.number ? `n° ${entry.number}` : "" }),
    el("td", { class: "figure", text: Telling.figures(desk, it).join(" · ") }),
    trustAndVerdict(desk, item, mark, "td"),
  ];
}

const itemWhat = (text) => el("b", { class: "what", text });
const itemSoft = (text) => (text ? el("span", { class: "details", text: ` ${text}` }) : null);

/** What stands in the line of an item that is no result. */
function lineOf(desk, { id, part, thing: it }) {
  const t = Telling.words(desk);
  switch (part) {
    case "sessions":
      return [
        itemWhat(Telling.session(desk, it)),
        itemSoft(
          [
            it.label ? t.of("session_kind", it.kind) : "",
            it.scheduled,
            it.status === "unknown" ? "" : t.of("session_status", it.status),
          ]
            .filter(Boolean)
            .join(" · "),
        ),
      ];
    case "incidents":
      return incidentLine(desk, it);
    case "quotes":
      return [
        el(
          "span",
          {},
          itemWhat(Telling.speaker(desk, it)),
          itemSoft(
            [it.speaker ? "" : t.of("speaker_role", it.speaker_role), it.kind === "indirect" ? t("indirect") : ""]
              .filter(Boolean)
              .join(" · "),
          ),
        ),
        el("blockquote", { text: `« ${it.text} »` }),
      ];
    case "entries":
      return entryLine(desk, it);
    case "drivers":
    case "teams":
      return nameLine(desk, it, part);
    case "findings":
      return findingLine(desk, it);
    default:
      return aboutLine(desk, id, it);
  }
}

function incidentLine(desk, it) {
  const t = Telling.words(desk);
  const people = (it.participants ?? []).map((one) => {
    const role = t.of("participant_role", one.role);
    return `${Telling.participant(desk, one)}${one.role !== "subject" && role ? ` (${role})` : ""}`;
  });
  const where = [it.lap ? t("on_lap", { n: it.lap }) : "", it.when, it.where].filter(Boolean).join(" · ");
  const causes = (it.caused_by ?? []).map((id) => Telling.shortened(Telling.title(desk, id), 40));
  const after = [
    (it.consequences ?? []).map((one) => t.of("consequence", one)).join(", "),
    causes.length ? t("because_of", { what: causes.join(", ") }) : "",
    it.asserted_by ? t("asserted_by", { who: Telling.speaker(desk, desk.thing(it.asserted_by) ?? {}) }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
  return [
    itemWhat(t.of("incident_type", it.type)),
    el("span", { class: "who", text: ` ${people.join(", ")}` }),
    itemSoft(where),
    after ? el("div", { class: "why", text: `→ ${after}` }) : null,
  ];
}

function entryLine(desk, it) {
  const team = it.team ? desk.thing(it.team)?.name : "";
  return [
    itemWhat(Telling.names(desk, it.drivers)),
    itemSoft([team, it.number ? `n° ${it.number}` : "", it.car, ...(it.classes ?? [])].filter(Boolean).join(" · ")),
  ];
}

function nameLine(desk, it, part) {
  const t = Telling.words(desk);
  const role = part === "drivers" && it.role !== "driver" ? t.of("driver_role", it.role) : "";
  const also = it.aliases?.length ? t("also", { names: it.aliases.join(", ") }) : "";
  return [
    itemWhat(it.name),
    itemSoft([role, also, t.n("mention", it.mentions?.length ?? 0)].filter(Boolean).join(" · ")),
  ];
}

function findingLine(desk, it) {
  const t = Telling.words(desk);
  const sign = { error: "■", warning: "▲", info: "◦" }[it.severity] ?? "◦";
  const about = it.about.filter((id) => desk.thing(id));
  return [
    el("b", { class: "what", text: `${sign} ${t.of("severity", it.severity)}` }),
    el("span", { text: ` ${it.message}` }),
    about.length
      ? el(
          "div",
          { class: "why" },
          `${t("about_what")} `,
          ...about.flatMap((id, n) => [
            n ? ", " : "",
            el("button", {
              type: "button",
              class: "see",
              tabindex: "-1",
              text: Telling.shortened(Telling.title(desk, id), 40),
              on: { click: () => desk.focus(id, null) },
            }),
          ]),
        )
      : null,
  ];
}

function aboutLine(desk, id, it) {
  const t = Telling.words(desk);
  const fields =
    id === "event"
      ? ["name", "series", "season", "round", "venue", "starts_on", "ends_on"]
      : ["title", "published_on", "language", "source", "media_type"];
  const list = el("dl", { class: "about" });
  for (const name of fields)
    if (it[name] !== null && it[name] !== undefined && it[name] !== "") {
      list.append(el("dt", { text: t(`field.${name}`) }), el("dd", { text: String(it[name]) }));
    }
  return [itemWhat(t(id)), list];
}

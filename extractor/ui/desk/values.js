// Values as people write them and as the record keeps them. Pure: no document, no page.

const Values = (() => {
  const SIGNS = [
    [/[’′‘`´]/g, "'"],
    [/[”″“]|''/g, '"'],
    [/\s+/g, " "],
  ];
  const HOURS = "h|heures?|hours?|hrs?";
  const MINUTES = "m|mn|min|minutes?|'";
  const SECONDS = 's|sec|secs|secondes?|seconds?|"';
  const NAMED = new RegExp(
    `^(?:(\\d{1,3})\\s?(?:${HOURS})\\.?\\s?)?(?:(\\d{1,3})\\s?(?:${MINUTES})\\.?\\s?)?` +
      `(?:(\\d{1,3})(?:[.,](\\d{1,3}))?\\s?(?:(?:${SECONDS})\\.?\\s?(\\d{1,3}|[1-9]/(?:5|10))?)?)?$`,
    "i",
  );
  const COLONS = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?$/;
  const DOTS = /^(\d{1,2})\.(\d{2})[.,](\d{1,3})$/;
  const ISO = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3}))?S)?$/;
  const LAPS = /^\+?\s?(?:à\s)?(\d{1,4})\s?(?:tours?|trs?|laps?|t|l)\.?$/i;

  /** Milliseconds after a decimal sign: "3" is 300, "34" is 340, "2/5" is 400. */
  function thousandths(written) {
    if (!written) return 0;
    if (written.includes("/")) {
      const [part, whole] = written.split("/").map(Number);
      return part < whole ? Math.round((1000 * part) / whole) : null;
    }
    return Number(written.padEnd(3, "0"));
  }

  /** An ISO 8601 duration with milliseconds, or null where minutes or seconds run over. */
  function iso(hours, minutes, seconds, fraction) {
    const [h, m, s] = [hours, minutes, seconds].map((part) => Number(part || 0));
    const f = thousandths(fraction);
    if (f === null || (hours !== undefined && m > 59) || ((h || m) && s > 59)) return null;
    return `PT${h ? `${h}H` : ""}${h || m ? `${m}M` : ""}${s}.${String(f).padStart(3, "0")}S`;
  }

  /** Signs brought together: primes of all kinds, blanks, a plus in front. */
  function plain(text) {
    let said = String(text ?? "").normalize("NFC");
    for (const [from, to] of SIGNS) said = said.replace(from, to);
    return said.trim();
  }

  /** "1 h 25 min 12 s 3", "25:12.345", "25'12\"3", "12,3 s" or "PT25M12.345S" as PT25M12.345S; null where it is none. */
  function duration(text) {
    const said = plain(text).replace(/^\+\s?/, "");
    if (!said) return null;
    const whole = said.toUpperCase().match(ISO);
    if (whole && said.length > 2) return /\d/.test(said) ? iso(...whole.slice(1)) : null;
    const colons = said.match(COLONS);
    if (colons) return iso(...colons.slice(1));
    const dots = said.match(DOTS);
    if (dots) return iso(undefined, ...dots.slice(1));
    const named = said.match(NAMED);
    if (!named || (named[4] && named[5])) return null;
    // "12" alone may be laps, minutes or seconds.
    if (/^\d+$/.test(said)) return null;
    return iso(named[1], named[2], named[3], named[4] ?? named[5]);
  }

  /** A gap: a duration, or {laps} for "2 tours"; null where it is neither. */
  function gap(text) {
    const laps = plain(text).match(LAPS);
    if (laps) return Number(laps[1]) >= 1 ? { laps: Number(laps[1]) } : null;
    return duration(text);
  }

  /** PT1H25M12.300S as 1:25:12.3: what people type, and what is read back as the same. */
  function writtenDuration(value) {
    const parts = ISO.exec(value ?? "");
    if (!parts) return value ?? "";
    const [h, m, s] = [1, 2, 3].map((n) => Number(parts[n] || 0));
    const fraction = (parts[4] ?? "").replace(/0+$/, "");
    const two = (n) => String(n).padStart(2, "0");
    const clock = h ? `${h}:${two(m)}:${two(s)}` : m ? `${m}:${two(s)}` : String(s);
    const tail = fraction ? `.${fraction}` : "";
    return h || m ? clock + tail : `${clock}${tail} s`;
  }

  /** A gap as it is typed; `lap` is the word for one and for several, such as ["tour", "tours"]. */
  function writtenGap(value, lap = ["tour", "tours"]) {
    if (value === null || value === undefined) return "";
    if (typeof value === "object") return `${value.laps} ${value.laps > 1 ? lap[1] : lap[0]}`;
    return writtenDuration(value);
  }

  /** A whole number of one to four figures, at least `least`; null where it is none. */
  function whole(text, least = 1) {
    const said = plain(text).replace(/\.$/, "");
    if (!/^\d{1,4}$/.test(said)) return null;
    return Number(said) >= least ? Number(said) : null;
  }

  /** A place: "3", "3e", "3ème", "1er", "P3", "3rd"; null where it is none. */
  function place(text) {
    const said = plain(text).match(/^p?\s?(\d{1,3})(?:\s?(?:e|è|er|re|ère|ème|ième|nd|nde|st|rd|th|°|\.))?$/i);
    return said && Number(said[1]) >= 1 ? Number(said[1]) : null;
  }

  /** A clock time as HH:MM for "13 h 10", "13h10", "9:05"; null where it is none. */
  function clock(text) {
    const said = plain(text).match(/^(\d{1,2})\s?(?:h|:)\s?(\d{2})?$/i);
    if (!said || Number(said[1]) > 23 || Number(said[2] || 0) > 59) return null;
    return `${said[1].padStart(2, "0")}:${said[2] ?? "00"}`;
  }

  /** Letters and figures alone, small, without accents: for finding and comparing names. */
  function fold(text) {
    const bare = String(text ?? "")
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase();
    return bare
      .replace(/œ/g, "oe")
      .replace(/æ/g, "ae")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  }

  /** Edits between two words; `most` + 1 stands for all that are more. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return Math.min(row[b.length], most + 1);
  }

  /** Which word a calibrated probability has. */
  function trust(confidence) {
    if (confidence >= 0.95) return "sure";
    if (confidence >= 0.8) return "likely";
    if (confidence >= 0.5) return "unsure";
    return "doubtful";
  }

  /** Whether two values of the record's JSON are the same. */
  function same(a, b) {
    if (a === b || (a ?? null) === (b ?? null)) return true;
    if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    for (const key of keys) if (!same(a[key], b[key])) return false;
    return true;
  }

  return {
    clock,
    distance,
    duration,
    fold,
    gap,
    place,
    plain,
    same,
    trust,
    whole,
    writtenDuration,
    writtenGap,
  };
})();

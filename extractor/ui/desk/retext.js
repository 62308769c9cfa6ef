// The text itself is corrected: what was read wrong, which spans move with it, and those that lost their place.

const Retexting = (() => {
  const KEPT = 1 / 3; // as in extractor/review/anchoring.py, which has the last word

  /** Every span of the record: {id, field, span}. */
  function spansOf(record) {
    const all = [];
    for (const part of PARTS)
      for (const thing of record[part]) {
        const field = thing.mentions ? "mentions" : "evidence";
        for (const span of thing[field]) all.push({ id: thing.id, part, field, span });
      }
    for (const span of record.event?.evidence ?? []) all.push({ id: "event", part: "event", field: "evidence", span });
    return all;
  }

  /** How many characters of two words are the same at their beginning and at their end. */
  function common(a, b) {
    let head = 0;
    while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
    let tail = 0;
    while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
    return { head, tail };
  }

  /** The correction without the letters that stay: places in code points. */
  function narrowed({ start, end, old, now }) {
    const [before, after] = [Array.from(old), Array.from(now)];
    const { head, tail } = common(before, after);
    return {
      start: start + head,
      end: end - tail,
      old: before.slice(head, before.length - tail).join(""),
      now: after.slice(head, after.length - tail).join(""),
    };
  }

  /** The correction without the words that stay at its ends, so that spans beside what was wrong are not touched. */
  function inWords({ start, end, old, now }) {
    const [before, after] = [old, now].map((text) => text.match(/\s+|\S+/gu) ?? []);
    const { head, tail } = common(before, after);
    const size = (words) => Array.from(words.join("")).length;
    return {
      start: start + size(before.slice(0, head)),
      end: end - size(before.slice(before.length - tail)),
      old: before.slice(head, before.length - tail).join(""),
      now: after.slice(head, after.length - tail).join(""),
    };
  }

  /** What becomes of a span: "stays", "moves", "changes" (its words do) or "loses". */
  function fate(span, made) {
    const { start, end, old, now } = narrowed(made);
    const written = Array.from(now).length;
    if (old === now || span.end <= start) return "stays";
    if (span.start >= end) return written === end - start ? "stays" : "moves";
    const length = span.end - span.start;
    const inside = Math.min(span.end, end) - Math.max(span.start, start);
    const holds = span.start <= start && span.end >= end;
    // Of what was replaced, as much is taken to be the same words as was written instead.
    const kept = length - inside + Math.min(inside, holds ? written : Math.floor((written * inside) / (end - start)));
    return kept >= (holds ? 1 : KEPT * length) ? "changes" : "loses";
  }

  /** The word at a place in a text, as code points; null between words. */
  function wordAt(text, unit) {
    const isWord = (letter) => letter !== undefined && /[\p{L}\p{N}’'-]/u.test(letter);
    let [from, to] = [unit, unit];
    while (isWord(text[from - 1])) from -= 1;
    while (isWord(text[to])) to += 1;
    if (from === to) return null;
    const units = unitsOf(text);
    return { start: units.toPoints(from), end: units.toPoints(to), text: text.slice(from, to) };
  }

  /** The edit that gives something a span for one that it lost; `span` null lets it be without. */
  function reanchored(desk, id, span) {
    const thing = desk.thing(id);
    const field = thing.mentions ? "mentions" : "evidence";
    const old = thing[field] ?? [];
    // What is gone for want of a place has only places in a text that is no more.
    const staying = id in desk.gone ? [] : old;
    const fresh = span
      ? {
          start: span.start,
          end: span.end,
          text: span.text,
          ...(field === "mentions" ? { form: span.form ?? "name" } : {}),
        }
      : null;
    const now =
      fresh && !staying.some((one) => SpanFields.isSame(one, fresh))
        ? [...staying, fresh].sort(SpanFields.byStart)
        : staying;
    return { action: "edit", target: id, fields: { [field]: { old, new: now } } };
  }

  /** The place where the words of a lost span stand, the nearest to where they stood. */
  function nearest(text, span) {
    return (
      Guess.occurrences(text, span.text).sort(
        (a, b) => Math.abs(a.start - span.start) - Math.abs(b.start - span.start),
      )[0] ?? null
    );
  }

  return { fate, inWords, narrowed, nearest, reanchored, spansOf, wordAt };
})();

/** Correct the selected text, or the word at the caret. */
function openRetext(desk, { range = desk.range } = {}) {
  const t = Telling.words(desk);
  const place = range ?? Retexting.wordAt(desk.data.text, desk.caretUnit?.() ?? 0);
  if (!place) {
    desk.emit("refused", { id: null, message: t("retext_page.select") });
    return null;
  }
  let opened = null;
  const isLong = place.text.length > 60 || /[\r\n]/.test(place.text);
  const input = el(isLong ? "textarea" : "input", {
    type: isLong ? null : "text",
    rows: isLong ? "6" : null,
    maxlength: 20000,
    spellcheck: "true",
    lang: "fr",
    class: "as-read",
    "data-first": true,
  });
  input.value = place.text;
  input.addEventListener("input", tell);
  const field = Pieces.field(t("retext_page.now"), input, { hint: isLong ? t("hint.new_line") : null });
  const points = Telling.points(desk);
  const { before, said, after } = Telling.context(points, place, 40);
  const sum = el("p", { class: "sum", role: "status" });
  const list = el("ul", { class: "small-list" });
  const body = el(
    "div",
    { class: "form" },
    el(
      "p",
      { class: "from quoted" },
      el("span", { class: "around", text: before }),
      el("mark", { text: said }),
      el("span", { class: "around", text: after }),
    ),
    field.node,
    sum,
    list,
  );
  opened = Pieces.dialog(desk, desk.root, {
    title: t("retext_page.title"),
    body,
    save,
    saveLabel: t("retext_page.do"),
  });
  input.select();
  tell();
  return opened;

  /** What is written now, with the ends of lines that the text has: a field knows only one kind. */
  function written() {
    return place.text.includes("\r\n") ? input.value.replace(/\r?\n/g, "\r\n") : input.value;
  }
  function correction() {
    return Retexting.inWords({ start: place.start, end: place.end, old: place.text, now: written() });
  }
  function tell() {
    const made = correction();
    const isSame = made.old === made.now;
    opened.saveButton.disabled = isSame;
    field.problem(null);
    if (isSame) {
      setText(sum, t("retext_page.same"));
      list.replaceChildren();
      return;
    }
    const fates = { stays: [], moves: [], changes: [], loses: [] };
    for (const one of Retexting.spansOf(desk.record)) fates[Retexting.fate(one.span, made)].push(one);
    const shift = Array.from(made.now).length - (made.end - made.start);
    setText(
      sum,
      [
        t.n("retext_changes", fates.changes.length),
        shift ? t.n("retext_moves", fates.moves.length, { by: shift > 0 ? `+${shift}` : String(shift) }) : "",
        fates.loses.length ? `▲ ${t.n("retext_loses", fates.loses.length)}` : "",
      ]
        .filter(Boolean)
        .join(" "),
    );
    const line =
      (sign, word) =>
      ({ id, part, span }) =>
        el(
          "li",
          {},
          el("b", { text: `${sign} ${word} ` }),
          `${Telling.title(desk, id, part)} · « ${Telling.shortened(span.text, 50)} »`,
        );
    list.replaceChildren(
      ...fates.loses.map(line("▲", t("fate.loses"))),
      ...fates.changes.slice(0, 40).map(line("✎", t("fate.changes"))),
    );
  }
  function save() {
    const made = correction();
    if (made.old === made.now) return false;
    desk.decide({ action: "retext", start: made.start, end: made.end, old: made.old, new: made.now });
    return true;
  }
}

/** Spans without a place since a correction: each gets another one, is let go, or its fact is rejected. */
function openLoose(desk) {
  const t = Telling.words(desk);
  const range = desk.range ? Guess.trimmed(desk.range) : null;
  const settled = new Set();
  const list = el("ul", { class: "loose-list" });
  const rover = Pieces.roving(list, "li", {});
  const hint = el("p", {
    class: "hint",
    text: range ? t("loose_page.range", { said: Telling.shortened(range.text, 40) }) : t("loose_page.select"),
  });
  const body = el("div", { class: "form" }, hint, list);
  const opened = Pieces.dialog(desk, desk.root, { title: t("loose_page.title"), body });
  list.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    const button =
      item && [...item.querySelectorAll("button")].find((one) => one.dataset.key === event.key.toLowerCase());
    if (!button || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    button.click();
  });
  draw();
  (rover.items()[0] ?? list).focus();
  return opened;

  function waiting() {
    return (desk.data.loose ?? []).filter((one) => !settled.has(one.target));
  }
  function draw() {
    const all = waiting();
    setChildren(list, all.length ? all.map(line) : [el("li", { tabindex: "-1", text: t("loose_page.none") })]);
    rover.settle();
  }
  function line(one) {
    const near = Retexting.nearest(desk.data.text, one.span);
    const isGone = one.target in desk.gone;
    const thing = desk.thing(one.target);
    const others = isGone ? 0 : (thing?.mentions ?? thing?.evidence ?? []).length;
    const button = (key, label, change) => {
      const made = Pieces.button(label, () => settle(one.target, change()), { key: key.toUpperCase(), kind: "small" });
      made.dataset.key = key;
      made.tabIndex = -1;
      return made;
    };
    const reject = () => ({ action: "reject", targets: [one.target] });
    return el(
      "li",
      { tabindex: "-1" },
      el("p", {}, el("b", { text: Telling.title(desk, one.target) })),
      el(
        "p",
        { class: "quoted" },
        el("s", { text: `« ${Telling.shortened(one.span.text, 90)} »` }),
        " ",
        el("span", { class: "more", text: isGone ? t("loose_page.gone") : t.n("loose_others", others) }),
      ),
      el(
        "span",
        { class: "buttons" },
        range ? button("s", t("loose_page.to_selection"), () => Retexting.reanchored(desk, one.target, range)) : null,
        near
          ? button("p", t("loose_page.to_near", { said: Telling.shortened(near.text, 30) }), () =>
              Retexting.reanchored(desk, one.target, near),
            )
          : null,
        isGone ? null : button("d", t("loose_page.drop"), () => Retexting.reanchored(desk, one.target, null)),
        ["event", "document"].includes(one.target) ? null : button("x", t("loose_page.reject"), reject),
      ),
    );
  }
  function settle(target, change) {
    desk.decide(change);
    settled.add(target);
    draw();
    opened.say(t("loose_page.done", { n: waiting().length }));
    const next = rover.items()[0];
    if (next && waiting().length) rover.move(next, true);
    else opened.close();
  }
}

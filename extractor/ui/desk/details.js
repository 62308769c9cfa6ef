// The panel below the facts: the current one whole, with what was decided, where the text says it, and what can be done.

/** Return {node, draw}; its place stays the same, so that nothing moves when the current fact changes. */
function createDetails(desk, root) {
  const title = el("h3", { id: Pieces.nextId() });
  const state = el("p", { class: "state-line" });
  const note = el("p", { class: "note" });
  const evidence = el("ul", { class: "evidence" });
  const actions = el("div", { class: "actions", role: "toolbar" });
  const node = el(
    "section",
    { class: "facts-details", "aria-labelledby": title.id },
    title,
    state,
    note,
    evidence,
    actions,
  );
  let told = null;
  return { node, draw };

  function draw() {
    const id = desk.current;
    const thing = id ? whole(id) : null;
    node.classList.toggle("is-empty", !thing);
    const mark = desk.marks[id] ?? null;
    const now = JSON.stringify([id, desk.data?.lang, thing, mark, id in (desk.gone ?? {}), desk.mayDecide]);
    if (now === told) return;
    told = now;
    const at = [...actions.children].indexOf(Pieces.focused(root));
    if (thing) fill(id, thing, mark);
    else empty();
    // Whoever pressed a button here has the one that took its place.
    if (at >= 0) (actions.children[Math.min(at, actions.children.length - 1)] ?? root).focus();
  }

  function whole(id) {
    const finding = /^finding:(\d+)$/.exec(id);
    if (finding) return desk.findings[Number(finding[1])] ?? null;
    return (id === "document" ? desk.record?.document : desk.thing(id)) ?? null;
  }

  function empty() {
    const t = Telling.words(desk);
    setText(title, t("no_current"));
    for (const one of [state, note, evidence, actions]) one.replaceChildren();
    delete actions.dataset.offered;
  }

  function fill(id, thing, mark) {
    const t = Telling.words(desk);
    const part = /^finding:/.test(id) ? "findings" : (desk.partOf(id) ?? id);
    const kind = t.of("kind", Telling.KINDS[part] ?? part);
    title.replaceChildren(
      el("span", { class: `swatch in-${Telling.KINDS[part]}`, text: kind }),
      " ",
      part === "findings" ? thing.message : Telling.title(desk, id, part, thing),
    );
    const isGone = id in desk.gone;
    state.replaceChildren(...detailState(desk, t, thing, mark));
    note.hidden = !mark?.note;
    setText(note, mark?.note ? `✉ ${mark.note}` : "");
    const spans = thing.mentions ?? thing.evidence ?? [];
    evidence.replaceChildren(
      ...spans
        .slice(0, 12)
        .map((span) =>
          el("li", {
            class: "span",
            text: `« ${Telling.shortened(span.text, 110)} »${span.page ? ` ${t("on_page", { n: span.page })}` : ""}`,
          }),
        ),
      spans.length > 12 ? el("li", { text: t("and_more", { n: spans.length - 12 }) }) : "",
    );
    const offered = JSON.stringify([id, desk.data.lang, part, isGone, mark?.verdict === "unanchored", desk.mayDecide]);
    if (actions.dataset.offered === offered) return;
    actions.dataset.offered = offered;
    actions.setAttribute("aria-label", t("actions"));
    actions.replaceChildren(...detailButtons(desk, t, id, part, isGone));
  }
}

function detailState(desk, t, thing, mark) {
  const parts = [];
  // What somebody accepted, edited or added has the confidence 1: that is his word, not the extractor's.
  if (thing.confidence !== undefined && !mark?.verdict) {
    parts.push(`${Telling.percent(desk, thing.confidence)} ${t(`trust.${Values.trust(thing.confidence)}`)}`);
  }
  if (thing.standing === "inferred") parts.push(t("inferred"));
  if (thing.optional) parts.push(t("optional"));
  const line = [parts.join(" · ")];
  if (mark?.verdict)
    line.push(
      parts.length ? " · " : "",
      verdictOf(desk, mark),
      ` ${t("by_at", { who: mark.reviewer, at: Telling.moment(desk, mark.at) })}`,
    );
  else line.push(parts.length ? " · " : "", t("undecided"));
  return line;
}

/** What can be done with a fact, each with its letter. */
function detailButtons(desk, t, id, part, isGone) {
  if (!desk.mayDecide || part === "findings") return [];
  if (isGone && desk.marks[id]?.verdict === "unanchored") {
    return [
      Pieces.button(t("loose_page.place"), () => desk.emit("open-form", { part: "loose" }), {
        key: "L",
        kind: "primary small",
      }),
    ];
  }
  if (isGone) return [Pieces.button(t("restore"), () => restoreFact(desk, id), { kind: "primary small" })];
  const open =
    (name, extra = {}) =>
    () =>
      desk.emit("open-form", { part: name, id, ...extra });
  const made = [];
  const isThing = !["event", "document"].includes(part);
  if (isThing) {
    made.push(
      Pieces.button(t("accept"), () => desk.decide({ action: "accept", targets: [id] }), { key: "A", kind: "small" }),
    );
    made.push(
      Pieces.button(t("reject"), () => desk.decide({ action: "reject", targets: [id] }), { key: "X", kind: "small" }),
    );
  }
  made.push(Pieces.button(t("edit"), open(part), { key: "E", kind: "small" }));
  made.push(Pieces.button(t("note"), () => openNote(desk, desk.root, id), { key: "M", kind: "small" }));
  if (isThing && !["sessions", "drivers", "teams"].includes(part))
    made.push(Pieces.button(t("identical"), open("identical"), { key: "S", kind: "small" }));
  if (part === "results") made.push(Pieces.button(t("grid"), open("grid"), { key: "G", kind: "small" }));
  if (["drivers", "teams"].includes(part)) {
    made.push(Pieces.button(t("merge"), open("merge"), { key: "Y", kind: "small" }));
    made.push(Pieces.button(t("split"), open("split"), { key: "V", kind: "small" }));
  }
  return made;
}

/** Take back the decision that took something out of the record. */
function restoreFact(desk, id) {
  const out = ["reject", "merge", "retext"];
  const last =
    desk.marks[id]?.decision ??
    (desk.log ?? []).findLast((entry) => !entry.undone && out.includes(entry.action) && entry.targets.includes(id))?.id;
  if (!last) {
    desk.emit("refused", { id: null, message: desk.words("forms.cannot_restore") });
    return null;
  }
  return desk.decide({ action: "undo", decision: last });
}

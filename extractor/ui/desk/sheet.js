// The dialog around the sheet of a classification: which one it is, and saving it.

/** The classification that an `open-form` asks for: named whole, or that of a result, or the first of a session. */
function sheetAsked(desk, { session = null, kind = null, scope = null, id = desk.current }) {
  if (session && kind) return { session, kind, scope: scope ?? "overall" };
  const thing = desk.thing(id);
  if (desk.partOf(id) === "results") return { session: thing.session, kind: thing.kind, scope: thing.scope };
  const home = desk.partOf(id) === "sessions" ? id : (thing?.session ?? desk.record.sessions[0]?.id);
  const first = desk.record.results
    .filter((result) => result.session === home)
    .sort((a, b) => Number(b.kind === "final") - Number(a.kind === "final"))[0];
  return home ? { session: home, kind: first?.kind ?? "final", scope: first?.scope ?? "overall" } : null;
}

/** The place in the text that bears a new row out: the selection, else where its driver is first named in that session. */
function evidenceFor(desk, row, sheet, range, additions = []) {
  if (range) return [{ start: range.start, end: range.end, text: range.text }];
  const thing = desk.thing(row.drivers[0]) ?? additions.find((change) => change.thing.id === row.drivers[0])?.thing;
  if (!thing) return [];
  const from = Math.min(...(desk.thing(sheet.session)?.evidence ?? []).map((span) => span.start), Infinity);
  const mention = thing.mentions.find((one) => one.form === "name" && one.start >= from) ?? thing.mentions[0];
  return [{ start: mention.start, end: mention.end, text: mention.text }];
}

/** Open the sheet of a session, kind and class in a dialog, in which another one can be chosen. */
function openGrid(desk, asked) {
  const t = Telling.words(desk);
  let sheet = sheetAsked(desk, asked);
  if (!sheet) {
    desk.emit("refused", { id: null, message: t("problem.no_session") });
    return null;
  }
  const ctx = { desk, t, range: desk.range, additions: [] };
  const place = el("div", { class: "grid-place" });
  const which = createSheetChoice(desk, t, sheet, change);
  const add = Pieces.button(t("grid_page.add"), () => grid.add(), { key: t("key.insert"), kind: "small" });
  const drop = Pieces.button(t("grid_page.drop"), () => grid.drop(), { key: t("key.ctrl_delete"), kind: "small" });
  const help = el("p", { class: "hint", text: t("grid_page.help") });
  const body = el("div", { class: "grid-body" }, which.node, help, place, el("div", { class: "buttons" }, add, drop));
  const opened = Pieces.dialog(desk, desk.root, { title: t("grid_page.title"), body, save, wide: true });
  opened.saveButton.querySelector(".key").textContent = t("key.ctrl_enter");
  let warned = false;
  opened.node.addEventListener("cancel", warn, true);
  let grid = drawn();
  grid.focus(asked.id ?? desk.current);
  return opened;

  function drawn() {
    const made = createGrid(ctx, sheet);
    place.replaceChildren(made.node, made.flags);
    made.onChange = () => {
      warned = false;
      const changes = made.changes();
      opened.say(changes.length ? t.n("decisions", changes.length) : "");
    };
    return made;
  }
  /** Another sheet; not while this one has something unsaved. */
  function change(next) {
    if (grid.changes().length) {
      opened.say(t("grid_page.save_first"));
      which.set(sheet);
      return;
    }
    sheet = next;
    grid = drawn();
  }
  /** What was typed is not thrown away by one key. */
  function warn(event) {
    if (event.target !== opened.node || warned || !grid.changes().length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    warned = true;
    opened.say(t("grid_page.unsaved"));
  }
  function save() {
    grid.commit();
    const bad = grid.bad();
    if (bad) {
      opened.say(t(`flag.${bad.code}`, bad.values));
      grid.focusCell(bad.keys[0], bad.column);
      return false;
    }
    const changes = grid.changes();
    const said = JSON.stringify(changes);
    for (const addition of ctx.additions) if (said.includes(`"${addition.thing.id}"`)) desk.decide(addition);
    for (const one of changes) desk.decide(one);
    return true;
  }
}

/** Which classification: session, kind and class. Returns {node, set}; `onChange(sheet)` hears of another choice. */
function createSheetChoice(desk, t, sheet, onChange) {
  const { record } = desk;
  const label = (name) => ({ "aria-label": t(`field.${name}`) });
  const sessions = record.sessions.map((one) => [one.id, Telling.session(desk, one)]);
  const session = Pieces.choice(sessions, sheet.session, label("session"));
  const kinds = Fields.ENUMS.result_kind.map((one) => [one, t.of("result_kind", one)]);
  const kind = Pieces.choice(kinds, sheet.kind, label("kind"));
  const id = Pieces.nextId();
  const known = [...new Set(record.results.map((one) => one.scope))].filter((one) => one !== "overall");
  const scope = el("input", {
    type: "text",
    list: id,
    maxlength: 80,
    autocomplete: "off",
    placeholder: t("hint.scope"),
    ...label("scope"),
  });
  const names = el("datalist", { id }, ...known.map((value) => el("option", { value })));
  for (const one of [session, kind, scope]) one.addEventListener("change", () => onChange(read()));
  set(sheet);
  return { node: el("div", { class: "sheet-choice" }, session, kind, scope, names), set };

  function read() {
    return { session: session.value, kind: kind.value, scope: scope.value.trim() || "overall" };
  }
  function set(to) {
    session.value = to.session;
    kind.value = to.kind;
    scope.value = to.scope === "overall" ? "" : to.scope;
  }
}

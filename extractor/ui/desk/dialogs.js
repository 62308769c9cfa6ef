// Help and remarks: dialogs of the browser's own, which keep the keyboard inside and give the focus back.

/** Open a dialog made of parts; whoever had the focus has it again afterwards. */
function openDialog(root, label, ...parts) {
  const before = document.activeElement;
  const dialog = el("dialog", { class: "desk-dialog", "aria-label": label }, ...parts);
  root.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before?.isConnected && before !== document.body) before.focus({ preventScroll: true });
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside it
  });
  dialog.showModal();
  return dialog;
}

/** Write, change or take away the remark on something. */
function openNote(desk, root, id) {
  const old = desk.marks[id]?.note ?? "";
  const title = desk.words("desk.note.title", { what: called(desk, id) });
  const field = el("textarea", { rows: "5", maxlength: "4000", "aria-label": title });
  field.value = old;
  const save = () => {
    const now = field.value.trim();
    dialog.close();
    if (now !== old) desk.decide({ action: "note", target: id, old, new: now });
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
  });
  const dialog = openDialog(root, title, el("h2", { text: title }), field,
    el("p", { class: "soft", text: desk.words("desk.note.hint") }),
    el("div", { class: "row" },
      el("button", { type: "button", class: "strong", text: desk.words("desk.save"), on: { click: save } }),
      el("button", { type: "button", text: desk.words("desk.cancel"), on: { click: () => dialog.close() } })));
  field.focus();
}

/** Show all keys, with the switch for letters. */
function openHelp(desk, root, keys, onChange) {
  const row = (marks, said) => el("tr", {}, el("td", {}, ...marks.map((mark) => el("kbd", { text: mark }))), el("td", { text: said }));
  const rows = KEYS.map((entry) => row(marksOf(entry), desk.words(`desk.key.${entry.name}`)));
  const inText = ["move", "extend", "character", "line", "offer"].map((name) => row(
    desk.words(`desk.caret.${name}.keys`).split(" "), desk.words(`desk.caret.${name}.says`)));
  const title = desk.words("desk.help.title");
  const box = el("input", { type: "checkbox", on: { change: () => { keys.setLetters(box.checked); onChange(); } } });
  box.checked = keys.letters;
  // The button stands above: below, it would be scrolled to, and the title out of sight.
  const close = el("button", { type: "button", class: "strong", text: desk.words("desk.close"), on: { click: () => dialog.close() } });
  const dialog = openDialog(root, title, el("div", { class: "row head" }, el("h2", { text: title }), close),
    el("div", { class: "columns" },
      el("table", {}, el("tbody", {}, ...rows)),
      el("div", {}, el("h3", { text: desk.words("desk.help.text") }), el("table", {}, el("tbody", {}, ...inText)),
        el("h3", { text: desk.words("desk.help.letters") }),
        el("label", { class: "switch" }, box, desk.words("desk.help.letters_on")),
        el("p", { class: "soft", text: desk.words("desk.help.letters_why") }))));
  dialog.querySelector("button.strong").focus();
}

function marksOf(entry) {
  const arrows = { ArrowDown: "↓", ArrowUp: "↑", Enter: "⏎" };
  if (entry.name === "jump") return [entry.mark];
  return entry.keys.map((key) => arrows[key] ?? (/^[A-Z]$/.test(key) ? `⇧${key}` : key.toUpperCase()));
}

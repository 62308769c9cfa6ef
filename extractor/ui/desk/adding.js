// What can be made of selected text: a small menu at the selection, by mouse or by Enter.

/** What may be added, each with its letter; the forms draw what follows. */
const ADDITIONS = [
  { name: "driver", part: "drivers" }, { name: "team", part: "teams" }, { name: "result", part: "results" },
  { name: "incident", part: "incidents" }, { name: "quote", part: "quotes" }, { name: "entry", part: "entries" },
  { name: "session", part: "sessions" }, { name: "evidence" }, { name: "retext", part: "text" },
];

/** Show the menu while text is selected. Returns {open, close}. */
function createAdding(desk, pane, caret) {
  const menu = el("div", { class: "adding", role: "menu", hidden: true });
  pane.scroller.append(menu);
  const adding = { open, close };

  desk.on("selection", (range) => {
    if (range && desk.mayDecide) draw(range);
    else menu.hidden = true;
  });
  desk.on("close", close);
  desk.on("open-form", () => { menu.hidden = true; });
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.querySelectorAll("button")];
    const here = items.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const letter = items.find((item) => item.dataset.key === event.key.toLowerCase());
    if (step) items[(here + step + items.length) % items.length].focus();
    else if (event.key === "Home") items[0].focus();
    else if (event.key === "End") items.at(-1).focus();
    else if (event.key === "Escape") close();
    else if (letter && !event.ctrlKey && !event.metaKey && !event.altKey) letter.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return adding;

  function draw(range) {
    menu.setAttribute("aria-label", desk.words("desk.add.title", { text: range.text.slice(0, 60) }));
    menu.replaceChildren(...ADDITIONS.filter((one) => isPossible(one)).map((one) => item(one, range)));
    menu.hidden = false;
    place();
  }
  function isPossible({ name }) {
    return name !== "evidence" || Boolean(desk.thing(desk.current) && !desk.gone[desk.current]);
  }
  function item({ name, part }, range) {
    const key = desk.words(`desk.add.key.${name}`);
    return el("button", { type: "button", role: "menuitem", tabindex: "-1", data: { key, add: name }, on: { click: choose } },
      el("kbd", { "aria-hidden": "true", text: key.toUpperCase() }), desk.words(`desk.add.${name}`));

    function choose() {
      menu.hidden = true;
      if (name !== "evidence") return desk.emit("open-form", { part, range });
      addEvidence(desk, desk.current, range);
      return caret.enter();
    }
  }
  function place() {
    const frame = pane.scroller.getBoundingClientRect();
    const lines = [...pane.range(...[caret.from, caret.to].sort((a, b) => a - b)).getClientRects()];
    const last = lines.at(-1) ?? frame;
    const left = Math.max(8, Math.min(last.left - frame.left, pane.scroller.clientWidth - menu.offsetWidth - 8));
    const below = last.bottom - frame.top + 6;
    const fits = below + menu.offsetHeight < frame.height || lines[0].top - frame.top < menu.offsetHeight + 8;
    const top = fits ? below : lines[0].top - frame.top - menu.offsetHeight - 6;
    menu.style.transform = `translate(${left}px, ${top + pane.scroller.scrollTop}px)`;
  }
  function open() {
    if (!desk.range) return false;
    draw(desk.range);
    menu.querySelector("button")?.focus();
    return true;
  }
  function close() {
    if (menu.hidden) return;
    const had = menu.contains(document.activeElement);
    menu.hidden = true;
    if (had) pane.article.focus({ preventScroll: true });
  }
}

/** Make selected text one more place that says so: evidence of a fact, or a mention of a driver or team. */
function addEvidence(desk, id, range) {
  const field = ["drivers", "teams"].includes(desk.partOf(id)) ? "mentions" : "evidence";
  const old = desk.thing(id)[field] ?? [];
  const span = { start: range.start, end: range.end, text: range.text };
  if (old.some((other) => other.start === span.start && other.end === span.end)) return;
  const added = field === "mentions" ? { ...span, form: "name" } : span;
  const spans = [...old, added].sort((a, b) => a.start - b.start);
  desk.decide({ action: "edit", target: id, fields: { [field]: { old, new: spans } } });
}

// Both readings of one fact side by side. Everything is set as text: it comes from documents.
// 1 and 2 take the first or the second reading, 3 both, 0 neither, e writes something else, u takes the last
// choice back, j and k (or the arrows) go to the next and the one before. What is pressed goes to Python once;
// until its answer is there no other key is taken.

const parts = new WeakMap();
const PICKS = { first: "1", second: "2", both: "3", neither: "0" };

export default function (component) {
  const { data, parentElement } = component;
  let part = parts.get(parentElement);
  if (!part) {
    part = { root: node("section", { class: "pf-settle", tabindex: "-1" }), at: null, waiting: null, editing: false };
    parentElement.append(part.root);
    parts.set(parentElement, part);
    part.onKey = (event) => onKey(part, event);
    document.addEventListener("keydown", part.onKey);
  }
  part.say = component.setTriggerValue;
  part.root.classList.toggle("is-dark", isDark(parentElement));
  receive(part, data);
  return () => {
    document.removeEventListener("keydown", part.onKey);
    part.root.remove();
    parts.delete(parentElement);
  };
}

/** Take what Python says; the focus goes on to the next open item where the one before is settled now. */
function receive(part, data) {
  const said = JSON.stringify(data);
  if (part.said === said) return;
  const answered = part.waiting && data.turn === part.waiting;
  if (part.waiting && !answered && part.data?.key === data.key) return;
  const before = part.data;
  part.said = said;
  part.data = data;
  part.waiting = null;
  const here = item(part);
  const moves = !before || before.key !== data.key || !here || (answered && !data.message && here.settled && !part.staying);
  if (moves) part.at = firstOpen(part, before && before.key === data.key ? part.at : null);
  if (answered && !data.message) part.editing = false;
  part.staying = false;
  draw(part, moves || answered);
}

function item(part) {
  return part.data.items.find((one) => one.key === part.at);
}

/** Return the key of the next item that is open, from one on; the same one where none is. */
function firstOpen(part, from) {
  const items = part.data.items;
  const start = Math.max(0, items.findIndex((one) => one.key === from));
  const order = [...items.slice(start), ...items.slice(0, start)];
  return (order.find((one) => !one.settled) || order[0])?.key ?? null;
}

function act(part, what) {
  if (part.waiting || (part.data.locked && what.do !== "leave")) return;
  part.waiting = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
  part.staying = what.do === "undo";
  part.root.setAttribute("aria-busy", "true");
  status(part, part.data.words.saving);
  part.say("act", { id: part.waiting, key: part.data.key, head: part.data.head, ...what });
}

function status(part, text) {
  const line = part.root.querySelector(".said");
  if (line) line.textContent = text;
}

// ---------------------------------------------------------------------------------------------------- drawing

function draw(part, focus) {
  const { data } = part;
  const scrolled = part.root.querySelector(".items")?.scrollTop ?? 0;
  part.root.setAttribute("aria-busy", "false");
  part.root.setAttribute("lang", data.lang);
  part.root.setAttribute("aria-label", data.words.title);
  part.root.replaceChildren(top(part), data.items.length ? body(part) : done(part), agreed(part), keys(part));
  const list = part.root.querySelector(".items");
  if (list) list.scrollTop = scrolled;
  part.root.querySelector(".items [aria-current]")?.scrollIntoView({ block: "nearest" });
  const place = part.root.querySelector(part.editing ? ".form input, .form select, .form textarea" : ".card");
  if (focus) (place || part.root).focus({ preventScroll: false });
}

function top(part) {
  const { data } = part;
  const open = data.open ? told(data.open === 1 ? data.words["open.one"] : data.words["open.many"], { count: data.open }) : data.words.all_settled;
  return node("header", { class: "top" },
    button(data.words.to_list, "leave", () => act(part, { do: "leave" }), "q"),
    node("h2", {}, data.title),
    node("p", { class: "readers" }, `1 · ${data.readers[0]}   2 · ${data.readers[1]}`),
    node("p", { class: data.open ? "count" : "count is-done" }, data.open ? "" : "✓ ", open),
    node("p", { class: data.message || data.locked ? "said is-trouble" : "said", role: "status" }, data.message || data.locked || ""));
}

function done(part) {
  return node("p", { class: "nothing card", tabindex: "-1" }, part.data.words.nothing_open);
}

function body(part) {
  return node("div", { class: "body" }, list(part), card(part));
}

function list(part) {
  const entries = part.data.items.map((one) => {
    const here = one.key === part.at;
    const line = node("button", { type: "button", class: `entry is-${one.kind}`, "aria-current": here ? "true" : null, "data-item": one.key },
      node("span", { class: "tick", "aria-hidden": "true" }, one.settled ? "✓" : "○"),
      node("span", { class: "what" }, node("b", {}, one.part), ` ${one.title}`),
      node("span", { class: "how" }, one.settled || one.how));
    line.addEventListener("click", () => goTo(part, one.key));
    return node("li", {}, line);
  });
  return node("nav", { class: "list", "aria-label": part.data.words.conflicts }, node("ol", { class: "items" }, ...entries));
}

function card(part) {
  const one = item(part);
  if (!one) return done(part);
  const { words } = part.data;
  const sides = one.sides.map((side, number) => sideOf(part, side, number));
  return node("article", { class: `card is-${one.kind}`, tabindex: "-1", "aria-label": `${one.part} ${one.title} – ${one.how}` },
    node("div", { class: "head" }, node("span", { class: "label" }, one.part), node("h3", {}, one.title), node("span", { class: "how" }, one.how)),
    one.settled ? node("p", { class: "settled" }, "✓ ", one.settled) : null,
    node("div", { class: "sides" }, ...sides),
    part.editing ? form(part, one) : actions(part, one, words));
}

function sideOf(part, side, number) {
  const { words, readers } = part.data;
  const rows = side.rows.map((row) => node("tr", { class: row.differs ? "differs" : null },
    node("th", { scope: "row" }, row.differs ? node("span", { "aria-hidden": "true" }, "≠ ") : null, row.label,
      row.differs ? node("span", { class: "unseen" }, ` (${words.differs})`) : null),
    node("td", {}, row.value)));
  const passages = side.passages.map((one) => node("blockquote", {}, one.before, node("mark", {}, one.text), one.after));
  return node("section", { class: "side", "aria-label": `${words[number ? "second" : "first"]} – ${readers[number]}` },
    node("h4", {}, `${number + 1} · ${words[number ? "second" : "first"]}`, node("span", { class: "by" }, ` ${readers[number]}`)),
    side.mark ? node("p", { class: "mark" }, side.mark) : null,
    side.note ? node("p", { class: "note" }, side.note) : null,
    side.present ? node("table", {}, node("tbody", {}, ...rows)) : node("p", { class: "absent" }, words.absent),
    ...passages);
}

function actions(part, one, words) {
  const made = one.picks.map(({ pick, label }) => button(label, `pick-${pick}`, () => act(part, { do: "pick", item: one.key, pick }), PICKS[pick]));
  if (one.editing.length) made.push(button(words.edit, "edit", () => edit(part), "e"));
  made.push(button(words.undo, "undo", () => act(part, { do: "undo" }), "u", !part.data.can_undo));
  if (part.data.locked) made.forEach((one) => one.setAttribute("disabled", ""));
  return node("div", { class: "actions", role: "group", "aria-label": words.choose }, ...made);
}

function button(label, name, press, key, disabled = false) {
  const made = node("button", { type: "button", "data-act": name, disabled, "aria-keyshortcuts": key }, label, key ? node("kbd", {}, key.toUpperCase()) : null);
  made.addEventListener("click", press);
  return made;
}

function agreed(part) {
  const { data } = part;
  const count = data.agreed.reduce((sum, one) => sum + one.titles.length, 0);
  const groups = data.agreed.flatMap((one) => [node("dt", {}, `${one.part} (${one.titles.length})`),
    node("dd", {}, node("ul", {}, ...one.titles.map((title) => node("li", {}, title))))]);
  const fold = node("details", { class: "agreed" }, node("summary", {}, told(data.words.agreed, { count })), node("dl", {}, ...groups));
  fold.open = Boolean(part.unfolded);
  fold.addEventListener("toggle", () => { part.unfolded = fold.open; });
  return fold;
}

function keys(part) {
  return node("p", { class: "keys" }, part.data.words.keys);
}

// ---------------------------------------------------------------------------------------------------- the form

function edit(part) {
  if (!item(part)?.editing.length || part.data.locked || part.waiting) return;
  part.editing = true;
  draw(part, true);
}

function form(part, one) {
  const { words } = part.data;
  const fields = one.editing.map((field) => {
    const id = `pf-settle-${field.name}`;
    const control = controlOf(field, id, words);
    control.dataset.field = field.name;
    control.dataset.form = field.form;
    return node("div", { class: "field" }, node("label", { for: id }, field.label), control,
      node("p", { class: "hint" }, `1 · ${field.told[0]}   2 · ${field.told[1]}`));
  });
  const made = node("form", { class: "form", "aria-label": words.edit }, ...fields,
    node("div", { class: "actions" },
      node("button", { type: "submit", class: "strong" }, words.save, node("kbd", {}, "↵")),
      button(words.cancel, "cancel", () => cancel(part), "Esc")));
  made.addEventListener("submit", (event) => { event.preventDefault(); send(part, one, made); });
  return made;
}

function controlOf(field, id, words) {
  if (field.form === "text") {
    const made = field.value.length > 60 ? node("textarea", { id, rows: "3" }) : node("input", { id, type: "text", autocomplete: "off" });
    made.value = field.value;
    return made;
  }
  const options = field.form === "select" ? field.options
    : [{ value: "first", label: `1 · ${field.told[0]}` }, { value: "second", label: `2 · ${field.told[1]}` }];
  const made = node("select", { id }, ...options.map((one) => node("option", { value: one.value }, one.label || words.plain)));
  made.value = field.value;
  return made;
}

function send(part, one, made) {
  const fields = {};
  for (const control of made.querySelectorAll("[data-field]")) {
    fields[control.dataset.field] = control.dataset.form === "side" ? { side: control.value } : { text: control.value };
  }
  act(part, { do: "edit", item: one.key, fields });
}

function cancel(part) {
  part.editing = false;
  draw(part, true);
}

// ------------------------------------------------------------------------------------------------------- keys

function goTo(part, key) {
  if (part.waiting) return;
  part.at = key;
  part.editing = false;
  draw(part, true);
}

function step(part, by) {
  const items = part.data.items;
  const next = items[items.findIndex((one) => one.key === part.at) + by];
  if (next) goTo(part, next.key);
}

function onKey(part, event) {
  if (event.defaultPrevented || event.altKey) return;
  const inside = part.root.contains(event.target);
  if (!inside && event.target !== document.body) return;
  if (event.key === "Escape" && part.editing) { swallow(event); cancel(part); return; }
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const undoes = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey;
  if (undoes) { swallow(event); act(part, { do: "undo" }); return; }
  if (event.ctrlKey || event.metaKey || part.editing) return;
  const doing = command(part, event.key);
  if (!doing) return;
  swallow(event);
  if (!event.repeat) doing();
}

/** Return what a key does, undefined where it does nothing. */
function command(part, key) {
  const one = item(part);
  const pick = Object.keys(PICKS).find((name) => PICKS[name] === key);
  if (pick) return one?.picks.some((other) => other.pick === pick) ? () => act(part, { do: "pick", item: one.key, pick }) : undefined;
  switch (key) {
    case "e": case "E": return one?.editing.length ? () => edit(part) : undefined;
    case "u": case "U": return part.data.can_undo ? () => act(part, { do: "undo" }) : undefined;
    case "j": case "J": case "ArrowDown": return () => step(part, 1);
    case "k": case "K": case "ArrowUp": return () => step(part, -1);
    case "q": case "Q": return () => act(part, { do: "leave" });
    case "g": case "G": return () => { const fold = part.root.querySelector(".agreed"); fold.open = !fold.open; };
    default: return undefined;
  }
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

// ------------------------------------------------------------------------------------------------------ helpers

function told(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Return whether Streamlit's theme is a dark one: its background says so, whatever the system prefers. */
function isDark(element) {
  const probe = node("span", { style: "background: var(--st-background-color)" });
  element.append(probe);
  const [r, g, b] = (getComputedStyle(probe).backgroundColor.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
  probe.remove();
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
}

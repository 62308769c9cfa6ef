// A table of links that is worked by keyboard. Everything is set as text: it comes from documents.
// One stop for the Tab key; arrows (or j and k) go from link to link, Enter opens, Home and End go to the ends,
// PageUp and PageDown turn the page, "/" goes to the field for searching.

const parts = new WeakMap();

export default function (component) {
  const { data, parentElement } = component;
  let part = parts.get(parentElement);
  if (!part) {
    part = { root: node("div", { class: "pf-table" }), at: null };
    parentElement.append(part.root);
    parts.set(parentElement, part);
    part.root.addEventListener("keydown", (event) => onKey(part, event));
    part.root.addEventListener("click", (event) => onClick(part, event));
    part.root.addEventListener("focusin", (event) => onFocus(part, event));
    part.outside = (event) => onKeyOutside(part, event);
    document.addEventListener("keydown", part.outside);
  }
  part.say = component.setTriggerValue;
  part.search = data.search;
  part.turn = data.turn;
  part.root.classList.toggle("is-dark", isDark(parentElement));
  const said = JSON.stringify(data);
  if (part.said !== said) draw(part, data);
  part.said = said;
  return () => {
    document.removeEventListener("keydown", part.outside);
    part.root.remove();
    parts.delete(parentElement);
  };
}

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false || value === "") continue;
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

function draw(part, data) {
  const hadFocus = part.root.contains(document.activeElement);
  const head = node("thead", {}, node("tr", {}, ...data.columns.map((column) => headCell(column, data))));
  const body = node("tbody", {}, ...data.rows.map((row) => bodyRow(row, data.columns)));
  const sheet = node("table", {}, node("caption", { class: "pf-unseen" }, data.caption), head, body);
  const frame = node("div", { class: `pf-scroll${data.tall ? " is-tall" : ""}${data.fit ? " is-fit" : ""}` }, sheet);
  part.root.replaceChildren(frame, ...(data.turn ? [turning(data)] : []));
  const links = stops(part);
  const again = links.find((link) => link.dataset.to === part.at) || links[0];
  if (again) again.tabIndex = 0;
  if (hadFocus && again) again.focus();
}

function headCell(column, data) {
  const attributes = { scope: "col", class: `is-${column.align}${column.is_head ? " is-head" : ""}`, title: column.hint };
  if (column.width) attributes.style = `width: ${column.width}rem; min-width: ${column.width}rem`;
  if (!column.order) return node("th", attributes, ...lines(column.label));
  const here = column.order === data.orderedBy;
  if (here) attributes["aria-sort"] = "other";
  const button = node("button", { type: "button", "data-order": column.order }, column.label, here ? " ▾" : null);
  return node("th", attributes, button);
}

/** Return text with its line breaks. */
function lines(text) {
  return text.split("\n").flatMap((line, number) => (number ? [node("br"), line] : [line]));
}

function bodyRow(row, columns) {
  const first = row.findIndex((cell) => cell.to);
  const opens = row.filter((cell) => cell.to).length === 1 ? row[first].to : null;
  const cells = row.map((cell, number) => bodyCell(cell, columns[number]));
  return node("tr", { "data-row": opens }, ...cells);
}

function bodyCell(cell, column) {
  const attributes = {
    class: `is-${column.align}${cell.tone ? ` tone-${cell.tone}` : ""}${column.is_head ? " is-head" : ""}`,
    title: cell.hint, scope: column.is_head ? "row" : null,
  };
  const sign = cell.sign ? node("span", { class: "pf-sign", "aria-hidden": "true" }, cell.sign) : null;
  const text = cell.text || "";
  const shown = cell.to
    ? node("a", { href: cell.href || "#", "data-to": cell.to, tabindex: "-1", "aria-label": cell.hint ? `${text} – ${cell.hint}` : null }, text)
    : cell.tone && sign ? node("span", { class: "pf-tone" }, sign, text) : text;
  const tags = (cell.tags || []).length
    ? [" ", node("span", { class: "pf-tags" }, ...cell.tags.map((tag) => node("span", { class: "pf-tag" }, tag)))]
    : [];
  const below = cell.below ? node("div", { class: "pf-below" }, cell.below) : null;
  const bar = cell.share >= 0 ? node("div", { class: "pf-bar", "aria-hidden": "true" }, node("i", { style: `width: ${Math.min(100, 100 * cell.share)}%` })) : null;
  const both = cell.to && sign ? [sign, shown] : [shown];
  return node(column.is_head ? "th" : "td", attributes, ...both, ...tags, below, bar);
}

function turning(data) {
  const { page, pages, said } = data.turn;
  const button = (label, to, name) =>
    node("button", { type: "button", "data-page": to, disabled: to < 1 || to > pages, "aria-label": name }, label);
  const turn = node("nav", { class: "pf-turn", "aria-label": data.words.pages },
    button("⇤", page > 1 ? 1 : 0, data.words.first),
    button(`← ${data.words.before}`, page - 1, null),
    node("span", { role: "status" }, said),
    button(`${data.words.after} →`, page + 1, null),
    button("⇥", page < pages ? pages : pages + 1, data.words.last));
  const keys = node("p", { class: "pf-keys" }, data.words.keys);
  return node("div", { class: "pf-foot" }, turn, keys);
}

/** Return every link in the order of reading. */
function stops(part) {
  return [...part.root.querySelectorAll("a[data-to]")];
}

function onFocus(part, event) {
  const link = event.target.closest("a[data-to]");
  if (!link) return;
  for (const other of stops(part)) if (other !== link) other.tabIndex = -1;
  link.tabIndex = 0;
  part.at = link.dataset.to;
}

function onClick(part, event) {
  const button = event.target.closest("button");
  if (button?.dataset.order) part.say("order", button.dataset.order);
  if (button?.dataset.page && !button.disabled) part.say("page", Number(button.dataset.page));
  if (button || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const link = event.target.closest("a[data-to]");
  const row = event.target.closest("tr[data-row]");
  if (link) event.preventDefault();
  if (!String(getSelection()) && (link || row)) part.say("opened", link ? link.dataset.to : row.dataset.row);
}

function onKey(part, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const link = event.target.closest("a[data-to]");
  if (!link) return;
  const next = towards(part, link, event.key);
  if (next === undefined && !turned(part, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (next) next.focus();
}

/** Return the link that a key goes to from another, null at an edge, undefined where it is no such key. */
function towards(part, link, key) {
  const rows = [...part.root.querySelectorAll("tbody tr")].filter((row) => row.querySelector("a[data-to]"));
  const row = link.closest("tr");
  const number = rows.indexOf(row);
  const inRow = [...row.querySelectorAll("a[data-to]")];
  const across = inRow.indexOf(link);
  switch (key) {
    case "ArrowDown": case "j": return nearest(rows[number + 1], link);
    case "ArrowUp": case "k": return nearest(rows[number - 1], link);
    case "ArrowRight": return inRow[across + 1] || null;
    case "ArrowLeft": return inRow[across - 1] || null;
    case "Home": return nearest(rows[0], link);
    case "End": return nearest(rows[rows.length - 1], link);
    default: return undefined;
  }
}

/** Return the link of a row that stands nearest to the column of another. */
function nearest(row, link) {
  if (!row) return null;
  const column = link.closest("td, th").cellIndex;
  const distance = (other) => Math.abs(other.closest("td, th").cellIndex - column);
  return [...row.querySelectorAll("a[data-to]")].sort((a, b) => distance(a) - distance(b))[0] || null;
}

function turned(part, key) {
  const to = { PageDown: 1, PageUp: -1 }[key];
  if (!to || !part.turn) return false;
  const page = part.turn.page + to;
  if (page >= 1 && page <= part.turn.pages) part.say("page", page);
  return true;
}

/** Where nothing that takes letters has the focus: j, k and the arrows go into the table, "/" to the search. */
function onKeyOutside(part, event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target !== document.body && !part.root.contains(event.target)) return;
  if (event.key === "/" && part.search) {
    const field = [...document.querySelectorAll("input")].find((one) => one.getAttribute("aria-label") === part.search);
    if (field) { event.preventDefault(); field.focus(); }
    return;
  }
  if (event.target !== document.body || !part.search || !["j", "k", "ArrowDown", "ArrowUp"].includes(event.key)) return;
  const link = stops(part).find((one) => one.tabIndex === 0);
  if (link) { event.preventDefault(); link.focus(); }
}

// Elements, built from text alone: what stands in a document is never read as HTML.

/**
 * Return a new element.
 * @param {string} tag name, or "svg:name" for a shape
 * @param {Object} attributes `class`, `text`, `on` ({click: handler}), `data` ({key: value}), or any attribute;
 *   null, undefined and false leave an attribute out, true gives it no value
 * @param {...(Node|string|null)} children strings become text
 */
function el(tag, attributes = {}, ...children) {
  const node = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Set an element's text where it differs, so that nothing is drawn or announced again for nothing. */
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Set an attribute where it differs: setting a language to what it is styles everything inside of it anew. */
function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** Give a list of children their order without touching those that stand right: focus and scrolling stay. */
function setChildren(parent, wanted) {
  let here = parent.firstChild;
  for (const child of wanted) {
    if (child === here) here = here.nextSibling;
    else parent.insertBefore(child, here);
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

/** Return whether letters typed into the element are text: then no key is ours. */
function takesText(node) {
  if (!node || node.nodeType !== Node.ELEMENT_NODE) return false;
  if (node.isContentEditable) return true;
  if (node.tagName === "TEXTAREA" || node.tagName === "SELECT") return true;
  const unwritten = ["button", "checkbox", "radio", "submit", "reset", "file", "range", "color", "image"];
  return node.tagName === "INPUT" && !unwritten.includes(node.type);
}

/** Scroll what scrolls around the element, and nothing beyond `scroller`, until it can be seen. */
function reveal(node, scroller, share = 0.33) {
  if (!node || !scroller.clientHeight) return;
  const box = node.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  if (box.top >= frame.top + 24 && box.bottom <= frame.bottom - 24) return;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const top = scroller.scrollTop + box.top - frame.top - scroller.clientHeight * share;
  const far = Math.abs(top - scroller.scrollTop) > 2 * scroller.clientHeight;
  scroller.scrollTo({ top, behavior: still || far ? "auto" : "smooth" });
}

/** Return a new id without anybody's help, as Python's `uuid4().hex`. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

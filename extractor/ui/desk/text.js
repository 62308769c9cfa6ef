// The text with its spans in colour. What lies over one another is cut apart, so that nothing is nested.

/** Kinds that colour the text, the more telling first, as in the HTML export; and those that only underline it. */
const COLOURS = ["result", "incident", "entry", "finding", "session", "quote", "event"];
const UNDERLINES = ["driver", "team"];
const KIND_OF = { sessions: "session", drivers: "driver", teams: "team", entries: "entry", results: "result",
  incidents: "incident", quotes: "quote", event: "event", document: "document" };

/** Return every span of the record as it stands: {id, kind, start, end}, code points. */
function coversOf(desk) {
  const covers = [];
  const all = (id, kind, spans) => {
    for (const { start, end } of spans ?? []) covers.push({ id, kind, start, end });
  };
  for (const part of PARTS) for (const thing of desk.record[part]) all(thing.id, KIND_OF[part], thing.mentions ?? thing.evidence);
  all("event", "event", desk.record.event?.evidence);
  desk.findings.forEach((finding, n) => all(`finding:${n}`, "finding", finding.evidence));
  for (const skipped of desk.record.coverage?.skipped ?? []) covers.push({ ...skipped, kind: "skipped", id: null });
  for (const page of desk.data.pages ?? []) covers.push({ id: null, kind: "page", page: page.page, start: page.start, end: page.end });
  return covers;
}

/** What colours before what underlines, then the shorter, then the more telling. */
function byWeight(a, b) {
  const weight = (cover) => [COLOURS.includes(cover.kind) ? 0 : 1, cover.end - cover.start, COLOURS.indexOf(cover.kind)];
  const [left, right] = [weight(a), weight(b)];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/**
 * Draw the text into `article` and keep it in step with the desk.
 * @returns what the caret, the search and the image need: units, places in the page, segments
 */
function createTextPane(desk, article, scroller) {
  const pane = { article, scroller, text: "", units: unitsOf(""), segments: [], segmentsOf: new Map() };
  let signature = null;
  let lit = [];

  pane.draw = () => {
    const covers = coversOf(desk);
    const now = JSON.stringify([desk.data.lang, covers.map((c) => [c.id ?? c.reason ?? c.page, c.start, c.end])]);
    const text = desk.data.text;
    if (text !== pane.text || now !== signature) rebuild(text, covers);
    signature = now;
    for (const segment of pane.segments) segment.node.classList.toggle("is-decided", isDecided(segment));
    light();
  };

  /** Return [node, offset] of a place in the text, UTF-16 units. */
  pane.position = (unit) => {
    let low = 0;
    let high = pane.segments.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pane.segments[middle].until < unit) low = middle + 1;
      else high = middle;
    }
    const segment = pane.segments[low];
    return segment ? [segment.letters, Math.max(0, Math.min(unit, segment.until) - segment.from)] : [article, 0];
  };
  /** Return the place in the text, UTF-16 units, of a place in the page; null where that is not in the text. */
  pane.unitAt = (node, offset) => {
    if (!article.contains(node)) return null;
    if (node.nodeType === Node.TEXT_NODE) return (pane.segmentAt(node)?.from ?? 0) + offset;
    const segment = pane.segmentAt(node);
    if (segment) return offset ? segment.until : segment.from;
    const child = node.childNodes[offset];
    if (child) return firstSegment(child)?.from ?? pane.text.length;
    return node === article ? pane.text.length : pane.segmentAt(node.lastChild ?? node)?.until ?? null;
  };
  pane.range = (from, until) => {
    const range = document.createRange();
    range.setStart(...pane.position(from));
    range.setEnd(...pane.position(until));
    return range;
  };
  pane.segmentAt = (node) => {
    const span = (node.nodeType === Node.TEXT_NODE ? node.parentNode : node).closest?.("[data-n]");
    return span && article.contains(span) ? pane.segments[Number(span.dataset.n)] : null;
  };
  /** Return ids of what lies over a place, the most telling first. */
  pane.idsAt = (unit) => {
    const segment = pane.segments.find((one) => one.from <= unit && unit < one.until);
    return segment ? segment.ids : [];
  };
  pane.scrollTo = (from, until) => reveal(pane.range(from, until), scroller);
  /** Make the next of the facts there the current one. */
  pane.choose = (ids, from) => {
    if (!ids.length) return;
    desk.focus(ids[(ids.indexOf(desk.current) + 1) % ids.length], from);
  };

  article.addEventListener("click", (event) => {
    if (event.button || !window.getSelection().isCollapsed) return;
    const segment = pane.segmentAt(event.target);
    if (segment) pane.choose(segment.ids, "text");
  });
  desk.on("data", pane.draw);
  desk.on("decided", pane.draw);
  desk.on("focus", ({ from }) => {
    light();
    if (from !== "text" && lit.length) reveal(lit[0].node, scroller);
  });
  return pane;

  function rebuild(text, covers) {
    const held = scroller.scrollTop;
    const hasOtherText = text !== pane.text;
    pane.text = text;
    pane.units = unitsOf(text);
    pane.segmentsOf = new Map();
    pane.segments = [];
    const lines = [];
    const inside = covers.map((cover) => ({ ...cover, start: pane.units.toUnits(cover.start), end: pane.units.toUnits(cover.end) }));
    for (const cut of cutText(text.length, [...inside, ...linesOf(text)])) {
      const page = cut.opens.find((cover) => cover.kind === "page");
      if (page && desk.data.pages.length > 1) lines.push(pageMark(desk, page.page));
      // Every line is a box of its own: what changes in it moves nothing else, and costs no layout of the whole text.
      if (cut.opens.some((cover) => cover.kind === "line") || page || !lines.length) lines.push(el("div", { class: "line" }));
      lines.at(-1).append(segmentNode(cut).node);
    }
    article.replaceChildren(...lines);
    scroller.scrollTop = held;
    lit = [];
    desk.emit("redrawn", { hasOtherText });
  }

  function segmentNode({ start, end, covers, opens }) {
    const facts = covers.filter((cover) => cover.id).sort(byWeight);
    const segment = {
      from: start, until: end, letters: document.createTextNode(pane.text.slice(start, end)),
      ids: [...new Set(facts.map((cover) => cover.id))],
    };
    segment.node = el("span", { class: classesOf(covers, facts), data: { n: pane.segments.length } }, segment.letters);
    const labels = opens.filter((cover) => cover.id && cover.kind !== "event").sort(byWeight);
    if (labels.length) segment.node.dataset.label = labelsOf(desk, labels);
    const skipped = covers.find((cover) => cover.kind === "skipped");
    if (skipped) segment.node.title = desk.words("desk.skipped", { reason: skipped.reason });
    else if (facts.length) segment.node.title = [...new Set(facts.map((cover) => desk.words(`desk.kind.${cover.kind}`)))].join(", ");
    pane.segments.push(segment);
    for (const id of segment.ids) {
      if (!pane.segmentsOf.has(id)) pane.segmentsOf.set(id, []);
      pane.segmentsOf.get(id).push(segment);
    }
    return segment;
  }

  function isDecided(segment) {
    return segment.ids.length > 0 && segment.ids.every((id) => desk.decided(id) || id.startsWith("finding:"));
  }
  function light() {
    for (const segment of lit) segment.node.classList.remove("lit");
    lit = pane.segmentsOf.get(desk.current) ?? [];
    for (const segment of lit) segment.node.classList.add("lit");
  }
  function firstSegment(node) {
    while (node && !node.matches("[data-n], .line")) node = node.nextSibling;
    const span = node?.matches(".line") ? node.firstChild : node;
    return span ? pane.segments[Number(span.dataset.n)] : null;
  }
}

function linesOf(text) {
  const lines = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf("\n", start) + 1 || text.length;
    lines.push({ id: null, kind: "line", start, end });
    start = end;
  }
  return lines;
}

function classesOf(covers, facts) {
  const coloured = facts.find((cover) => COLOURS.includes(cover.kind));
  const kinds = new Set(covers.map((cover) => cover.kind));
  const classes = facts.length ? ["seg"] : [];
  if (coloured) classes.push(`in-${coloured.kind}`);
  for (const kind of UNDERLINES) if (kinds.has(kind)) classes.push(`is-${kind}`);
  if (kinds.has("skipped")) classes.push("is-skipped");
  return classes.join(" ");
}

/** Return the letters that stand where spans begin: one for each kind, beside its colour. */
function labelsOf(desk, covers) {
  return [...new Set(covers.map((cover) => desk.words(`desk.letter.${cover.kind}`)))].join("");
}

function pageMark(desk, page) {
  const said = desk.words("desk.page", { page });
  return el("span", { class: "pagemark", role: "separator", "aria-label": said, data: { page: said } });
}

/** Return the switches of the kinds, with the colour, the letter and the name of each; what was chosen is kept. */
function kindSwitches(desk, article, storage) {
  const off = new Set(JSON.parse(readText(storage, "parcferme:kinds") ?? "[]"));
  const row = el("div", { class: "kinds", role: "group" });
  const draw = () => {
    row.setAttribute("aria-label", desk.words("desk.kinds"));
    const buttons = [...COLOURS.filter((kind) => kind !== "event"), ...UNDERLINES].map((kind) => {
      const look = `swatch ${COLOURS.includes(kind) ? "in" : "is"}-${kind}`;
      return el("button", { type: "button", class: "kind", "aria-pressed": String(!off.has(kind)), data: { kind }, on: { click: () => toggle(kind) } },
        el("span", { class: look, "aria-hidden": "true", text: desk.words(`desk.letter.${kind}`) }), desk.words(`desk.kind.${kind}`));
    });
    row.replaceChildren(...buttons);
    apply();
  };
  const apply = () => {
    for (const button of row.children) {
      button.setAttribute("aria-pressed", String(!off.has(button.dataset.kind)));
      article.classList.toggle(`without-${button.dataset.kind}`, off.has(button.dataset.kind));
    }
  };
  const toggle = (kind) => {
    if (!off.delete(kind)) off.add(kind);
    writeText(storage, "parcferme:kinds", JSON.stringify([...off]));
    apply();
  };
  let lang = null;
  desk.on("data", () => {
    if (desk.data.lang !== lang) draw();
    lang = desk.data.lang;
  });
  return row;
}

/** Return what the browser keeps under that name, null where it keeps nothing or will not say. */
function readText(storage, name) {
  try {
    return storage?.getItem(name) ?? null;
  } catch {
    return null;
  }
}

function writeText(storage, name, value) {
  try {
    storage?.setItem(name, value);
  } catch {
    // A preference that is not kept is no harm.
  }
}

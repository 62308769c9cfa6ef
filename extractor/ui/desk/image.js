// A page of the source with boxes where the facts stand: instead of the text, or beside it.

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

/** Return the pane of the page's image: {element, isPossible, show}. `want(page)` asks Python for that page. */
function createImagePane(desk, want) {
  const picture = el("img", { alt: "", draggable: "false" });
  const shapes = el("svg:svg", { "aria-hidden": "true", preserveAspectRatio: "none" });
  const sheet = el("div", { class: "page-sheet" }, picture, shapes);
  const empty = el("p", { class: "nothing", hidden: true });
  const scroller = el("div", { class: "page-scroller", tabindex: "0", role: "region" }, empty, sheet);
  const where = el("span", { class: "count", role: "status" });
  const button = (name, mark, action) => el("button", { type: "button", class: "plain", data: { name }, on: { click: action } }, mark);
  const bar = el("div", { class: "page-bar", role: "toolbar" },
    button("page_before", "‹", () => turn(-1)), where, button("page_after", "›", () => turn(1)),
    button("zoom_out", "−", () => zoomed(-1)), button("zoom_in", "+", () => zoomed(1)),
    button("fit_width", "↔", () => zoom(null)), button("fit_page", "⤢", () => zoom("page")));
  const element = el("div", { class: "image-pane", hidden: true }, bar, scroller);
  let current = null; // number of the page
  let scale = null; // null fits the width, "page" the whole page
  let drawn = "";
  const pane = { element, isPossible: () => pages().some((page) => page.image || page.available), show };

  desk.on("data", () => {
    if (!pages().some((page) => page.page === current)) current = pages()[0]?.page ?? null;
    label();
    draw();
  });
  desk.on("decided", draw);
  desk.on("focus", ({ id, from }) => {
    const boxes = boxesOf(desk.spans(id));
    if (boxes.length && from !== "image" && !boxes.some((box) => box.page === current)) current = boxes[0].page;
    draw();
    const first = shapes.querySelector("rect.lit");
    if (first && from !== "image") reveal(first, scroller);
  });
  shapes.addEventListener("click", (event) => {
    const ids = document.elementsFromPoint(event.clientX, event.clientY)
      .filter((node) => node.parentNode === shapes && node.dataset.id).map((node) => node.dataset.id);
    const distinct = [...new Set(ids)];
    if (distinct.length) desk.focus(distinct[(distinct.indexOf(desk.current) + 1) % distinct.length], "image");
  });
  scroller.addEventListener("keydown", (event) => {
    const action = { PageDown: () => turn(1), PageUp: () => turn(-1), "+": () => zoomed(1), "-": () => zoomed(-1), 0: () => zoom(null) }[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    action();
    event.preventDefault();
    event.stopPropagation();
  });
  picture.addEventListener("error", () => {
    empty.hidden = false;
    setText(empty, desk.words("desk.image_missing"));
  });
  return pane;

  function pages() {
    return desk.data?.pages ?? [];
  }
  function show(visible) {
    element.hidden = !visible;
    if (visible) draw();
  }
  function turn(step) {
    const numbers = pages().map((page) => page.page);
    const next = numbers[numbers.indexOf(current) + step];
    if (next === undefined) return;
    current = next;
    scroller.scrollTop = 0;
    draw();
  }
  function zoomed(step) {
    const page = pages().find((one) => one.page === current);
    const now = typeof scale === "number" ? scale : sheet.clientWidth / (page?.width || 1);
    const larger = step > 0 ? ZOOMS.find((one) => one > now + 0.01) : ZOOMS.findLast((one) => one < now - 0.01);
    if (larger) zoom(larger);
  }
  function zoom(to) {
    scale = to;
    draw();
    const lit = shapes.querySelector("rect.lit");
    if (lit) reveal(lit, scroller);
  }
  function label() {
    scroller.setAttribute("aria-label", desk.words("desk.image"));
    bar.setAttribute("aria-label", desk.words("desk.image_bar"));
    for (const one of bar.querySelectorAll("button")) {
      one.setAttribute("aria-label", desk.words(`desk.${one.dataset.name}`));
      one.title = desk.words(`desk.${one.dataset.name}`);
    }
  }
  function draw() {
    if (element.hidden) return;
    const page = pages().find((one) => one.page === current);
    sheet.hidden = !page?.image;
    empty.hidden = Boolean(page?.image);
    if (!page) return setText(empty, desk.words("desk.image_none"));
    setText(where, desk.words("desk.page_of", { page: pages().indexOf(page) + 1, pages: pages().length }));
    if (!page.image) {
      setText(empty, desk.words(page.available ? "desk.image_coming" : "desk.image_none"));
      if (page.available) want(page.page);
      return undefined;
    }
    if (picture.getAttribute("src") !== page.image) picture.src = page.image;
    picture.alt = desk.words("desk.page", { page: page.page });
    const fit = scroller.clientHeight / page.height * page.width;
    sheet.style.width = scale === null ? "100%" : `${scale === "page" ? fit : scale * page.width}px`;
    sheet.style.aspectRatio = `${page.width} / ${page.height}`;
    return boxes(page);
  }
  function boxes(page) {
    const found = [];
    for (const cover of coversWithBoxes(desk)) {
      cover.boxes.filter((box) => box.page === page.page).forEach((box, n) => found.push({ ...cover, box, isFirst: n === 0 }));
    }
    const now = JSON.stringify([page.page, page.width, page.height, desk.data.lang, found.map(({ id, box }) => [id, box.x, box.y, box.w, box.h])]);
    if (now !== drawn) {
      drawn = now;
      shapes.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
      // Large ones first, so that a small one on a large one can be hit.
      found.sort((a, b) => b.box.w * b.box.h - a.box.w * a.box.h);
      shapes.replaceChildren(...found.flatMap((one) => shapesOf(one, page)));
    }
    for (const rect of shapes.querySelectorAll("rect")) {
      rect.classList.toggle("lit", rect.dataset.id === desk.current);
      rect.classList.toggle("is-decided", desk.decided(rect.dataset.id));
    }
  }
  function shapesOf({ id, kind, box, isFirst }, page) {
    const size = { x: box.x, y: box.y, width: box.w, height: box.h };
    const rect = el("svg:rect", { ...size, class: `box in-${kind}`, data: { id } }, el("svg:title", { text: desk.words(`desk.kind.${kind}`) }));
    if (!isFirst || kind === "event") return [rect];
    const letter = el("svg:text", { x: box.x, y: box.y, class: `letter in-${kind}`, "font-size": page.width / 50, text: desk.words(`desk.letter.${kind}`) });
    return [rect, letter];
  }
}

/** Return every fact's places on the pages: {id, kind, boxes}. */
function coversWithBoxes(desk) {
  const covers = [];
  for (const part of PARTS) {
    for (const thing of desk.record[part]) {
      for (const span of thing.mentions ?? thing.evidence ?? []) {
        if (span.boxes?.length) covers.push({ id: thing.id, kind: KIND_OF[part], boxes: span.boxes });
      }
    }
  }
  return covers;
}

function boxesOf(spans) {
  return spans.flatMap((span) => span.boxes ?? []);
}

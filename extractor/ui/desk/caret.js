// Selecting text, with the mouse and with the keyboard. The selection is the browser's own, so that copying works too.

/** Let text be selected: `desk.range` follows. Returns {at, extend, clear, place}, in UTF-16 units. */
function createCaret(desk, pane) {
  const mark = el("span", { class: "caret", "aria-hidden": "true", hidden: true });
  pane.scroller.append(mark);
  const caret = { from: 0, to: 0 };
  let ours = false; // whether the selection is being set from here

  /** Put the caret somewhere, or select from `from` to `to`. */
  caret.set = (from, to = from, { scroll = true } = {}) => {
    Object.assign(caret, { from, to });
    ours = true;
    window.getSelection().setBaseAndExtent(...pane.position(from), ...pane.position(to));
    ours = false;
    tell();
    show(scroll);
  };
  caret.clear = () => {
    if (pane.article.contains(window.getSelection().anchorNode)) window.getSelection().removeAllRanges();
    caret.from = caret.to;
    tell();
    show(false);
  };
  /** Put the focus into the text, at the evidence of the current fact. */
  caret.enter = () => {
    pane.article.focus({ preventScroll: true });
    const first = pane.segmentsOf.get(desk.current)?.[0];
    if (caret.from === caret.to && first) caret.set(first.from);
    else show(true);
  };

  pane.article.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.target !== pane.article) return;
    const target = moved(event);
    if (target === null) return;
    event.preventDefault();
    event.stopPropagation();
    const to = event.shiftKey && event.key === "ArrowRight" && !event.ctrlKey ? shortened(target) : target;
    caret.set(event.shiftKey ? caret.from : to, to);
  });
  pane.article.addEventListener("focus", () => show(false));
  pane.article.addEventListener("blur", () => show(false));
  document.addEventListener("selectionchange", fromBrowser);
  desk.on("redrawn", ({ hasOtherText }) => {
    const [from, to] = [caret.from, caret.to].map((unit) => Math.min(unit, pane.text.length));
    if (hasOtherText && desk.range) desk.select(null); // what was selected may stand elsewhere now
    if (from !== to && !hasOtherText && pane.article.contains(document.activeElement)) caret.set(from, to, { scroll: false });
    else Object.assign(caret, { from: to, to });
  });
  caret.destroy = () => document.removeEventListener("selectionchange", fromBrowser);
  return caret;

  function moved(event) {
    const by = event.ctrlKey ? "character" : "word";
    switch (event.key) {
      case "ArrowRight": return movedPlace(pane.text, caret.to, 1, by);
      case "ArrowLeft": return movedPlace(pane.text, caret.to, -1, by);
      case "ArrowDown": return movedByLine(1);
      case "ArrowUp": return movedByLine(-1);
      case "Home": return event.ctrlKey ? 0 : pane.text.lastIndexOf("\n", caret.to - 1) + 1;
      case "End": return event.ctrlKey ? pane.text.length : lineEnd(caret.to);
      default: return null;
    }
  }
  /** Extending to the right takes whole words without the space behind, unless the caret stood there already. */
  function shortened(target) {
    const end = wordEnd(pane.text, caret.to);
    if (end > caret.to) return end;
    const next = wordEnd(pane.text, target);
    return next > target ? next : target;
  }
  function lineEnd(unit) {
    const end = pane.text.indexOf("\n", unit);
    return end < 0 ? pane.text.length : end;
  }
  function movedByLine(step) {
    const box = caretBox();
    const height = parseFloat(getComputedStyle(pane.article).lineHeight) || 24;
    for (let lines = 1; lines < 4; lines += 1) { // blank lines have no place under a point
      const unit = unitUnder(box.left + 1, box.top + box.height / 2 + step * lines * height);
      if (unit !== null && unit !== caret.to) return unit;
    }
    return step > 0 ? Math.min(pane.text.length, lineEnd(caret.to) + 1) : Math.max(0, pane.text.lastIndexOf("\n", caret.to - 1));
  }
  function unitUnder(x, y) {
    const frame = pane.scroller.getBoundingClientRect();
    const before = pane.scroller.scrollTop;
    if (y > frame.bottom - 8) pane.scroller.scrollTop += frame.height / 2;
    else if (y < frame.top + 8) pane.scroller.scrollTop -= frame.height / 2;
    const there = y - (pane.scroller.scrollTop - before);
    const spot = document.caretPositionFromPoint?.(x, there);
    if (spot) return pane.unitAt(spot.offsetNode, spot.offset);
    const range = document.caretRangeFromPoint?.(x, there);
    return range ? pane.unitAt(range.startContainer, range.startOffset) : null;
  }
  function caretBox() {
    const range = pane.range(caret.to, caret.to);
    const box = range.getClientRects()[0] ?? pane.range(Math.max(0, caret.to - 1), caret.to).getClientRects()[0];
    return box ?? pane.article.getBoundingClientRect();
  }

  function fromBrowser() {
    if (ours) return;
    const selection = window.getSelection();
    const from = selection.anchorNode && pane.unitAt(selection.anchorNode, selection.anchorOffset);
    const to = selection.focusNode && pane.unitAt(selection.focusNode, selection.focusOffset);
    if (from === null || to === null || from === undefined || to === undefined) return; // it is elsewhere: keep ours
    if (from === caret.from && to === caret.to) return;
    Object.assign(caret, { from, to });
    tell();
    show(false);
  }
  function tell() {
    if (caret.from === caret.to) {
      if (desk.range) desk.select(null);
      return;
    }
    const ordered = [Math.min(caret.from, caret.to), Math.max(caret.from, caret.to)];
    const [from, until] = wholeCharacters(pane.text, ...trimmed(pane.text, ...ordered));
    if (until <= from) return void (desk.range && desk.select(null));
    const range = { start: pane.units.toPoints(from), end: pane.units.toPoints(until), text: pane.text.slice(from, until) };
    if (range.start !== desk.range?.start || range.end !== desk.range?.end) desk.select(range);
  }
  function show(scroll) {
    mark.hidden = document.activeElement !== pane.article || caret.from !== caret.to;
    if (scroll) reveal({ getBoundingClientRect: caretBox }, pane.scroller);
    if (mark.hidden) return;
    const box = caretBox();
    const frame = pane.scroller.getBoundingClientRect();
    mark.style.transform = `translate(${box.left - frame.left + pane.scroller.scrollLeft}px, ${box.top - frame.top + pane.scroller.scrollTop}px)`;
    mark.style.height = `${Math.min(box.height, 40)}px`;
  }
}

/** Return a stretch without the blanks at its ends; with nothing but blanks, as it is. */
function trimmed(text, from, until) {
  const inside = text.slice(from, until);
  if (!inside.trim()) return [from, until];
  return [from + inside.length - inside.trimStart().length, until - (inside.length - inside.trimEnd().length)];
}

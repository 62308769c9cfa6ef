// Places in a text. The record counts Unicode code points, JavaScript counts UTF-16 units, and what a reader takes for
// one character may be several of either: a letter with its accent, a flag, a family.

/**
 * Return how to get from one way of counting to the other in a text.
 * @returns {{toUnits: function(number): number, toPoints: function(number): number, length: number}}
 *   `length` is the text's length in code points; a place inside of a surrogate pair counts as the place before it.
 */
function unitsOf(text) {
  const pairs = []; // code point number of each character that takes two units
  if (/[\ud800-\udbff]/.test(text)) {
    let point = 0;
    for (const character of text) {
      if (character.length === 2) pairs.push(point);
      point += 1;
    }
  }
  const before = (limit, isBefore) => {
    let low = 0;
    let high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(middle, limit)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    toUnits: (point) => point + before(point, (n, limit) => pairs[n] < limit),
    // The n-th pair begins at unit pairs[n] + n; from the unit behind that on, it counts one less.
    toPoints: (unit) => unit - before(unit, (n, limit) => pairs[n] + n < limit),
    length: text.length - pairs.length,
  };
}

/** Return [start, end] in UTF-16 units widened so that no character, as a reader sees it, is cut in two. */
function wholeCharacters(text, start, end) {
  if (typeof Intl === "undefined" || !Intl.Segmenter) return [start, end];
  const first = characterAround(text, start);
  const last = characterAround(text, end);
  return [first[0], last[0] === end ? end : last[1]];
}

/** Return where the character begins and ends in which, or before which, a place lies; UTF-16 units. */
function characterAround(text, place) {
  // No character is as long as this, but for those made to harm; a line's start is always a character's.
  const from = Math.max(0, text.lastIndexOf("\n", place - 1), place - 64);
  const window = text.slice(from, place + 64);
  for (const { index, segment } of graphemes(window)) {
    if (from + index + segment.length > place) return [from + index, from + index + segment.length];
  }
  return [text.length, text.length];
}

/** Return the place one character, word or line on from a place; `step` is 1 or -1; UTF-16 units. */
function movedPlace(text, place, step, by) {
  if (by === "word") return movedByWord(text, place, step);
  if (step > 0) return place >= text.length ? text.length : characterAround(text, place)[1];
  return place <= 0 ? 0 : characterAround(text, place - 1)[0];
}

function movedByWord(text, place, step) {
  const letter = /[\p{L}\p{M}\p{N}]/u;
  const at = (unit) => String.fromCodePoint(text.codePointAt(unit) ?? 32);
  let here = place;
  if (step > 0) {
    while (here < text.length && letter.test(at(here))) here = movedPlace(text, here, 1);
    while (here < text.length && !letter.test(at(here))) here = movedPlace(text, here, 1);
    return here;
  }
  const back = (unit) => movedPlace(text, unit, -1);
  while (here > 0 && !letter.test(at(back(here)))) here = back(here);
  while (here > 0 && letter.test(at(back(here)))) here = back(here);
  return here;
}

/** Return the end of the word in which a place lies: selecting stops there, before the space. */
function wordEnd(text, place) {
  const letter = /[\p{L}\p{M}\p{N}’'-]/u;
  let here = place;
  while (here < text.length && letter.test(String.fromCodePoint(text.codePointAt(here)))) here = movedPlace(text, here, 1);
  return here;
}

let graphemeSegmenter = null;
function graphemes(text) {
  graphemeSegmenter ??= new Intl.Segmenter("fr", { granularity: "grapheme" });
  return graphemeSegmenter.segment(text);
}

/**
 * Cut a text at every boundary of a span, so that spans that overlap or hold one another need no nested elements.
 * @param {number} length of the text
 * @param {{start: number, end: number}[]} covers
 * @returns {{start: number, end: number, covers: Object[], opens: Object[]}[]} in order and without gaps, the shortest
 *   cover first; `opens` are those that begin there
 */
function cutText(length, covers) {
  const starting = new Map();
  const ending = new Map();
  const places = new Set([0, length]);
  const into = (map, place, cover) => map.get(place)?.push(cover) ?? map.set(place, [cover]);
  for (const cover of covers) {
    if (cover.start < 0 || cover.end > length || cover.end <= cover.start) continue;
    into(starting, cover.start, cover);
    into(ending, cover.end, cover);
    places.add(cover.start).add(cover.end);
  }
  const order = [...places].sort((a, b) => a - b);
  const open = new Set();
  const segments = [];
  for (let n = 0; n + 1 < order.length; n += 1) {
    const start = order[n];
    for (const cover of ending.get(start) ?? []) open.delete(cover);
    for (const cover of starting.get(start) ?? []) open.add(cover);
    const over = [...open].sort((a, b) => a.end - a.start - (b.end - b.start));
    segments.push({ start, end: order[n + 1], covers: over, opens: starting.get(start) ?? [] });
  }
  return segments;
}

// What a selection probably is: the session it stands in, who is named in it, which place it tells. Pure.

const Guess = (() => {
  const overlaps = (a, b) => a.start < b.end && b.start < a.end;
  const before = (span, range) => span.start <= range.start;

  /** The session that was told of last before a place in the text, else the first. */
  function session(record, range) {
    let best = null;
    let at = -1;
    for (const one of record.sessions) {
      for (const span of one.evidence) if (before(span, range) && span.start > at) [best, at] = [one.id, span.start];
    }
    // Results say more often than headings which session a passage is about.
    for (const one of [...record.results, ...record.incidents]) {
      for (const span of one.evidence)
        if (before(span, range) && range.start - span.end < 200 && span.start > at)
          [best, at] = [one.session, span.start];
    }
    return best ?? record.sessions[0]?.id ?? null;
  }

  /** Ids of drivers or teams that are named within a stretch of the text, as they come. */
  function named(things, range) {
    return things
      .map((thing) => [thing.mentions.find((mention) => overlaps(mention, range))?.start, thing.id])
      .filter(([start]) => start !== undefined)
      .sort((a, b) => a[0] - b[0])
      .map(([, id]) => id);
  }

  /** The first place told in figures: "2ème", "9e", "P3", "1er". */
  function place(text) {
    const found =
      /(?:^|[^\p{L}\p{N}])(?:P\s?(\d{1,2})|(\d{1,2})\s?(?:er|ère|re|e|è|ème|ième|nd|nde))(?![\p{L}\p{N}])/iu.exec(text);
    return found ? Number(found[1] ?? found[2]) : null;
  }

  /** The first car number: "#78", "n° 12". */
  function number(text) {
    return /(?:#|n[°º]\s?)(\d{1,3})(?!\d)/i.exec(text)?.[1] ?? null;
  }

  const isIn = (set) => (letter) => set.includes(letter);
  const isBlank = (letter) => !letter.trim();
  const isMark = isIn('«»“”„"‹›');

  /** A range without blanks at its ends, without quote marks too where asked; null where nothing is left. */
  function trimmed(range, quotes = false) {
    const points = Array.from(range.text);
    const off = (letter) => isBlank(letter) || (quotes && isMark(letter));
    let [from, to] = [0, points.length];
    while (from < to && off(points[from])) from += 1;
    while (to > from && off(points[to - 1])) to -= 1;
    return from < to
      ? { start: range.start + from, end: range.start + to, text: points.slice(from, to).join("") }
      : null;
  }

  /** Everywhere a name stands in the text as a whole word: spans in code points. */
  function occurrences(text, name) {
    const wanted = name.trim();
    if (!wanted) return [];
    const units = unitsOf(text);
    const isWord = (letter) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
    const found = [];
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const end = at + wanted.length;
      if (isWord(text[at - 1]) || isWord(text[end])) continue;
      found.push({ start: units.toPoints(at), end: units.toPoints(end), text: wanted });
    }
    return found;
  }

  /** The place where a name that is typed stands: the selection where it has it, else everywhere in the text. */
  function mentions(text, name, range) {
    const own = range ? trimmed(range) : null;
    if (own && Values.fold(own.text) === Values.fold(name)) return [{ ...own, form: "name" }];
    return occurrences(text, name).map((span) => ({ ...span, form: "name" }));
  }

  return { mentions, named, number, occurrences, overlaps, place, session, trimmed };
})();

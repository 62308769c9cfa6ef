"""Where a text says something: ranges of the bare text found from pieces, keys and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.corpus.markup import Mark, Marked, Range
from extractor.corpus.problems import MarkupError

_PIECE = re.compile(r'^"(?P<text>[^"]*)"(?:#(?P<count>\d+))?$')
_SEPARATOR = re.compile(r"\s*(?:;|\||\t|\n)\s*")
_LONGEST_ENTRY = 400  # code points between a driver and the team, beyond which evidence is to be given


def occurrences(text: str, words: str) -> list[Range]:
    """Return where the words stand in the text as whole words, whatever white space parts them."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    if not pattern:
        return []
    return [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]


def piece(text: str, written: str) -> Range:
    """Return the range of a quoted piece of the text.

    Raises:
        MarkupError: It is not in the text, or several times and not numbered.
    """
    match = _PIECE.match(written)
    if match is None:
        raise MarkupError("bad_piece", written=written)
    pattern = r"\s+".join(map(re.escape, match["text"].split()))
    found = [m.span() for m in re.finditer(pattern, text)] if pattern else []
    count = int(match["count"] or 0)
    if not found or count > len(found):
        raise MarkupError("not_in_text", words=match["text"])
    if len(found) > 1 and not count:
        raise MarkupError("several_times", words=match["text"], count=len(found))
    return found[max(count, 1) - 1]


def nearest(text: str, words: str, place: int, line: int | None = None) -> Range:
    """Return the occurrence of the words that is nearest to a place.

    Raises:
        MarkupError: They are not in the text.
    """
    found = occurrences(text, words)
    if not found:
        raise MarkupError("not_in_text", line, words=words)
    return min(found, key=lambda range_: abs(range_[0] - place))


def named_in(marked: Marked, key: str, evidence: Sequence[Range]) -> Range | None:
    """Return how the evidence refers to somebody, by name rather than otherwise, or ``None``."""
    inside = [mark for mark in marked.of(key) if any(a <= mark.start and mark.end <= b for a, b in evidence)]
    inside.sort(key=lambda mark: (mark.form != "name", mark.start))
    return (inside[0].start, inside[0].end) if inside else None


def in_list(marked: Marked, evidence: tuple[Range, ...], crew: Sequence[str]) -> tuple[Range, ...]:
    """Narrow the evidence for a whole list down to the line or item that names somebody of the crew.

    Evidence that names nobody of the crew, or is no list, stays as it is.
    """
    narrowed: list[Range] = []
    for start, end in evidence:
        marks = [m for key in crew for m in marked.of(key) if start <= m.start and m.end <= end]
        if not marks:
            continue
        first, last = min(m.start for m in marks), max(m.end for m in marks)
        breaks = [m.span() for m in _SEPARATOR.finditer(marked.text, start, end)]
        left = max((b for _, b in breaks if b <= first), default=start)
        right = min((a for a, _ in breaks if a >= last), default=end)
        narrowed.append((left, right))
    return tuple(sorted(set(narrowed))) or evidence


def around(marked: Marked, keys: Sequence[str], literals: Sequence[str], line: int | None = None) -> Range:
    """Return the shortest stretch that names all keys and holds all literals.

    Raises:
        MarkupError: Something is not in the text, or the stretch is too long to be evidence.
    """
    places = [_ranges([m for m in marked.of(key) if m.form == "name"] or marked.of(key)) for key in keys]
    for key, found in zip(keys, places, strict=True):
        if not found:
            raise MarkupError("key_not_marked", line, key=key)
    for literal in literals:
        found = occurrences(marked.text, literal)
        if not found:
            raise MarkupError("not_in_text", line, words=literal)
        places.append(found)
    if not places:
        raise MarkupError("no_evidence", line, fact="entry")
    best = min((_cover(anchor, places) for anchor in places[0]), key=lambda range_: range_[1] - range_[0])
    if best[1] - best[0] > _LONGEST_ENTRY:
        raise MarkupError("far_apart", line, keys=" ".join([*keys, *literals]))
    return best


def _ranges(marks: Sequence[Mark]) -> list[Range]:
    return [(mark.start, mark.end) for mark in marks]


def _cover(anchor: Range, places: Sequence[Sequence[Range]]) -> Range:
    start, end = anchor
    for found in places:
        near = min(found, key=lambda range_: max(end, range_[1]) - min(start, range_[0]))
        start, end = min(start, near[0]), max(end, near[1])
    return start, end

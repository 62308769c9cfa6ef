"""Starting numbers and teams in rows: headed tables, "1 4. Name ...", and crews quoted by their number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.lexicon.fold import fold
from extractor.pipeline.annotations import Block, Ref
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.link import Link

_NUMBER_HEADS = frozenset(
    ("n", "n°", "nº", "no", "n.", "no.", "nr", "num", "numero", "#", "dossard", "car", "voiture")
)
_TEAM_HEADS = frozenset(
    ("equipe", "equipes", "team", "teams", "ecurie", "concurrent", "entrant", "structure")
)
_CELL = re.compile(r"[^|\t]+")
_TWO_NUMBERS = re.compile(r"(?:\d{1,3}|AB|ABD|NC|NP|DSQ|DNF|DNS|EXC)\s+(\d{1,3})\.\s+(?=\D)")
_LEADING = re.compile(r"(?:n°\s?|#)?(\d{1,3})\s*(?:[—–|/\t:]|\s-\s)\s*(?=[^\W\d_])")
_LEAST_ROWS = 4
_QUOTED = re.compile(r"(\d{1,3})\.\s+[^\n«“\"]{5,120}:\s*[«“\"]")


def row_links(discourse: Discourse, team_of: dict[int, int]) -> Iterator[Link]:
    """Yield what rows tell of numbers and teams."""
    blocks = discourse.layout.blocks
    yield from _numbered_rows(discourse)
    yield from _tables(discourse, [b for b in blocks if b.kind == "table"], team_of)
    source = discourse.tokens.source
    for pattern, ordered in ((_TWO_NUMBERS, False), (_QUOTED, True)):
        rows: list[tuple[Block, str]] = []
        for block in blocks:
            if block.kind != "boilerplate" and source[block.start : block.start + 1].isalnum():
                match = pattern.match(source, block.start, block.end)
                if match:
                    rows.append((block, match.group(1)))
        numbers = [int(number) for _, number in rows]
        if len(rows) < 3 or len(set(numbers)) < len(rows) or (ordered and max(numbers) < 2 * len(rows)):
            continue  # ranks, not numbers
        for block, number in rows:
            refs = discourse.refs_between(block.first, block.first + 6)
            if refs and refs[0].form == "name":
                yield _row(discourse, block, refs, number, None)


def _numbered_rows(discourse: Discourse) -> Iterator[Link]:
    """Yield the cars of rows that begin with their number: "37 — Brumel — 2e", "201 / Brumel – Orsini / 1 h".

    Ranks rise and points fall; numbers in no order are the cars'.
    """
    source = discourse.tokens.source
    rows: list[tuple[Block, str]] = []
    for block in discourse.layout.blocks:
        match = _LEADING.match(source, block.start, block.end) if block.kind != "boilerplate" else None
        if match:
            rows.append((block, match.group(1)))
        else:
            yield from _of_rows(discourse, rows)
            rows = []
    yield from _of_rows(discourse, rows)


def _of_rows(discourse: Discourse, rows: list[tuple[Block, str]]) -> Iterator[Link]:
    """Yield the ties of rows that follow one another, where their numbers are in no order."""
    numbers = [int(number) for _, number in rows]
    ordered = numbers in (sorted(numbers), sorted(numbers, reverse=True))
    if len(rows) < _LEAST_ROWS or len(set(numbers)) < len(numbers) or ordered:
        return
    for row, number in rows:
        refs = discourse.refs_between(row.first, row.first + 6)
        if refs and refs[0].form == "name" and refs[0].first <= row.first + 3:
            yield _row(discourse, row, refs, number, None)


def _tables(discourse: Discourse, rows: list[Block], team_of: dict[int, int]) -> Iterator[Link]:
    """Read a table by its heading row."""
    source, tokens = discourse.tokens.source, discourse.tokens
    number_at = team_at = -1
    for row in rows:
        cells = [m.span() for m in _CELL.finditer(source, row.start, row.end)]
        heads = [fold(source[a:b]).strip() for a, b in cells]
        if any(head in _NUMBER_HEADS for head in heads) and not discourse.refs_between(row.first, row.last):
            number_at = next(k for k, head in enumerate(heads) if head in _NUMBER_HEADS)
            team_at = next((k for k, head in enumerate(heads) if head in _TEAM_HEADS), -1)
            continue
        if number_at < 0 or len(cells) <= number_at or not heads[number_at].isdecimal():
            continue
        refs = discourse.refs_between(row.first, row.last)
        if not refs:
            continue
        team = None
        if 0 <= team_at < len(cells):
            first, last = tokens.covering(*cells[team_at])
            team = next((team_of[i] for i in range(first, last) if i in team_of), None)
        yield _row(discourse, row, refs, source[slice(*cells[number_at])].strip(), team)


def _row(discourse: Discourse, block: Block, refs: list[Ref], number: str, team: int | None) -> Link:
    crew = [r for r in discourse.group(refs[0]) if block.first <= r.first < block.last]
    people = tuple(dict.fromkeys(p for r in crew for p in r.people))
    return Link(people, crew[0].first, crew[-1].last, team=team, number=number, sure=0.85)

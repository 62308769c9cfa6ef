"""From the rows of a column to blocks, and which ends of lines are none.

A line ends where it ends when the next word would have found room in it. Full lines go on, unless what
follows is set apart: further down, indented, of another size, or marked as an entry of a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from extractor.readers.layout.rows import Row, leading
from extractor.readers.layout.words import Piece

_HYPHENS = "-‐‑¬\xad"
_ENDED = re.compile(r"[.!?…:;][»”\"')\]]*$")
_RANK = re.compile(
    r"\(?(\d{1,3})\s*(?:[.)°:/–—-](?!\d)|ers?\b|ère\b|(?:[èe]me|e|nde?)\b)(?!$)", re.IGNORECASE
)
_COUNTER = re.compile(r"(\W{0,2}[A-Za-z]{0,2}[°º.]?\W?)(\d{1,3})(?=\W|e|er|ème|$)(?!,\d)")
_OPEN_END = re.compile(
    r"(?:[,–-]|[\s'’](?:et|de|du|des|d|l|à|au|aux|sur|avec|par|en|dans|pour|la|le|les|un|une|sa|son|ses))[’']?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[A-ZÀ-Þ\d][^:.;!?]{0,40}:\s*1\s?(?:[.)]|er\b|ère\b|[-–:])")
_SEPARATORS = ",;-–—/"
_BARE_RANK = re.compile(r"(\d{1,3})\s+(?=[A-ZÀ-Þ#])")
_BULLET = re.compile(r"(?:[•*▪●◦►■]\s*|[-–—·>]\s+)\S")
_DASHES = "-–—·>"
_RANKS_INSIDE = re.compile(r"(?<![\d.,:'\"])(\d{1,3})\s?(?:[.)°]|ers?\b|[èe]?m?e\b)(?!\d)")
_MARKS_ALONE = re.compile(r"[»:;!?%”.,…)\]]+")
_OPENING = re.compile(r"[«“(\[]+")

_SAME_SIZE = 0.12
_FURTHER_DOWN = 1.3
"""Lines so many times as far apart as most are, begin another block."""
_LARGER = 1.15
"""Lines larger than most of the page by this factor are headings."""
_INDENTED = 0.7
"""Least indentation, in parts of the size."""
_EXACT = 0.12
"""How exactly justified lines end at one place, in parts of the size."""
_BLANK = 0.27
"""Width of a blank that is not stretched."""
_WIDE = 2.0
"""Room between words of one line, in parts of the size, that makes it a row of a table."""


@dataclass(slots=True)
class Block:
    """Rows that stand together.

    Attributes:
        rows: From top to bottom.
        goes_on: For each row, whether the paragraph goes on in the next: for the last one, in the next
            block, and ``None``
            until that is known.
        edge: How far to the right its lines could have reached.
        left: Where its lines begin.
        usual: Size of most letters of the page.
        flush: Whether lines that go on reach the edge exactly.
        bold: Whether most of the page is set in bold type.
        skip: Why it is no part of the report, where it is none.
        begun: What was told so far of the paragraph that its last row is part of.
    """

    rows: list[Row]
    goes_on: list[bool | None]
    edge: float
    left: float
    usual: float
    flush: bool = False
    bold: bool = False
    begun: str = ""
    skip: str | None = None


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual where a column stands.

    Attributes:
        size: Size of most letters of the page.
        edge: How far to the right lines could have reached, where that is known to be further than they do.
        bold: Whether most of the page is set in bold type.
    """

    size: float
    edge: float | None = None
    bold: bool = False


def blocks_of(rows: Sequence[Row], measures: Measures) -> list[Block]:
    """Return the blocks of one column.

    Args:
        rows: From top to bottom.
        measures: What is usual where it stands.
    """
    if not rows:
        return []
    edge = max([row.x1 for row in rows] + ([] if measures.edge is None else [measures.edge]))
    usual_gap = leading(rows)
    new = partial(
        Block,
        edge=edge,
        left=_left_of(rows),
        usual=measures.size,
        flush=is_flush(rows, edge),
        bold=measures.bold,
    )
    blocks = [new([rows[0]], [], begun=rows[0].text)]
    for above, below in pairwise(rows):
        last = blocks[-1]
        apart = _stands_apart(above, below, usual_gap)
        on = _goes_on(above, below, last, apart=apart)
        if apart and not on:
            last.goes_on.append(None)
            blocks.append(new([below], [], begun=below.text))
        else:
            last.goes_on.append(on)
            last.rows.append(below)
            last.begun = f"{last.begun} {below.text}" if on else below.text
    blocks[-1].goes_on.append(None)
    for block, following in pairwise(blocks):
        # A note or a table may interrupt a paragraph, which then goes on behind it.
        first = following.rows[0]
        if not (_is_other_size(block.rows[-1], first) or is_table_row(first, following)):
            block.goes_on[-1] = False
    return blocks


def join_blocks(blocks: Iterable[Block]) -> None:
    """Say of each last row whether its paragraph goes on in the next block, whatever column or page."""
    for above, below in pairwise(blocks):
        if above.goes_on[-1] is None:
            above.goes_on[-1] = goes_on_elsewhere(above, below)


def _left_of(rows: Sequence[Row]) -> float:
    """Return where most rows begin; of several such places the leftmost that is common enough."""
    size = rows[0].size or 1.0
    places = Counter(round(row.x0 / (0.5 * size)) for row in rows)
    most = max(places.values())
    place = min(place for place, count in places.items() if count >= max(1, most / 3))
    return min(row.x0 for row in rows if round(row.x0 / (0.5 * size)) == place)


def is_flush(rows: Sequence[Row], edge: float) -> bool:
    """Say whether a column is justified: half of its lines end at one place."""
    reach = sum(abs(row.x1 - edge) < _EXACT * row.size for row in rows)
    return len(rows) >= 5 and 2 * reach >= len(rows)


def _stands_apart(above: Row, below: Row, usual_gap: float) -> bool:
    gap = below.base - above.base
    return _is_other_size(above, below) or gap > _FURTHER_DOWN * usual_gap * max(
        1.0, below.size / max(above.size, 1e-6)
    )


def _goes_on(above: Row, below: Row, block: Block, *, apart: bool) -> bool:
    if parted(above, below):
        return True
    if _is_other_size(above, below):
        return False
    ended = _ENDED.search(above.words[-1].text) is not None
    small = below.words[0].text[0].islower()
    if is_table_row(above, block) or is_table_row(below, block):
        return small and not ended and not apart and is_full(above, below, block)
    if _is_heading(above, block):
        return _heading_goes_on(above, below, block, small=small, apart=apart)
    if apart:
        return False
    full = is_full(above, below, block)
    if _is_entry_behind(above, below, block.begun, ended=ended, full=full):
        return False
    if small and not ended:
        return True
    if below.wholly_bold and not above.bold and (ended or not full):
        return False
    if _is_capitals(above.text) and not _is_capitals(below.text) and not small:
        return False
    return full and not (ended and not small and _is_indented(above, below, block))


def _is_heading(row: Row, block: Block) -> bool:
    """Say whether a line is set apart from the page's text by its type."""
    return row.size > _LARGER * block.usual or (row.wholly_bold and not block.bold)


def _heading_goes_on(above: Row, below: Row, block: Block, *, small: bool, apart: bool) -> bool:
    """Say whether a heading goes on; its lines are seldom justified, and may be centred."""
    if apart and below.base - above.base > 1.6 * below.size:
        return False
    if not _is_heading(below, block) or above.wholly_bold != below.wholly_bold:
        return False
    if small or below.text.startswith("(") or _OPEN_END.search(above.text):
        return True
    needed = above.x1 - above.x0 + _BLANK * above.size + _beginning(below.words)
    return needed > block.edge - block.left - 0.4 * above.size


def _is_capitals(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= 4 and all(sign.isupper() for sign in letters)


def _is_other_size(above: Row, below: Row) -> bool:
    return abs(above.size - below.size) > _SAME_SIZE * max(above.size, below.size)


def _is_indented(above: Row, below: Row, block: Block) -> bool:
    """Say whether a line begins a paragraph by its indentation, which is none where a list's entries go on.

    Where the line above is indented, too, it may have been a paragraph of its own, or both may stand in a
    longer quotation; that is set apart by room as well.
    """
    if is_listed(above.text):
        return False
    return below.x0 > block.left + _INDENTED * below.size


def _is_entry_behind(above: Row, below: Row, begun: str, *, ended: bool, full: bool) -> bool:
    """Say whether a line is an entry of a list, not the middle of one that runs on."""
    if bullet := _BULLET.match(below.text):
        if bullet.group()[0] not in _DASHES:
            return True
        return (ended and not full) or begun.startswith(bullet.group()[0])
    if _LABELLED.match(below.text) and (ended or _LABELLED.match(begun)):
        return True
    if above.text.count(" | ") > 1 and below.text.count(" | ") > 1:
        return True
    if counts_on(begun, below.text):
        return above.text[-1] not in _SEPARATORS
    return _RANK.match(below.text) is not None and (
        (ended and not full) or below.x0 < above.x0 - _INDENTED * below.size
    )


def counts_on(above: str, below: str) -> bool:
    """Say whether two lines begin with numbers that follow each other, and one does not run on."""
    one, other = _COUNTER.match(above), _COUNTER.match(below)
    if one is None or other is None or one.group(1) != other.group(1):
        return False
    number = int(other.group(2))
    if not 0 <= number - int(one.group(2)) <= 2:
        return False
    return str(number - 1) not in _RANKS_INSIDE.findall(above[one.end() :])


def goes_on_elsewhere(above: Block, below: Block) -> bool:
    """Say whether the last paragraph of a block goes on in another one, in another place."""
    last, first = above.rows[-1], below.rows[0]
    if last.wholly_bold != first.wholly_bold and (last.wholly_bold or first.words[0].text[0].isupper()):
        return False
    if _is_other_size(last, first) or is_table_row(last, above) or is_table_row(first, below):
        return False
    if parted(last, first):
        return True
    ended = _ENDED.search(last.words[-1].text) is not None
    if ended and not last.words[-1].text.endswith((";", ":")):
        # A full stop at the very end of a full line: only the beginning of what follows could tell.
        return first.words[0].text[0].islower() and is_full(last, first, above)
    if ended or is_listed(first.text) or _is_heading(last, above):
        return False
    if not is_full(last, first, above):
        return False
    return first.words[0].text[0].islower() or len(above.rows) > 1 or len(below.rows) > 1


def is_full(above: Row, below: Row, block: Block) -> bool:
    """Say whether the next line's beginning would not have found room in a line set without stretching."""
    if block.flush and above.x1 < block.edge - 2 * _EXACT * above.size:
        return False
    blank = _BLANK * above.size
    stretched = sum(max(0.0, b.x0 - a.x1 - blank) for a, b in pairwise(above.words))
    return above.x1 - stretched + blank + _beginning(below.words) > block.edge - 0.4 * above.size


def _beginning(words: Sequence[Piece]) -> float:
    """Return the width of the first word and of marks behind a blank, which French does not part from it."""
    last = 0
    if _OPENING.fullmatch(words[0].text) and len(words) > 1:
        last = 1
    while last + 1 < len(words) and _MARKS_ALONE.fullmatch(words[last + 1].text):
        last += 1
    return words[last].x1 - words[0].x0


def is_listed(text: str) -> bool:
    """Say whether a line begins like an entry of a list."""
    return _RANK.match(text) is not None or _BULLET.match(text) is not None


def parted(above: Row, below: Row) -> bool:
    """Say whether a word is parted by the end of a line."""
    last, first = above.words[-1].text, below.words[0].text
    return len(last) > 1 and last[-1] in _HYPHENS and last[-2].isalpha() and first[0].islower()


def is_table_row(row: Row, block: Block) -> bool:
    """Say whether a line has cells: wide room in it, and not only behind a bullet or rank."""
    rooms = [b.x0 - a.x1 for a, b in pairwise(row.words)]
    if is_listed(row.text) or _BARE_RANK.match(row.text):
        rooms = rooms[1:]
    if not rooms or max(rooms) <= _WIDE * row.size:
        return False
    spread = abs(row.x1 - block.edge) < _EXACT * row.size and (block.flush or len(rooms) > 1)
    return not (spread and max(rooms) < 1.6 * min(rooms))

"""The visible text of a page in reading order, line by line, each line with its place in the page.

Blanks are those that a browser shows: runs of them are one, blocks stand apart, a row of a table is a line
whose cells are parted by ``|``, the items of numbered lists carry their numbers. Rendering follows
https://html.spec.whatwg.org/multipage/rendering.html as far as it moves text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from extractor.readers.html_elements import BLOCKS, CELLS, LINES, PRESERVED, UNSEEN
from extractor.readers.html_lists import Markers

Element = Any  # lxml's elements: the library is imported only where a page is read

_UNSHOWN_CLASSES = frozenset(
    ("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "element-invisible")
)
_UNSHOWN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SHOWN_AS_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table\b|list-item)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_LONG_CELL = 300  # characters: prose stands in no cell of a table of results
_FEW_ROWS = 4
_CELL_MARK = " | "
_LINE_IN_CELL = " / "


@dataclass(slots=True)
class Line:
    """A line of the text.

    Attributes:
        start: Its first code point.
        end: Behind its last.
        block: The block or row of the page that it stands in.
        nodes: The texts that it is made of: an element, and whether the text stands behind it.
        linked: How many of its characters are links.
    """

    start: int
    end: int
    block: Element
    nodes: list[tuple[Element, bool]] = field(default_factory=list)
    linked: int = 0


@dataclass(slots=True)
class PageText:
    """What is to be seen of a page.

    Attributes:
        text: The text.
        lines: Its lines that are not blank, in order.
        unseen: Elements whose text a browser does not show, and that are no scripts or styles.
    """

    text: str
    lines: list[Line]
    unseen: list[Element]


def page_text(root: Element) -> PageText:
    """Return the visible text of a tree. No recursion: a page may be nested as deep as it likes."""
    writer = _Writer()
    unseen: list[Element] = []
    stack: list[tuple[Element, Iterator[Element]]] = []
    if _enter(root, writer):
        stack.append((root, iter(root)))
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            writer.leave(element)
            if stack:
                writer.write(element, element.tail, is_tail=True)
        elif _enter(child, writer):
            stack.append((child, iter(child)))
        else:
            if isinstance(child.tag, str) and child.tag not in UNSEEN:
                unseen.append(child)
            writer.write(child, child.tail, is_tail=True)
    return PageText(writer.text(), writer.lines, unseen)


def _enter(element: Element, writer: _Writer) -> bool:
    """Begin an element, unless nothing of it is to be seen."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN or is_unshown(element):
        return False
    writer.enter(element)
    writer.write(element, element.text, is_tail=False)
    return True


def is_unshown(element: Element) -> bool:
    """Say whether the page itself hides an element: by attribute, by its own style, or by a class."""
    if element.get("hidden") is not None and element.tag != "body":
        return True
    if _UNSHOWN_STYLE.search(element.get("style") or ""):
        return bool(element.tag != "body")
    return not _UNSHOWN_CLASSES.isdisjoint((element.get("class") or "").split())


def is_layout(table: Element) -> bool:
    """Say whether a table merely arranges the page, as old pages do, and holds no rows to be read as such."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return True
    rows = [sum(cell.tag in CELLS for cell in row) for row in table.iter("tr")]
    if max(rows, default=0) < 2 or next(table.iter("h1", "h2", "form", "article"), None) is not None:
        return True
    long = sum(sum(map(len, cell.itertext())) > _LONG_CELL for cell in table.iter("td"))
    return long > 0 and (len(rows) < _FEW_ROWS or 3 * long >= len(rows))


class _Writer:
    """Writes lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._length = 0
        self._line: Line | None = None
        self._gap = 0  # line ends that the next text stands behind
        self._blank = False  # a blank that the next text of the line stands behind
        self._blocks: list[Element] = []
        self._links = 0
        self._preserved = 0
        self._rows: list[
            _Row | None
        ] = []  # of the tables around, the inmost last; none where a table is layout
        self._markers = Markers()
        self._mark = ""  # of the item that begins

    def text(self) -> str:
        """Return the text."""
        return "".join(self._pieces)

    # --- elements

    def enter(self, element: Element) -> None:
        """Begin an element."""
        tag = element.tag
        if tag == "br":
            self._break(1, forced=True)
        elif tag in BLOCKS:
            self._open(element, self._apart(element))
        elif tag in LINES:
            self._open_line(element)
        elif _SHOWN_AS_BLOCK.search(element.get("style") or ""):
            self._open(element, 1)
        elif tag == "q":
            self._append("«", None, is_tail=False)
            self._blank = True
        if tag == "table":
            self._rows.append(None if is_layout(element) else _Row())
        self._links += tag == "a"
        self._preserved += tag in PRESERVED

    def leave(self, element: Element) -> None:
        """End an element."""
        tag = element.tag
        self._links -= tag == "a"
        self._preserved -= tag in PRESERVED
        if self._blocks and self._blocks[-1] is element:
            self._blocks.pop()
            self._break(self._apart(element) if tag in BLOCKS else 1)
        elif tag == "q":
            self._blank = True
            self._append("»", None, is_tail=False)
        if tag == "table" and self._rows:
            self._rows.pop()
        elif tag == "tr" and self._row() is not None:
            self._rows[-1] = _Row()
        elif tag == "li":
            self._mark = ""

    def _apart(self, block: Element) -> int:
        """Return how many line ends set a block apart; a list within an item is not set apart."""
        around = block.getparent() if block.tag in ("ol", "ul") else None
        return 1 if around is not None and around.tag == "li" else 2

    def _row(self) -> _Row | None:
        """Return the row of the table of results that is being written or is to come, if any."""
        return self._rows[-1] if self._rows else None

    def _open(self, element: Element, gap: int) -> None:
        self._break(gap)
        self._blocks.append(element)

    def _open_line(self, element: Element) -> None:
        tag, row = element.tag, self._row()
        self._open(element, 2 if tag in CELLS and row is None else 1)
        if row is not None and tag in CELLS:
            row.cells += 1
        elif row is not None and tag == "tr":
            self._rows[-1] = _Row(element=element)
        elif tag == "li":
            self._mark = self._markers.of(element)

    # --- text

    def write(self, element: Element, text: str | None, *, is_tail: bool) -> None:
        """Write the text of an element, or the text behind it."""
        if not text:
            return
        if self._preserved:
            self._write_preserved(element, text, is_tail=is_tail)
            return
        words = _BLANKS.sub(" ", text)
        if words == " ":
            self._blank = True
            return
        self._blank = self._blank or words[0] == " "
        self._append(words.strip(" "), element, is_tail=is_tail)
        self._blank = words[-1] == " "

    def _write_preserved(self, element: Element, text: str, *, is_tail: bool) -> None:
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                self._break(1, forced=True)
            if line.strip():
                self._blank = False
                self._append(line.rstrip() if number else line, element, is_tail=is_tail)

    def _append(self, words: str, element: Element | None, *, is_tail: bool) -> None:
        row = self._row()
        if row is not None and row.element is not None:
            words = self._in_row(row, words)
        elif self._gap or self._line is None:
            self._begin_line(self._blocks[-1])
            words = self._mark + words
            self._mark = ""
        elif self._blank:
            words = " " + words
        self._blank = False
        self._pieces.append(words)
        self._length += len(words)
        line = self._line
        assert line is not None  # for the type checker: text begins a line where there is none
        line.end = self._length
        line.linked += len(words) if self._links else 0
        if element is not None:
            line.nodes.append((element, is_tail))

    def _in_row(self, row: _Row, words: str) -> str:
        """Return words with what parts them from those before in their row."""
        if not row.written:
            self._begin_line(row.element)
            before = _CELL_MARK.lstrip() * (row.cells - 1)
        elif row.cells:
            before = _CELL_MARK * row.cells
        else:
            before = _LINE_IN_CELL if self._gap else " " if self._blank else ""
        row.written, row.cells, self._gap = True, 0, 0
        return before + words

    def _begin_line(self, block: Element) -> None:
        if self._pieces:
            ends = "\n" * max(1, self._gap)
            self._pieces.append(ends)
            self._length += len(ends)
        self._gap = 0
        self._line = Line(self._length, self._length, block)
        self.lines.append(self._line)

    def _break(self, ends: int, *, forced: bool = False) -> None:
        """Let the next text begin a line; ``forced`` ends add up, as with two ``<br>``."""
        self._gap = min(2, self._gap + ends) if forced else max(self._gap, ends)
        self._blank = False


@dataclass(slots=True)
class _Row:
    """A row of a table that is being written.

    Attributes:
        element: Itself; ``None`` between rows.
        cells: Cells begun since the last text.
        written: It has text.
    """

    element: Element = None
    cells: int = 0
    written: bool = False

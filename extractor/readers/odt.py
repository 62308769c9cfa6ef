"""OpenDocument texts (ODT; FODT, the same in one XML file): paragraphs, tables and lists as they are shown.

Specification: OASIS Open Document Format for Office Applications 1.3, parts 2 and 3. What is not shown is not
read: deletions that are tracked, comments, hidden text; ``unread`` says that there are any. Running heads are
in the text, marked as none of the report. Automatic numbers, which the file does not hold, are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractor.errors import InputError
from extractor.readers.office.flow import Flow, Line, Piece, note_mark, row, written
from extractor.readers.office.odf import Counts, Styles, attribute, child, counted, name_of, number
from extractor.readers.office.package import Package
from extractor.readers.options import Reading
from extractor.readers.source import SourceText, Told
from extractor.readers.xml import parse_xml

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 1000
_SIGNS = {"text:tab": "\t", "text:line-break": "\n"}
_SILENT = frozenset(
    {"office:forms", "office:annotation-end", "text:number", "text:script", "text:hidden-text"}
    | {"text:ruby-text", "text:note", "text:soft-page-break", "text:index-title-template"}
    | {"text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:dde-connection-decls"}
)
_ROWS = frozenset({"table:table-header-rows", "table:table-rows", "table:table-row-group"})
_HEADS = ("style:header", "style:header-first", "style:header-left")
_FEET = ("style:footer", "style:footer-first", "style:footer-left")
_TOLD = {
    "dc:title": "title",
    "meta:initial-creator": "author",
    "dc:language": "language",
}


def read(content: bytes, reading: Reading) -> SourceText:
    """Read an ODT or FODT file.

    Raises:
        InputError: ``damaged_office``, ``encrypted_office``, ``part_too_large``, ``archive_bomb``,
            ``too_large``, or what :func:`~extractor.readers.xml.parse_xml` raises.
    """
    source = reading.source.name
    flow = Flow(reading)
    if content.startswith(b"PK"):
        package = Package(content, reading)
        _refuse_encrypted(package, source)
        text, styles, properties = (
            package.xml("content.xml"),
            package.optional_xml("styles.xml"),
            package.optional_xml("meta.xml"),
        )
    else:
        text = styles = properties = parse_xml(content, source=source)
    body = child(text, "office:body", "office:text")
    if body is None:
        raise InputError("damaged_office", source=source)
    _Document(flow, [one for one in (styles, text) if one is not None]).write(body, styles)
    return SourceText.of(
        flow.text,
        source=source,
        media_type=MEDIA_TYPE,
        skipped=flow.skipped,
        unread=tuple(flow.unread),
        told=tuple(_told(child(properties, "office:meta"))),
    )


def _refuse_encrypted(package: Package, source: str) -> None:
    manifest = package.optional_xml("META-INF/manifest.xml")
    locked = manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None
    if locked or "encrypted-package" in package:
        raise InputError("encrypted_office", source=source)


class _Document:
    def __init__(self, flow: Flow, roots: list[Any]) -> None:
        self._flow = flow
        self._styles = Styles(roots)
        self._outline = Counts()
        self._lists: dict[str, Counts] = {}  # by the name of the list, and of its style
        self._notes: list[Any] = []
        self._boxes: list[Any] = []
        self._label = ""  # of the item that begins
        self._after_blank = True

    def write(self, body: Any, styles: Any) -> None:
        """Write everything: running heads, body, notes, running feet."""
        self._running(styles, _HEADS)
        for line in self._blocks(body):
            self._flow.write(line)
        for at, note in enumerate(self._notes, 1):  # notes have none themselves
            self._flow.write_note(at, list(self._blocks(() if note is None else note)))
        self._running(styles, _FEET)

    def _running(self, styles: Any, kinds: tuple[str, ...]) -> None:
        """Write the running heads, or feet, of all kinds of pages, each once."""
        seen: set[str] = set()
        pages = child(styles, "office:master-styles")
        for page in () if pages is None else pages:
            for part in page:
                if name_of(part) in kinds and attribute(part, "style:display") != "false":
                    lines = list(self._blocks(part))
                    text = "\n".join(map(written, lines)).strip()
                    if text and text not in seen:
                        seen.add(text)
                        for line in lines:
                            self._flow.write(line, "running_head")

    # --- paragraphs, lists and tables

    def _blocks(self, parent: Any) -> Iterator[Line]:
        """Yield the paragraphs within an element, rows of tables among them."""
        for block in parent:
            name = name_of(block)
            if name in ("text:p", "text:h"):
                yield from self._paragraph(block, name)
            elif name == "text:list":
                yield from self._list(block, "", None, 0)
            elif name == "table:table":
                yield from self._rows(block)
            elif name == "text:tracked-changes":
                if next(block.iter("{*}deletion"), None) is not None:
                    self._flow.leave_out("deletions")
            elif name == "text:section" and _is_hidden(block):
                self._flow.leave_out("hidden_text")
            elif name.startswith("draw:"):
                for box in self._within_drawing([block]):
                    yield from self._blocks(box)
            elif name.startswith("text:") and name not in _SILENT and not name.endswith("-source"):
                yield from self._blocks(block)

    def _paragraph(self, paragraph: Any, name: str) -> Iterator[Line]:
        label, self._label = self._label, ""
        if name == "text:h" and not label and attribute(paragraph, "text:is-list-header") != "true":
            level = number(attribute(paragraph, "text:outline-level"), 1) - 1
            label = counted(self._outline, self._styles.outline, max(0, level))
        line: Line = []
        self._after_blank = True
        hidden = self._styles.hides(paragraph, "paragraph")
        gone = (
            next((one for one in paragraph.iter("{*}hidden-paragraph") if _is_hidden(one)), None) is not None
        )
        self._inline(paragraph, line, hidden=hidden or gone)
        if self._after_blank and line and line[-1].text.endswith(" "):
            line[-1] = Piece(line[-1].text[:-1], line[-1].skip)
        boxes, self._boxes = self._boxes, []
        if line or not (hidden or gone):
            yield [Piece(label), *line]
        for box in boxes:
            yield from self._blocks(box)

    def _list(self, listed: Any, style: str, counts: Counts | None, level: int) -> Iterator[Line]:
        style = attribute(listed, "text:style-name") or style
        if counts is None:
            counts = self._counts(listed, style)
        for item in listed:
            kind = name_of(item)
            if kind not in ("text:list-item", "text:list-header"):
                continue
            own = attribute(item, "text:start-value")
            first = kind == "text:list-item"
            for block in item:
                if name_of(block) == "text:list":
                    yield from self._list(block, style, counts, level + 1)
                    continue
                if first and name_of(block) in ("text:p", "text:h"):
                    levels = self._styles.levels(style or self._styles.list_of(block))
                    self._label = counted(counts, levels, level, number(own) if own else None)
                    first = False
                yield from self._blocks([block])

    def _counts(self, listed: Any, style: str) -> Counts:
        """Return where a list begins: anew, or where another has got to."""
        known = attribute(listed, "text:continue-list")
        goes_on = attribute(listed, "text:continue-numbering") == "true"
        counts = self._lists.get(f"#{known}") if known else self._lists.get(style) if goes_on else None
        counts = counts or Counts()
        self._lists[style] = counts
        if name := listed.get("{http://www.w3.org/XML/1998/namespace}id"):
            self._lists[f"#{name}"] = counts
        return counts

    def _rows(self, table: Any) -> Iterator[Line]:
        for one in table:
            name = name_of(one)
            if name == "table:table-row":
                cells = (cell for cell in one if name_of(cell).endswith("table-cell"))
                yield from row([self._cell(cell) for cell in cells])
            elif name in _ROWS:
                yield from self._rows(one)

    def _cell(self, cell: Any) -> list[Line]:
        covered = name_of(cell) == "table:covered-table-cell"  # shown with the cell that covers it
        return [] if covered else list(self._blocks(cell))

    # --- text

    def _inline(self, parent: Any, line: Line, *, hidden: bool) -> None:
        """Add what is shown of an element within a paragraph."""
        self._text(parent.text, line, hidden=hidden)
        for part in parent:
            self._sign(part, name_of(part), line, hidden=hidden)
            self._text(part.tail, line, hidden=hidden)

    def _sign(self, part: Any, name: str, line: Line, *, hidden: bool) -> None:
        if name == "text:s":
            self._add(" " * min(number(attribute(part, "text:c"), 1), _MOST_BLANKS), line, hidden=hidden)
        elif name in _SIGNS:
            self._add(_SIGNS[name], line, hidden=hidden)
        elif name == "text:note" and not hidden:
            self._notes.append(child(part, "text:note-body"))
            line.append(note_mark(len(self._notes)))
            self._after_blank = False
        elif name == "office:annotation":
            self._flow.leave_out("comments")
        elif name.startswith("draw:"):
            self._boxes += self._within_drawing([part])
        elif name.startswith("text:") and name not in _SILENT:
            self._inline(part, line, hidden=hidden or self._styles.hides(part, "text"))

    def _text(self, text: str | None, line: Line, *, hidden: bool) -> None:
        """Add text of the file, in which many blanks are one, and none at the beginning."""
        if not text:
            return
        text = _BLANKS.sub(" ", text)
        if self._after_blank:
            text = text.removeprefix(" ")
        if text:
            self._add(text, line, hidden=hidden)
            self._after_blank = text.endswith(" ")

    def _add(self, text: str, line: Line, *, hidden: bool) -> None:
        self._after_blank = False
        if hidden:
            self._flow.leave_out("hidden_text")
        else:
            line.append(Piece(text))

    def _within_drawing(self, parts: Any) -> Iterator[Any]:
        """Yield what of a drawing holds paragraphs, and note its pictures."""
        for part in parts:
            name = name_of(part)
            if name == "draw:image":
                self._flow.leave_out("image", attribute(part, "xlink:href") or None)
            elif name == "draw:text-box" or child(part, "text:p") is not None:
                yield part
            elif name.startswith("draw:"):
                yield from self._within_drawing(part)


def _is_hidden(element: Any) -> bool:
    return attribute(element, "text:display") == "none" or attribute(element, "text:is-hidden") == "true"


def _told(properties: Any) -> Iterator[Told]:
    """Yield what the document's properties say. Dates are those of the file, not of publication."""
    for one in () if properties is None else properties:
        name, value = name_of(one), (one.text or "").strip()
        if name in _TOLD and value:
            yield Told(_TOLD[name], value, f"odt meta {name}")

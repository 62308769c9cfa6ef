"""Word documents (DOCX): paragraphs, tables and lists as they are shown.

Specification: ECMA-376 (Office Open XML), parts 1 and 4. What is not shown is not read: deletions that are
tracked, comments, hidden text, codes of fields; ``unread`` says that there are any. Running heads are in the
text, marked as none of the report. Automatic numbers, which Word does not store, are counted.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from extractor.errors import InputError
from extractor.readers.office import numbers
from extractor.readers.office.flow import Flow, Line, Piece, note_mark, row, written
from extractor.readers.office.package import Package
from extractor.readers.office.word import Numbering, Styles, attribute, child, children, is_on, name_of
from extractor.readers.options import Reading
from extractor.readers.source import SourceText, Told

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_TRANSPARENT = frozenset(
    {"w:ins", "w:moveTo", "w:hyperlink", "w:smartTag", "w:customXml", "w:fldSimple", "w:dir", "w:bdo"}
    | {"w:sdtContent", "w:sdt", "w:ruby", "w:rubyBase", "w:subDoc"}
)
_DELETED = frozenset({"w:del", "w:moveFrom"})
_SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\xad",
}
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
_PICTURES = {"a:blip": "embed", "v:imagedata": "id"}
_TOLD = {"title": "title", "creator": "author", "language": "language", "publisher": "publisher"}


def read(content: bytes, reading: Reading) -> SourceText:
    """Read a DOCX file.

    Raises:
        InputError: ``damaged_office``, ``encrypted_office``, ``part_too_large``, ``archive_bomb``,
            ``too_large``, or what :func:`~extractor.readers.xml.parse_xml` raises.
    """
    package = Package(content, reading)
    flow = Flow(reading)
    _Document(package, flow, reading.source.name).write()
    return SourceText.of(
        flow.text,
        source=reading.source.name,
        media_type=MEDIA_TYPE,
        skipped=flow.skipped,
        unread=tuple(flow.unread),
        told=tuple(_told(package)),
    )


class _Part:
    """A part of the document and what it refers to.

    Attributes:
        root: Its XML.
    """

    def __init__(self, package: Package, name: str) -> None:
        self.root = package.xml(name)
        self._folder, file = posixpath.split(name)
        references = package.optional_xml(f"{self._folder}/_rels/{file}.rels")
        self._to: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        for one in () if references is None else references:
            if attribute(one, "TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", self._folder, attribute(one, "Target")))
                self._to[attribute(one, "Id")] = target.lstrip("/")
                self._kinds.setdefault(attribute(one, "Type").rpartition("/")[2], target.lstrip("/"))

    def to(self, reference: str) -> str | None:
        """Return the part that a reference means."""
        return self._to.get(reference)

    def of_kind(self, kind: str) -> str | None:
        """Return the first part of a kind, such as ``styles``."""
        return self._kinds.get(kind)


class _Document:
    def __init__(self, package: Package, flow: Flow, source: str) -> None:
        self._package, self._flow = package, flow
        self._part = self._body = _Part(package, _main_part(package, source))
        self._styles = Styles(package.optional_xml(self._body.of_kind("styles")))
        self._numbering = Numbering(package.optional_xml(self._body.of_kind("numbering")), self._styles)
        self._notes: dict[str, list[str]] = {}  # the notes referred to, by kind
        self._fields: list[str] = []  # of the fields that are open, whether code or result comes
        self._boxes: list[Any] = []
        self._begun: Line = []  # a paragraph whose end is deleted goes on in the next

    # --- parts

    def write(self) -> None:
        """Write everything: running heads, body, notes, running feet."""
        self._running("w:headerReference")
        body = child(self._body.root, "w:body")
        for line in self._blocks(() if body is None else body):
            self._flow.write(line)
        if self._begun:
            self._flow.write(self._begun)
        self._write_notes()
        self._running("w:footerReference")

    def _running(self, kind: str) -> None:
        """Write the running heads, or feet, of all sections, each once."""
        seen: set[str] = set()
        for section in self._body.root.iter("{*}sectPr"):
            for reference in children(section, kind):
                name = self._body.to(attribute(reference, "id"))
                if name is None or name not in self._package or name in seen:
                    continue
                seen.add(name)
                lines = self._lines_of(name)
                text = "\n".join(map(written, lines)).strip()
                if text and text not in seen:
                    seen.add(text)
                    for line in lines:
                        self._flow.write(line, "running_head")

    def _lines_of(self, name: str) -> list[Line]:
        with self._within(_Part(self._package, name)):
            return list(self._blocks(self._part.root))

    @contextmanager
    def _within(self, part: _Part) -> Iterator[None]:
        before = self._part, self._fields, self._begun
        self._part, self._fields, self._begun = part, [], []
        yield
        self._part, self._fields, self._begun = before

    def _write_notes(self) -> None:
        for kind, referred in self._notes.items():
            name = self._body.of_kind(kind)
            if name is None or name not in self._package:
                continue
            with self._within(_Part(self._package, name)):
                notes = {attribute(note, "id"): note for note in self._part.root}
                for number, identity in enumerate(referred, 1):
                    self._flow.write_note(number, list(self._blocks(notes.get(identity, ()))))

    # --- paragraphs and tables

    def _blocks(self, parent: Any) -> Iterator[Line]:
        """Yield the paragraphs within an element, rows of tables among them."""
        for block in parent:
            name = name_of(block)
            if name == "w:p":
                yield from self._paragraph(block)
            elif name == "w:tbl":
                yield from self._rows(block)
            elif name in _TRANSPARENT:
                yield from self._blocks(block)
            elif name == "mc:AlternateContent":
                yield from self._blocks(_chosen(block))
            elif name in _DELETED:
                self._flow.leave_out("deletions")
            elif name == "w:altChunk":
                self._flow.leave_out("attachment", self._part.to(attribute(block, "id")))

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        properties = child(paragraph, "w:pPr")
        style = child(properties, "w:pStyle")
        hidden = self._styles.hides(None if style is None else attribute(style))
        line: Line = []
        self._inline(paragraph, line, hidden=hidden)
        mark = child(properties, "w:rPr")
        text = written(line)
        boxes, self._boxes = self._boxes, []
        if mark is not None and child(mark, "w:del") is not None:
            self._flow.leave_out("deletions")
            if text:
                self._begun += [*self._label(properties, self._begun), *line]
        elif text or not (hidden or (mark is not None and is_on(mark, "w:vanish"))):
            begun, self._begun = self._begun, []
            yield [*begun, *self._label(properties, begun), *line]
        for box in boxes:
            yield from self._blocks(box)

    def _label(self, properties: Any, begun: Line) -> Line:
        """Return the number of a paragraph that begins here."""
        label = "" if begun else self._numbering.label(properties)
        return [Piece(label)] if label else []

    def _rows(self, table: Any) -> Iterator[Line]:
        for one in table:
            name = name_of(one)
            if name == "w:tr" and child(one, "w:trPr", "w:del") is not None:
                self._flow.leave_out("deletions")
            elif name == "w:tr":
                yield from row([self._cell(cell) for cell in _cells(one)])
            elif name in _TRANSPARENT:
                yield from self._rows(one)

    def _cell(self, cell: Any) -> list[Line]:
        merged = child(cell, "w:tcPr", "w:vMerge")
        if merged is not None and attribute(merged) != "restart":
            return []  # shown with the cell above
        return list(self._blocks(cell))

    # --- text

    def _inline(self, parent: Any, line: Line, *, hidden: bool) -> None:
        """Add what is shown of an element within a paragraph."""
        for part in parent:
            name = name_of(part)
            if name == "w:r":
                self._run(part, line, hidden=hidden)
            elif name in _TRANSPARENT or name.startswith("m:"):
                if name == "m:t":
                    line.append(Piece(part.text or ""))
                self._inline(part, line, hidden=hidden)
            elif name == "mc:AlternateContent":
                self._inline(_chosen(part), line, hidden=hidden)
            elif name in _DELETED:
                self._flow.leave_out("deletions")

    def _run(self, run: Any, line: Line, *, hidden: bool) -> None:
        properties = child(run, "w:rPr")
        if properties is not None:
            style = child(properties, "w:rStyle")
            hidden = hidden or self._styles.hides(None if style is None else attribute(style))
            if child(properties, "w:vanish") is not None:
                hidden = is_on(properties, "w:vanish")
        self._signs(run, line, hidden=hidden)

    def _signs(self, run: Any, line: Line, *, hidden: bool) -> None:
        """Add what a run shows."""
        for sign in run:
            name = name_of(sign)
            if name == "w:fldChar":
                self._field(attribute(sign, "fldCharType"))
            elif name == "w:commentReference":
                self._flow.leave_out("comments")
            elif name in ("w:drawing", "w:pict", "w:object"):
                self._drawing(sign)
            elif name == "mc:AlternateContent":
                self._signs(_chosen(sign), line, hidden=hidden)
            elif name == "w:ruby":
                self._inline(sign, line, hidden=hidden)
            elif "code" in self._fields:
                continue
            elif piece := self._piece(sign, name):
                if hidden:
                    self._flow.leave_out("hidden_text")
                else:
                    line.append(piece)

    def _piece(self, sign: Any, name: str) -> Piece | None:
        if name == "w:t":
            return Piece((sign.text or "").replace("\n", " ")) if sign.text else None
        if name in _SIGNS:
            return Piece(_SIGNS[name])
        if name == "w:sym":
            return Piece(numbers.bullet(_character(attribute(sign, "char"))))
        if name in _NOTES:
            referred = self._notes.setdefault(_NOTES[name], [])
            referred.append(attribute(sign, "id"))
            return note_mark(len(referred))
        return None

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("code")
        elif self._fields:
            self._fields.pop()
            self._fields += ["result"] * (kind == "separate")

    def _drawing(self, drawing: Any) -> None:
        """Keep the text boxes of a drawing for the end of the paragraph, and note its pictures."""
        for part in _shown(drawing):
            name = name_of(part)
            if name == "w:txbxContent":
                self._boxes.append(part)
            elif name in _PICTURES and self._part is self._body:
                self._flow.leave_out("image", self._part.to(attribute(part, _PICTURES[name])))


def _main_part(package: Package, source: str) -> str:
    """Return the name of the part that holds the text."""
    references = package.optional_xml("_rels/.rels")
    for one in () if references is None else references:
        name = attribute(one, "Target").lstrip("/")
        if attribute(one, "Type").endswith("/officeDocument") and name in package:
            return name
    if "word/document.xml" not in package:
        raise InputError("damaged_office", source=source)
    return "word/document.xml"


def _cells(parent: Any) -> Iterator[Any]:
    for one in parent:
        if name_of(one) == "w:tc":
            yield one
        elif name_of(one) in _TRANSPARENT:
            yield from _cells(one)


def _chosen(alternatives: Any) -> Any:
    """Return the first of several forms of one thing; the others are for older programs."""
    choice = child(alternatives, "mc:Choice")
    fallback = child(alternatives, "mc:Fallback")
    return next((one for one in (choice, fallback) if one is not None), ())


def _shown(drawing: Any) -> Iterator[Any]:
    """Yield text boxes and pictures, not what lies within a text box."""
    for part in drawing:
        name = name_of(part)
        if name == "mc:AlternateContent":
            yield from _shown(_chosen(part))
            continue
        yield part
        if name != "w:txbxContent":
            yield from _shown(part)


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _told(package: Package) -> Iterator[Told]:
    """Yield what the document's properties say. Dates are those of the file, not of publication."""
    for part, fields in (("docProps/core.xml", _TOLD), ("docProps/app.xml", {"Company": "publisher"})):
        properties = package.optional_xml(part)
        for one in () if properties is None else properties:
            local = str(one.tag).rpartition("}")[2]
            value = (one.text or "").strip()
            if local in fields and value:
                origin = f"docx {posixpath.splitext(posixpath.basename(part))[0]} {local}"
                yield Told(fields[local], value, origin)

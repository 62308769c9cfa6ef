"""XML as strangers write it: parsed without entities, without network, in bounded memory and time.

Entities are never resolved, whether they are in the file, on the disk or elsewhere; a file that declares any
is refused. Elements may nest :data:`MAX_DEPTH` deep; names, attributes and texts may be as long as libxml2
allows (10 million bytes); there is at most :data:`MAX_MARKS` of markup in memory at once.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import Any

from extractor.errors import InputError

MAX_MARKS = 6_000_000
"""Most tags and attributes in memory at once, 200 bytes each; a page of ALTO has ten thousand or more."""

MAX_DEPTH = 256
"""Deepest nesting, which is libxml2's own limit."""

_CHUNK = 1 << 16
_MOST_REASON = 120
_LONG_NAMESPACE = re.compile(rb"xmlns[\w.:-]{0,100}\s{0,100}=\s{0,100}(?:\"[^\"<]{1000}|'[^'<]{1000})")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_CHARSET = re.compile(rb"(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_LOOKED_AT = 4096
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)

# What lxml gives; it brings no types of its own.
Element = Any


def parse_xml(content: bytes, *, source: str, encoding: str | None = None) -> Element:
    """Return the root element of an XML file.

    Args:
        content: The file.
        source: Its name, for errors.
        encoding: What the user says that its encoding is; asked only where the file's own word is wrong.

    Raises:
        InputError: ``damaged_xml``, ``damaged_text``, ``xml_entities``, ``xml_limits`` or ``xml_too_large``.
    """
    from lxml import etree

    content, known = _narrow(content, source, encoding)
    _refuse_excess(content, source)
    if content.count(b"<") + content.count(b"=") > MAX_MARKS:
        raise InputError("xml_too_large", source=source, limit=MAX_MARKS)
    try:
        root = etree.fromstring(content, etree.XMLParser(encoding=known, **_careful()))
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise _damaged(error, content, source) from error
    _refuse_entities(root, source)
    return root


def finished(
    content: bytes, names: Iterable[str], *, source: str, encoding: str | None = None
) -> Iterator[Element]:
    """Yield the elements of these local names, whatever their namespace, as soon as each is complete.

    An element is emptied when the next one is asked for, so that of a file of many pages one is in memory.

    Raises:
        InputError: As :func:`parse_xml`, once what stands before the damage has been yielded.
    """
    from lxml import etree

    content, known = _narrow(content, source, encoding)
    _refuse_excess(content, source)
    tags = [f"{{*}}{name}" for name in names]
    try:
        parser = etree.XMLPullParser(("end",), tag=tags, encoding=known, **_careful())
        marks, root = 0, None
        for at in range(0, len(content), _CHUNK):
            chunk = content[at : at + _CHUNK]
            marks += chunk.count(b"<") + chunk.count(b"=")
            if marks > MAX_MARKS:
                raise InputError("xml_too_large", source=source, limit=MAX_MARKS)
            parser.feed(chunk)
            for _, element in parser.read_events():
                if root is None:
                    root = element.getroottree()
                    _refuse_entities(element, source)
                yield element
                _forget(element)
                marks = 0
        _refuse_entities(parser.close(), source)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise _damaged(error, content, source) from error


def parse_html(content: bytes, *, source: str, encoding: str | None = None) -> Element:
    """Return the root element of HTML, however broken, as a browser would make it out.

    Args:
        content: The file.
        source: Its name, for errors.
        encoding: What the user says that its encoding is; asked only where the file's own word is wrong.

    Raises:
        InputError: ``damaged_xml``, ``xml_limits`` or ``xml_too_large``.
    """
    from lxml import etree

    if content.count(b"<") + content.count(b"=") > MAX_MARKS:
        raise InputError("xml_too_large", source=source, limit=MAX_MARKS)
    careful = {"no_network": True, "huge_tree": False, "remove_comments": True, "remove_pis": True}
    try:
        text = _as_text(content, encoding).replace("\0", "")
        root = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8", **careful))
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise _damaged(error, content, source) from error
    if root is None:
        raise InputError("damaged_xml", source=source, line=0, reason="no element")
    return root


def local(element: Element) -> str:
    """Return the name of an element without its namespace; nothing for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children that have one of these local names, all elements where none is named."""
    for child in element:
        name = local(child)
        if name in names or (name and not names):
            yield child


def child(element: Element, *path: str) -> Element | None:
    """Return what the local names lead to, the first each time; ``None`` where there is none."""
    for name in path:
        element = next(children(element, name), None)
        if element is None:
            return None
    return element


def text_of(element: Element | None) -> str:
    """Return all text within an element, with the characters that HTML's entities stand for."""
    if element is None:
        return ""
    return "".join(_characters(element))


def character(node: Element) -> str:
    """Return what a reference to one of HTML's entities stands for; nothing for comments and the like."""
    from lxml import etree

    return html5.get(f"{node.name};", node.text) if node.tag is etree.Entity else ""


def _characters(element: Element) -> Iterator[str]:
    for node in element.iter():
        yield (node.text or "") if isinstance(node.tag, str) else character(node)
        if node is not element:
            yield node.tail or ""


def _careful() -> dict[str, bool]:
    return {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "huge_tree": False,
        "remove_comments": True,
        "remove_pis": True,
    }


def _narrow(content: bytes, source: str, encoding: str | None) -> tuple[bytes, str | None]:
    """Return the file, what is wide made UTF-8, and the encoding to assume against the file's word."""
    wide = next((name for mark, name in _WIDE if content.startswith(mark)), None)
    if wide is not None:
        try:
            return content.decode(wide).removeprefix("\ufeff").encode(), "utf-8"
        except UnicodeError as error:
            position = getattr(error, "start", 0)
            raise InputError("damaged_text", source=source, encoding=wide, position=position) from error
    if encoding is None or _wrong_byte(content) is None:
        return content, None
    try:
        return content.decode(encoding).encode(), "utf-8"
    except (UnicodeError, LookupError):
        return content, None


def _as_text(content: bytes, encoding: str | None) -> str:
    """Return HTML by its mark, its declaration, as UTF-8, by the user's word, or as old web pages are."""
    mark = next((name for mark, name in _WIDE if content.startswith(mark)), None)
    charset = _CHARSET.search(content[:_LOOKED_AT])
    declared = charset.group(1).decode() if charset else None
    for name in (mark, declared, "utf-8", encoding):
        if name is not None:
            try:
                return content.decode(name).removeprefix("\ufeff")
            except (UnicodeError, LookupError):
                continue
    return content.decode("cp1252", "replace")


def _declared(content: bytes) -> str:
    found = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8))
    return found.group(1).decode() if found else "utf-8"


def _wrong_byte(content: bytes) -> int | None:
    """Return where the file is not in the encoding that it says, ``None`` where it is."""
    try:
        content.decode(_declared(content))
    except UnicodeError as error:
        return getattr(error, "start", 0)
    except LookupError:
        return 0
    return None


def _refuse_excess(content: bytes, source: str) -> None:
    """Refuse a namespace that goes on and on: every element's name is spelt with it."""
    if _LONG_NAMESPACE.search(content):
        raise InputError("xml_limits", source=source, limit=MAX_DEPTH)


def _refuse_entities(element: Element, source: str) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise InputError("xml_entities", source=source)


def _damaged(error: Exception, content: bytes, source: str) -> InputError:
    """Return what to tell the user where the parser gives up."""
    from lxml import etree

    line = error.lineno if isinstance(error, etree.XMLSyntaxError) else None
    kinds = etree.ErrorTypes
    code = getattr(error, "code", None)
    reason = str(error)
    if "entity" in reason.lower() and code in (kinds.ERR_RESOURCE_LIMIT, kinds.ERR_ENTITY_LOOP):
        return InputError("xml_entities", source=source)
    if code == kinds.ERR_RESOURCE_LIMIT:
        return InputError("xml_limits", source=source, limit=MAX_DEPTH)
    if code in (kinds.ERR_INVALID_ENCODING, kinds.ERR_UNKNOWN_ENCODING, kinds.ERR_UNSUPPORTED_ENCODING):
        position = _wrong_byte(content)
        return InputError("damaged_text", source=source, encoding=_declared(content), position=position or 0)
    return InputError("damaged_xml", source=source, line=line or 0, reason=reason[:_MOST_REASON])


def _forget(element: Element) -> None:
    """Empty an element, and drop what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]

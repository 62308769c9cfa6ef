"""Reads a TEI file of ours back: the text, and where in it everything is."""

from __future__ import annotations

from typing import Any, NamedTuple

from lxml import etree

T = "{http://www.tei-c.org/ns/1.0}"
X = "{http://www.w3.org/XML/1998/namespace}"
_MENTIONS = (f"{T}persName", f"{T}orgName", f"{T}rs")


class Read(NamedTuple):
    root: Any
    text: str
    anchors: dict[str, int]
    elements: dict[Any, tuple[int, int]]


def read_tei(content: bytes) -> Read:
    root = etree.fromstring(content)
    characters = {
        one.get(f"{X}id"): chr(int(one[0].get("value").removeprefix("U+"), base=16))
        for one in root.iter(f"{T}char")
    }
    parts: list[str] = []
    anchors: dict[str, int] = {}
    elements: dict[Any, tuple[int, int]] = {}
    at = 0

    def put(text: str | None) -> None:
        nonlocal at
        if text:
            parts.append(text)
            at += len(text)

    def walk(element: Any) -> None:
        if element.tag == f"{T}g":
            put(characters[element.get("ref")[1:]])
        else:
            start = at
            if element.tag == f"{T}anchor":
                anchors[element.get(f"{X}id")] = at
            put(element.text)
            for inner in element:
                walk(inner)
                put(inner.tail)
            elements[element] = (start, at)

    walk(root.find(f"{T}text/{T}body"))
    return Read(root, "".join(parts), anchors, elements)


def evidence(read: Read) -> list[tuple[str, str, int, int]]:
    """Return (kind, what it is evidence of, start, end) of every span beside the text, by its anchors."""
    found = []
    for span in read.root.iter(f"{T}span"):
        start, end = read.anchors[span.get("from")[1:]], read.anchors[span.get("to")[1:]]
        assert span.get("n") == f"{start}-{end}"
        found.append((span.get("type"), (span.get("ana") or "#")[1:], start, end))
    return found


def mentions(read: Read) -> set[tuple[str, int, int]]:
    """Return (who, start, end) of all mentions, those in several pieces put together."""
    found = set()
    for element, (start, end) in read.elements.items():
        if element.tag in _MENTIONS and element.get("prev") is None:
            while (behind := element.get("next")) is not None:
                element = by_id(read, behind[1:])
                end = read.elements[element][1]
            found |= {(who[1:], start, end) for who in element.get("ref").split()}
    return found


def by_id(read: Read, name: str) -> Any:
    (found,) = read.root.xpath("//*[@xml:id=$name]", name=name)
    return found


def dangling(read: Read) -> list[str]:
    """Return pointers within the file that lead nowhere."""
    known = {one.get(f"{X}id") for one in read.root.iter() if one.get(f"{X}id")}
    return [
        f"{name}={pointer}"
        for element in read.root.iter()
        for name, value in element.attrib.items()
        if name in _POINTERS
        for pointer in value.split()
        if pointer.startswith("#") and pointer[1:] not in known
    ]


_POINTERS = (
    "ref",
    "who",
    "ana",
    "corresp",
    "from",
    "to",
    "facs",
    "next",
    "prev",
    "target",
    "where",
    "source",
)

"""Making elements."""

from __future__ import annotations

from typing import Any

from lxml import etree

from extractor.exports.tei.names import TEI, XML
from extractor.exports.xml_text import legal

Element = Any


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: str | None) -> Element:
    """Add an element and return it.

    Args:
        parent: What it is added to.
        tag: Its name in TEI.
        text: Its text; what XML cannot hold becomes a sign.
        attributes: Those that are ``None`` are left out; ``id`` and ``lang`` are ``xml:id`` and ``xml:lang``,
            and ``from_`` is ``from``.
    """
    element = etree.SubElement(parent, f"{TEI}{tag}", attributes_of(attributes))
    if text:
        element.text = legal(text)
    return element


def attributes_of(given: dict[str, str | None]) -> dict[str, str]:
    """Return attributes as lxml takes them."""
    return {_NAMES.get(name, name): legal(value) for name, value in given.items() if value is not None}


_NAMES = {"id": f"{XML}id", "lang": f"{XML}lang", "from_": "from"}

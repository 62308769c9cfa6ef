"""The schema of TEI P5, whole, and cut down to what our files are made of, as an ODD that leaves elements out."""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_FILE = Path(__file__).with_name("tei_all-4.3.0.rng.xz")
_WRITTEN = """
TEI teiHeader fileDesc titleStmt title author respStmt resp name extent measure publicationStmt p
sourceDesc bibl date idno publisher note encodingDesc projectDesc editorialDecl correction
normalization quotation hyphenation segmentation interpretation classDecl taxonomy category catDesc
charDecl char localProp mapping appInfo application label profileDesc langUsage language
revisionDesc change facsimile surface graphic zone text body head ab pb lb anchor g said persName
orgName rs standOff listPerson person affiliation listOrg org listPlace place placeName listEvent
event desc num ptr table row cell ref time list item spanGrp span
"""


@cache
def whole() -> Any:
    """Return TEI's own schema; libxml2 takes ten seconds and more to read it."""
    return etree.RelaxNG(_grammar())


@cache
def ours() -> Any:
    """Return the schema without the elements that exports don't write."""
    grammar, written = _grammar(), set(_WRITTEN.split())
    for element in list(grammar.iter(f"{_RNG}element")):
        if element.get("name") and element.get("name") not in written:
            element.getparent().replace(element, etree.Element(f"{_RNG}notAllowed"))
    return etree.RelaxNG(grammar)


def _grammar() -> Any:
    return etree.fromstring(lzma.decompress(_FILE.read_bytes()))

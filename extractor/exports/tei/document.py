"""A record as one TEI document."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from extractor.exports.identities import Identity
from extractor.exports.passages import identifiers_of, passages_of
from extractor.exports.tei.body import Body
from extractor.exports.tei.facsimile import Facsimile
from extractor.exports.tei.header import language_of, write_header
from extractor.exports.tei.marks import marks_of, speakers_of
from extractor.exports.tei.names import NAMESPACE, TEI, XML
from extractor.exports.tei.standoff import StandOff
from extractor.exports.tei.words import TeiWords
from extractor.exports.xml_text import Identifiers
from extractor.record import RaceRecord

_SCHEMA = (
    'href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"'
    ' type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"'
)
"""By what editors check the file as it is written; nothing asks for it otherwise."""


def tei(record: RaceRecord, language: str = "fr", identities: Mapping[str, Identity] | None = None) -> bytes:
    """Return a record as a TEI P5 document in UTF-8.

    Args:
        record: It.
        language: ``fr`` or ``en``, of what the file says of itself.
        identities: Who drivers and teams are, as far as an authority file says.
    """
    words = TeiWords(language)
    ids = Identifiers(identifiers_of(record))
    document = record.document
    root = etree.Element(f"{TEI}TEI", {f"{XML}lang": language}, nsmap={None: NAMESPACE})
    facsimile = Facsimile(document.pages, ids)
    body = Body(document.text, ids, facsimile)
    speakers = speakers_of(record, ids)
    told = write_header(root, record, words, ids, body.unfit)
    left_out = body.lay_out(marks_of(record, ids, speakers))
    stand_off = StandOff(record, words, ids, body, speakers, identities or {}).write(
        [*passages_of(record)], left_out, told
    )
    text = etree.Element(f"{TEI}text", {f"{XML}lang": language_of(document)})
    text.append(body.write(document.title, document.pages))
    pages = facsimile.write()
    for part in (root[0], pages, stand_off):
        if part is not None:
            etree.indent(part)
    root.extend(part for part in (pages, text, stand_off) if part is not None)
    for part in root:
        part.tail = "\n"
    tree = etree.ElementTree(root)
    root.addprevious(etree.ProcessingInstruction("xml-model", _SCHEMA))
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True)) + b"\n"

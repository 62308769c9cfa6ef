"""``teiHeader``: what the file is, from what it was made, by which rules, and by whom."""

from __future__ import annotations

import re
from typing import Any

from extractor.exports.day import day_of_export
from extractor.exports.tei.build import add
from extractor.exports.tei.words import TeiWords
from extractor.exports.words import Words
from extractor.exports.xml_text import Identifiers, shown
from extractor.record import Document, RaceRecord
from extractor.version import __version__

Element = Any

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
UNDETERMINED = "und"
"""ISO 639 for a language that nobody knows."""

_VOCABULARIES = (
    "session_kind",
    "session_status",
    "result_kind",
    "result_status",
    "driver_role",
    "incident_type",
    "participant_role",
    "consequence",
    "speaker_role",
    "severity",
)
_EDITORIAL = (
    "correction",
    "normalization",
    "quotation",
    "hyphenation",
    "segmentation",
    "interpretation",
)


def language_of(document: Document) -> str:
    """Return the language of a document as ``xml:lang`` has it."""
    told = document.language or ""
    return told if _LANGUAGE.fullmatch(told) else UNDETERMINED


def write_header(
    tei: Element, record: RaceRecord, words: TeiWords, ids: Identifiers, unfit: dict[str, str]
) -> dict[str, Element]:
    """Add ``teiHeader``, and return its elements that have evidence in the text, by key.

    Args:
        tei: The root.
        record: What the file is about.
        words: Of the file's own language.
        ids: Of the file.
        unfit: Characters that XML cannot hold, with the ``xml:id`` to declare them under.
    """
    header = add(tei, "teiHeader")
    described = add(header, "fileDesc")
    title = record.document.title or record.event.name or record.document.id
    titles = add(described, "titleStmt")
    add(titles, "title", title)
    responsible = add(titles, "respStmt")
    add(responsible, "resp", words("responsibility"))
    add(responsible, "name", words("program"), type="software")
    characters = len(record.document.text)
    extent = add(described, "extent")
    add(extent, "measure", words("extent", n=characters), unit="character", quantity=str(characters))
    add(add(described, "publicationStmt"), "p", words("published"))
    told = _source(add(described, "sourceDesc"), record.document, title, words, ids)
    _encoding(add(header, "encodingDesc"), record, words, ids, unfit)
    profile = add(header, "profileDesc")
    language = language_of(record.document)
    add(add(profile, "langUsage"), "language", language, ident=language)
    change = words("described", version=__version__)
    add(add(header, "revisionDesc"), "change", change, when=day_of_export().isoformat())
    return told


def _source(
    described: Element, document: Document, title: str, words: TeiWords, ids: Identifiers
) -> dict[str, Element]:
    """Describe the document that was read: what the record knows of it, and what its container told."""
    bibl = add(described, "bibl")
    told: dict[str, Element] = {}
    add(bibl, "title", title)
    for number, one in enumerate(document.told, 1):
        tag = _TOLD.get(one.field)
        if tag is None:
            continue
        name = ids.new(f"told-{number}")
        told[f"told-{number}"] = add(bibl, tag, one.value, id=name, type=_TOLD_TYPES.get(one.field))
    if document.published_on is not None:
        when = document.published_on.isoformat()
        add(bibl, "date", when, when=when, type="published")
    if document.source:
        add(bibl, "idno", document.source, type="file")
    add(bibl, "idno", document.id, type="record")
    add(bibl, "idno", document.sha256, type="sha256")
    add(bibl, "note", words("media_type", what=document.media_type), type="media_type")
    if document.ocr is not None:
        engine = " ".join(filter(None, (document.ocr.engine, document.ocr.version, document.ocr.language)))
        add(bibl, "note", words("ocr", engine=engine), type="ocr")
    return told


_TOLD = {
    "title": "title",
    "publisher": "publisher",
    "author": "author",
    "series": "title",
    "published_on": "date",
}
_TOLD_TYPES = {"series": "series"}


def _encoding(
    encoding: Element, record: RaceRecord, words: TeiWords, ids: Identifiers, unfit: dict[str, str]
) -> None:
    project = add(encoding, "projectDesc")
    add(project, "p", words("project"))
    if record.document.pages:
        units = ", ".join(dict.fromkeys(page.unit for page in record.document.pages))
        add(project, "p", words("unit", unit=units))
    editorial = add(encoding, "editorialDecl")
    for name in _EDITORIAL:
        declared = add(editorial, name, marks="all" if name == "quotation" else None)
        add(declared, "p", words(name))
        if name == "normalization" and unfit:
            add(declared, "p", words("unfit"))
    _terms(add(encoding, "classDecl"), words, ids)
    if unfit:
        declaration = add(encoding, "charDecl")
        for character, name in unfit.items():
            code = f"U+{ord(character):04X}"
            declared = add(declaration, "char", id=name)
            add(declared, "localProp", name="codepoint", value=code)
            add(declared, "mapping", shown(character), type="shown")
    application = add(add(encoding, "appInfo"), "application", ident="parcferme", version=__version__)
    add(application, "label", "Parc Fermé")


def _terms(declaration: Element, words: TeiWords, ids: Identifiers) -> None:
    """Declare the terms that the facts use, with their meaning in words."""
    terms = Words(words.language)
    for vocabulary in _VOCABULARIES:
        taxonomy = add(declaration, "taxonomy", id=ids.once(vocabulary))
        for value, meaning in terms.group(vocabulary).items():
            category = add(taxonomy, "category", id=ids.once(f"{vocabulary}.{value}"))
            add(category, "catDesc", meaning or value.replace("_", " "))

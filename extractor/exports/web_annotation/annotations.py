"""Annotations: what a record says of a passage, one for each mention and each fact."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.exports.day import day_of_export
from extractor.exports.identities import Identity
from extractor.exports.iris import fragment
from extractor.exports.passages import Kind, Passages, passages_of
from extractor.exports.sentences import Sentences
from extractor.exports.web_annotation.places import Places, image_targets, text_selectors
from extractor.exports.words import Words
from extractor.record import Document, Mention, RaceRecord, Span
from extractor.version import __version__

_MOTIVATIONS: Mapping[Kind, str] = {
    "driver": "identifying",
    "team": "identifying",
    "finding": "questioning",
    "skipped": "classifying",
    "told": "classifying",
}
_OTHER = "describing"
_WITHOUT = {"evidence", "mentions", "start", "end", "page", "boxes"}


def generator() -> dict[str, Any]:
    """Return by which program annotations are made."""
    return {"type": "Software", "name": f"Parc Fermé {__version__}"}


def annotations_of(
    record: RaceRecord,
    name: str,
    places: Places,
    words: Words,
    identities: Mapping[str, Identity] | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield the annotations of one record.

    A mention is an annotation of its own; a fact is one, with a target for each passage that says it.

    Args:
        record: It.
        name: Of its files, without suffix.
        places: Where the files will be.
        words: Of the readers' language.
        identities: Who drivers and teams are, as far as an authority file says.
    """
    told = {"generated": f"{day_of_export().isoformat()}T00:00:00Z", "generator": generator()}
    sentences = Sentences(record, words)
    for one in passages_of(record):
        named = fragment(one.kind, one.key)
        parts: list[tuple[str, tuple[Span, ...]]] = [(named, one.spans)]
        if one.kind in ("driver", "team"):
            parts = [(f"{named}/{number}", (span,)) for number, span in enumerate(one.spans, 1)]
        for named, spans in parts:
            yield {
                "id": f"{places.page(name)}{named}",
                "type": "Annotation",
                "motivation": _MOTIVATIONS.get(one.kind, _OTHER),
                **told,
                "body": [
                    *_bodies(one, spans[0], sentences(one), words.lang),
                    *_addresses(one, identities or {}),
                ],
                "target": [
                    target for span in spans for target in _targets(record.document, span, name, places)
                ],
            }


def _bodies(one: Passages, span: Span, sentence: str, language: str) -> list[dict[str, Any]]:
    """Return what is said: a tag, a line to read, and the thing itself as the record has it."""
    thing = {"id": one.key} | one.thing.model_dump(mode="json", exclude=_WITHOUT)
    tag: str = one.kind
    if isinstance(span, Mention):
        thing["form"] = span.form
    return [
        {"type": "TextualBody", "purpose": "tagging", "value": tag},
        {
            "type": "TextualBody",
            "purpose": _MOTIVATIONS.get(one.kind, _OTHER),
            "format": "text/plain",
            "language": language,
            "value": sentence,
        },
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "application/json",
            "value": json.dumps(thing, ensure_ascii=False),
        },
    ]


def _addresses(one: Passages, identities: Mapping[str, Identity]) -> Iterator[dict[str, Any]]:
    """Yield what others call a driver or team: https://www.w3.org/TR/annotation-model/#specific-resources."""
    if one.kind in ("driver", "team") and (identity := identities.get(one.key)) is not None:
        for address in identity.addresses:
            yield {"type": "SpecificResource", "purpose": "identifying", "source": address}


def _targets(document: Document, span: Span, name: str, places: Places) -> Iterator[dict[str, Any]]:
    source = {"id": places.text(name), "type": "Text", "format": "text/plain"}
    if document.language:
        source["language"] = document.language
    yield {
        "type": "SpecificResource",
        "source": source,
        "selector": text_selectors(document.text, span),
    }
    yield from image_targets(document, span, name, places)

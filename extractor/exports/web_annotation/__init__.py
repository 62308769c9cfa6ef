"""Records as W3C Web Annotations: a collection, and a page of annotations for each record.

Beside ``collection.jsonld`` are the pages, ``pages/NAME.jsonld``, and the texts, ``texts/NAME.txt``, which
the annotations are about: what was read need not be text. https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractor.exports.formats import ExportOptions
from extractor.exports.json_text import one_to_a_line
from extractor.exports.names import FileNames
from extractor.exports.web_annotation.annotations import annotations_of, generator
from extractor.exports.web_annotation.places import Places
from extractor.exports.words import Words
from extractor.record import RaceRecord

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write a collection of annotations into the folder ``out`` and return of how many records.

    Settings: ``base``, the address under which the folder will be served; ``images``, that under which the
    images of the pages are. Without them, addresses are relative.
    """
    (out / "pages").mkdir()
    (out / "texts").mkdir()
    places = Places(options.settings.get("base", ""), options.settings.get("images", ""))
    words = Words(options.language)
    first, last, total, count = "", "", 0, 0
    for before, (name, record), behind in _with_neighbours(records):
        items = list(annotations_of(record, name, places, words, options.identities(record)))
        page: dict[str, Any] = {
            "@context": CONTEXT,
            "id": places.page(name),
            "type": "AnnotationPage",
            "partOf": places.collection(),
            "startIndex": total,
        }
        page |= {"prev": places.page(before)} if before else {}
        page |= {"next": places.page(behind)} if behind else {}
        written = one_to_a_line(page | {"items": items}, "items")
        (out / "pages" / f"{name}.jsonld").write_text(written, encoding="utf-8", newline="\n")
        (out / "texts" / f"{name}.txt").write_bytes(record.document.text.encode("utf-8"))
        first, last = first or name, name
        total, count = total + len(items), count + 1
    if count:
        collection = {
            "@context": CONTEXT,
            "id": places.collection(from_page=False),
            "type": "AnnotationCollection",
            "label": "Parc Fermé",
            "generator": generator(),
            "total": total,
            "first": places.page(first, from_page=False),
            "last": places.page(last, from_page=False),
        }
        written = json.dumps(collection, ensure_ascii=False, indent=1)
        (out / "collection.jsonld").write_text(f"{written}\n", encoding="utf-8", newline="\n")
    return count


def _with_neighbours(
    records: Iterable[RaceRecord],
) -> Iterator[tuple[str | None, tuple[str, RaceRecord], str | None]]:
    """Yield records with the names of their files, and the names of those before and behind."""
    names = FileNames()
    before: str | None = None
    held: tuple[str, RaceRecord] | None = None
    for record in records:
        name = names(record)
        if held is not None:
            yield before, held, name
            before = held[0]
        held = name, record
    if held is not None:
        yield before, held, None

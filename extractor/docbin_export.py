"""Records as spaCy's own training data: a folder of ``DocBin`` files, which ``spacy train`` reads as it is.

It lies here and not among the other exports, which work without spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor.dataset import Alignment, doc_of
from extractor.exports.formats import ExportOptions
from extractor.pipeline.language import lean_import
from extractor.record import RaceRecord

DOCS = 1000
"""In one file, at most: spaCy holds a file in memory as a whole."""
CHARACTERS = 4_000_000
"""Of text in one file, beyond which none is begun."""
_ATTRIBUTES = ("SPACY", "ENT_IOB", "ENT_TYPE")


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write ``part-00001.spacy`` and so on into the folder ``out`` and return how many records.

    Names, span groups and labels are those of :func:`extractor.dataset.docbin`. ``doc.user_data`` holds
    ``id``, ``source``, ``sha256`` and, as JSON, the whole ``record``, whose offsets are exact where a span of
    spaCy's had to be widened to whole tokens.
    """
    with lean_import():
        import spacy
        from spacy.tokens import DocBin
    alignment, count = Alignment(), 0
    for number, part in enumerate(_parts(records), 1):
        tokenizer = spacy.blank("fr")  # a new one for each file: every word ever seen stays in a vocabulary
        packed = DocBin(attrs=_ATTRIBUTES, store_user_data=True)
        for record in part:
            document = record.document
            about = {"id": document.id, "source": document.source, "sha256": document.sha256}
            about["record"] = record.to_json()
            packed.add(doc_of(tokenizer.make_doc(document.text), record, about, alignment))
        packed.to_disk(out / f"part-{number:05}.spacy")
        count += len(packed)
    if alignment.widened:
        options.note("docbin_widened", {"widened": alignment.widened, "spans": alignment.spans})
    return count


def _parts(records: Iterable[RaceRecord]) -> Iterator[list[RaceRecord]]:
    part: list[RaceRecord] = []
    characters = 0
    for record in records:
        part.append(record)
        characters += len(record.document.text)
        if len(part) == DOCS or characters >= CHARACTERS:
            yield part
            part, characters = [], 0
    if part:
        yield part

"""Records as spaCy's own training data: a folder of ``DocBin`` files, which ``spacy train`` reads as it is.

It lies here and not among the other exports, which work without spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from extractor.dataset import Alignment, doc_of
from extractor.exports.formats import ExportOptions
from extractor.pipeline.language import lean_import
from extractor.record import RaceRecord

DOCS = 500
"""In one file, at most: spaCy holds a file in memory as a whole."""
CHARACTERS = 2_000_000
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
    alignment, count, parts = Alignment(), 0, 0
    remaining = iter(records)
    while (first := next(remaining, None)) is not None:
        parts += 1
        tokenizer = spacy.blank("fr")  # a new one for each file: every word ever seen stays in a vocabulary
        packed = DocBin(attrs=_ATTRIBUTES, store_user_data=True)
        for record in _part(chain((first,), remaining)):
            document = record.document
            about = {"id": document.id, "source": document.source, "sha256": document.sha256}
            about["record"] = record.to_json()
            packed.add(doc_of(tokenizer.make_doc(document.text), record, about, alignment))
        packed.to_disk(out / f"part-{parts:05}.spacy")
        count += len(packed)
    if alignment.widened:
        options.note("docbin_widened", {"widened": alignment.widened, "spans": alignment.spans})
    return count


def _part(records: Iterable[RaceRecord]) -> Iterator[RaceRecord]:
    """Yield as many records as go into one file."""
    characters = 0
    for number, record in enumerate(records, 1):
        yield record
        characters += len(record.document.text)
        if number == DOCS or characters >= CHARACTERS:
            return

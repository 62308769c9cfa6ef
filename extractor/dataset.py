"""The corpus as others read it: Hugging Face ``datasets`` and spaCy's ``DocBin``.

    >>> from extractor.dataset import load
    >>> train = load("train")  # doctest: +SKIP
    >>> train[0]["drivers"][0]["name"]  # doctest: +SKIP

``datasets.load_dataset("corpus")`` gives the same without this module: ``corpus/README.md`` declares the
splits and the types of the columns. Both libraries are imported when they are needed.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from extractor.corpus.build import data_file
from extractor.corpus.metadata import SPLITS
from extractor.corpus.report import Report
from extractor.corpus.rows import Row
from extractor.errors import InputError, UsageError
from extractor.pipeline.language import lean_import
from extractor.record import Incident, Quote, RaceRecord, Result, Span

if TYPE_CHECKING:
    import spacy.tokens
    from datasets import Dataset, Features, IterableDataset
    from spacy.tokens import Span as TokenSpan

CORPUS = Path("corpus")
DRIVER, TEAM = "DRIVER", "TEAM"
_DTYPES = {str: "string", int: "int32", float: "float64", bool: "bool", date: "date32"}
_DECLARED = (Union, types.UnionType)


# ------------------------------------------------------------------------------------- Hugging Face datasets


def features() -> Features:
    """Return the types of the columns, after :class:`~extractor.corpus.rows.Row`.

    Raises:
        UsageError: ``needs_datasets``.
    """
    columns: Features = _datasets().Features(_struct(Row))
    return columns


def load(split: str, folder: Path | str = CORPUS, *, streaming: bool = False) -> Dataset | IterableDataset:
    """Return the rows of one split, without the network.

    Args:
        split: ``train``, ``dev``, ``test`` or ``far``.
        folder: The corpus's folder.
        streaming: Read row by row instead of building a table.

    Raises:
        UsageError: ``needs_datasets``, or ``unknown_split``.
        InputError: ``no_rows``: the split has not been built.
    """
    if split not in SPLITS:
        raise UsageError("unknown_split", split=split, splits=", ".join(SPLITS))
    path = Path(folder) / data_file(split)
    if not path.is_file():
        raise InputError("no_rows", source=str(path))
    library, columns = _datasets(), features()
    if path.stat().st_size == 0 and not streaming:  # the library refuses to build a table of nothing
        return library.Dataset.from_dict({name: [] for name in columns}, features=columns)
    return library.load_dataset(
        "json", data_files={split: str(path)}, split=split, features=columns, streaming=streaming
    )


def _datasets() -> Any:
    try:
        import datasets
    except ModuleNotFoundError as error:
        raise UsageError("needs_datasets") from error
    return datasets


def _struct(model: type[BaseModel]) -> dict[str, Any]:
    return {name: _feature(field.annotation) for name, field in model.model_fields.items()}


def _feature(declared: Any) -> Any:
    """Return the feature of a declared type; every feature may be null."""
    origin, arguments = get_origin(declared), get_args(declared)
    if origin is Annotated or origin in _DECLARED:  # a type and its bounds, or a type and None
        return _feature(arguments[0])
    if origin is tuple:
        return [_feature(arguments[0])]
    if origin is Literal:
        return _feature(str)
    if issubclass(declared, BaseModel):
        return _struct(declared)
    return _datasets().Value(_DTYPES[declared])


# ----------------------------------------------------------------------------------------------------- spaCy


@dataclass(slots=True)
class Alignment:
    """How well the corpus's characters fall on spaCy's tokens.

    Attributes:
        spans: Stretches that were put on tokens.
        widened: Those that begin or end within a token and were widened to all of it.
        dropped: Names that share a token with another and are missing from ``doc.ents``, though not from
            ``doc.spans``.
    """

    spans: int = 0
    widened: int = 0
    dropped: int = 0

    def place(self, doc: spacy.tokens.Doc, span: Span, label: str, name: str, about: str = "") -> TokenSpan:
        """Return the tokens of a stretch: exactly its own, or all that it touches.

        Args:
            doc: The tokens.
            span: The stretch.
            label: What becomes ``label_``.
            name: What becomes ``id_``.
            about: What becomes ``kb_id_``.
        """
        self.spans += 1
        for mode in ("strict", "expand"):
            placed = doc.char_span(
                span.start, span.end, label, kb_id=about, span_id=name, alignment_mode=mode
            )
            if placed is not None:
                self.widened += mode == "expand"
                return placed
        raise ValueError(f"{span.start}:{span.end} lies outside the text")


def docbin(reports: Iterable[Report], alignment: Alignment | None = None) -> spacy.tokens.DocBin:
    """Return reports as spaCy's training data, over the tokens of ``spacy.blank("fr")``.

    ``doc.ents`` holds the names of drivers (``DRIVER``) and teams (``TEAM``), ``doc.spans`` has the groups

    - ``mentions``: names, and as ``DRIVER_NOMINAL``, ``DRIVER_PRONOUN`` and so on all other mentions;
    - ``results`` and ``incidents``: their evidence, labelled with the kind of result or type of incident;
    - ``quotes``: speech, labelled ``direct`` or ``indirect``; ``kb_id_`` is the id of the speaker.

    ``id_`` of a span is the record's id of the driver, team, result, incident or quote. ``doc.user_data``
    holds ``id``, ``discipline``, ``year``, ``style`` and ``noise`` of the report.

    Args:
        reports: The reports.
        alignment: Where to count how stretches fell on tokens.
    """
    from spacy.tokens import DocBin

    attributes = ("SPACY", "ENT_IOB", "ENT_TYPE")
    return DocBin(attrs=attributes, docs=docs(reports, alignment), store_user_data=True)


def docs(reports: Iterable[Report], alignment: Alignment | None = None) -> Iterator[spacy.tokens.Doc]:
    """Yield the documents of :func:`docbin`, with the same arguments."""
    with lean_import():
        import spacy
    tokenizer = spacy.blank("fr")
    counts = Alignment() if alignment is None else alignment
    for report in reports:
        yield doc_of(tokenizer.make_doc(report.record.document.text), report.record, _about(report), counts)


def doc_of(
    doc: spacy.tokens.Doc, record: RaceRecord, about: Mapping[str, object], counts: Alignment
) -> spacy.tokens.Doc:
    """Put a record's names and spans on the tokens of its text, as :func:`docbin` says, and return them.

    Args:
        doc: The tokens.
        record: What is told of them.
        about: What goes into ``doc.user_data``.
        counts: Where to count how stretches fell on tokens.
    """
    doc.user_data.update(about)
    doc.spans["mentions"] = list(_mentions(doc, record, counts))
    doc.spans["results"] = list(_evidence(doc, record.results, counts))
    doc.spans["incidents"] = list(_evidence(doc, record.incidents, counts))
    doc.spans["quotes"] = list(_evidence(doc, record.quotes, counts))
    doc.ents = _names(doc, counts)
    return doc


def _about(report: Report) -> Mapping[str, object]:
    return {"id": report.name, **report.metadata.model_dump(include={"discipline", "year", "style", "noise"})}


def _mentions(doc: spacy.tokens.Doc, record: RaceRecord, counts: Alignment) -> Iterator[TokenSpan]:
    for kind, bearers in ((DRIVER, record.drivers), (TEAM, record.teams)):
        for bearer in bearers:
            for mention in bearer.mentions:
                label = kind if mention.form == "name" else f"{kind}_{mention.form.upper()}"
                yield counts.place(doc, mention, label, bearer.id)


def _evidence(
    doc: spacy.tokens.Doc, facts: Iterable[Result | Incident | Quote], counts: Alignment
) -> Iterator[TokenSpan]:
    for fact in facts:
        label = fact.type if isinstance(fact, Incident) else fact.kind
        speaker = (fact.speaker or "") if isinstance(fact, Quote) else ""
        for span in fact.evidence:
            yield counts.place(doc, span, label, fact.id, speaker)


def _names(doc: spacy.tokens.Doc, counts: Alignment) -> list[TokenSpan]:
    """Return the names that share no token: a name of two bearers once, of overlapping ones the longest."""
    from spacy.util import filter_spans

    names = {(one.start, one.end): one for one in doc.spans["mentions"] if one.label_ in (DRIVER, TEAM)}
    apart = filter_spans(names.values())
    counts.dropped += len(names) - len(apart)
    return apart

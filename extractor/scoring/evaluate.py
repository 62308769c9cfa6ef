"""Gold and predicted files, paired and scored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractor.errors import RecordError
from extractor.record import RaceRecord
from extractor.records_io import first_fault, parse_record, read_contents
from extractor.scoring.facts import Facts, facts_of_record
from extractor.scoring.flat import FlatFacts, facts_of_flat
from extractor.scoring.report import Report, report_of


@dataclass(frozen=True, slots=True)
class _Named:
    """A record or flat facts, by file name and by document id."""

    name: str
    content: RaceRecord | FlatFacts

    @property
    def document_id(self) -> str | None:
        return self.content.document.id if isinstance(self.content, RaceRecord) else self.content.id

    @property
    def text(self) -> str | None:
        return self.content.document.text if isinstance(self.content, RaceRecord) else None

    def facts(self, text: str) -> Facts:
        """Return the facts; ``text`` is where flat ones look for their quotes."""
        if isinstance(self.content, RaceRecord):
            return facts_of_record(self.content)
        return facts_of_flat(self.content, text)


@dataclass(frozen=True, slots=True)
class Pair:
    """The facts of one document on both sides.

    Attributes:
        name: The document's name.
        gold: What is true.
        pred: What was predicted; nothing where nothing was.
        record: The predicted record, ``None`` where there is none or only flat facts.
    """

    name: str
    gold: Facts
    pred: Facts
    record: RaceRecord | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Gold and predicted documents, put side by side.

    Attributes:
        pairs: One for each gold document.
        missing: Gold documents that nothing was predicted for.
        unmatched: Predicted documents without gold.
    """

    pairs: tuple[Pair, ...]
    missing: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()

    def report(self) -> Report:
        """Return the scores."""
        documents = ((pair.name, pair.gold, pair.pred) for pair in self.pairs)
        return report_of(documents, self.missing, self.unmatched)


def evaluate_paths(gold: Path, pred: Path) -> Report:
    """Score predicted records against gold ones, paired as :func:`pair_paths` does.

    Raises:
        RecordError: A file cannot be read, or holds neither a record of this version nor flat facts.
    """
    return pair_paths(gold, pred).report()


def pair_paths(gold: Path, pred: Path) -> Pairing:
    """Put predicted records beside gold ones.

    Gold may be records or flat facts. Each path is a file (``.json``, or ``.jsonl`` with many) or a folder of
    them. Two single ``.json`` files are compared whatever their names; else documents are paired by name,
    which is the file's stem or, in JSON Lines, the document's id.

    Raises:
        RecordError: A file cannot be read, or holds neither a record of this version nor flat facts.
    """
    golds, preds = _read(gold), _read(pred)
    if len(golds) == len(preds) == 1 and all(p.is_file() and p.suffix != ".jsonl" for p in (gold, pred)):
        return Pairing((_pair(golds[0], preds[0]),))
    by_name = {p.document_id: p for p in preds if p.document_id} | {p.name: p for p in preds}
    pairs, missing, used = [], [], set()
    for one in golds:
        found = by_name.get(one.name) or by_name.get(one.document_id or one.name)
        if found is None:
            missing.append(one.name)
        else:
            used.add(found.name)
        pairs.append(_pair(one, found))
    unmatched = (p.name for p in preds if p.name not in used)
    return Pairing(tuple(pairs), tuple(missing), tuple(unmatched))


def _pair(gold: _Named, pred: _Named | None) -> Pair:
    if pred is None:
        return Pair(gold.name, gold.facts(gold.text or ""), Facts())
    _require_one_text(gold, pred)
    text = gold.text if gold.text is not None else pred.text or ""
    record = pred.content if isinstance(pred.content, RaceRecord) else None
    return Pair(gold.name, gold.facts(text), pred.facts(text), record)


def _require_one_text(gold: _Named, pred: _Named) -> None:
    """Offsets into different texts cannot be compared, and would only look like bad figures."""
    if gold.text is not None and pred.text is not None and gold.text != pred.text:
        raise RecordError("other_text", source=pred.name, gold=gold.name)


def _read(path: Path) -> list[_Named]:
    return [_Named(name, _parse(content, source)) for name, source, content in read_contents(path)]


def _parse(content: dict[str, Any], source: str) -> RaceRecord | FlatFacts:
    if "format" in content or "document" in content:
        return parse_record(content, source)
    try:
        return FlatFacts.model_validate(content)
    except ValidationError as error:
        raise RecordError("neither_record_nor_facts", source=source, fault=first_fault(error)) from error

"""What the model does with a record that the rules have made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from spacy.tokens import Doc

from extractor.errors import ModelError
from extractor.neural.annotated import annotated
from extractor.neural.bundle import Bundle, open_bundle
from extractor.neural.heads import Reader
from extractor.pipeline.model.deciding import Decisions
from extractor.pipeline.model.proposals import classes_of, propose
from extractor.pipeline.model.settling import settle, with_candidates
from extractor.pipeline.model.speeches import with_speakers, with_speeches
from extractor.pipeline.model.weighing import Weighed, weigh
from extractor.pipeline.model.where import Place, places
from extractor.record import RaceRecord


class Rescorer(Protocol):
    """A model that is ready to work. One serves many texts, one after the other."""

    def rescore(self, record: RaceRecord, doc: Doc) -> RaceRecord:
        """Return the record as rules and model together have it.

        Args:
            record: What the rules found.
            doc: The text, with all that the components left under ``doc._``.
        """
        ...


def load_rescorer(folder: Path) -> Rescorer:
    """Load the model of a bundle.

    Raises:
        ModelError: The folder holds no model, or a damaged one, or one made for other features.
    """
    bundle = open_bundle(folder)
    return Together(reader_of(bundle), decisions_of(bundle))


def reader_of(bundle: Bundle) -> Reader:
    """Return encoder and heads of a bundle."""
    return Reader(bundle.windowing(), bundle.encoder(), bundle.heads)


def decisions_of(bundle: Bundle) -> Decisions:
    """Return what training found about facts.

    Raises:
        ModelError: It was made for other features, or makes no sense.
    """
    try:
        return Decisions.from_json(bundle.calibration)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError("model_unreadable", source=str(bundle.folder), reason=str(error)) from error


@dataclass(frozen=True, slots=True)
class Looked:
    """A record with the model's candidates, and the numbers of every fact."""

    record: RaceRecord
    facts: list[Weighed]


def look(reader: Reader, record: RaceRecord, where: list[Place]) -> Looked:
    """Return what rules and model tell of a text, before anything is decided."""
    sight = reader.see(record.document.text)
    record, spoken = with_speeches(record, sight)
    read = annotated(record)
    taken = [stretch for one in read.classes for stretch in one]
    named = tuple((stretch,) for stretch in classes_of(sight, taken))
    opinion = reader.judge(sight, replace(read, classes=(*read.classes, *named)))
    found = propose(record, opinion, where)
    found.chances |= spoken
    both = with_speakers(with_candidates(record, found), opinion)
    return Looked(both, weigh(both, opinion, where, found.chances))


class Together:
    """Rules propose, the model proposes, probabilities and race logic decide.

    Args:
        reader: Encoder and heads.
        decisions: Weights, calibration, thresholds.
        logic: Whether what the model adds must fit the races; see :func:`settle`.
    """

    def __init__(self, reader: Reader, decisions: Decisions, *, logic: bool = True) -> None:
        self.reader, self.decisions, self.logic = reader, decisions, logic

    def rescore(self, record: RaceRecord, doc: Doc) -> RaceRecord:
        """Return the record as rules and model together have it; without drivers there is nothing to ask."""
        if not record.drivers:
            return record
        looked = look(self.reader, record, places(doc))
        chances = self.decisions.chances(looked.facts)
        known = {(fact.kind, fact.ids): chance for fact, chance in zip(looked.facts, chances, strict=True)}
        return settle(looked.record, known, self.decisions, logic=self.logic)

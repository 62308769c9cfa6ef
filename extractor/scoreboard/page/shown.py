"""What a document's page shows of every fact: its state, its words, its places in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal

from extractor.exports.plain import one_line
from extractor.record import RaceRecord
from extractor.scoreboard.board import ScoredDocument
from extractor.scoreboard.mistakes import ERROR_KINDS, Mistake
from extractor.scoreboard.near_misses import Reason
from extractor.scoreboard.page.labels import Labels
from extractor.scoreboard.reading import Fault
from extractor.scoring.facts import Fact, Ranges

State = Literal["missed", "spurious", "right"]
STATES: tuple[State, ...] = ("missed", "spurious", "right")


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact of the gold record or of the reading.

    Attributes:
        key: Its key in the page.
        kind: Its kind, as scores are counted.
        state: What the comparison made of it.
        label: The fact in half a line.
        places: Where the text says it.
        reason: What is wrong with it where it is nearly right.
        other: How the other side tells it, where that differs.
        optional: Finding it earns nothing.
    """

    key: str
    kind: str
    state: State
    label: str
    places: Ranges
    reason: Reason | None = None
    other: str = ""
    optional: bool = False


def shown_facts(document: ScoredDocument, lang: str) -> list[ShownFact]:
    """Return the facts of a document, by kind and state."""
    facts = list(_Drawn(document, lang).facts())
    return sorted(facts, key=lambda f: (ERROR_KINDS.index(f.kind), STATES.index(f.state), f.places[:1]))


class _Drawn:
    def __init__(self, document: ScoredDocument, lang: str) -> None:
        self._document = document
        self._keys = count()
        self._gold = Labels(document.reading.report.record, lang)
        read = document.reading.record
        self._pred = Labels(_nothing(document) if isinstance(read, Fault) else read, lang)

    def facts(self) -> Iterator[ShownFact]:
        for kind in ERROR_KINDS:
            aligned = self._document.aligned[kind]
            for gold, pred in aligned.pairs:
                yield self._right(kind, gold, pred)
            for gold, pred in aligned.excused:
                yield self._right(kind, gold, pred, optional=True)
        for mistake in self._document.mistakes:
            yield from self._wrong(mistake)

    def _right(self, kind: str, gold: Fact, pred: Fact, *, optional: bool = False) -> ShownFact:
        label, read = self._gold.told(gold), self._pred.told(pred)
        other = "" if one_line(read) == one_line(label) else read
        return ShownFact(self._key(), kind, "right", label, self._gold.found(gold), None, other, optional)

    def _wrong(self, mistake: Mistake) -> Iterator[ShownFact]:
        gold, pred, kind = mistake.gold, mistake.pred, mistake.kind
        reason = mistake.reason if gold is not None and pred is not None else None
        read = self._pred.told(pred) if pred is not None else ""
        if gold is not None:
            places = self._gold.found(gold)
            yield ShownFact(self._key(), kind, "missed", self._gold.told(gold), places, reason, read)
        if pred is not None:
            yield ShownFact(self._key(), kind, "spurious", read, self._pred.found(pred), reason)

    def _key(self) -> str:
        return f"k{next(self._keys)}"


def _nothing(document: ScoredDocument) -> RaceRecord:
    gold = document.reading.report.record
    return RaceRecord(document=gold.document, coverage=gold.coverage)

"""Reports, words and facts, counted over the corpus and over its slices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from extractor.corpus.metadata import Split
from extractor.corpus.report import Report
from extractor.record import RaceRecord

#: What the corpus is cut by.
DIMENSIONS = ("split", "discipline", "era", "style", "noise", "author")
#: What is counted of a record, in order; a kind may be refined, as in ``results.final``.
KINDS = (
    "sessions",
    "drivers",
    "teams",
    "mentions",
    "entries",
    "results",
    "incidents",
    "quotes",
    "findings",
)
#: Width, in words, of the classes of length.
CLASS_WIDTH = 100

#: Figures by split.
BySplit = Mapping[Split, int]


@dataclass(frozen=True, slots=True)
class Lengths:
    """Words of some reports: the shortest, the one in the middle, the longest, and all together."""

    min: int
    median: float
    max: int
    total: int


@dataclass(frozen=True, slots=True)
class Slice:
    """The reports that share a value, such as one discipline.

    Attributes:
        value: What they share.
        documents: How many they are, by split.
        words: How long they are.
        facts: How many entries, results, incidents and quotes they tell.
    """

    value: str
    documents: BySplit
    words: Lengths
    facts: int

    @property
    def size(self) -> int:
        """How many reports there are in all splits."""
        return sum(self.documents.values())


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a corpus.

    Attributes:
        whole: All reports.
        slices: By dimension, the slices: splits in their order, eras by time, all else by size.
        facts: By kind of fact, how many there are, by split.
        lengths: By class of length, such as ``200–299``, the reports of that many words, by split.
    """

    whole: Slice
    slices: Mapping[str, tuple[Slice, ...]]
    facts: Mapping[str, BySplit]
    lengths: Mapping[str, BySplit]

    def share(self, part: Slice) -> float:
        """Return a slice's share of the reports."""
        return part.size / self.whole.size

    def to_dict(self) -> dict[str, Any]:
        """Return all figures, ready for JSON. There is no text in them."""
        return {
            "documents": self.whole.size,
            "words": asdict(self.whole.words),
            "slices": {
                dimension: {
                    part.value: {
                        "documents": part.size,
                        "share": round(self.share(part), 4),
                        "splits": dict(part.documents),
                        "words": asdict(part.words),
                        "facts": part.facts,
                    }
                    for part in parts
                }
                for dimension, parts in self.slices.items()
            },
            "facts": {kind: dict(found) for kind, found in self.facts.items()},
            "lengths": {length: dict(found) for length, found in self.lengths.items()},
        }


@dataclass(frozen=True, slots=True)
class _Counted:
    split: Split
    report: Report
    words: int

    @property
    def facts(self) -> int:
        return sum(1 for _ in self.report.record.facts())

    def value(self, dimension: str) -> str:
        return self.split if dimension == "split" else str(getattr(self.report.metadata, dimension))


def count(corpus: Mapping[Split, Sequence[Report]]) -> Statistics:
    """Count what a corpus holds.

    Args:
        corpus: Its reports by split; at least one of them has some.
    """
    counted = [
        _Counted(split, report, len(report.record.document.text.split()))
        for split, reports in corpus.items()
        for report in reports
    ]
    return Statistics(
        whole=_slice("", counted),
        slices={dimension: _cut(dimension, counted) for dimension in DIMENSIONS},
        facts=_facts(counted),
        lengths=_classes(counted),
    )


def _cut(dimension: str, counted: Sequence[_Counted]) -> tuple[Slice, ...]:
    groups: dict[str, list[_Counted]] = {}
    for one in counted:
        groups.setdefault(one.value(dimension), []).append(one)
    parts = [_slice(value, some) for value, some in groups.items()]
    return tuple(sorted(parts, key=_ORDER.get(dimension, _by_size)))


def _by_size(part: Slice) -> tuple[int, str]:
    return -part.size, part.value


_ORDER: Mapping[str, Callable[[Slice], Any]] = {
    "split": lambda part: 0,  # noqa: ARG005 - they come in their order
    "era": lambda part: part.value,
}


def _slice(value: str, some: Sequence[_Counted]) -> Slice:
    words = [one.words for one in some]
    lengths = Lengths(min(words), median(words), max(words), sum(words))
    return Slice(value, Counter(one.split for one in some), lengths, sum(one.facts for one in some))


def _facts(counted: Iterable[_Counted]) -> dict[str, BySplit]:
    found: dict[str, Counter[Split]] = {}
    for one in counted:
        for kind, number in kinds_of(one.report.record).items():
            found.setdefault(kind, Counter())[one.split] += number

    def place(kind: str) -> tuple[int, int, str]:
        return KINDS.index(kind.partition(".")[0]), -found[kind].total(), kind

    return {kind: found[kind] for kind in sorted(found, key=place)}


def kinds_of(record: RaceRecord) -> Counter[str]:
    """Return how many facts of each kind a record holds, such as ``drivers`` and ``results.final``."""
    mentions = [mention for driver in record.drivers for mention in driver.mentions]
    mentions += [mention for team in record.teams for mention in team.mentions]
    return Counter(
        {
            "sessions": len(record.sessions),
            "drivers": len(record.drivers),
            "teams": len(record.teams),
            **Counter(f"mentions.{mention.form}" for mention in mentions),
            "entries": len(record.entries),
            **Counter(f"results.{result.kind}" for result in record.results),
            **Counter(f"incidents.{incident.type}" for incident in record.incidents),
            "quotes": len(record.quotes),
            "findings": len(record.findings),
        }
    )


def _classes(counted: Sequence[_Counted]) -> dict[str, BySplit]:
    found: dict[int, Counter[Split]] = {}
    for one in counted:
        found.setdefault(one.words // CLASS_WIDTH, Counter())[one.split] += 1
    every = range(min(found), max(found) + 1)
    return {
        f"{number * CLASS_WIDTH}–{(number + 1) * CLASS_WIDTH - 1}": found.get(number, Counter())
        for number in every
    }

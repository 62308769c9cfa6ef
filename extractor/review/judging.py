"""What two readers said of the same things, as agreement is taken of it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.record import RaceRecord
from extractor.review.agreement import Unit
from extractor.review.comparing import Comparison
from extractor.review.pairing import PARTS
from extractor.review.reviewed import Reviewed
from extractor.scoring.report import Report, score_records


def judgments(extracted: RaceRecord, *readings: Reviewed | None) -> list[Unit]:
    """Return what each reader said of each thing that the extractor found: a word that agreement is taken of.

    ``accepted`` (also where nobody touched it: a reading marked as reviewed says so of all that stands
    there), ``edited``, ``rejected`` or ``merged``.

    Args:
        extracted: What the extractor found.
        readings: ``None`` for a reader who has not read the document.
    """
    return [
        Unit(part, tuple(None if one is None else judgment(one, thing.id) for one in readings))
        for part in PARTS
        for thing in getattr(extracted, part)
    ]


def judgment(reading: Reviewed, identifier: str) -> str:
    """Return what a reading says of one thing that the extractor found."""
    mark = reading.marks.get(identifier)
    if identifier in reading.gone:
        return "merged" if mark is not None and mark.verdict == "merged" else "rejected"
    return "edited" if mark is not None and mark.verdict == "edited" else "accepted"


def presence(extracted: RaceRecord, comparison: Comparison) -> list[Unit]:
    """Return for everything that extractor or readers saw whether it stands in each reading.

    What the extractor found and both rejected is in it: without anything that both call absent, no measure
    that takes chance into account has a meaning.
    """
    units = []
    for item in comparison.items:
        if item.part in PARTS:
            sides = (item.first, item.second)
            units.append(Unit(item.part, tuple("absent" if one is None else "present" for one in sides)))
    gone = comparison.first.gone.keys() & comparison.second.gone.keys()
    for part in PARTS:
        both = (thing for thing in getattr(extracted, part) if thing.id in gone)
        units += [Unit(part, ("absent", "absent")) for _ in both]
    return units


def likeness(pairs: Sequence[tuple[str, Reviewed, Reviewed]]) -> Report:
    """Return the second readings scored against the first, as the corpus's annotators are.

    Documents whose text the two readers corrected otherwise cannot be compared place by place: of these the
    facts are compared and the mentions are not exact.

    Args:
        pairs: Name, first and second reading of each document.
    """
    return score_records((name, first.record, second.record) for name, first, second in pairs)

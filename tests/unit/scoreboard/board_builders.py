"""Small corpora and boards for the scoreboard's tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extractor.corpus.metadata import Split
from extractor.corpus.report import Report, compile_report
from extractor.record import RaceRecord
from extractor.scoreboard.board import Board, ScoredDocument, score_readings
from extractor.scoreboard.reading import Fault, Reading
from extractor.scoring.document import Scores
from extractor.scoring.tally import Tally

SOURCE = """discipline = "{discipline}"
year = {year}
style = "magazine"
author = "{author}"
+++
ALBI, COURSE 1

<r1>[[Théo Varnier|varnier]] ([[Écurie du Tarn|tarn]]) remporte la course devant <r2>[[Zoé Lacaze|lacaze]]</r2></r1>.
<i1>[[Luc Ferrand|ferrand]] part en tête-à-queue</i1>.

« <q1>La voiture était parfaite</q1> », dit [[Théo Varnier|varnier]]. {more}
+++
drivers: varnier lacaze ferrand
teams: tarn
session c: race
entry: varnier tarn
final c: 1 varnier @r1; 2 lacaze @r2
incident i1 spin c ferrand
quote q1 varnier session=c
"""
FAULT = Fault("KeyError", "'Théo <b>Varnier</b>'", "Traceback: Théo Varnier")


def source(discipline: str = "touring", year: int = 1987, author: str = "a01", more: str = "") -> str:
    return SOURCE.format(discipline=discipline, year=year, author=author, more=more)


def report(name: str = "albi", **parts: Any) -> Report:
    return compile_report(Path(f"{name}.report"), source(**parts))


def write_corpus(folder: Path, **splits: dict[str, str]) -> Path:
    """Write a corpus: for each split, sources by name."""
    for split, reports in splits.items():
        (folder / "texts" / split).mkdir(parents=True)
        for name, text in reports.items():
            (folder / "texts" / split / f"{name}.report").write_text(text, encoding="utf-8")
    return folder


def changed(record: RaceRecord, **parts: Any) -> RaceRecord:
    """Return the record with some of its facts put in the place of others."""
    return RaceRecord.model_validate({**record.model_dump(), **parts})


def reading(one: Report, record: RaceRecord | Fault | None = None, split: Split = "dev") -> Reading:
    """Return a reading; a perfect one unless told."""
    return Reading(split, one, one.record if record is None else record)


def board(*readings: Reading) -> Board:
    return score_readings(readings)


def scored(one: Report, record: RaceRecord | Fault | None = None, split: Split = "dev") -> ScoredDocument:
    return board(reading(one, record, split)).documents[0]


def scores(**tallies: tuple[int, int, int]) -> Scores:
    """Return tallies; ``final`` and ``incidents`` are the headline kinds of that name."""
    names = {"final": "results.final", "incidents": "incidents.lenient"}
    whole = Scores()
    whole.tallies.update({names.get(kind, kind): Tally(*counts) for kind, counts in tallies.items()})
    return whole

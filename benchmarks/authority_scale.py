"""How fast an authority file is built, and in how much memory.

    python -m benchmarks.authority_scale --documents 10000
    python -m benchmarks.authority_scale --documents 100000

makes an archive of careers: drivers with common and rare surnames, each with a series and some years in it,
named in full, with an initial or by surname alone, misspelt and misread now and then; 13 of them, and four
teams, in a document. Pairwise precision and recall are told, too, but these people are easier to tell apart
than those of :mod:`benchmarks.authority`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.authority_world import GIVEN, initials, respelt, team_variant
from extractor.authority.appearance import KINDS, Kind
from extractor.authority.build import build
from extractor.authority.file import AuthorityFile
from extractor.authority.report import pairwise
from extractor.corpus.generator.people import plain_surnames
from extractor.corpus.noise import misread
from extractor.record import Coverage, Document, Driver, Entry, Event, Mention, RaceRecord, Span, Team

_FIELD = 13
_TEAMS = 4
_ROUNDS = 8  # of a series in a year
_REPORTS = 2  # of a round
_POOL = 30  # drivers of a series in a year
_CAREER = 12
_COMMON = 0.25  # of the drivers have one of the 200 most common surnames


@dataclass(frozen=True, slots=True)
class _Racer:
    number: int
    given: str
    surname: str


def archive(documents: int, seed: int = 0) -> Iterator[tuple[RaceRecord, dict[str, str]]]:
    """Yield records, and who their drivers and teams are."""
    chance = random.Random(seed)
    surnames = plain_surnames()
    made = series = 0
    racers = 0
    while made < documents:
        series += 1
        start = chance.randint(1925, 2005)
        pool: list[_Racer] = []
        for year in range(start, start + 20):
            pool = [one for one in pool if chance.random() > 1 / _CAREER]
            while len(pool) < _POOL:
                common = chance.random() < _COMMON
                surname = surnames[chance.randrange(200)] if common else chance.choice(surnames)
                era = next(names for until, names in GIVEN.items() if year < until)
                pool.append(_Racer(racers, chance.choice(era), surname))
                racers += 1
            for number in range(_ROUNDS * _REPORTS):
                if made == documents:
                    return
                yield _document(chance, f"s{series}-{year}-{number}", series, year, pool, surnames)
                made += 1


def _document(
    chance: random.Random, name: str, series: int, year: int, pool: list[_Racer], surnames: tuple[str, ...]
) -> tuple[RaceRecord, dict[str, str]]:
    text = f"{name}\n"
    truth: dict[str, str] = {}
    drivers: list[Driver] = []
    teams: list[Team] = []
    entries: list[Entry] = []
    squads = chance.sample(range(10), _TEAMS)
    is_misread = chance.random() < 0.2
    for number, racer in enumerate(chance.sample(pool, _FIELD)):
        called = _called(racer, chance, is_misread)
        mention = Mention(start=len(text), end=len(text) + len(called), text=called)
        text += f"{called} ; "
        drivers.append(Driver(id=f"d{number}", name=called, mentions=(mention,)))
        truth[f"d{number}"] = f"r{racer.number}"
        if number < _TEAMS:
            squad = squads[number]
            own = surnames[(series * 7919 + squad * 104729) % len(surnames)]
            written = team_variant(f"Écurie {own}", chance, year)
            span = Mention(start=len(text), end=len(text) + len(written), text=written)
            text += f"{written} ; "
            teams.append(Team(id=f"t{number}", name=written, mentions=(span,)))
            truth[f"t{number}"] = f"{series}/{squad}"
            where = (Span(start=mention.start, end=mention.end, text=called),)
            entries.append(
                Entry(
                    id=f"e{number}",
                    drivers=(f"d{number}",),
                    team=f"t{number}",
                    evidence=where,
                    confidence=1.0,
                )
            )
    record = RaceRecord(
        document=Document(id=name, sha256=hashlib.sha256(text.encode()).hexdigest(), text=text),
        event=Event(season=year if chance.random() < 0.8 else None, series=f"Coupe {surnames[series]}"),
        drivers=tuple(drivers),
        teams=tuple(teams),
        entries=tuple(entries),
        coverage=Coverage(characters=len(text), characters_read=len(text)),
    )
    return record, truth


def _called(racer: _Racer, chance: random.Random, is_misread: bool) -> str:
    surname = respelt(racer.surname, chance) if chance.random() < 0.05 else racer.surname
    roll = chance.random()
    called = f"{racer.given} {surname}"
    if roll < 0.15:
        called = f"{initials(racer.given)} {surname}"
    elif roll < 0.35:
        called = surname
    elif roll < 0.45:
        called = f"{surname.upper()} {racer.given}"
    if is_misread:
        called = misread(called, chance, 0.02)[0].strip() or called
    return called


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out, gold = Path(folder) / "authority.db", Path(folder) / "gold.jsonl"
        began = time.perf_counter()
        marks: dict[str, float] = {}

        def progress(what: str, _count: int) -> None:
            marks[what] = round(time.perf_counter() - began, 1)

        def records() -> Iterator[RaceRecord]:
            with gold.open("w") as stream:
                for record, truth in archive(asked.documents):
                    stream.write(json.dumps([record.document.id, truth]) + "\n")
                    yield record

        built = build(records(), out, progress=progress)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = {
            "documents": built.documents,
            "appearances": dict(built.appearances),
            "entities": dict(built.entities),
            "candidates": built.candidates,
            "seconds": round(seconds, 1),
            "documents_per_second": round(built.documents / seconds, 1),
            "peak_mib": round(peak),
            "file_mib": round(out.stat().st_size / 2**20),
            "ends_of_stages": marks,
            "pairwise": _judged(out, gold),
        }
    print(json.dumps(told, indent=1))


def _judged(out: Path, gold: Path) -> dict[str, dict[str, float | None]]:
    found: dict[Kind, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    with AuthorityFile.open(out) as file, gold.open() as stream:
        for line in stream:
            document, truth = json.loads(line)
            rows = file.db.execute("SELECT thing, entity FROM member WHERE document = ?", (document,))
            for thing, entity in rows:
                found["driver" if thing.startswith("d") else "team"].append((truth[thing], entity))
    scores = {kind: pairwise(known) for kind, known in found.items()}
    return {kind: {"precision": one.precision, "recall": one.recall} for kind, one in scores.items()}


if __name__ == "__main__":
    main()

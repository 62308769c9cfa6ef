"""Generated reports: the same by seed, sound, and true to the race they tell of."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.cli.main import main
from extractor.corpus.check import problems_of
from extractor.corpus.generator.excluded import is_excluded
from extractor.corpus.generator.report import composed, generate, generate_one, generate_source
from extractor.corpus.noise import degraded
from extractor.corpus.report import compile_report
from extractor.lexicon.fold import fold
from extractor.lexicon.words import names

SEEDS = st.integers(0, 10**6)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _digest(seed: int, count: int) -> str:
    lines = (report.record.to_json() for report in generate(seed, count, noise="mixed"))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_same_seed_same_bytes() -> None:
    assert _digest(5, 10) == _digest(5, 10) != _digest(6, 10)


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_same_bytes_in_another_process(hash_seed: str) -> None:
    code = "from tests.unit.corpus.test_generator import _digest; print(_digest(5, 6))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONHASHSEED": hash_seed, "PATH": ""},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == _digest(5, 6)


def test_a_part_is_the_same_as_in_the_whole() -> None:
    whole = [report.record for report in generate(3, 6, noise="mixed")]
    assert [report.record for report in generate(3, 3, noise="mixed", start=3)] == whole[3:]


@given(SEEDS)
@QUICK
def test_no_problem_is_found(number: int) -> None:
    assert problems_of(generate_one(11, number), names("first_names")) == []


@given(SEEDS)
@QUICK
def test_unmarked_persons_are_none(number: int) -> None:
    """The doubt that reports accept is never a person of the meeting."""
    report = generate_one(12, number)
    report.draft.accepted.discard("unmarked_person")
    known = {driver.name for driver in report.record.drivers}
    for problem in problems_of(report, names("first_names")):
        assert problem.code == "unmarked_person"
        assert problem.parameters["name"] not in known


@given(SEEDS)
@QUICK
def test_places_told_are_those_of_the_race(number: int) -> None:
    _, _, draft, meeting = composed(13, number)
    runs = {run.key: run for run in meeting.runs}
    for fact in draft.results:
        run = runs.get(fact.session)
        if run is None or not isinstance(fact.place, int):
            continue
        people = set(fact.drivers)
        if fact.kind == "final":
            scopes = [scope for scope in meeting.classes if fold(scope) == fold(fact.scope)]
            ranked = run.in_class(scopes[0]) if scopes else run.final
            assert people <= {p.key for p in ranked[fact.place - 1].entry.people}
        elif fact.kind == "grid":
            assert people <= {p.key for p in run.grid[fact.place - 1].people}
        elif fact.kind == "running":
            orders = [*run.orders, run.road]
            assert any(
                len(order) >= fact.place and people <= {p.key for p in order[fact.place - 1].people}
                for order in orders
            )
        elif fact.kind == "championship":
            assert people <= {p.key for p in meeting.standings[fact.place - 1][0].people}


@given(SEEDS)
@QUICK
def test_race_adds_up(number: int) -> None:
    _, _, _, meeting = composed(14, number)
    for run in meeting.runs:
        finished = [placed.entry for placed in run.final]
        out = [entry for entry, _ in (*run.out, *run.excluded)]
        assert sorted(entry.index for entry in (*finished, *out)) == sorted(
            entry.index for entry in run.entries
        )
        times = [placed.time for placed in run.final]
        assert times == sorted(times)
        assert len(times) == len(set(times))
        assert all(time % run.unit == 0 for time in times)
    points = [points for _, points in meeting.standings]
    assert points == sorted(points, reverse=True)


@given(SEEDS)
@QUICK
def test_every_incident_was_simulated(number: int) -> None:
    """What is negated, feared or long past is no incident."""
    _, _, draft, meeting = composed(15, number)
    happened = {(run.key, happening.type) for run in meeting.runs for happening in run.happenings}
    happened |= {(run.key, "retirement") for run in meeting.runs if run.out}
    happened |= {(run.key, "did_not_start") for run in meeting.runs if run.absent}
    assert {(fact.session, fact.type) for fact in draft.incidents} <= happened


def test_negated_happenings_are_told() -> None:
    texts = [generate_one(16, number).record for number in range(120)]
    told = [record for record in texts if "sans se toucher" in record.document.text]
    assert told
    for record in told:
        spans = [span.text for incident in record.incidents for span in incident.evidence]
        assert not any("sans se toucher" in span for span in spans)


@pytest.mark.parametrize("noise", ["wrapped", "ocr"])
def test_noise_keeps_facts(noise: str) -> None:
    for number in range(25):
        name, about, draft, _ = composed(17, number, noise=noise)  # type: ignore[arg-type]
        noisy = degraded(draft, about.noise, seed=name)
        assert len(noisy.facts()) == len(draft.facts())
        assert len(noisy.marked.marks) == len(draft.marked.marks)
        record = generate_one(17, number, noise=noise).record  # type: ignore[arg-type]
        assert len(record.results) == len(draft.results)


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_markup_compiles_to_the_same_record(number: int) -> None:
    name, source = generate_source(18, number, noise="mixed")
    assert compile_report(Path(name), source).record == generate_one(18, number, noise="mixed").record


def test_nobody_bears_an_excluded_name() -> None:
    for number in range(100):
        _, _, _, meeting = composed(19, number)
        people = [person.full for entry in meeting.entries for person in entry.people]
        assert not any(map(is_excluded, people))


def test_command_writes_records_and_markup(tmp_path: Path) -> None:
    out, markup = tmp_path / "made.jsonl", tmp_path / "marked"
    arguments = [
        "corpus",
        "generate",
        "--count",
        "3",
        "--seed",
        "2",
        "--out",
        str(out),
        "--markup",
        str(markup),
    ]
    assert main(arguments) == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["format"] for line in lines] == ["race-record/1"] * 3
    assert len(list(markup.glob("*.report"))) == 3

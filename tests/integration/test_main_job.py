"""The main job as the README shows it: the installed pipeline on the sample report."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import extractor
from benchmarks.startup import CASES, SAMPLE, imported, measure
from extractor.record import RaceRecord
from tools.check import ROOT

RUN = [sys.executable, "-c", "from extractor.cli.main import run; run()"]


@pytest.fixture(scope="module")
def record() -> RaceRecord:
    done = subprocess.run([*RUN, "extract", str(SAMPLE)], capture_output=True, check=True, timeout=120)
    return RaceRecord.model_validate_json(done.stdout)


def test_the_sample_report_gives_its_people_and_teams(record: RaceRecord) -> None:
    names = {driver.name for driver in record.drivers}
    assert {"Aurélien Lorieux", "Maëlle Castagnède", "Bastien Ortolan", "Jules Vannier"} <= names
    assert "Paul Orsoni" not in names
    assert "Écurie des Cimes" in {team.name for team in record.teams}


def test_the_winner_after_the_penalty_is_the_winner(record: RaceRecord) -> None:
    names = {driver.id: driver.name for driver in record.drivers}
    winners = [
        names[result.drivers[0]]
        for result in record.results
        if result.kind == "final" and result.scope == "overall" and result.position == 1
    ]
    assert winners == ["Aurélien Lorieux", "Maëlle Castagnède"]


def test_the_record_is_of_the_text_as_it_is(record: RaceRecord) -> None:
    assert record.document.id == SAMPLE.stem
    assert record.document.text == SAMPLE.read_bytes().decode()


def test_cold_extraction_never_imports_what_it_does_not_need() -> None:
    case = CASES["extract, cold"]
    assert imported(case) & set(case.never) == set()


@pytest.mark.slow
@pytest.mark.alone
def test_cold_extraction_takes_little_more_than_importing_spacy() -> None:
    case = CASES["extract, cold"]
    assert measure(case, 7).ratio < case.limit


@pytest.mark.slow
@pytest.mark.alone
def test_speed_and_linearity() -> None:
    """Both as ratios within one run."""
    command = [sys.executable, "-m", "benchmarks.speed", "--rounds", "8", "--check"]
    subprocess.run(command, cwd=ROOT, check=True, timeout=600)


def test_reading_leaves_the_garbage_collector_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gc.get_threshold()
    during = []

    def component(doc: object) -> object:
        during.append(gc.get_threshold()[0])
        raise OSError("stop")

    monkeypatch.setattr(extractor.load(), "_components", [("stops", component)])
    for _ in range(2):
        with pytest.raises(OSError, match="stop"):
            extractor.extract("Théo gagne.")
    assert min(during) > before[0]
    assert gc.get_threshold() == before


def test_the_readmes_python_runs() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    done = subprocess.run([sys.executable, "-c", block], capture_output=True, check=True, timeout=120)
    assert "Théo Varnier" in done.stdout.decode()


def test_one_report_in_every_format(tmp_path: Path) -> None:
    for fmt, name in (("json", "x.json"), ("jsonl", "x.jsonl"), ("table", "x.txt"), ("html", "x.html")):
        out = tmp_path / name
        subprocess.run([*RUN, "extract", str(SAMPLE), "--format", fmt, "-o", out], check=True, timeout=120)
        content = out.read_text(encoding="utf-8")
        assert "Castagnède" in content
        if fmt.startswith("json"):
            assert json.loads(content)["document"]["id"] == SAMPLE.stem

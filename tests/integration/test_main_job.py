"""The main job as the README shows it: the installed pipeline on the sample report."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.startup import CASES, SAMPLE, imported, seconds
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
def test_cold_extraction_is_fast() -> None:
    case = CASES["extract, cold"]
    assert min(seconds(case, 5)) < case.limit


@pytest.mark.slow
def test_speed_and_linearity() -> None:
    subprocess.run([sys.executable, "-m", "benchmarks.speed", "--check"], cwd=ROOT, check=True, timeout=600)


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

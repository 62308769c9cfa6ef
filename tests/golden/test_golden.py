"""The golden reports: what is found in them may grow, and does not fall below the floors.

The floors are figures of a day, less a small margin. They are written by hand only::

    python tests/golden/test_golden.py
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

import extractor
from extractor.record import RaceRecord
from extractor.scoring import Report, score_records

HERE = Path(__file__).resolve().parent
DEV = HERE / "dev"
FLOORS = HERE / "floors.json"
MARGIN = 0.02
LEAST_FACTS = 10  # a kind with fewer facts swings too much to be held


def measure() -> Report:
    """Score the pipeline on every golden report."""
    pairs = []
    for path in sorted(DEV.glob("*.record.json")):
        gold = RaceRecord.model_validate_json(path.read_text(encoding="utf-8"))
        pairs.append((path.name.removesuffix(".record.json"), gold, extractor.extract(gold.document.text)))
    return score_records(pairs)


def figures(report: Report) -> dict[str, float]:
    """Return the composite and the F1 of every kind that has enough facts to be told."""
    found = {"composite": report.composite or 0.0}
    for kind, tally in report.total.tallies.items():
        if tally.f1 is not None and tally.tp + tally.fn >= LEAST_FACTS:
            found[kind] = tally.f1
    return found


def refresh_floors() -> None:
    """Write today's figures, less the margin, as the floors.

    Raises:
        RuntimeError: Called where nobody looks at the figures.
    """
    if os.environ.get("CI"):
        raise RuntimeError("floors are refreshed by hand, never in CI")
    floors = {kind: round(max(0.0, f1 - MARGIN), 3) for kind, f1 in figures(measure()).items()}
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def found() -> dict[str, float]:
    return figures(measure())


@pytest.mark.parametrize(
    ("kind", "floor"), json.loads(FLOORS.read_text(encoding="utf-8")).items() if FLOORS.exists() else []
)
def test_figures_stay_above_their_floors(found: dict[str, float], kind: str, floor: float) -> None:
    assert found[kind] >= floor


def test_every_report_has_its_record() -> None:
    texts, records = (
        {path.name.split(".")[0] for path in DEV.glob(end)} for end in ("*.txt", "*.record.json")
    )
    assert records
    assert texts == records


def test_no_refresh_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    before = FLOORS.read_bytes()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(RuntimeError, match="by hand"):
        refresh_floors()
    assert FLOORS.read_bytes() == before


if __name__ == "__main__":
    refresh_floors()
    sys.stdout.write(FLOORS.read_text(encoding="utf-8"))

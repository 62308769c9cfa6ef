"""The worked example that comes with the format: everything in it is found, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

import extractor
from extractor.record import RaceRecord
from extractor.scoring import Report, score_records

MODEL = Path(__file__).resolve().parents[2] / "models" / "fr_parcferme"
EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "example"
RECORDS = sorted(EXAMPLES.glob("*.record.json"))
KINDS = (
    "drivers",
    "teams",
    "entries",
    "numbers",
    "results.final",
    "results.grid",
    "incidents.strict",
    "retirements",
    "quotes",
)

pytestmark = pytest.mark.skipif(not RECORDS, reason="the example does not lie beside this checkout")


@pytest.fixture(scope="module", params=RECORDS, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> RaceRecord:
    path: Path = request.param
    return RaceRecord.model_validate_json(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["none", str(MODEL)], ids=["rules", "together"])
def found(gold: RaceRecord, request: pytest.FixtureRequest) -> RaceRecord:
    if request.param != "none" and not MODEL.is_dir():
        pytest.skip("no model here")
    return extractor.extract(gold.document.text, model=request.param)


@pytest.fixture(scope="module")
def report(gold: RaceRecord, found: RaceRecord) -> Report:
    return score_records([("example", gold, found)])


@pytest.mark.parametrize("kind", KINDS)
def test_all_is_found_and_nothing_invented(report: Report, kind: str) -> None:
    tally = report.total.tallies[kind]
    assert (tally.precision, tally.recall) == (1.0, 1.0)


def test_what_an_archivist_would_query(gold: RaceRecord, found: RaceRecord) -> None:
    for code in ("count_mismatch", "name_variant"):
        assert sum(f.code == code for f in found.findings) == sum(f.code == code for f in gold.findings)


def test_both_spelling_variants_are_queried(found: RaceRecord) -> None:
    assert sum(finding.code == "name_variant" for finding in found.findings) >= 2
    assert any(finding.code == "count_mismatch" for finding in found.findings)


def test_running_positions_are_not_final(gold: RaceRecord, found: RaceRecord) -> None:
    running = {(name(gold, r.drivers), r.position) for r in gold.results if r.kind == "running"}
    final = {(name(gold, r.drivers), r.position) for r in gold.results if r.kind == "final"}
    told = {(name(found, r.drivers), r.position) for r in found.results if r.kind == "final"}
    assert not (running - final) & told


def name(record: RaceRecord, ids: tuple[str, ...]) -> tuple[str, ...]:
    names = {driver.id: driver.name for driver in record.drivers}
    return tuple(sorted(names[i] for i in ids))

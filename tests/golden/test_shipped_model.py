"""The model that is shipped: whole, small, opened by spaCy alone, and never inventing evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

import extractor
from extractor.neural.bundle import open_bundle
from extractor.pipeline.model.location import COMPONENT, NAME
from extractor.record import RaceRecord

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "models" / NAME
TEXTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]

pytestmark = pytest.mark.skipif(not MODEL.is_dir(), reason="no model here")


@pytest.fixture(scope="module", params=range(len(TEXTS)))
def text(request: pytest.FixtureRequest) -> str:
    return TEXTS[request.param]


@pytest.fixture(scope="module")
def record(text: str) -> RaceRecord:
    return extractor.extract(text, model=MODEL)


def test_all_models_together_weigh_no_more_than_promised() -> None:
    assert sum(path.stat().st_size for path in (ROOT / "models").rglob("*") if path.is_file()) <= 40_000_000


def test_the_bundle_is_whole_and_fits_this_version() -> None:
    assert open_bundle(MODEL / COMPONENT).version


def test_spacy_alone_opens_it(text: str, record: RaceRecord) -> None:
    import spacy

    assert spacy.load(MODEL)(text)._.record.model_dump() == record.model_dump()


def test_the_record_is_valid_and_every_span_stands_in_the_text(text: str, record: RaceRecord) -> None:
    again = RaceRecord.model_validate_json(record.to_json())
    for fact in (*again.results, *again.incidents, *again.entries, *again.quotes):
        assert fact.evidence
        for span in fact.evidence:
            assert text[span.start : span.end] == span.text


def test_identifiers_are_unique_and_refer_to_what_is_there(record: RaceRecord) -> None:
    facts = (*record.results, *record.incidents, *record.entries, *record.quotes)
    names = [one.id for one in (*record.sessions, *record.drivers, *record.teams, *facts)]
    assert len(names) == len(set(names))
    known = set(names)
    assert {driver for one in (*record.results, *record.entries) for driver in one.drivers} <= known
    assert {one.session for one in (*record.results, *record.incidents)} <= known
    assert {cause for one in record.incidents for cause in one.caused_by} <= known


def test_two_readings_are_one(text: str, record: RaceRecord) -> None:
    assert extractor.extract(text, model=MODEL).to_json() == record.to_json()

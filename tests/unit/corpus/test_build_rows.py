"""Rows hold all of a record, and nothing that is no row passes for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor.corpus.metadata import Metadata
from extractor.corpus.report import Report, ReportError, read_report
from extractor.corpus.rows import Row, record_of, row_of
from extractor.errors import RecordError
from extractor.record import Mention, RaceRecord
from tests.conftest import ROOT
from tests.unit.corpus.conftest import FACTS, TEXT

Compiled = Callable[..., Report]
ABOUT = Metadata(
    discipline="gt", year=2004, style="club", author="a00", published_on="2004-05-02", note="court"
)
GOLDEN = sorted(ROOT.glob("tests/golden/**/*.record.json"))
FULL = (
    FACTS.replace("season=1954", 'season=1954 starts=1954-06-20 ends=1954-06-20 name="RECORD"')
    .replace("2 ravier 6:40 +28", "2 ravier +1lap 12pts optional")
    .replace("lorieux lac number=7", "lorieux lac number=7 session=c")
    + 'final c "Groupe N" "N" @l: 1 ravier inferred\n'
    + 'incident i2 collision c ravier:at_fault "un commissaire":victim lap=3 cause=i1 by=q1 @"Ravier"\n'
    + 'finding count_mismatch warning "deux noms" ravier @"Ravier"\noptional: fargeat\n'
    + 'skip @"BAT TOUT LE MONDE" boilerplate\n'
)


def written(row: Row) -> dict[str, Any]:
    columns: dict[str, Any] = json.loads(row.model_dump_json())
    return columns


def test_a_row_gives_its_record_back(compiled: Compiled) -> None:
    text = TEXT.replace("Au kilomètre", "Un commissaire sourit. Au kilomètre").replace("Un com", "un com")
    record = compiled(text=text, facts=FULL).record
    row = row_of("train", ABOUT, record)
    assert record_of(row) == record_of(written(row)) == record
    assert record_of(written(row)).to_json() == record.to_json()


def test_a_row_says_what_the_manifest_says(compiled: Compiled) -> None:
    row = row_of("far", ABOUT, compiled().record)
    told = (row.split, row.discipline, row.year, row.era, row.style, row.noise, row.author, row.note)
    assert told == ("far", "gt", 2004, "2000s", "club", "clean", "a00", "court")
    assert row.words == len(row.text.split())


def test_mentions_and_gaps_have_columns_of_their_own(compiled: Compiled) -> None:
    row = row_of("train", ABOUT, compiled(facts=FULL.replace("un commissaire", "Ravier")).record)
    forms = {(row.text[one.start : one.end], one.form, one.bearer) for one in row.mentions}
    assert {("Lyonnais", "nominal", "d1"), ("Écurie du Lac", "name", "t1")} <= forms
    gaps = {(result.gap_time, result.gap_laps) for result in row.results}
    assert gaps == {(None, None), (None, 1)}


@pytest.mark.parametrize("split", ["train", "dev"])
def test_every_report_gives_its_record_back(split: Any) -> None:
    reports = sorted((ROOT / "corpus" / "texts" / split).rglob("*.report"))
    if not reports:
        pytest.skip("there are no reports here")
    for path in reports:
        try:
            report = read_report(path)
        except ReportError:  # "corpus check" speaks of these
            continue
        row = row_of(split, report.metadata, report.record)
        assert record_of(written(row)).to_json() == report.record.to_json(), path.name


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_records_of_any_origin_fit_into_a_row(path: Path) -> None:
    record = RaceRecord.model_validate_json(path.read_text(encoding="utf-8"))
    assert record_of(row_of("dev", ABOUT, record)) == record


def test_a_record_with_pages_does_not_pass_for_plain_text(compiled: Compiled) -> None:
    record = compiled().record
    driver = record.drivers[0]
    paged = Mention(**driver.mentions[0].model_dump() | {"page": 2})
    driver = driver.model_copy(update={"mentions": (paged,)})
    with pytest.raises(ValueError, match="page"):
        row_of("dev", ABOUT, record.model_copy(update={"drivers": (driver,)}))


HOSTILE: dict[str, Callable[[dict[str, Any]], object]] = {
    "year": lambda row: row.update(year="1954"),
    "words": lambda row: row.update(words=2**40),
    "split": lambda row: row.update(split="validation"),
    "text": lambda row: row.update(text=None),
    "Extra inputs": lambda row: row.update(colour="red"),
    "Field required": lambda row: row.pop("quotes"),
    "drivers": lambda row: row.update(drivers={"id": "d1"}),
    "drivers.0.optional": lambda row: row["drivers"][0].update(optional=1),
    "mentions.0.start": lambda row: row["mentions"][0].update(start=0.0),
    "a mention of d9": lambda row: row["mentions"][0].update(bearer="d9"),
    "results.0.kind": lambda row: row["results"][0].update(kind="victory"),
    "results.0.confidence": lambda row: row["results"][0].update(confidence="1"),
    "either a time or laps": lambda row: row["results"][0].update(gap_time="PT1S", gap_laps=1),
    "results.0.position": lambda row: row["results"][0].update(position=True),
    "results.0.time": lambda row: row["results"][0].update(time="six minutes"),
    "a number is no date": lambda row: row.update(published_on=19540620),
    "starts_on": lambda row: row["event"].update(starts_on="juin"),
    "not the document's text": lambda row: row.update(text=row["text"][::-1]),
    "refers to d7": lambda row: row["results"][0].update(drivers=["d7"]),
}


@pytest.mark.parametrize("told", HOSTILE)
def test_what_is_no_row_is_refused(compiled: Compiled, told: str) -> None:
    columns = written(row_of("dev", ABOUT, compiled().record))
    HOSTILE[told](columns)
    with pytest.raises(RecordError) as caught:
        record_of(columns)
    assert caught.value.code == "bad_row"
    assert caught.value.source == "essai"
    assert told in caught.value.in_language("en")


@pytest.mark.parametrize("row", [{}, [], None, "essai", {"id": 7}])
def test_what_is_not_even_a_mapping_is_refused(row: Any) -> None:
    with pytest.raises(RecordError):
        record_of(row)

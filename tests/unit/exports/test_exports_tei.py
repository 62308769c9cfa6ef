"""TEI: valid against TEI's own schema, the text whole, and everything in it found again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from extractor.exports.formats import FORMATS, ExportOptions
from extractor.exports.passages import passages_of
from extractor.exports.tei.document import tei
from extractor.exports.whole import export_to
from extractor.messages import LANGUAGES
from extractor.record import RaceRecord
from tests.property.records_of_any_text import records
from tests.schemas import teischema
from tests.unit.exports.exports_records import HOSTILE, TEXT, hostile, sample, span
from tests.unit.exports.tei_reading import T, X, by_id, dangling, evidence, mentions, read_tei

FORMAT = "tei"


def assert_sound(record: RaceRecord, content: bytes, schema: Any) -> None:
    """The file is valid, its pointers lead somewhere, and text and evidence are the record's."""
    read = read_tei(content)
    assert schema.validate(read.root), schema.error_log.last_error
    assert dangling(read) == []
    assert read.text == record.document.text
    wanted = sorted(
        (one.kind, span.start, span.end)
        for one in passages_of(record)
        if one.kind not in ("driver", "team")
        for span in one.spans
    )
    found = [one for one in evidence(read) if one[0] not in ("said", "persName", "orgName", "rs")]
    assert sorted((kind, start, end) for kind, _, start, end in found) == wanted


@given(records())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_text_and_evidence_come_back_from_any_record(record: RaceRecord) -> None:
    assert_all_comes_back(record)


@pytest.mark.slow
@given(records())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_text_and_evidence_come_back_from_many_records(record: RaceRecord) -> None:
    assert_all_comes_back(record)


def assert_all_comes_back(record: RaceRecord) -> None:
    content = tei(record)
    assert_sound(record, content, teischema.ours())
    expected = {
        (one.id, mention.start, mention.end)
        for one in (*record.drivers, *record.teams)
        for mention in one.mentions
    }
    assert mentions(read_tei(content)) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_valid_in_both_languages(language: str) -> None:
    assert_sound(sample(), tei(sample(), language), teischema.ours())


@pytest.mark.slow
def test_reports_are_valid_by_the_whole_schema_of_the_tei() -> None:
    for record in (sample(), paged(), *(hostile(words) for words in HOSTILE)):
        assert_sound(record, tei(record), teischema.whole())


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_text_and_nothing_else(words: str) -> None:
    record = hostile(words)
    assert_sound(record, tei(record), teischema.ours())


def test_what_xml_cannot_hold_is_shown_counted_and_declared() -> None:
    record = hostile("a\x00b")
    read = read_tei(tei(record))
    (sign,) = read.root.iter(f"{T}g")
    assert sign.text == "␀"
    declared = by_id(read, sign.get("ref")[1:])
    assert declared[0].get("value") == "U+0000"
    assert "charDecl" in tei(record).decode()


def test_names_and_speech_are_marked_up_where_they_stand() -> None:
    read = read_tei(tei(sample()))
    said = [one for one in read.elements if one.tag == f"{T}said" and one.get("direct") == "true"]
    assert ["".join(one.itertext()) for one in said] == ["Je suis ravie", "La voiture était parfaite."]
    assert [one.get("who") for one in said] == ["#d1", "#d1"]
    assert said[0].get("next") == f"#{said[1].get(f'{X}id')}"
    assert by_id(read, "d1").find(f"{T}persName").text == "Anna Martin"
    assert by_id(read, "d1").find(f"{T}affiliation").get("ref") == "#t1"


def test_facts_lead_to_passages_and_passages_to_facts() -> None:
    read = read_tei(tei(sample()))
    spin = by_id(read, "i1")
    (passage,) = spin.get("corresp").split()
    assert by_id(read, passage[1:]).get("ana") == "#i1"
    assert spin.getparent() is by_id(read, "s1")
    assert by_id(read, "i2").find(f"{T}ptr").get("target") == "#i1"
    assert by_id(read, "i2").get("source") == "#q1"
    cells = ["".join(cell.itertext()).strip() for cell in by_id(read, "r1")]
    assert cells[:6] == ["Course 1", "Classement final", "Général", "1", "classified", "Anna Martin"]


def test_speech_over_two_paragraphs_is_two_elements_of_one_speech() -> None:
    text = "« Une belle course.\n\nVraiment belle », dit Anna Martin.\n"
    whole = text[2 : text.index(" »")]
    quote = {"id": "q1", "text": "x", "speaker": "d1", "evidence": [span(whole, text)], "confidence": 1}
    driver = {"id": "d1", "name": "Anna Martin", "mentions": [span("Anna Martin", text)]}
    record = sample(text, **nothing() | {"quotes": [quote], "drivers": [driver]})
    content = tei(record)
    assert_sound(record, content, teischema.ours())
    first, second = read_tei(content).root.iter(f"{T}said")
    assert (first.get(f"{X}id"), second.get("prev"), first.get("next")) == ("q1", "#q1", "#q1.2")


def test_crossing_names_are_cut_and_linked() -> None:
    text = "Le duo Martin Petit Durand gagne."
    drivers = [
        {"id": "d1", "name": "A", "mentions": [span("Martin Petit", text)]},
        {"id": "d2", "name": "B", "mentions": [span("Petit Durand", text)]},
    ]
    read = read_tei(tei(sample(text, **nothing() | {"drivers": drivers})))
    assert mentions(read) == {("d1", 7, 19), ("d2", 14, 26)}
    assert len(list(read.root.find(f"{T}text").iter(f"{T}persName"))) == 3


def test_names_without_end_within_each_other_stay_readable() -> None:
    text = "x" * 400
    drivers = [{"id": f"d{n}", "name": "x", "mentions": [span(text[n:], text, n)]} for n in range(300)]
    record = sample(text, **nothing() | {"drivers": drivers})
    read = read_tei(tei(record))
    beside = {(who, start, end) for _, who, start, end in evidence(read)}
    assert len(mentions(read) | beside) == 300


def paged() -> RaceRecord:
    half = TEXT.index("Carl Durand part")
    page = {"width": 2480, "height": 3508, "unit": "pixel"}
    box = {"page": 2, "x": 10.5, "y": 20, "w": 100, "h": 12}
    mention = {**span("Carl Durand", after=half), "page": 2, "boxes": [box]}
    record = sample()
    document = record.document.model_dump(mode="json") | {
        "pages": [
            {"page": 1, "start": 0, "end": half - 4, "image": "page 1.jpg", **page},
            {"page": 2, "start": half, "end": len(TEXT), **page},
        ]
    }
    drivers = [one.model_dump(mode="json") for one in record.drivers]
    drivers[2]["mentions"] = [mention]
    return sample(document=document, drivers=drivers)


def test_pages_are_surfaces_and_places_on_them_zones() -> None:
    content = tei(paged())
    assert_sound(paged(), content, teischema.ours())
    read = read_tei(content)
    first, second = read.root.iter(f"{T}surface")
    assert first.find(f"{T}graphic").get("url") == "page%201.jpg"
    assert second.get("lrx") == "2480"
    named = next(one for one in read.elements if one.get("ref") == "#d3")
    zone = by_id(read, named.get("facs")[1:])
    assert (zone.get("ulx"), zone.get("lrx"), zone.getparent()) == ("10.5", "110.5", second)
    breaks = [read.elements[one][0] for one in read.elements if one.tag == f"{T}pb"]
    assert breaks == [0, TEXT.index("Carl Durand part")]


def test_a_text_without_facts_is_a_text() -> None:
    for text in ("", " ", "\n\n", "Rien."):
        record = sample(text, **nothing())
        assert_sound(record, tei(record), teischema.ours())


def test_the_same_record_gives_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert tei(sample()) == tei(sample())
    assert b'when="2001-09-09"' in tei(sample())


def test_a_folder_of_files(tmp_path: Path) -> None:
    assert export_to(FORMATS[FORMAT], [sample(), sample()], tmp_path / "tei", ExportOptions()) == 2
    files = sorted((tmp_path / "tei").iterdir())
    assert [one.suffix for one in files] == [".xml", ".xml"]
    assert etree.parse(files[0]).getroot().tag == f"{T}TEI"


def nothing() -> dict[str, Any]:
    """Return a record's parts without facts."""
    parts: dict[str, Any] = dict.fromkeys(
        ("teams", "entries", "results", "incidents", "quotes", "findings", "drivers"), ()
    )
    return parts | {"event": {}, "sessions": [], "coverage": {"characters": 0, "characters_read": 0}}

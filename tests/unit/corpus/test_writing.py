"""From a record to a report file, and back to the same facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.corpus.inline import NotInMarkupError, nobody, written
from extractor.corpus.library import load_split, report_files
from extractor.corpus.markup import Mark, read_marks
from extractor.corpus.metadata import Metadata
from extractor.corpus.normal import numbered, told_otherwise, trimmed
from extractor.corpus.report import compile_report, read_report
from extractor.corpus.writing import report_source
from extractor.record import RaceRecord

ABOUT = Metadata(discipline="hill_climb", year=1954, style="club", author="reviewed")


def back(record: RaceRecord) -> tuple[str, ...]:
    """Return what is told otherwise after writing and compiling."""
    record = trimmed(numbered(record))
    source = report_source(record, ABOUT)
    return told_otherwise(record, compile_report(Path("x.report"), source, noise=False).record)


def test_reports_of_the_corpus_come_back_as_they_are() -> None:
    for path in report_files([Path("corpus/texts/dev")])[:12]:
        assert back(read_report(path).record) == (), path.name


@pytest.mark.slow
def test_every_report_of_the_corpus_comes_back_as_it_is() -> None:
    for report in load_split(Path("corpus"), "dev"):
        assert back(report.record) == (), report.name


def record(text: str, **more: Any) -> RaceRecord:
    shape = {
        "document": {"id": "x", "sha256": "", "text": text},
        "coverage": {"characters": len(text), "characters_read": len(text)},
        "sessions": [{"id": "s1", "kind": "race"}],
    }
    return RaceRecord.model_validate({**shape, **more})


def at(text: str, words: str, **more: Any) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, **more}


TEXT = '\r\n\r\nCÔTE DE LAVAL [officieux]\r\n+++\r\nPaul Fargeat, dit "Paulo", gagne <enfin> | 1er\\2e\r\nRavier casse.\r\n'


def awkward(**more: Any) -> RaceRecord:
    return record(
        TEXT,
        drivers=[
            {"id": "dx1", "name": "Ravier", "mentions": [at(TEXT, "Ravier", form="name")]},
            {"id": "d7", "name": "Paul Fargeat", "mentions": [at(TEXT, "Paul Fargeat", form="name")]},
        ],
        results=[
            {
                "id": "rx",
                "session": "s1",
                "kind": "final",
                "position": 1,
                "drivers": ["d7"],
                "time": "PT1H2M3.4S",
                "gap": {"laps": 2},
                "points": 2.5,
                "evidence": [at(TEXT, "gagne <enfin> | 1er\\2e")],
                "confidence": 0.3,
            }
        ],
        incidents=[
            {
                "id": "ix",
                "session": "s1",
                "type": "mechanical",
                "participants": [{"driver": "dx1", "text": "Ravier"}, {"text": "Paulo", "role": "victim"}],
                "evidence": [at(TEXT, "Ravier casse")],
                "confidence": 0.4,
                **more,
            }
        ],
    )


def test_an_awkward_text_comes_back() -> None:
    assert back(awkward()) == ()


def test_how_a_speaker_who_competes_is_called_follows_from_who_it_is() -> None:
    text = "Luc Ravier sourit : « La voiture était parfaite »."
    told = record(
        text,
        drivers=[{"id": "d1", "name": "Luc Ravier", "mentions": [at(text, "Luc Ravier", form="name")]}],
        quotes=[
            {
                "id": "q1",
                "text": "La voiture était parfaite",
                "speaker": "d1",
                "speaker_name": "Ravier",
                "speaker_role": "driver",
                "evidence": [at(text, "La voiture était parfaite")],
                "confidence": 0.8,
            }
        ],
    )
    assert back(told) == ()


def test_gold_is_sure_and_its_ids_are_in_order() -> None:
    gold = numbered(awkward())
    assert [d.id for d in gold.drivers] == ["d1", "d2"]
    assert gold.results[0].drivers == ("d2",)
    assert gold.incidents[0].participants[0].driver == "d1"
    assert {fact.confidence for fact in gold.facts()} == {1.0}
    assert gold.document.text == TEXT


def test_what_the_notation_cannot_say_is_told() -> None:
    with pytest.raises(NotInMarkupError) as caught:
        back(awkward(where='dit "Paulo"'))
    assert caught.value.code == "quote_mark"


def test_a_name_that_means_nobody_is_marked_so() -> None:
    text = "Martin gagne. Le circuit Martin est long."
    marks = [Mark(0, 6, ("martin",), "name")]
    source = written(text, [*marks, *nobody(text, marks)], {})
    assert source == "[[Martin|martin]] gagne. Le circuit [[Martin|-]] est long."


def test_marks_that_cross_cannot_be_written() -> None:
    with pytest.raises(NotInMarkupError):
        written("un deux trois", [Mark(0, 7, ("a",), "name"), Mark(3, 13, ("b",), "name")], {})


LETTERS = st.text(st.sampled_from("ab [](<>)|\\\n+~=-é"), min_size=1, max_size=40)


@given(LETTERS, st.data())
def test_marks_and_labels_read_back_as_they_were_written(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(text)))
    )
    ranges = data.draw(st.lists(places, max_size=5, unique=True))
    labels = {f"l{n}": place for n, place in enumerate(data.draw(st.lists(places, max_size=5)))}
    marks = [Mark(start, end, (f"k{n}",), "name") for n, (start, end) in enumerate(ranges)]
    try:
        source = written(text, marks, labels)
    except NotInMarkupError:
        return
    read = read_marks(source)
    assert read.text == text
    assert {mark for mark in read.marks if mark.keys} == set(marks)
    assert read.labels == {label: (place,) for label, place in labels.items()}

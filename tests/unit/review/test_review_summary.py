"""What a document comes down to in the queue: expected errors, priority, and what became of each thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from extractor.record import (
    Coverage,
    Document,
    Driver,
    Event,
    Finding,
    Mention,
    RaceRecord,
    Result,
    Session,
    Span,
)
from extractor.review.decisions import DocumentStatus
from extractor.review.outcomes import fates
from extractor.review.reviewed import Gone, Mark, Reviewed, Verdict
from extractor.review.summary import summarise, title_of, year_of

TEXT = "\n  Grand Prix de Valmorel\n\nHenri Tavel gagne devant Luc Orsini. Orsini partait en pole."
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def span(words: str, kind: Any = Span) -> Any:
    start = TEXT.index(words)
    return kind(start=start, end=start + len(words), text=words)


def result(identity: str, words: str, driver: str, confidence: float, **more: Any) -> Result:
    fields = {"session": "s1", "kind": "final", "position": 1, "drivers": (driver,), **more}
    return Result(id=identity, evidence=(span(words),), confidence=confidence, **fields)


def record(**more: Any) -> RaceRecord:
    fields: dict[str, Any] = {
        "document": Document(id="valmorel", sha256="0" * 64, text=TEXT),
        "event": Event(series="Coupe des Alpages", season=1964),
        "sessions": (Session(id="s1", kind="race"),),
        "drivers": (
            Driver(id="d1", name="Henri Tavel", mentions=(span("Henri Tavel", Mention),)),
            Driver(id="d2", name="Luc Orsini", aliases=("Orsini",), mentions=(span("Luc Orsini", Mention),)),
        ),
        "results": (
            result("r1", "Henri Tavel gagne", "d1", 0.9),
            result("r2", "devant Luc Orsini", "d2", 0.6, position=2),
            result("r3", "Orsini partait en pole", "d2", 0.7, kind="grid"),
        ),
        "coverage": Coverage(characters=len(TEXT), characters_read=len(TEXT)),
        **more,
    }
    return RaceRecord(**fields)


def mark(verdict: Verdict | None, reviewer: str = "Odile Ferrand", minute: int = 0) -> Mark:
    return Mark(verdict, reviewer, AT.replace(minute=minute), f"dec{minute}")


def after(
    marks: dict[str, Mark], of: RaceRecord | None = None, status: DocumentStatus = "in_review"
) -> Reviewed:
    return Reviewed(of or record(), marks=marks, status=status)


def without(of: RaceRecord, identity: str) -> RaceRecord:
    return of.model_copy(update={"results": tuple(r for r in of.results if r.id != identity)})


def changed(identity: str, **fields: Any) -> RaceRecord:
    whole = record()
    results = tuple(r.model_copy(update=fields) if r.id == identity else r for r in whole.results)
    return whole.model_copy(update={"results": results})


def gone(identity: str, verdict: Verdict) -> Reviewed:
    whole = record()
    thing = next(r for r in whole.results if r.id == identity).model_dump()
    return Reviewed(
        without(whole, identity), marks={identity: mark(verdict)}, gone={identity: Gone("results", thing)}
    )


def test_errors_to_expect_are_what_confidences_lack_to_certainty() -> None:
    summary = summarise(Reviewed(record()))
    assert summary.expected_errors == pytest.approx(0.1 + 0.4 + 0.3)
    assert summary.lowest_confidence == 0.6
    assert (summary.facts, summary.decided, summary.status) == (3, 0, "new")


def test_what_somebody_decided_is_no_longer_expected_to_be_wrong() -> None:
    summary = summarise(after({"r2": mark("accepted"), "r1": mark(None)}))
    assert summary.expected_errors == pytest.approx(0.1 + 0.3)
    assert summary.lowest_confidence == 0.7
    assert (summary.facts, summary.decided) == (3, 1)


def test_a_note_decides_nothing_but_its_writer_was_here_last() -> None:
    summary = summarise(after({"r1": mark("accepted", "Ada Nkemelu", 1), "r3": mark(None, "Ruy Salgado", 5)}))
    assert summary.reviewer == "Ruy Salgado"
    assert summary.decided == 1


def test_what_is_known_of_the_document_is_kept_for_the_queue() -> None:
    summary = summarise(Reviewed(record()))
    assert (summary.title, summary.series, summary.year) == (
        "Grand Prix de Valmorel",
        "Coupe des Alpages",
        1964,
    )
    assert summary.drivers_text == "Henri Tavel Luc Orsini Orsini"


def test_the_year_is_that_of_publication_where_nothing_else_tells() -> None:
    document = Document(id="x", sha256="0" * 64, text=TEXT, published_on=AT.date())
    assert year_of(record(event=Event(), document=document)) == 2026
    assert year_of(record(event=Event())) is None


def test_a_document_without_words_has_no_title() -> None:
    blank = RaceRecord(
        document=Document(id="x", sha256="0" * 64, text=" \n\n"),
        coverage=Coverage(characters=3, characters_read=0),
    )
    assert title_of(blank) is None
    assert summarise(Reviewed(blank)).priority == 0
    assert summarise(Reviewed(blank)).lowest_confidence is None


def test_doubtful_facts_come_before_sure_ones_and_short_texts_before_long_ones() -> None:
    doubtful = summarise(Reviewed(record()))
    sure = record(results=tuple(r.model_copy(update={"confidence": 0.99}) for r in record().results))
    long = record(document=record().document.model_copy(update={"text": TEXT + " " * 20_000}))
    assert doubtful.priority > summarise(Reviewed(sure)).priority > 0
    assert doubtful.priority > summarise(Reviewed(long)).priority


def test_nothing_waits_in_a_document_that_is_done() -> None:
    assert summarise(after({}, status="reviewed")).priority == 0
    assert summarise(after({}, status="rejected")).priority == 0
    assert summarise(after({}, status="disputed")).priority > 0


def test_broken_logic_counts_only_beyond_what_confidences_already_doubt() -> None:
    plain = summarise(Reviewed(record()))
    sure = tuple(r.model_copy(update={"confidence": 0.999}) for r in record().results)
    two = Finding(
        code="count_mismatch",
        severity="error",
        message="deux places, trois noms",
        about=("d1", "d2", "r1", "r2"),
    )
    same_doubt = summarise(Reviewed(record(findings=(two,)))).priority - plain.priority
    among_sure = summarise(Reviewed(record(findings=(two,), results=sure))).priority
    assert summarise(Reviewed(record(findings=(two,)))).findings == ("count_mismatch",)
    assert summarise(Reviewed(record(findings=(two,)))).broken == pytest.approx(0.9)
    assert among_sure > same_doubt > 0


def test_counts_add_up_what_became_of_things_and_what_confidences_promised() -> None:
    summary = summarise(
        after({"r1": mark("accepted"), "r2": mark("edited")}, changed("r2", position=3), "reviewed"), record()
    )
    assert summary.counts["results.final:accepted"] == 1
    assert summary.counts["results.final:edited"] == 1
    assert summary.counts["results.grid:undecided"] == 1
    assert summary.counts["drivers:undecided"] == 2
    assert summary.counts["calibration:9:judged:right"] == 1
    assert "calibration:6:judged:right" not in summary.counts
    assert summary.counts["calibration:7:left:confidence"] == pytest.approx(0.7)


def test_confidences_are_measured_in_reviewed_documents_alone() -> None:
    counts = summarise(after({"r1": mark("accepted")}), record()).counts
    assert not [name for name in counts if name.startswith("calibration")]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [({"laps": 12}, "detailed"), ({"position": 3}, "edited"), ({"drivers": ("d1",)}, "edited")],
)
def test_an_edit_of_details_alone_says_that_the_fact_was_right(change: dict[str, Any], outcome: str) -> None:
    became = {
        fate.id: fate.outcome
        for fate in fates(after({"r2": mark("edited")}, changed("r2", **change)), record())
    }
    assert became["r2"] == outcome


def test_merging_people_changes_nothing_that_their_results_say() -> None:
    merged = replace(mark("merged"), into="d1")
    edited = changed("r2", drivers=("d1",), laps=12)
    fate = next(
        f for f in fates(after({"r2": mark("edited"), "d2": merged}, edited), record()) if f.id == "r2"
    )
    assert fate.outcome == "detailed"


def test_what_was_decided_is_measured_by_the_confidence_that_the_extractor_had() -> None:
    sure = after({"r2": mark("accepted")}, changed("r2", confidence=1.0), "reviewed")
    fate = next(f for f in fates(sure, record()) if f.id == "r2")
    assert fate.confidence == 0.6
    assert next(f for f in fates(sure) if f.id == "r2").confidence is None
    assert "calibration:9:judged:n" not in summarise(sure).counts


@pytest.mark.parametrize(
    ("verdict", "outcome", "judged"),
    [("rejected", "rejected", True), ("merged", "merged", True), ("unanchored", "unanchored", False)],
)
def test_what_left_the_record_is_counted_by_why_it_left(verdict: Verdict, outcome: str, judged: bool) -> None:
    fate = next(fate for fate in fates(gone("r3", verdict), record()) if fate.id == "r3")
    assert (fate.kind, fate.outcome, fate.judged, fate.confidence) == ("results.grid", outcome, judged, 0.7)


def test_what_a_reviewer_brought_in_was_missed_and_what_he_took_away_again_never_was() -> None:
    extracted = record()
    own = result("rx0123456789", "devant Luc Orsini", "d2", 1.0, position=2)
    added = extracted.model_copy(update={"results": (*extracted.results, own)})
    kept = after({own.id: mark("edited")}, added)
    again = replace(after({own.id: mark("rejected")}), gone={own.id: Gone("results", own.model_dump())})
    for before in (None, extracted):
        assert {f.outcome for f in fates(kept, before) if f.id == own.id} == {"added"}
        assert not [f for f in fates(again, before) if f.id == own.id]
    assert summarise(kept).decided == 1

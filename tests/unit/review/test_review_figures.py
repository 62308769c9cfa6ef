"""Figures of the archive: shares with their base, accuracy on reviewed documents, how far review has come."""

from __future__ import annotations

import pytest

from extractor.review.figures import StatusSums, accuracy, outcomes_by_kind, progress, share


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_of_the_literature(part: int, whole: int, low: float, high: float) -> None:
    found = share(part, whole)
    assert found is not None
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_of_nothing_there_is_no_share() -> None:
    assert share(0, 0) is None


REVIEWED = {
    "results.final:accepted": 6.0,
    "results.final:undecided": 3.0,
    "results.final:edited": 1.0,
    "results.final:added": 2.0,
    "incidents:rejected": 2.0,
    "incidents:unanchored": 5.0,
    "drivers:merged": 1.0,
    "drivers:undecided": 9.0,
}


def test_accuracy_tells_right_from_wrong_and_missed() -> None:
    lines = {line.kind: line for line in accuracy({"reviewed": REVIEWED, "new": {"quotes:undecided": 4.0}})}
    assert list(lines) == ["all", "results.final", "incidents", "drivers"]
    final = lines["results.final"]
    assert (final.found, final.let_stand, final.missed) == (10, 3, 3)
    assert final.precision is not None
    assert (final.precision.part, final.precision.whole) == (9, 10)
    assert final.judged is not None
    assert (final.judged.part, final.judged.whole) == (6, 7)
    assert final.recall is not None
    assert (final.recall.part, final.recall.whole) == (9, 12)


def test_what_lost_its_place_in_the_text_is_neither_right_nor_wrong() -> None:
    lines = {line.kind: line for line in accuracy({"reviewed": REVIEWED})}
    assert lines["incidents"].found == 2
    assert lines["incidents"].recall is None


def test_people_are_not_counted_among_the_facts() -> None:
    everything = accuracy({"reviewed": REVIEWED})[0]
    assert everything.kind == "all"
    assert everything.found == 12


def test_without_reviewed_documents_there_is_no_accuracy() -> None:
    assert accuracy({"in_review": REVIEWED}) == ()
    assert accuracy({}) == ()


def test_facts_are_counted_over_documents_of_every_status() -> None:
    table = outcomes_by_kind({"reviewed": REVIEWED, "new": {"results.final:undecided": 4.0}})
    assert table["results.final"] == {"undecided": 7, "accepted": 6, "edited": 1, "added": 2}
    assert "quotes" not in table


def test_progress_counts_as_done_what_a_reviewer_has_marked_so() -> None:
    found = progress(
        {
            "new": StatusSums(documents=90, facts=900, decided=0, expected_errors=200.0),
            "disputed": StatusSums(documents=2, facts=20, decided=20, expected_errors=0.0),
            "reviewed": StatusSums(documents=7, facts=70, decided=50, expected_errors=1.5),
            "rejected": StatusSums(documents=1, facts=9, decided=0, expected_errors=3.0),
        }
    )
    assert (found.documents, found.done) == (100, 8)
    assert (found.facts, found.decided) == (999, 70)
    assert found.expected_errors == pytest.approx(200.0)
    assert found.let_stand == 20


def test_an_empty_archive_has_come_nowhere() -> None:
    assert progress({}).documents == 0

"""What confidences are worth: bins, expected error, and silence where there is too little."""

from __future__ import annotations

import pytest

from extractor.review.calibration import FEWEST, calibration
from extractor.review.summary import bin_of


def counts(*bins: tuple[int, str, int, int, float]) -> dict[str, dict[str, float]]:
    """Return counts of bins: number, judged or left, facts, right ones, mean confidence."""
    table: dict[str, float] = {}
    for number, way, n, right, confidence in bins:
        where = f"calibration:{number}:{way}"
        table |= {f"{where}:n": n, f"{where}:right": right, f"{where}:confidence": n * confidence}
    return {"reviewed": table}


def test_confidences_that_promise_too_much_are_found_out() -> None:
    found = calibration(counts((9, "judged", 300, 240, 0.95), (4, "judged", 100, 45, 0.45)))  # type: ignore[arg-type]
    assert found.facts == 400
    assert [one.low for one in found.bins] == [0.4, 0.9]
    assert found.error == pytest.approx(300 * 0.15 / 400)
    assert found.by_chance == pytest.approx(0.01745, abs=1e-5)


def test_with_too_few_facts_no_number_is_told() -> None:
    found = calibration(counts((9, "judged", FEWEST - 1, FEWEST - 1, 0.95)))  # type: ignore[arg-type]
    assert found.error is None
    assert found.by_chance is None
    assert found.bins[0].right.whole == FEWEST - 1


def test_what_was_let_stand_can_be_left_out() -> None:
    both = counts((9, "judged", 150, 100, 0.9), (9, "left", 150, 150, 0.98))
    assert calibration(both).bins[0].confidence == pytest.approx(0.94)  # type: ignore[arg-type]
    alone = calibration(both, with_let_stand=False)  # type: ignore[arg-type]
    assert alone.facts == 150
    assert alone.bins[0].right.part == 100


def test_documents_that_nobody_finished_tell_nothing() -> None:
    unfinished = {"in_review": counts((9, "judged", 500, 400, 0.9))["reviewed"]}
    assert calibration(unfinished).facts == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(("confidence", "number"), [(0.0, 0), (0.1, 1), (0.799, 7), (0.999, 9), (1.0, 9)])
def test_every_confidence_has_its_bin(confidence: float, number: int) -> None:
    assert bin_of(confidence) == number

"""The benchmark of the queue measures what it says it does."""

from __future__ import annotations

import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

from benchmarks.review_queue import main
from extractor.review.queue import ORDERS


@pytest.mark.slow
def test_every_order_and_filter_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--documents", "300", "--rounds", "1", "--check"]) == 0
    said = capsys.readouterr().out
    assert "300 documents made" in said
    assert all(f"order {order}" in said for order in ORDERS)
    assert said.count("filter ") >= 10

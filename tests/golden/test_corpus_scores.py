"""The corpus is read no worse than at the newest release whose scores are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.scoreboard.board import Board, score_readings
from extractor.scoreboard.reading import load_reports, read_reports
from extractor.scoreboard.releases import WATCHED, Release, compared, read_releases
from extractor.scoring.report import composite

ROOT = Path(__file__).resolve().parents[2]
CORPUS, SCORES = ROOT / "corpus", ROOT / "docs/scores"
MODEL = ROOT / "models" / "fr_parcferme"


def newest() -> Release | None:
    return next((one for one in read_releases(SCORES) if WATCHED in one["splits"]), None)


pytestmark = [
    pytest.mark.skipif(not any(CORPUS.glob("texts/dev/*.report")), reason="no corpus here"),
    pytest.mark.skipif(newest() is None, reason="no scores kept"),
]


@pytest.fixture(scope="module")
def board() -> Board:
    # As it is shipped: with the model, where there is one.
    model = str(MODEL) if MODEL.is_dir() else "none"
    return score_readings(read_reports(load_reports(CORPUS, [WATCHED]), model=model))


def test_dev_is_read_no_worse_than_at_the_newest_release(board: Board) -> None:
    release = newest()
    assert release is not None
    comparison = compared(release, board)
    if comparison.floor is None:
        pytest.skip(f"too few of the reports that {release['version']} was scored on are here unchanged")
    fallen = "\n".join(
        f"  {kind}: {then:.3f}, now {now:.3f}" for kind, then, now in comparison.fallen_kinds()
    )
    then, now = composite(comparison.then), composite(comparison.now)
    assert not comparison.has_fallen, (
        f"{len(comparison.names)} reports: composite {now}, at {release['version']} {then}, "
        f"with {comparison.floor:.3f} as the lower end of its interval. What has fallen:\n{fallen}"
    )


def test_every_report_of_dev_is_read_without_a_fault(board: Board) -> None:
    assert [(document.name, document.fault) for document in board.faults] == []

"""What is kept of a release, and comparing with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from board_builders import FAULT, board, changed, reading, report

from extractor.errors import InputError, UsageError
from extractor.scoreboard.releases import (
    checked_version,
    compared,
    read_release,
    read_releases,
    release_text,
    with_board,
)
from extractor.scoreboard.releases_page import releases_page

REPORTS = [report(name) for name in ("albi", "pau", "dijon")]


def perfect(split: Any = "dev") -> Any:
    return board(*(reading(one, split=split) for one in REPORTS))


def worse(count: int) -> Any:
    """Return a board on which the first reports lack their incidents and quotes."""
    lacking = [changed(one.record, incidents=(), quotes=()) for one in REPORTS[:count]]
    return board(
        *(reading(one, lacking[number] if number < count else None) for number, one in enumerate(REPORTS))
    )


def kept(folder: Path, version: str, *boards: Any) -> Any:
    release = None
    for one in boards:
        release = with_board(release, version, one)
    assert release is not None
    (folder / f"{version}.json").write_text(release_text(release), encoding="utf-8")
    return read_release(folder / f"{version}.json")


def test_the_same_scores_give_the_same_file() -> None:
    first, second = (release_text(with_board(None, "0.2.0", worse(1))) for _ in range(2))
    assert first == second
    assert json.loads(first)["splits"]["dev"]["documents"] == 3


def test_other_splits_of_the_release_stay(tmp_path: Path) -> None:
    release = kept(tmp_path, "0.2.0", perfect("train"), worse(1))
    assert list(release["splits"]) == ["dev", "train"]
    assert release["splits"]["train"]["composite"]["f1"] == 1.0


@pytest.mark.parametrize("split", ["train", "test", "far"])
def test_reports_are_kept_one_by_one_for_dev_alone(tmp_path: Path, split: Any) -> None:
    release = kept(tmp_path, "0.2.0", perfect(split), worse(1))
    assert set(release["splits"]["dev"]["reports"]) == {"albi", "pau", "dijon"}
    assert "reports" not in release["splits"][split]


def test_what_confidences_are_worth_and_the_model_are_kept_with_each_split() -> None:
    release = with_board(None, "0.2.0", perfect(), model="0.2.0+ab")
    release = with_board(release, "0.2.0", perfect("test"))
    dev, test = (release["splits"][split] for split in ("dev", "test"))
    assert (dev["model"], test["model"]) == ("0.2.0+ab", None)
    worth = dev["calibration"]["all"]
    assert worth["true"] == 1.0
    assert worth["ece"] == pytest.approx(1 - worth["said"], abs=1e-3)
    assert sum(count for count, _, _ in worth["bins"]) == worth["facts"]
    assert dev["calibration"]["quotes"]["facts"] == 3


def test_no_word_of_a_text_is_kept() -> None:
    broken = board(*(reading(one, FAULT, "test") for one in REPORTS))
    text = release_text(with_board(with_board(None, "0.2.0", broken), "0.2.0", worse(2)))
    assert not [word for word in ("Varnier", "Tarn", "parfaite", "Traceback") if word in text]


def test_a_report_takes_one_line() -> None:
    lines = release_text(with_board(None, "0.2.0", perfect())).splitlines()
    assert sum('"tallies"' in line for line in lines) == 3


def test_unchanged_readings_have_not_fallen(tmp_path: Path) -> None:
    comparison = compared(kept(tmp_path, "0.2.0", worse(1)), worse(1))
    assert comparison.names == ("albi", "dijon", "pau")
    assert not comparison.has_fallen
    assert list(comparison.fallen_kinds()) == []


def test_a_fall_below_the_interval_is_told_with_its_kinds(tmp_path: Path) -> None:
    comparison = compared(kept(tmp_path, "0.2.0", perfect()), worse(1))
    assert comparison.floor == 1.0
    assert comparison.has_fallen
    fallen = {kind: (then, now) for kind, then, now in comparison.fallen_kinds()}
    assert fallen["quotes"] == (1.0, pytest.approx(0.8))
    assert "drivers" not in fallen


def test_a_fall_within_the_interval_is_no_alarm(tmp_path: Path) -> None:
    comparison = compared(kept(tmp_path, "0.2.0", worse(1)), worse(2))
    assert list(comparison.fallen_kinds())
    assert not comparison.has_fallen


def test_only_reports_whose_text_and_gold_are_unchanged_are_compared(tmp_path: Path) -> None:
    release = kept(tmp_path, "0.2.0", perfect())
    now = board(reading(report("albi", more="Nouvelle fin.")), reading(REPORTS[1]), reading(report("neuf")))
    comparison = compared(release, now)
    assert comparison.names == ("pau",)
    assert comparison.floor is None
    assert not comparison.has_fallen


@pytest.mark.parametrize("version", ["../x", "0.2.0/..", "", "neuf", "0.2.0 ", ".1", "1"])
def test_what_is_no_version_is_refused(version: str) -> None:
    with pytest.raises(UsageError):
        checked_version(version)


def test_releases_come_newest_first(tmp_path: Path) -> None:
    versions = ["0.9.0", "0.10.0", "0.10.0rc2", "0.10.0rc10", "0.2.0"]
    for version in versions:
        kept(tmp_path, checked_version(version), perfect())
    (tmp_path / "ablation.json").write_text("{}", encoding="utf-8")
    found = [release["version"] for release in read_releases(tmp_path)]
    assert found == ["0.10.0", "0.10.0rc10", "0.10.0rc2", "0.9.0", "0.2.0"]


def test_a_file_that_holds_something_else_is_an_input_error(tmp_path: Path) -> None:
    for content in ("{", "[]", "{}", '{"splits": 3}'):
        (tmp_path / "0.1.0.json").write_text(content, encoding="utf-8")
        with pytest.raises(InputError):
            read_releases(tmp_path)


def test_the_page_has_a_line_for_each_release_and_split(tmp_path: Path) -> None:
    old, new = kept(tmp_path, "0.1.0", worse(2)), kept(tmp_path, "0.2.0", perfect(), perfect("far"))
    page = releases_page([new, old])
    lines = [line for line in page.splitlines() if line.startswith("| [")]
    assert [line.split("]")[0] for line in lines] == ["| [0.2.0", "| [0.1.0", "| [0.2.0"]
    assert "**1.000 [1.000, 1.000]**" in lines[0]
    assert page.index("## dev") < page.index("## far")
    assert "## test" not in page

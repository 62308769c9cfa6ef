"""Counting: slices, the worst, errors, and reports that cannot be read."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from board_builders import FAULT, board, changed, reading, report, scored, source, write_corpus
from rich.console import Console

import extractor
from extractor.errors import InputError
from extractor.scoreboard.board import DIMENSIONS, FEW
from extractor.scoreboard.reading import load_reports, read_reports
from extractor.scoreboard.table import render


def test_a_perfect_reading_scores_one_and_has_no_mistakes() -> None:
    document = scored(report())
    assert document.composite == 1.0
    assert document.mistakes == ()


def test_slices_have_the_documents_that_share_something() -> None:
    old, new = report("albi", year=1934), report("pau", year=2021, discipline="rally")
    empty = changed(new.record, drivers=(), teams=(), entries=(), results=(), incidents=(), quotes=())
    slices = board(reading(old), reading(new, empty)).slices
    assert list(slices) == list(DIMENSIONS)
    assert [(s.value, s.size, s.to_dict()["composite"]) for s in slices["era"]] == [
        ("1930s", 1, 1.0),
        ("2020s", 1, 0.0),
    ]
    assert [s.value for s in slices["discipline"]] == ["rally", "touring"]
    assert [s.size for s in slices["author"]] == [2]


def test_small_slices_are_marked_and_have_no_interval() -> None:
    few = [reading(report(f"r{n}", author="a01")) for n in range(FEW - 1)]
    enough = [reading(report(f"s{n}", author="a02")) for n in range(FEW)]
    small, large = board(*few, *enough).slices["author"]
    assert (small.is_small, small.interval) == (True, None)
    assert (large.is_small, large.interval) == (False, (1.0, 1.0))


def test_an_empty_board_has_no_figures_and_no_slices() -> None:
    figures = board().to_dict()
    assert figures["composite"] is None
    assert figures["slices"] == {dimension: {} for dimension in DIMENSIONS}
    assert set(figures["intervals"].values()) == {None}


def test_an_empty_board_and_hostile_names_can_be_shown() -> None:
    console = Console(file=io.StringIO(), width=110)
    render(board(), console)
    render(board(reading(report("a\x1b[31mb"))), console, "en", per_document=True)
    shown = console.file.getvalue()
    assert "\x1b" not in shown
    assert "touring" in shown


def test_several_splits_are_slices_too_and_part_of_the_names() -> None:
    both = board(reading(report(), split="train"), reading(report()))
    assert [s.value for s in both.slices["split"]] == ["dev", "train"]
    assert set(both.to_dict()["documents"]) == {"train/albi", "dev/albi"}
    assert both.of("dev").splits == ("dev",)


def test_what_could_not_be_read_counts_as_empty_and_is_worst() -> None:
    both = board(reading(report("albi")), reading(report("pau"), FAULT))
    assert [document.name for document in both.worst(1)] == ["pau"]
    assert both.total.tallies["drivers"].fn == 3
    assert both.to_dict()["faults"] == {"pau": "KeyError"}


def test_the_figures_hold_no_word_of_the_texts() -> None:
    one = report()
    wrong = changed(one.record, incidents=(), quotes=())
    figures = json.dumps(board(reading(one, wrong), reading(report("pau"), FAULT)).to_dict())
    assert not [word for word in ("Varnier", "varnier", "Tarn", "parfaite") if word in figures]


def test_reading_goes_on_after_an_exception(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reports = {"a": source(), "b": source(more="BOGUE"), "c": source()}
    folder = write_corpus(tmp_path, dev=reports)
    moved = []

    def extract(text: str, **_: object) -> object:
        if "BOGUE" in text:
            raise RuntimeError("a bug\nof ours")
        return one.record

    one = report()
    monkeypatch.setattr(extractor, "extract", extract)
    readings = read_reports(load_reports(folder, ["dev"]), jobs=1, advance=lambda: moved.append(1))
    scored_board = board(*readings)
    assert [document.name for document in scored_board.faults] == ["b"]
    fault = scored_board.faults[0].fault
    assert fault is not None
    assert (fault.kind, fault.message) == ("RuntimeError", "a bug")
    assert "extract" in fault.trace
    assert [d.composite for d in scored_board.documents] == [1.0, 0.0, 1.0]
    assert len(moved) == 3


def test_several_processes_read_what_one_does(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, dev={name: source(more=name) for name in ("a", "b", "c")})
    reports = load_reports(folder, ["dev"])
    alone, together = (read_reports(reports, jobs=jobs) for jobs in (1, 2))
    assert [r.record for r in alone] == [r.record for r in together]
    assert [r.report.name for r in together] == ["a", "b", "c"]


def test_of_all_splits_the_empty_ones_are_left_out(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, dev={"a": source()}, far={})
    everything = ("train", "dev", "test", "far")
    assert [split for split, _ in load_reports(folder, everything)] == ["dev"]
    with pytest.raises(InputError):
        load_reports(folder, ["far"])
    with pytest.raises(InputError):
        load_reports(tmp_path / "nowhere", everything)

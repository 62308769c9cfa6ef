"""Slips that are found, and what settles them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.corpus.check import problems_of
from extractor.corpus.report import Report
from extractor.corpus.whole import problems_of_corpus, seal
from tests.unit.corpus.conftest import FACTS, TEXT

Compiled = Callable[..., Report]


def codes(report: Report) -> set[str]:
    return {problem.code for problem in problems_of(report, frozenset({"paul"}))}


def test_a_clean_report_has_no_problem(compiled: Compiled) -> None:
    assert codes(compiled()) == set()


@pytest.mark.parametrize(
    ("text", "facts", "code"),
    [
        (TEXT, FACTS.replace("accept length: short on purpose", ""), "length"),
        (TEXT + " Bravo Lorieux !", FACTS, "unmarked_name"),
        (TEXT + " Paul Orsoni sourit.", FACTS, "unmarked_person"),
        (TEXT + " « Une course que je n'oublierai plus jamais de ma vie. »", FACTS, "unmarked_quote"),
        (TEXT.replace("« <q1>", "<q1>« "), FACTS, "marks_in_quote"),
        (TEXT, FACTS + "final c @l: 2 fargeat\n", "two_holders"),
        (TEXT, FACTS + "final c @l: 3 fargeat 6:01\n", "times_disorder"),
        (
            TEXT + " [[Roux|roux]]",
            FACTS.replace("accept idle_driver: likewise", "") + "drivers: roux\n",
            "idle_driver",
        ),
        (TEXT, FACTS + 'incident retirement c ravier @"6 m. 40 s."\n', "retired_without_result"),
        (TEXT + " <z>rien</z>", FACTS, "unused_label"),
        (TEXT + " [[Roux|roux]]", FACTS, "undeclared_key"),
    ],
)
def test_slips_are_found(compiled: Compiled, text: str, facts: str, code: str) -> None:
    assert codes(compiled(text=text, facts=facts)) == {code}


def test_an_accepted_doubt_is_silent_but_an_error_is_not(compiled: Compiled) -> None:
    accepted = FACTS + "accept unmarked_person: a town\naccept unmarked_name: no\n"
    assert codes(compiled(text=TEXT + " Paul Orsoni, Lorieux.", facts=accepted)) == {"unmarked_name"}


def test_the_corpus_as_a_whole(compiled: Compiled, tmp_path: Path) -> None:
    for split in ("test", "far"):
        (tmp_path / "texts" / split).mkdir(parents=True)
    sealed = tmp_path / "texts" / "test" / "a.report"
    sealed.write_text("un", encoding="utf-8")
    (tmp_path / "SHA256SUMS").write_text(seal(tmp_path), encoding="utf-8")
    report = compiled()
    found = {p.code for p in problems_of_corpus({"train": [report], "far": [report]}, tmp_path)}
    assert found == {"shared_name", "not_far", "too_little", "too_much"}
    sealed.write_text("deux", encoding="utf-8")
    assert "seal_broken" in {p.code for p in problems_of_corpus({"train": [report]}, tmp_path)}

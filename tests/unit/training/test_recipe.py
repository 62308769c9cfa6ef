"""What facts are worth is learnt from unread reports, each judged by what was learnt from the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import pytest

from extractor.neural.fitting import FitSettings
from extractor.neural.heads import Reader
from extractor.neural.runtime import NumpyEncoder
from extractor.pipeline.model.settling import settle
from extractor.record import RaceRecord, ResultKind
from extractor.training.recipe import Seen, Unread, decided, lessons_of, recipe, see, settings_of
from tests.unit.neural.pages import Page, brumeval
from tests.unit.neural.tiny import SHAPE, random_heads, random_weights
from tests.unit.pipeline.model.thoughts import sentences, windowing

pytest.importorskip("torch")  # the recipe ends with training


@dataclass(frozen=True)
class Report:
    name: str
    gold: RaceRecord
    read: RaceRecord


def misreading() -> Page:
    """The report with what the rules made up: a pole of which they are not sure, and somebody who is none."""
    page = brumeval()
    page.result("grid", 1, "d3", said="moteur cassé", confidence=0.1)
    page.result("grid", 2, "d2", said="devant Jean Tavernier", confidence=0.9)
    page.driver("Brumeval")
    return page


def seen(name: str = "un") -> Seen:
    reader = Reader(windowing(), NumpyEncoder(SHAPE, random_weights()), random_heads())
    gold = brumeval()
    gold.result("grid", 1, "d1", said="Marchal reste premier")
    gold.result("grid", 2, "d2", said="devant Jean Tavernier")
    return see(reader, Unread(name, gold.record, misreading().record, sentences(gold.text)))


def judged(one: Seen) -> dict[tuple[str, tuple[str, ...]], bool | None]:
    facts = one.looked.facts
    return {(fact.kind, fact.ids): right for fact, right in zip(facts, one.correct, strict=True)}


def test_facts_are_held_against_gold() -> None:
    found = judged(seen())
    assert found["results.final", ("r1",)] is True
    assert found["results.grid", ("r5",)] is False
    assert found["retirements", ("s1", "d3")] is True
    assert found["entries", ("d1", "t1")] is True
    assert found["drivers", ("d1",)] is True
    assert found["drivers", ("d4",)] is False


@pytest.mark.slow
def test_what_is_mostly_wrong_is_doubted_and_nothing_that_the_rules_tell_leaves() -> None:
    reports = [seen(f"nº {number}") for number in range(6)]
    decisions = decided(reports)
    one = reports[0]
    chances = {
        (fact.kind, fact.ids): chance
        for fact, chance in zip(one.looked.facts, decisions.chances(one.looked.facts), strict=True)
    }
    assert chances["results.final", ("r1",)] > 0.7 > 0.3 > chances["results.grid", ("r5",)]
    settled = settle(one.looked.record, chances, decisions)
    places = {(r.kind, r.position, r.scope, r.drivers) for r in settled.results}
    assert ("final", 1, "overall", ("d1",)) in places
    assert ("final", 2, "overall", ("d2",)) in places
    assert ("grid", 2, "overall", ("d2",)) in places
    doubted = next(r for r in settled.results if (r.kind, r.position) == ("grid", 1))
    assert (doubted.drivers, doubted.confidence) == (
        ("d3",),
        pytest.approx(chances["results.grid", ("r5",)], abs=5e-4),
    )
    assert [driver.name for driver in settled.drivers][:3] == [
        "Louis Marchal",
        "Jean Tavernier",
        "Paul Ortolan",
    ]
    RaceRecord.model_validate(settled.model_dump())


def test_nothing_unread_teaches_nothing() -> None:
    decisions = decided([])
    assert (decisions.weights, decisions.keep, decisions.add) == ({}, {}, {})
    for kind in get_args(ResultKind):
        assert decisions.least(f"results.{kind}", proposed=False) == 0
        assert decisions.least(f"results.{kind}", proposed=True) == 1


def test_no_report_is_scored_by_what_was_learnt_from_it() -> None:
    from extractor.training.recipe import _scores_of_others

    reports = [seen(f"nº {number}") for number in range(3)]
    before = _scores_of_others(reports, 3.0)
    assert [len(scores) for scores in before] == [len(one.looked.facts) for one in reports]
    reports[0].correct = [None if right is None else not right for right in reports[0].correct]
    after = _scores_of_others(reports, 3.0)
    assert after[0] == before[0]
    assert after[1] != before[1]
    (alone,) = _scores_of_others(reports[:1], 3.0)
    assert not np.any(alone)


# --- lessons


def test_variants_belong_to_their_report() -> None:
    one, other = brumeval().record, misreading().record
    reports = [
        Report("albi", one, other),
        Report("pau", one, one),
        Report("albi~0", one, one),
        Report("albi~1", one, one),
    ]
    lessons = lessons_of(reports)
    assert [(lesson.name, len(lesson.variants)) for lesson in lessons] == [("albi", 2), ("pau", 0)]
    assert len(lessons[0].read.people) == 4
    assert len(lessons[0].gold.people) == 3


def test_a_variant_without_its_report_is_a_lesson_of_its_own() -> None:
    one = brumeval().record
    lessons = lessons_of([Report("albi~0", one, one), Report("albi~1", one, one)])
    assert [(lesson.name, len(lesson.variants)) for lesson in lessons] == [("albi", 1)]


# --- settings


def test_the_recipe_says_how_to_train_and_may_be_told_otherwise() -> None:
    usual = settings_of()
    assert usual == FitSettings(**recipe()["fit"])
    changed = settings_of(epochs=2, seed=9)
    assert (changed.epochs, changed.seed, changed.batch) == (2, 9, usual.batch)
    assert settings_of() == usual
    assert recipe()["weights"]["penalty"] > 0

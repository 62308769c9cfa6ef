"""Weights are fitted, kept and read again; what was made with other features is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest

from extractor.neural.calibration import Calibrator
from extractor.pipeline.model.deciding import Decisions, Weights, group_of
from extractor.pipeline.model.proposals import MARK, Candidates, propose
from extractor.pipeline.model.settling import with_candidates
from extractor.pipeline.model.weighing import FEATURES, Weighed, logit, weigh
from tests.unit.neural.pages import brumeval
from tests.unit.pipeline.model.thoughts import Thought, sentences

AT = {name: number for number, name in enumerate(FEATURES)}


def some_facts(count: int = 200, seed: int = 1) -> tuple[np.ndarray, list[bool]]:  # type: ignore[type-arg]
    """Return rows of which the first two numbers say, with some noise, what is right."""
    draw = np.random.default_rng(seed)
    rows = draw.normal(0, 1, (count, len(FEATURES))).astype(np.float32)
    rows[:, 5] = 3.0  # says nothing, and is the same for all
    right = rows[:, 0] - rows[:, 1] + draw.normal(0, 0.2, count) > 0
    return rows, right.tolist()


def decisions() -> Decisions:
    rows, right = some_facts()
    weights = {"results.final": Weights.fit(rows, right, 1.0), "results.rare": Weights.fit(rows, right, 9.0)}
    kinds, documents = ["results.final"] * 200, [f"d{k % 7}" for k in range(200)]
    scores = weights["results.final"].score(rows)
    calibrator = Calibrator.fit(kinds, scores, right, documents)
    return Decisions(
        weights, calibrator, {"results.final": 0.3}, {"results.final": 0.45, "results.grid": 2.0}
    )


def fact(kind: str, **features: float) -> Weighed:
    numbers = np.zeros(len(FEATURES), np.float32)
    for name, value in features.items():
        numbers[AT[name]] = value
    return Weighed(kind, ("r1",), numbers)


# --- weights


def test_what_can_be_told_apart_is_told_apart() -> None:
    rows, right = some_facts()
    weights = Weights.fit(rows, right, 1.0)
    others, truth = some_facts(seed=2)
    assert np.mean((weights.score(others) > 0.5) == truth) > 0.9
    assert weights.weights[0] > 1 > -1 > weights.weights[1]
    assert np.abs(weights.weights[2:-1]).max() < 0.8


def test_a_stronger_penalty_makes_smaller_weights_and_keeps_the_share() -> None:
    rows, right = some_facts()
    right = [one or k % 2 == 0 for k, one in enumerate(right)]
    sizes = []
    for penalty in (0.1, 3.0, 100.0, 1e6):
        weights = Weights.fit(rows, right, penalty)
        sizes.append(float(np.square(weights.weights[:-1]).sum()))
        assert weights.score(rows).mean() == pytest.approx(np.mean(right), abs=0.01)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 1e-6


@pytest.mark.parametrize("right", [True, False])
def test_where_all_is_right_or_wrong_the_numbers_stay_finite(right: bool) -> None:
    rows, _ = some_facts(30)
    found = Weights.fit(rows, [right] * 30, 3.0).score(rows)
    assert np.isfinite(found).all()
    assert ((found > 0.9) == right).all()


def test_one_row_has_one_score() -> None:
    rows, right = some_facts()
    weights = Weights.fit(rows, right, 1.0)
    assert weights.score(rows[0]).tolist() == pytest.approx(weights.score(rows)[:1].tolist())


# --- decisions


def test_decisions_are_kept_as_json_and_read_again() -> None:
    before = decisions()
    after = Decisions.from_json(json.loads(json.dumps(before.to_json())))
    facts = [fact("results.final", told=t, contrary=c) for t in (-2, 0, 2) for c in (-1, 1)]
    facts.append(fact("results.grid", told=1.5))
    assert after.scores(facts) == pytest.approx(before.scores(facts), abs=1e-3)
    assert after.chances(facts) == pytest.approx(before.chances(facts), abs=1e-2)
    assert (after.keep, after.add) == (before.keep, before.add)
    assert after.to_json() == before.to_json()


def test_those_made_with_other_features_are_refused() -> None:
    for features in (FEATURES[:-1], (*FEATURES, "more"), (FEATURES[1], FEATURES[0], *FEATURES[2:])):
        with pytest.raises(ValueError, match="other features"):
            Decisions.from_json({**decisions().to_json(), "features": list(features)})
    with pytest.raises(KeyError):
        Decisions.from_json({})


def test_rare_kinds_share_their_weights() -> None:
    assert {group_of(f"results.{kind}") for kind in ("grid", "qualifying", "running")} == {"results.rare"}
    assert [group_of(kind) for kind in ("results.final", "entries")] == ["results.final", "entries"]
    rare, final = decisions().scores([fact("results.grid", told=2), fact("results.final", told=2)])
    assert 0.5 < rare < final  # the same evidence under a stronger penalty


def test_a_surer_fact_is_likelier() -> None:
    chances = decisions().chances([fact("results.final", told=t) for t in (-2, -0.5, 0.5, 2)])
    assert chances == sorted(chances)
    assert chances[0] < 0.5 < chances[-1]
    assert decisions().chances([]) == []


def test_what_was_never_learnt_of_is_left_to_the_rules() -> None:
    found = decisions()
    assert found.least("quotes", proposed=False) == 0.0
    assert found.least("quotes", proposed=True) == 1.0
    assert found.least("results.final", proposed=False) == 0.3
    assert found.least("results.grid", proposed=True) == 2.0


# --- what facts are weighed by


def weighed(
    thought: Thought, found: Candidates | None = None
) -> dict[tuple[str, tuple[str, ...]], dict[str, float]]:
    page = brumeval()
    record = page.record if found is None else with_candidates(page.record, found)
    rows = weigh(record, thought.opinion, sentences(page.text), {} if found is None else found.chances)
    return {(one.kind, one.ids): dict(zip(FEATURES, one.features.tolist(), strict=True)) for one in rows}


def test_every_fact_is_weighed_once() -> None:
    assert set(weighed(Thought(brumeval().record))) == {
        *(("results.final", (one,)) for one in ("r1", "r2", "r3")),
        ("retirements", ("s1", "d3")),
        ("incidents.lenient", ("i1",)),
        ("entries", ("d1", "t1")),
        ("entries", ("d2", "t2")),
        ("quotes", ("q1",)),
        *(("drivers", (one,)) for one in ("d1", "d2", "d3")),
    }


def test_what_the_model_sees_where_a_fact_is_told_and_elsewhere() -> None:
    thought = Thought(brumeval().record)
    thought.claim("Louis Marchal", "final:1", 0.7)
    thought.claim("Louis Marchal", "final:2", 0.4)
    thought.claim("Marchal", "final:1", 0.9)
    row = weighed(thought)["results.final", ("r1",)]
    assert row["told"] == pytest.approx(logit(0.7), abs=1e-3)
    assert row["anywhere"] == pytest.approx(logit(0.9), abs=1e-3)
    assert row["contrary"] == pytest.approx(logit(0.4), abs=1e-3)
    assert row["trust"] == pytest.approx(logit(0.8), abs=1e-3)
    assert (row["proposed"], row["copied"], row["scoped"], row["rivals"]) == (0, 0, 0, 0)


def test_a_candidate_is_known_as_one() -> None:
    thought = Thought(brumeval().record)
    thought.claim("Paul Ortolan", "final:2", 0.6)
    found = propose(brumeval().record, thought.opinion, sentences(brumeval().text))
    rows = weighed(thought, found)
    row = rows["results.final", (f"{MARK}r0",)]
    assert (row["proposed"], row["trust"]) == (1, 0)
    assert row["told"] == pytest.approx(logit(0.6), abs=1e-3)
    assert row["rivals"] == rows["results.final", ("r2",)]["rivals"] == 1
    assert row["twice"] == 1  # he is told to have fallen out


def test_who_drives_for_whom_and_who_speaks() -> None:
    thought = Thought(brumeval().record)
    thought.entry("Louis Marchal", "Écurie Brume", 0.8)
    thought.speaker("Louis Marchal", "La voiture était vraiment parfaite", 0.3)
    thought.speaker("Jean Tavernier", "La voiture était vraiment parfaite", 0.6)
    rows = weighed(thought)
    assert rows["entries", ("d1", "t1")]["told"] == pytest.approx(logit(0.8), abs=1e-3)
    assert rows["entries", ("d2", "t2")]["told"] == pytest.approx(logit(0.01), abs=1e-2)
    assert rows["quotes", ("q1",)]["told"] == pytest.approx(logit(0.3), abs=1e-3)
    assert rows["quotes", ("q1",)]["contrary"] == pytest.approx(logit(0.6), abs=1e-3)


def test_a_driver_is_weighed_by_his_names() -> None:
    thought = Thought(brumeval().record)
    tags = thought.opinion.tags["names"]
    tags[thought.one.spans[0, 0], :2] = 0.1, 0.9
    row = weighed(thought)["drivers", ("d1",)]
    assert row["known"] == pytest.approx(0.9)
    assert row["typical"] == pytest.approx(0.3)
    assert (row["entered"], row["full"]) == (1, 1)
    assert weighed(thought)["drivers", ("d3",)]["entered"] == 0


def test_log_odds_are_held_within_bounds() -> None:
    assert logit(0.5) == 0
    assert logit(0.0) == logit(0.001) == pytest.approx(-logit(1.0))

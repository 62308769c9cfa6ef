"""A score becomes a probability that keeps its word."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.neural.calibration import FEWEST, Calibrator, log_loss
from extractor.neural.curves import FITS, Curve, curve_of, told
from extractor.neural.reliability import expected_calibration_error

GRID = np.linspace(0.0, 1.0, 201)

examples = st.lists(
    st.tuples(
        st.floats(0, 1), st.booleans(), st.sampled_from(["quotes", "entries"]), st.sampled_from("abcdefg")
    ),
    max_size=120,
)


def simulated(count: int, seed: int, distort: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and truths; with ``distort`` 1 a score is the probability to be right."""
    rng = np.random.default_rng(seed)
    true = rng.beta(2.0, 1.0, count)
    correct = rng.random(count) < true
    return true**distort, correct


def fitted(scores: np.ndarray, correct: np.ndarray, kind: str = "quotes") -> Calibrator:
    documents = [f"report-{n % 40}" for n in range(len(scores))]
    return Calibrator.fit([kind] * len(scores), scores, correct, documents)


@given(examples)
@settings(max_examples=60, deadline=None)
def test_every_curve_rises_and_is_never_certain(rows: list[tuple[float, bool, str, str]]) -> None:
    scores, correct = np.array([r[0] for r in rows]), np.array([r[1] for r in rows], dtype=bool)
    for fit in FITS.values() if rows else ():
        found = fit(scores, correct)(GRID)
        assert np.all(np.diff(found) >= -1e-12)
        assert np.all((found > 0) & (found < 1))


@given(examples, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_examples_does_not_matter(rows: list[tuple[float, bool, str, str]], random) -> None:
    def curves(some: list[tuple[float, bool, str, str]]) -> dict[str, object]:
        columns = zip(*some, strict=True) if some else ([], [], [], [])
        scores, correct, kinds, documents = map(list, columns)
        return Calibrator.fit(kinds, scores, correct, documents, fewest=10).to_json()

    shuffled = list(rows)
    random.shuffle(shuffled)
    assert curves(rows) == curves(shuffled)


@pytest.mark.parametrize("method", FITS)
def test_scores_that_are_probabilities_stay(method: str) -> None:
    scores, correct = simulated(20_000, seed=1)
    found = FITS[method](scores, correct)(GRID[20:-10])
    assert np.max(np.abs(found - GRID[20:-10])) < 0.06


@pytest.mark.parametrize("method", FITS)
def test_scores_without_an_error_stay_at_their_ends(method: str) -> None:
    correct = np.arange(400) % 2 == 0
    low, high = FITS[method](correct.astype(float), correct)(np.array([0.0, 1.0]))
    assert low < 0.02
    assert high > 0.98


@pytest.mark.parametrize("method", FITS)
def test_a_distortion_is_mended(method: str) -> None:
    scores, correct = simulated(6_000, seed=2, distort=3.0)
    others, truths = simulated(6_000, seed=3, distort=3.0)
    before = expected_calibration_error(others, truths)
    after = expected_calibration_error(FITS[method](scores, correct)(others), truths)
    assert before is not None
    assert after is not None
    assert before > 0.15
    assert after < 0.03


def test_scores_that_mean_the_opposite_give_one_level() -> None:
    scores, correct = simulated(2_000, seed=4)
    for fit in FITS.values():
        found = fit(1 - scores, correct)(GRID)
        assert np.ptp(found) < 0.02
        assert found.mean() == pytest.approx(correct.mean(), abs=0.01)


def test_the_curve_that_foretells_other_documents_best_is_chosen() -> None:
    rng = np.random.default_rng(5)
    scores = rng.random(4_000)
    # Two steps: no logistic curve can follow them.
    correct = rng.random(4_000) < np.where(scores < 0.4, 0.1, np.where(scores < 0.8, 0.5, 0.97))
    chosen = fitted(scores, correct).kinds["quotes"]
    assert chosen.curve.method == "isotonic"
    assert chosen.losses["isotonic"] == min(chosen.losses.values())


def test_methods_are_compared_on_documents_they_have_not_seen() -> None:
    """Facts of one document are right or wrong together: within documents the score tells, across them nothing."""
    rng = np.random.default_rng(6)
    document = np.repeat(np.arange(60), 20)
    scores = rng.permutation(np.linspace(0, 1, 60))[document]
    correct = (rng.random(60) < 0.5)[document]
    names = [f"report-{n}" for n in document]
    losses = Calibrator.fit(["quotes"] * len(scores), scores, correct, names).kinds["quotes"].losses
    seen = log_loss(FITS["isotonic"](scores, correct)(scores), correct)
    assert losses["isotonic"] > seen + 0.02


def test_a_kind_with_few_examples_goes_by_all_kinds() -> None:
    scores, correct = simulated(500, seed=7, distort=2.0)
    few = FEWEST - 1
    kinds = ["quotes"] * few + ["entries"] * (500 - few)
    found = Calibrator.fit(kinds, scores, correct, [f"report-{n % 30}" for n in range(500)])
    assert set(found.kinds) == {"entries"}
    assert found("quotes", 0.7) == found("results.final", 0.7) != found("entries", 0.7)
    assert found.pooled.examples == 500


def test_kinds_have_curves_of_their_own() -> None:
    scores, correct = simulated(3_000, seed=8)
    kinds = np.where(np.arange(3_000) % 2, "quotes", "entries")
    wrong = np.where(kinds == "quotes", correct, False)
    found = Calibrator.fit(list(kinds), scores, wrong, [f"report-{n % 30}" for n in range(3_000)])
    assert found("entries", 0.9) < 0.05
    assert found("quotes", 0.9) > 0.8


def test_without_examples_scores_stay() -> None:
    found = Calibrator.fit([], [], [], [])
    assert found("quotes", 0.3) == pytest.approx(0.3)


def test_one_document_is_enough_to_fit() -> None:
    scores, correct = simulated(300, seed=9)
    found = Calibrator.fit(["quotes"] * 300, scores, correct, ["report"] * 300)
    assert found.kinds["quotes"].curve.method == "platt"


def test_many_are_as_one_by_one() -> None:
    scores, correct = simulated(400, seed=10, distort=2.0)
    found = fitted(scores, correct)
    kinds = ["quotes", "entries", "quotes"]
    assert found.many(kinds, [0.1, 0.5, 0.9]).tolist() == [
        found(k, s) for k, s in zip(kinds, [0.1, 0.5, 0.9], strict=True)
    ]


@given(examples)
@settings(max_examples=30, deadline=None)
def test_what_is_kept_as_json_comes_back(rows: list[tuple[float, bool, str, str]]) -> None:
    scores, correct, kinds, documents = (list(c) for c in (zip(*rows, strict=True) if rows else [()] * 4))
    found = Calibrator.fit(kinds, scores, correct, documents, fewest=10)
    again = Calibrator.from_json(json.loads(json.dumps(found.to_json())))
    assert again == found


@pytest.mark.parametrize(
    "kept",
    [
        {},
        [],
        {"pooled": {}, "kinds": {}},
        {"pooled": {"method": "cubic"}, "kinds": {}},
        {"pooled": {"method": "platt", "slope": "steep", "offset": 0}, "kinds": {}},
    ],
)
def test_what_is_no_calibration_is_refused(kept: object) -> None:
    with pytest.raises(ValueError, match="no calibration"):
        Calibrator.from_json(kept)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scores", "documents"), [([0.5], ["a"]), ([0.5, 1.2], ["a", "b"]), ([0.5, float("nan")], ["a", "b"])]
)
def test_examples_that_make_no_sense_are_refused(scores: list[float], documents: list[str]) -> None:
    with pytest.raises(ValueError, match=r"differ in length|outside"):
        Calibrator.fit(["quotes", "quotes"], scores, [True, False], documents)


def test_curves_tell_their_method() -> None:
    scores, correct = simulated(100, seed=11)
    for method, fit in FITS.items():
        curve: Curve = fit(scores, correct)
        assert told(curve)["method"] == method
        assert curve_of(told(curve)) == curve

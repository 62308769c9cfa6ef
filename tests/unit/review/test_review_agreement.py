"""Agreement between readers, against worked examples that others published."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.review.agreement import (
    EVERY,
    Unit,
    agreements,
    alphas,
    cohen_kappa,
    kappas,
    krippendorff_alpha,
)


def values(*rows: str) -> list[tuple[str | None, ...]]:
    """Turn one row of words per reader, with ``.`` for none, into units."""
    readers = [[None if word == "." else word for word in row.split()] for row in rows]
    return list(zip(*readers, strict=True))


def units(kind: str, first: str, second: str) -> list[Unit]:
    return [Unit(kind, pair) for pair in values(first, second)]


class TestKappaAsPublished:
    def test_diagnoses_of_two_psychologists(self) -> None:
        # Fleiss, Cohen and Everitt, "Large sample standard errors of kappa and weighted kappa",
        # Psychological Bulletin 72 (1969), table 1: kappa .429.
        assert cohen_kappa([[106, 10, 4], [22, 28, 10], [2, 12, 6]]) == pytest.approx(0.429, abs=5e-4)

    def test_psychotic_neurotic_organic(self) -> None:
        # Fleiss, Statistical Methods for Rates and Proportions (2nd edition, 1981), table 13.1: kappa .68.
        table = [[0.75, 0.01, 0.04], [0.05, 0.04, 0.01], [0.00, 0.00, 0.10]]
        assert cohen_kappa(table) == pytest.approx(0.676, abs=5e-4)

    def test_proportions_say_what_counts_say(self) -> None:
        counts = [[20, 5], [10, 15]]
        assert cohen_kappa([[n / 50 for n in row] for row in counts]) == cohen_kappa(counts)
        assert cohen_kappa(counts) == pytest.approx(0.4)


class TestAlphaAsPublished:
    # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), examples A, B and C.
    def test_two_observers_and_two_words(self) -> None:
        data = values("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
        assert krippendorff_alpha(data) == pytest.approx(0.095, abs=5e-4)

    def test_two_observers_and_five_words(self) -> None:
        data = values("a a b b d c c c e d d a", "b a b b b c c c e d d d")
        assert krippendorff_alpha(data) == pytest.approx(0.692, abs=5e-4)

    def test_four_observers_who_leave_some_out(self) -> None:
        data = values(
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        )
        assert krippendorff_alpha(data) == pytest.approx(0.743, abs=5e-4)


class TestNothingIsNotPerfect:
    def test_no_units(self) -> None:
        assert cohen_kappa([[0, 0], [0, 0]]) is None
        assert krippendorff_alpha([]) is None
        assert agreements([])[EVERY].alpha.value is None

    def test_everybody_always_said_the_same_word(self) -> None:
        found = agreements([units("results", "accepted accepted", "accepted accepted")] * 3)[EVERY]
        assert (found.observed, found.kappa.value, found.alpha.value) == (1.0, None, None)
        assert found.kappa.interval is None

    def test_what_one_reader_alone_judged_is_no_unit(self) -> None:
        found = agreements([units("quotes", "accepted rejected", ". rejected")])
        assert found["quotes"].units == 1


class TestByKind:
    documents: ClassVar = [
        units("results", "accepted accepted rejected", "accepted rejected rejected")
        + units("quotes", "accepted edited", "accepted edited"),
        units("results", "accepted rejected accepted", "accepted rejected accepted"),
    ]

    def test_each_kind_has_its_own_figures(self) -> None:
        found = agreements(self.documents)
        assert list(found) == [EVERY, "results", "quotes"]
        assert (found["results"].units, found["results"].documents) == (6, 2)
        assert found["results"].kappa.value == cohen_kappa([[3, 1], [0, 2]])
        assert found["quotes"].alpha.value == 1.0

    def test_one_document_has_no_interval(self) -> None:
        found = agreements(self.documents)
        assert found["quotes"].alpha.interval is None
        assert found["results"].alpha.interval is not None

    def test_few_units_are_told_as_few(self) -> None:
        assert agreements(self.documents)[EVERY].is_thin
        assert not agreements(self.documents * 5)[EVERY].is_thin

    def test_three_readers_have_alpha_alone(self) -> None:
        three = [[Unit("results", ("a", "a", "b")), Unit("results", ("b", "b", "b"))]]
        found = agreements(three)[EVERY]
        assert found.kappa.value is None
        assert found.alpha.value == krippendorff_alpha([("a", "a", "b"), ("b", "b", "b")])

    def test_the_same_documents_give_the_same_intervals(self) -> None:
        assert agreements(self.documents) == agreements(self.documents)

    def test_more_documents_of_the_same_sort_narrow_the_interval(self) -> None:
        def width(times: int) -> float:
            low, high = agreements(self.documents * times)[EVERY].alpha.interval or (0.0, 0.0)
            return high - low

        assert width(40) < width(3)


WORDS = st.sampled_from("abc")


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=30))
def test_measures_do_not_mind_who_is_called_first(pairs: list[tuple[str, str]]) -> None:
    for measure in ("kappa", "alpha"):
        one, other = (
            getattr(agreements([[Unit("results", pair) for pair in way]])[EVERY], measure).value
            for way in (pairs, [(b, a) for a, b in pairs])
        )
        assert one == pytest.approx(other) if one is not None else other is None


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=30))
def test_no_measure_is_above_one_and_one_means_no_difference(pairs: list[tuple[str, str]]) -> None:
    found = agreements([[Unit("results", pair) for pair in pairs]])[EVERY]
    for figure in (found.kappa.value, found.alpha.value):
        if figure is not None:
            assert figure <= 1 + 1e-12
            assert (figure > 1 - 1e-12) == all(a == b for a, b in pairs)


@given(st.lists(st.lists(st.integers(0, 20), min_size=9, max_size=9), min_size=1, max_size=5))
def test_many_tables_at_once_give_what_one_by_one_gives(rows: list[list[int]]) -> None:
    tables = np.asarray(rows, dtype=np.float64).reshape(-1, 3, 3)
    for found, table in zip(kappas(tables), tables.tolist(), strict=True):
        alone = cohen_kappa(table)
        assert np.isnan(found) if alone is None else found == pytest.approx(alone)
    pairs = [[("a", "b"), ("a", "a"), ("b", "b")][: n % 4] for n in map(sum, rows)]
    for one in pairs:
        coincidences = np.zeros((1, 2, 2))
        for a, b in one:
            coincidences[0, "ab".index(a), "ab".index(b)] += 1
            coincidences[0, "ab".index(b), "ab".index(a)] += 1
        alone = krippendorff_alpha(one)
        assert (
            np.isnan(alphas(coincidences)[0])
            if alone is None
            else alphas(coincidences)[0] == pytest.approx(alone)
        )

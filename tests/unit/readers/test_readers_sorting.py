"""Paths in their natural order, in memory and beyond it."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.readers import sorting
from extractor.readers.sorting import natural_key, sorted_by

NAMES = st.text(st.sampled_from("ab.é_ -01239٣/\udce9"), min_size=1, max_size=12)


def by_value(path: str) -> tuple[tuple[tuple[int, str], ...], ...]:
    """Return what to sort by as one would first write it: folder by folder, numbers by their value."""
    parts = (enumerate(re.split(r"(\d{1,18})", name)) for name in path.split("/"))
    return tuple(tuple((int(part) if at % 2 else 0, part) for at, part in name) for name in parts)


def test_numbers_count_by_their_value() -> None:
    names = ["p10.txt", "p9.txt", "p09.txt", "b/1.txt", "b.txt", "a/2/x", "a/10/x"]
    assert sorted(names, key=natural_key) == [
        "a/2/x",
        "a/10/x",
        "b/1.txt",
        "b.txt",
        "p09.txt",
        "p9.txt",
        "p10.txt",
    ]


@given(st.lists(NAMES, unique=True))
def test_the_order_is_that_of_texts_and_values(names: list[str]) -> None:
    assert sorted(names, key=natural_key) == sorted(names, key=by_value)


@pytest.mark.parametrize("most", [2, 5_000])
def test_more_than_fit_in_memory_come_in_the_same_order(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "IN_MEMORY", most)
    names = [f"lot {k // 10}/caf\udce9 {k}.txt" for k in range(300)]
    shuffled = random.Random(1).sample(names, len(names))
    assert list(sorted_by(natural_key, shuffled)) == names
    assert list(sorted_by(natural_key, [])) == []

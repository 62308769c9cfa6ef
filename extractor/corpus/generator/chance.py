"""Chance that is the same on every machine: one stream of numbers, and integer arithmetic on it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws from one seed.

    Only ``random.random`` is asked, whose numbers are the same in all versions of Python; what is made of
    them here needs no function whose last digit depends on the machine.
    """

    __slots__ = ("_next",)

    def __init__(self, seed: str) -> None:
        self._next = random.Random(seed).random

    def below(self, number: int) -> int:
        """Return a whole number from 0 to ``number`` - 1."""
        return int(self._next() * number)

    def between(self, least: int, most: int) -> int:
        """Return a whole number between two, both included."""
        return least + int(self._next() * (most - least + 1))

    def happens(self, probability: float) -> bool:
        """Tell whether something of this probability happens."""
        return self._next() < probability

    def wave(self) -> float:
        """Return a number between -1 and 1, most often near 0."""
        return self._next() + self._next() - 1.0

    def pick(self, things: Sequence[T]) -> T:
        """Return one of the things."""
        return things[int(self._next() * len(things))]

    def some(self, things: Sequence[T], number: int) -> list[T]:
        """Return several of the things, none twice, in the order of the draw."""
        left = list(things)
        return [left.pop(int(self._next() * len(left))) for _ in range(min(number, len(left)))]

    def mixed(self, things: Sequence[T]) -> list[T]:
        """Return all the things in another order."""
        return self.some(things, len(things))

    def weighed(self, weights: Mapping[str, int]) -> str:
        """Return one of the words, each as often as it weighs."""
        place = self.below(sum(weights.values()))
        for word, weight in weights.items():
            place -= weight
            if place < 0:
                return word
        raise AssertionError("a place beyond all weights")

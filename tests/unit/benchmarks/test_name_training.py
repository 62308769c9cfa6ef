"""Training of taggers beside each other: when it ends, what is kept, what is scored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from benchmarks.name_training import ALL, Budget, Clock, Score, Tagger, learn, score
from benchmarks.newspapers import Passage, Word


def passage(*marked: str) -> Passage:
    """Return the passage of ``word/tag``."""
    return Passage(tuple(Word(*word.split("/")) for word in marked))


REPORT = passage("Léa/B-PER", "Noir/I-PER", "quitte/O", "Pau/B-LOC", "avec/O", "Jean/B-PER")


class ByHeart:
    """Knows the names that it has heard of; forgets them all in the round ``forgets``."""

    def __init__(self, forgets: int) -> None:
        self.rounds, self.forgets = 0, forgets
        self.known: set[str] = set()
        self.heard: list[int] = []

    def learn_once(self, passages: Sequence[Passage], clock: Clock) -> None:
        self.rounds += 1
        self.heard.append(len(passages))
        words = [word for one in passages for word in one.words if word.tag != "O"]
        self.known = set() if self.rounds >= self.forgets else {word.text for word in words}

    def tags(self, passages: Sequence[Passage]) -> list[list[str]]:
        return [[word.tag if word.text in self.known else "O" for word in one.words] for one in passages]

    def keep(self) -> Any:
        return set(self.known)

    def restore(self, kept: Any) -> None:
        self.known = kept


@pytest.mark.parametrize(("epochs", "patience", "rounds"), [(9, 3, 4), (2, 3, 2), (9, 1, 2)])
def test_training_ends_when_nothing_is_gained_and_the_best_is_kept(
    epochs: int, patience: int, rounds: int
) -> None:
    tagger = ByHeart(forgets=2)
    checked: Tagger = tagger
    training = learn(checked, [REPORT] * 20, Budget(epochs, 100, patience))
    assert training.curve == (1.0, *[0.0] * (rounds - 1))
    assert tagger.tags([REPORT]) == [REPORT.tags]
    assert set(tagger.heard) == {18}


def test_training_ends_when_the_time_is_up() -> None:
    assert learn(ByHeart(forgets=9), [REPORT] * 20, Budget(9, 1e-9, 9)).curve == ()


def test_the_clock_goes_by_what_is_used_up_first() -> None:
    clock = Clock(Budget(epochs=4, seconds=1000, patience=1), rounds=1)
    assert clock.share(0.5) == pytest.approx(0.375)
    assert Clock(Budget(4, 1e-9, 1)).share() == 1


def test_a_name_is_right_by_its_words_and_its_type() -> None:
    found = score([REPORT], [["B-PER", "O", "O", "B-ORG", "O", "B-PER"]])
    assert found["PER"] == Score(right=1, found=2, wanted=2)
    assert found["LOC"] == Score(right=0, found=0, wanted=1)
    assert found["ORG"] == Score(right=0, found=1, wanted=0)
    assert found[ALL] == Score(right=1, found=3, wanted=3)
    assert (found["PER"].precision, found["PER"].recall, found["PER"].f1) == (0.5, 0.5, 0.5)
    assert found["LOC"].f1 == 0

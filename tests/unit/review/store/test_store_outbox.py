"""Pages that send everything unconfirmed again and again, over a connection that loses answers."""

from __future__ import annotations

import random

import pytest
from store_builders import added, decision

from extractor.review.decisions import Decision
from extractor.review.store import StaleError, Store


class Page:
    """One reviewer's page: decides, sends its outbox, and believes only what it was told."""

    def __init__(self, store: Store, key: str, reviewer: str) -> None:
        self.store, self.key, self.reviewer = store, key, reviewer
        self.head = 0
        self.outbox: list[Decision] = []
        self.told_saved: list[str] = []
        self.decided: list[str] = []

    def decide(self) -> None:
        self.outbox.append(decision(self.key, reviewer=self.reviewer))
        self.decided.append(self.outbox[-1].id)

    def send(self, *, is_answer_lost: bool) -> None:
        if not self.outbox:
            return
        try:
            head = self.store.append(self.outbox, head=self.head)
        except StaleError as error:
            # Somebody was quicker: what of ours is there is saved, the rest is decided again on the new state.
            there = {one.id for one in self.store.decisions(self.key)}
            self.told_saved += [one.id for one in self.outbox if one.id in there]
            self.outbox = [one for one in self.outbox if one.id not in there]
            self.head = error.head
            return
        if not is_answer_lost:
            self.told_saved += [one.id for one in self.outbox]
            self.head, self.outbox = head, []


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_lost_on_the_way_each_decision_is_kept_once(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    key = added(store)
    pages = [Page(store, key, name) for name in ("Odile", "Yann")]
    for _ in range(40):
        page = dice.choice(pages)
        for _ in range(dice.choice((0, 1, 1, 3))):
            page.decide()
        page.send(is_answer_lost=dice.random() < 0.4)
    for page in pages * 2:
        page.send(is_answer_lost=False)
    kept = [one.id for one in store.decisions(key)]
    assert not pages[0].outbox
    assert not pages[1].outbox
    for page in pages:
        assert page.told_saved == page.decided
        assert [one for one in kept if one in page.decided] == page.decided
    assert len(kept) == sum(len(page.decided) for page in pages)

"""Formal lists: where they stand, where one ends and the next begins, and what each is an order of.

A list may fill many lines or a part of one; several may share a line: "500 cmc : 1. X. – 250 cmc : 1. Y".
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractor.lexicon.fold import fold
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import ResultFact, Sentence
from extractor.pipeline.results.context import OVERALL, Context
from extractor.pipeline.results.headings import (
    column_heads,
    default_scope,
    heading_kind,
    label_scope,
    label_start,
    session_named,
)
from extractor.pipeline.results.items import item_facts, told_on
from extractor.pipeline.results.labelled import list_labels
from extractor.pipeline.results.ranks import Rank, opens_line, ranks

_LISTS = ("list", "table")
_HEADS = ("title", "heading")
_DECIDING = ("race", "final", "overall")
_STANDINGS = word_set("results_words", "standings_heads")
_FEWEST_IN_PROSE = 3  # ranks that make a sentence a list
_FEWEST_IN_LOG = 2
_RISING = 0.7  # share of the steps that must not go down


@dataclass(slots=True)
class Order:
    """The ranks of one list, and the token at which its label begins."""

    ranks: list[Rank]
    label: int

    @property
    def rises(self) -> bool:
        """Whether its places climb."""
        places = [rank.position for rank in self.ranks]
        steps = list(itertools.pairwise(places))
        return sum(b >= a for a, b in steps) >= len(steps) * _RISING


class ListReader:
    """Reads all formal lists of a document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.tokens = context.tokens
        self.layout = context.layout
        self.labels: dict[int, str] = {}

    def read(self) -> tuple[list[ResultFact], set[int]]:
        """Return the results of all lists and the numbers of the sentences that these take up."""
        facts: list[ResultFact] = []
        told: set[int] = set()
        kinds = self._kinds_above()
        found = [orders for first, last in self._stretches() if (orders := self._orders(first, last))]
        heads = [(o.label, o.ranks[0].token) for orders in found for o in orders if o.ranks[0].position == 1]
        self.labels = list_labels(self.context, heads)
        for order in (o for orders in found if self._are_lists(orders) for o in orders if self._is_list(o)):
            facts += self._facts(order, kinds)
            told |= {self.context.discourse.sentence_at(rank.token) for rank in order.ranks}
        return facts, told

    def _are_lists(self, orders: list[Order]) -> bool:
        """Tell whether a token range with ranks is a list: by its lines, by its ranks, by its label."""
        first = orders[0].ranks[0].token
        ranked = sum(len(order.ranks) for order in orders)
        return self.context.listed(first) or ranked >= _FEWEST_IN_PROSE or first in self.labels

    def _kinds_above(self) -> dict[int, str | None]:
        """Return for each block what kind of order the heading above it announces."""
        kinds: dict[int, str | None] = {}
        kind: str | None = None
        for sentence in self.layout.sentences:
            block = self.layout.blocks[sentence.block]
            if block.kind == "title":
                kind = None
            elif block.kind in _HEADS and not column_heads(self.context, sentence.first, sentence.last):
                kind = heading_kind(self.context, sentence.first, sentence.last)
            kinds.setdefault(sentence.block, kind)
        return kinds

    # --- where lists stand

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Yield token ranges that may hold lists: lines of a list together, other sentences one by one."""
        run: tuple[int, int] | None = None
        before: Sentence | None = None
        for sentence in self.layout.sentences:
            if self._listed(sentence):
                if run is None:
                    run = (self._taken_up(sentence, before), sentence.last)
                elif self.context.table_at(sentence.first) != self.context.table_at(run[1] - 1):
                    yield run
                    run = (sentence.first, sentence.last)
                else:
                    run = (run[0], sentence.last)
            else:
                if run is not None:
                    yield run
                    run = None
                yield sentence.first, sentence.last
            before = sentence
        if run is not None:
            yield run

    def _listed(self, sentence: Sentence) -> bool:
        return self.layout.blocks[sentence.block].kind in _LISTS

    def _taken_up(self, sentence: Sentence, before: Sentence | None) -> int:
        """Return where a list begins whose first ranks end the paragraph above it."""
        if before is None or before.block != sentence.block - 1:
            return sentence.first
        above = self._ranks_in(before.first, before.last)
        here = self._ranks_in(sentence.first, sentence.last)
        goes_on = above and here and here[0].position == above[-1].position + 1 > 1
        return before.first if goes_on else sentence.first

    def _ranks_in(self, first: int, last: int) -> list[Rank]:
        return ranks(self.context, first, last)

    # --- where one ends and the next begins

    def _orders(self, first: int, last: int) -> list[Order]:
        """Return what may be the lists in a token range."""
        found = self._ranks_in(first, last)
        if not found:
            return []
        orders: list[Order] = []
        low = first
        for rank in found:
            label = label_start(self.context, low, rank.token)
            if not orders or self._anew(orders[-1].ranks[-1], rank, labelled=label < rank.token):
                if orders:
                    orders[-1].ranks[-1].end = label
                orders.append(Order([rank], label))
            else:
                orders[-1].ranks.append(rank)
            low = rank.ref.last
        for rank in found:
            block = self.layout.blocks[self._sentence(rank.ref.first).block]
            rank.end = min(rank.end, block.last)
        orders[-1].ranks[-1].end = min(
            orders[-1].ranks[-1].end, self._sentence(orders[-1].ranks[-1].ref.first).last
        )
        return orders

    def _anew(self, before: Rank, rank: Rank, *, labelled: bool) -> bool:
        """Tell whether a rank begins another list than the rank before belongs to."""
        if rank.position > before.position:
            return False
        if rank.position == before.position:
            return labelled and rank.position == 1
        return labelled or rank.position == 1

    def _is_list(self, order: Order) -> bool:
        if self._is_log(order):
            self.context.laps |= {rank.token for rank in order.ranks}
            return False
        if len(order.ranks) > 1 and order.rises:
            return True
        rank = order.ranks[0]
        alone = opens_line(self.context, rank.token)
        led = order.label < rank.token and self.tokens.text[rank.token - 1] == ":" and rank.position == 1
        return len(order.ranks) == 1 and (alone or led) and not told_on(self.context, rank)

    def _is_log(self, order: Order) -> bool:
        """Tell whether lines that begin with an ordinal tell a race lap by lap: "23e : X tire tout droit"."""
        if len(order.ranks) < _FEWEST_IN_LOG or not all(
            opens_line(self.context, r.token) for r in order.ranks
        ):
            return False
        return sum(told_on(self.context, rank) for rank in order.ranks) * 2 > len(order.ranks)

    # --- what they are an order of

    def _facts(self, order: Order, kinds: dict[int, str | None]) -> list[ResultFact]:
        head = order.ranks[0].token
        sentence = self._sentence(head)
        labelled = order.label < head
        kind = heading_kind(self.context, order.label, head, label=True) if labelled else None
        kind = kind or kinds.get(sentence.block) or "final"
        scope = self._scope(order, sentence, kind)
        named = session_named(self.context, order.label, head) if labelled else None
        if named is None and labelled:
            named = self._class_session(scope, sentence)
        rule = "table" if self.context.table_at(head) else "list"
        facts: list[ResultFact] = []
        for rank in order.ranks:
            session = self._sentence(rank.token).session if named is None else named
            base = ResultFact(session, kind, rule=rule, scope=scope, people=())
            facts += item_facts(self.context, rank, base)
        if kind == "championship" and _raced(facts):
            facts = [replace(fact, kind="final") for fact in facts]
        return facts

    def _class_session(self, scope: str, sentence: Sentence) -> int | None:
        """Return the last session that a class has to itself, where the sentence is of another's."""
        sessions = self.context.sessions
        here = sessions[sentence.session].scope if 0 <= sentence.session < len(sessions) else None
        if scope == OVERALL or (here is not None and fold(here) == fold(scope)):
            return None
        own = [k for k, s in enumerate(sessions) if s.scope is not None and fold(s.scope) == fold(scope)]
        contests = [k for k in own if sessions[k].kind in _DECIDING]
        return contests[-1] if contests else None

    def _sentence(self, token: int) -> Sentence:
        return self.layout.sentences[self.context.discourse.sentence_at(token)]

    def _scope(self, order: Order, sentence: Sentence, kind: str) -> str:
        head = order.ranks[0].token
        scope = label_scope(self.context, order.label, head, standings=self._under_standings(sentence.block))
        if scope is None and kind == "final":
            scope = self.labels.get(head) or self.context.headed.get(sentence.block)
        return default_scope(self.context, sentence.block) if scope is None else scope

    def _under_standings(self, block: int) -> bool:
        """Tell whether the nearest heading above says that classifications follow."""
        for number in range(block - 1, max(-1, block - 8), -1):
            above = self.layout.blocks[number]
            if above.kind in _HEADS:
                return bool(_STANDINGS & set(self.tokens.norm[above.first : above.last]))
        return False


def _raced(facts: list[ResultFact]) -> bool:
    """Tell whether times or gaps stand with the places: a cup that one race decides is no championship."""
    return any(fact.time or fact.gap for fact in facts) and not any(fact.points for fact in facts)

"""What a model thinks of a text, told by hand, and the sentences of a text that no rule has read."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import numpy as np

from extractor.neural.annotated import annotated
from extractor.neural.examples import Pairs, example
from extractor.neural.heads import Opinion, Sight
from extractor.neural.labels import CLAIM_NUMBER, CLAIMS, LAYERS
from extractor.neural.vocabulary import train_vocabulary
from extractor.neural.windows import Windowing
from extractor.pipeline.model.where import Place
from extractor.record import RaceRecord

WORDS = "Louis Marchal gagne la course devant Jean Tavernier ; « la voiture était parfaite », dit-il.\n"


@cache
def windowing() -> Windowing:
    return Windowing(train_vocabulary([WORDS] * 20, 400))


def sentences(
    text: str, session: str | None = "s1", scope: str = "overall", block: str = "text"
) -> list[Place]:
    """Return sentences that end with a full stop or a line."""
    found = re.finditer(r"[^\s.][^.\n]*\.?", text)
    return [Place(m.start(), m.end(), session, scope, block) for m in found]


class Thought:
    """An opinion that holds nothing for likely but what it is told."""

    def __init__(self, record: RaceRecord, classes: tuple[tuple[int, int], ...] = ()) -> None:
        read = annotated(record)
        read = replace(read, classes=(*read.classes, *((one,) for one in classes)))
        self.one = one = example(windowing(), gold=None, read=read)
        tags = {layer: np.zeros((len(one.tokens), len(tags)), np.float32) for layer, tags in LAYERS.items()}
        for array in tags.values():
            array[:, 0] = 1
        pairs = (one.entries, one.speakers, one.scopes)
        self.opinion = Opinion(
            one,
            tags,
            np.full((len(one.mentions), len(CLAIMS)), 0.01, np.float32),
            *(np.full(len(group.left), 0.01, np.float32) for group in pairs),
        )

    @property
    def sight(self) -> Sight:
        return Sight(self.one.tokens, np.zeros((len(self.one.tokens), 4), np.float32), self.opinion.tags)

    def anything(self, seed: int) -> None:
        """Think anything at all."""
        draw, opinion = np.random.default_rng(seed), self.opinion
        for chances in (opinion.claims, opinion.entries, opinion.speakers, opinion.scopes):
            chances[:] = draw.random(chances.shape) ** 3
        for tags in opinion.tags.values():
            tags[:] = draw.random(tags.shape) ** 3
            tags /= np.maximum(tags.sum(-1, keepdims=True), 1e-6)

    def claim(self, words: str, claim: str, chance: float, number: int = 0) -> None:
        """Say how likely a claim is at a mention."""
        self.opinion.claims[self._mention(words, number), CLAIM_NUMBER[claim]] = chance

    def entry(self, words: str, team: str, chance: float) -> None:
        self._pair(self.one.entries, self.opinion.entries, words, team, chance)

    def speaker(self, words: str, speech: str, chance: float) -> None:
        self._pair(self.one.speakers, self.opinion.speakers, words, speech, chance)

    def scope(self, words: str, name: str, chance: float) -> None:
        self._pair(self.one.scopes, self.opinion.scopes, words, name, chance)

    def tag(self, layer: str, words: str, chance: float) -> None:
        """Say how likely some words are of a layer."""
        start = self.one.text.index(words)
        first, end = self.one.tokens.covering(start, start + len(words))
        tags = self.opinion.tags[layer]
        tags[first:end, 0], tags[first:end, -1] = 1 - chance, chance

    def _mention(self, words: str, number: int = 0) -> int:
        return [k for k, m in enumerate(self.one.mentions) if self.one.text[m.start : m.end] == words][number]

    def _pair(self, pairs: Pairs, chances: np.ndarray, words: str, other: str, chance: float) -> None:  # type: ignore[type-arg]
        tokens, mention = self.one.tokens, self._mention(words)
        found = [
            k
            for k, (left, (first, last)) in enumerate(zip(pairs.left, pairs.spans, strict=True))
            if left == mention and self.one.text[tokens.starts[first] : tokens.ends[last]] == other
        ]
        assert found, (words, other)
        chances[found] = chance

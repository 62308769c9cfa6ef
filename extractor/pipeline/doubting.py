"""How much the OCR's own doubt counts in the confidence of a fact.

The log-odds of a fact fall with the mean logarithm of the confidences of the words of its evidence, and of
all words of the page: where a page is hard to read, what stands beside a well-read name may be wrong or lost,
too. Where nobody says how sure the OCR was, and where it was sure, nothing changes.
"""

from __future__ import annotations

import math
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from extractor import record as rr
from extractor.readers.source import Word

_LEAST, _MOST = 0.01, 0.99
_FACTS = ("entries", "results", "incidents", "quotes")

_Fact = TypeVar("_Fact", rr.Entry, rr.Result, rr.Incident, rr.Quote)


@cache
def parameters() -> dict[str, float]:
    """Return ``floor``, ``evidence`` and ``page``; the file says what they are and what they rest on."""
    with resources.files("extractor.pipeline").joinpath("scan_confidence.toml").open("rb") as file:
        return tomllib.load(file)


def doubted(record: rr.RaceRecord, words: tuple[Word, ...]) -> rr.RaceRecord:
    """Return the record with the confidences of its facts lowered by how unsure the OCR was.

    Args:
        record: The record.
        words: The document's words, in order.
    """
    known = [word for word in words if word.confidence is not None]
    if not known:
        return record
    doubt = _Doubt(known)
    updates: dict[str, Any] = {kind: tuple(map(doubt.of, getattr(record, kind))) for kind in _FACTS}
    return record.model_copy(update=updates)


class _Doubt:
    """What the confidences of words take from facts."""

    def __init__(self, words: list[Word]) -> None:
        self._words = words
        self._starts = [word.start for word in words]
        self._ends = [word.end for word in words]
        by_page: dict[int, list[Word]] = defaultdict(list)
        for word in words:
            by_page[word.page].append(word)
        self._pages = {page: _mean(some) for page, some in by_page.items()}

    def of(self, fact: _Fact) -> _Fact:
        """Return the fact with its confidence lowered."""
        words = [word for span in fact.evidence for word in self._of(span)]
        if not words:
            return fact
        pages = [self._pages[page] for page in {word.page for word in words}]
        given = parameters()
        shift = given["evidence"] * _mean(words) + given["page"] * sum(pages) / len(pages)
        sure = min(_MOST, max(_LEAST, fact.confidence))
        odds = math.log(sure / (1 - sure)) + shift
        lowered = min(fact.confidence, max(_LEAST, 1 / (1 + math.exp(-odds))))
        return fact.model_copy(update={"confidence": round(lowered, 3)})

    def _of(self, span: rr.Span) -> list[Word]:
        return self._words[bisect_right(self._ends, span.start) : bisect_left(self._starts, span.end)]


def _mean(words: Iterable[Word]) -> float:
    floor = parameters()["floor"]
    logs = [math.log(max(floor, word.confidence or 0.0)) for word in words]
    return sum(logs) / len(logs)

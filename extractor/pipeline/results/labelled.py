"""Classes named before the first ranks of several lists: "500 inter. – 1. X ; 2. Y.", "250 cmc. – 1. Z"."""

from __future__ import annotations

from extractor.pipeline.results.context import NO_CLASS, Context
from extractor.pipeline.results.headings import label_class

_LONGEST = 6
_SERIES = frozenset(("championnat", "championnats", "trophee", "points"))


def list_labels(context: Context, heads: list[tuple[int, int]]) -> dict[int, str]:
    """Return the class before each list's first rank, by the rank's token.

    One label alone may say anything; where two lists or more each have one of their own, those that name
    nothing else are classes.

    Args:
        context: Words around a position.
        heads: Where each list's label begins, and the token of its first rank.
    """
    found: dict[int, str] = {}
    labelled = 0
    for label, rank in heads:
        first, end = label_class(context, label, rank)
        labelled += first < end
        if 0 < end - first <= _LONGEST and _may_be_class(context, first, end):
            found[rank] = context.tokens.surface(first, end)
    return found if labelled > 1 and len(set(found.values())) == len(found) else {}


def _may_be_class(context: Context, first: int, end: int) -> bool:
    norm = context.tokens.norm[first:end]
    if set(norm) & NO_CLASS or _SERIES & set(norm):
        return False
    named = context.sessions_between(first, end)
    return not named and not context.discourse.refs_between(first, end)

"""Classes named before the first ranks of several lists: "500 inter. – 1. X ; 2. Y.", "250 cmc. – 1. Z"."""

from __future__ import annotations

from extractor.pipeline.results.context import NO_CLASS, Context

_LONGEST = 6
_SERIES = frozenset(("championnat", "championnats", "trophee", "points"))
_DASHES = ("–", "—", "-")


def list_labels(context: Context) -> dict[int, str]:
    """Return the class before each list's first rank, by the rank's token.

    One label alone may say anything; where two lists or more each have one of their own, these are classes.

    Args:
        context: Words around a position.
    """
    tokens = context.tokens
    found: dict[int, str] = {}
    for i in range(2, len(tokens) - 1):
        if tokens.text[i] not in ("1", "01") or tokens.text[i + 1] not in (".", ")", "-", "–"):
            continue
        bounds = _label(context, i)
        if bounds is not None:
            found[i] = tokens.surface(*bounds)
    return found if len(found) > 1 and len(set(found.values())) == len(found) else {}


def _label(context: Context, rank: int) -> tuple[int, int] | None:
    """Return the tokens of the label before a rank, ``None`` where there is none."""
    text = context.tokens.text
    end = rank
    while end > 0 and text[end - 1] in _DASHES:
        end -= 1
    if (end < rank and text[end - 1] == ".") or (end == rank and text[end - 1] == ":"):
        end -= 1
    else:
        return None
    first = end
    while first > 0 and not _starts_line(context, first) and end - first <= _LONGEST:
        first -= 1
    while first < end and text[first] in (*_DASHES, "•", "*"):
        first += 1
    return (first, end) if 0 < end - first <= _LONGEST and _may_be_class(context, first, end) else None


def _starts_line(context: Context, i: int) -> bool:
    """Tell whether a token opens a line, or stands behind the end of the list before."""
    tokens = context.tokens
    between = tokens.source[tokens.end[i - 1] : tokens.start[i]]
    return "\n" in between or (tokens.text[i - 1] == "." and tokens.text[i][0].isupper())


def _may_be_class(context: Context, first: int, end: int) -> bool:
    norm = context.tokens.norm[first:end]
    if set(norm) & NO_CLASS or _SERIES & set(norm):
        return False
    named = any(a < end and b > first for s in context.sessions for a, b in s.mentions)
    return not named and not context.discourse.refs_between(first, end)

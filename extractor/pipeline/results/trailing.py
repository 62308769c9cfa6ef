"""Lists with the rank behind the name: "14 — X — 1er — 25 mn 31 s", "X /1/ 44.03 — Y /2/", "X = 1er"."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.context import Context
from extractor.pipeline.results.headings import default_scope
from extractor.values.numbers import ordinal_at

_DASHES = ("–", "—", "-", "|")
_FARTHEST = 40  # tokens from one rank to the next
_FRAMES = {"/": "/", "[": "]"}
_OPENINGS = frozenset((*_FRAMES, *_DASHES, "="))


@dataclass(slots=True)
class _Mark:
    """A rank behind a name: its tokens."""

    position: int
    first: int
    last: int


def trailing_ranks(
    context: Context, sentences: list[Sentence]
) -> tuple[list[ResultFact], list[tuple[int, int]]]:
    """Return the places of lists that have the rank behind the name, and where these lists stand.

    Args:
        context: Words around a position.
        sentences: The sentences of the document, in reading order.
    """
    facts: list[ResultFact] = []
    ranges: list[tuple[int, int]] = []
    runs = _runs(context)
    labels = [_label(context, run[0]) for run in runs]
    classes = len(runs) > 1 and len(set(labels)) == len(runs)
    for run, label in zip(runs, labels, strict=True):
        start = _line_start(context, run[0].first)
        held = []
        for mark in run:
            ref = _holder(context, start, mark.first)
            if ref is not None:
                held.append((mark, ref))
            start = mark.last
        if len(held) < len(run) - 1:
            continue
        facts += [_fact(context, sentences, mark, ref, label if classes else "") for mark, ref in held]
        first = _line_start(context, run[0].first)
        ranges.append((context.tokens.start[first], context.tokens.end[run[-1].last - 1]))
    return facts, ranges


def _runs(context: Context) -> list[list[_Mark]]:
    """Return ranks that climb by one from the first, two or more."""
    runs: list[list[_Mark]] = []
    for before, opening in enumerate(context.tokens.text[:-2]):
        i = before + 1
        mark = _mark(context, i) if opening in _OPENINGS else None
        if mark is None:
            continue
        if mark.position == 1:
            runs.append([mark])
        elif runs and mark.position == runs[-1][-1].position + 1 and i - runs[-1][-1].last < _FARTHEST:
            runs[-1].append(mark)
    return [run for run in runs if len(run) > 1]


def _mark(context: Context, i: int) -> _Mark | None:
    tokens = context.tokens
    opening = tokens.text[i - 1]
    if opening in _FRAMES and tokens.text[i].isdecimal() and tokens.text[i + 1] == _FRAMES[opening]:
        return _Mark(int(tokens.text[i]), i - 1, i + 2) if len(tokens.text[i]) < len("100") else None
    if opening not in (*_DASHES, "="):
        return None
    found = ordinal_at(tokens.norm, i)
    if found is None or not (
        opening == "=" or tokens.text[found[1] : found[1] + 1] in ([d] for d in _DASHES)
    ):
        return None
    return _Mark(found[0], i - 1, found[1])


def _line_start(context: Context, i: int) -> int:
    tokens = context.tokens
    first = i
    while (
        first > 0
        and i - first < _FARTHEST
        and "\n" not in tokens.source[tokens.end[first - 1] : tokens.start[first]]
    ):
        first -= 1
    return first


def _label(context: Context, mark: _Mark) -> str:
    """Return what stands before the first name on the line of a list's first rank, a class perhaps."""
    tokens = context.tokens
    first = _line_start(context, mark.first)
    ref = _holder(context, first, mark.first)
    last = ref.first if ref is not None else first
    while last > first and tokens.text[last - 1] in (*_DASHES, ":", "."):
        last -= 1
    return tokens.surface(first, last) if last > first else ""


def _holder(context: Context, first: int, last: int) -> Ref | None:
    """Return who is named last before a rank."""
    named = [ref for ref in context.discourse.refs_between(first, last) if ref.form == "name"]
    return named[-1] if named else None


def _fact(context: Context, sentences: list[Sentence], mark: _Mark, ref: Ref, label: str) -> ResultFact:
    sentence = sentences[context.discourse.sentence_at(ref.first)]
    scope = label or context.headed.get(sentence.block) or default_scope(context, sentence.block)
    fact = ResultFact(sentence.session, "final", tuple(ref.people), mark.position, scope, rule="list")
    fact.evidence = [context.tokens.chars(ref.first, mark.last)]
    return fact

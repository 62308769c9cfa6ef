"""A decision in another text than the one it was made on: its places are carried over.

Where a correction is taken back that lies before other decisions, the places which these name have moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extractor.review.anchoring import Correction, moved_through
from extractor.review.applying.refusals import DecisionError
from extractor.review.applying.things import DOCUMENT
from extractor.review.decisions import Add, Change, Edit, Retext, Split

_SPANS = ("evidence", "mentions")


def carried(change: Change, corrections: tuple[Correction, ...], text: str) -> Change:
    """Return the change with its places in another text.

    Args:
        change: As it was made.
        corrections: What leads from the text that it was made on to this one.
        text: This one.

    Raises:
        DecisionError: A place does not exist in it.
    """
    if not corrections:
        return change
    carry = _Carry(corrections, text)
    if isinstance(change, Add):
        return change.model_copy(update={"thing": carry.fields(change.thing)})
    if isinstance(change, Edit):
        new = carry.fields({name: replaced.new for name, replaced in change.fields.items()})
        fields = {name: old.model_copy(update={"new": new[name]}) for name, old in change.fields.items()}
        return change.model_copy(update={"fields": fields})
    if isinstance(change, Split):
        return change.model_copy(update={"mentions": tuple(carry.place(a, b) for a, b in change.mentions)})
    if isinstance(change, Retext):
        start, end = carry.place(change.start, change.end)
        return change.model_copy(update={"start": start, "end": end})
    return change


def made_on(change: Change, corrections: tuple[Correction, ...], text: str) -> tuple[Correction, ...]:
    """Return the corrections that were in force when a change was made: mostly all of them.

    A page that was open while somebody else corrected the text sends places in the text as it was before, and
    the words that stand there. The latest text in which they all do is the one that it was made on; all
    corrections, where there is none.

    Args:
        change: As it was sent.
        corrections: Those in force now.
        text: With them.
    """
    words = tuple(_said(change))
    for left in range(len(corrections) + 1):
        if all(text[start:end] == said for start, end, said in words):
            return corrections[: len(corrections) - left]
        if left < len(corrections):
            text = corrections[-1 - left].inverse.apply(text)
    return corrections


def _said(change: Change) -> Iterator[tuple[int, int, str]]:
    """Yield the places that a change names, with the words that stand there."""
    if isinstance(change, Retext):
        yield change.start, change.end, change.old
    elif isinstance(change, Add):
        yield from _said_in(change.thing)
    elif isinstance(change, Edit):
        yield from _said_in({name: replaced.new for name, replaced in change.fields.items()})


def _said_in(fields: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
    for name in _SPANS:
        spans = fields.get(name)
        for span in spans if isinstance(spans, list | tuple) else ():
            if isinstance(span, dict) and isinstance(span.get("text"), str):
                start, end = span.get("start"), span.get("end")
                if isinstance(start, int) and isinstance(end, int):
                    yield start, end, span["text"]
    told = fields.get("told")
    for one in told if isinstance(told, list | tuple) else ():
        if isinstance(one, dict):
            yield from _said_in(one)


class _Carry:
    def __init__(self, corrections: tuple[Correction, ...], text: str) -> None:
        self.corrections = corrections
        self.text = text

    def place(self, start: int, end: int) -> tuple[int, int]:
        place = moved_through(self.corrections, start, end)
        if place is None:
            raise DecisionError("decision_other_text", about=DOCUMENT)
        return place

    def fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        moved = dict(fields)
        for name in _SPANS:
            spans = moved.get(name)
            if isinstance(spans, list | tuple):
                moved[name] = [self.span(span) for span in spans]
        if isinstance(moved.get("told"), list | tuple):
            moved["told"] = [self.fields(told) if isinstance(told, dict) else told for told in moved["told"]]
        return moved

    def span(self, span: Any) -> Any:
        if not isinstance(span, dict):
            return span
        start, end = span.get("start"), span.get("end")
        if not isinstance(start, int) or not isinstance(end, int):
            return span
        start, end = self.place(start, end)
        return {**span, "start": start, "end": end, "text": self.text[start:end]}

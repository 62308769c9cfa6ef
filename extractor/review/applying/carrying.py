"""A decision in another text than the one it was made on: its places are carried over.

Where a correction is taken back that lies before other decisions, the places which these name have moved.
"""

from __future__ import annotations

from collections.abc import Mapping
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

"""What an import of annotations has to say about one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Weight = Literal["error", "warning", "info"]

#: What each code weighs: ``error`` where something that annotators did is in no record, ``warning`` where it
#: is in one in a way that somebody should look at.
CODES: Final[dict[str, Weight]] = {
    # the document as a whole
    "other_text": "error",
    "other_record": "error",
    "no_record": "error",
    "several_annotators": "warning",
    "not_annotated": "info",
    "skipped": "info",
    "ignored": "info",
    "rejected": "warning",
    "not_told": "warning",
    "begun_anew": "warning",
    # a marked stretch
    "unknown_label": "error",
    "outside": "error",
    "blank": "error",
    "other_words": "error",
    "mark_unreadable": "error",
    "unsure_removal": "error",
    "nameless": "error",
    "joined_by_name": "info",
    "session_needed": "error",
    "driver_needed": "error",
    "somebody_needed": "error",
    "place_unknown": "warning",
    "kinds_disagree": "error",
    "left_without_place": "warning",
    "went_along": "warning",
    # a link
    "unknown_link": "error",
    "link_unlabelled": "error",
    "link_unreadable": "error",
    "link_loose": "error",
    "link_between_kinds": "error",
    "link_to_nothing": "error",
    "session_stays": "error",
    # the rest
    "comment": "warning",
    "unknown_part": "warning",
    "refused": "error",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be told about one document.

    Attributes:
        code: One of :data:`CODES`.
        values: For the sentence ``annotation.remark.CODE``.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def weight(self) -> Weight:
        """How much it matters."""
        return CODES[self.code]

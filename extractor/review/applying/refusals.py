"""Why a decision cannot be applied."""

from __future__ import annotations

from extractor.errors import ParcFermeError

#: What a page tells the reviewer, and the shorter list of what the log says of a stranded decision.
STRANDED = {
    "decision_no_such_thing": "no_such_thing",
    "decision_id_taken": "id_taken",
    "decision_other_text": "other_text",
    "decision_breaks_record": "breaks_record",
    "decision_field_fixed": "breaks_record",
    "decision_session_has_facts": "breaks_record",
    "decision_with_itself": "breaks_record",
    "decision_nothing_left": "breaks_record",
    "decision_no_such_decision": "no_such_decision",
    "decision_already_undone": "no_such_decision",
    "decision_changed_meanwhile": "breaks_record",
}


class DecisionError(ParcFermeError):
    """A decision that the record as it stands does not allow.

    Attributes:
        code: One of the keys of :data:`STRANDED`.
        about: What it concerns: an id, a field.
    """

    def __init__(self, code: str, /, *, about: str = "", reason: str = "") -> None:
        super().__init__(code, about=about, reason=reason)
        self.about = about

    @property
    def stranded(self) -> str:
        """The code by which the log knows it (:class:`extractor.review.reviewed.Stranded`)."""
        return STRANDED.get(self.code, "breaks_record")

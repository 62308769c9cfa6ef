"""The labels: how the parts of a record are called in a tool that knows stretches of text and links alone.

A label is the part, and its kind or form behind a dot: ``driver``, ``driver.nominal``, ``result.final``,
``incident.spin``, ``quote.direct``. All tools have the same ones, in all languages of their users.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from extractor.record import (
    IncidentType,
    MentionForm,
    ParticipantRole,
    QuoteKind,
    ResultKind,
    SessionKind,
)

Part = Literal["event", "sessions", "drivers", "teams", "entries", "results", "incidents", "quotes"]
View = Literal["spans", "ner", "relations"]
"""What a tool can show: everything, mentions that do not overlap, or these with who is who."""

SAME: Final = "same"
"""Two stretches are about one person, team or fact."""
DRIVER: Final = "driver"
TEAM: Final = "team"
SPEAKER: Final = "speaker"
SESSION: Final = "session"
CAUSED_BY: Final = "caused_by"
ASSERTED_BY: Final = "asserted_by"
ROLES: Final[tuple[str, ...]] = get_args(ParticipantRole)

LINKS: Final = (SAME, DRIVER, TEAM, SPEAKER, SESSION, *ROLES, CAUSED_BY, ASSERTED_BY)
"""Every label of a link; a link leads from the fact to what it is about."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says.

    Attributes:
        part: Of the record.
        field: Which field of the thing the second half is; ``form`` is that of a mention.
        value: The second half; ``None`` where the part has none.
    """

    part: Part
    field: Literal["form", "kind", "type"] | None = None
    value: str | None = None


def _labels() -> dict[str, Label]:
    found: dict[str, Label] = {}
    for word, part in (("driver", "drivers"), ("team", "teams")):
        for form in get_args(MentionForm):
            name = word if form == "name" else f"{word}.{form}"
            found[name] = Label(part, "form", form)  # type: ignore[arg-type]
    found["event"] = Label("event")
    found |= {f"session.{kind}": Label("sessions", "kind", kind) for kind in get_args(SessionKind)}
    found["entry"] = Label("entries")
    found |= {f"result.{kind}": Label("results", "kind", kind) for kind in get_args(ResultKind)}
    found |= {f"incident.{kind}": Label("incidents", "type", kind) for kind in get_args(IncidentType)}
    found |= {f"quote.{kind}": Label("quotes", "kind", kind) for kind in get_args(QuoteKind)}
    return found


LABELS: Final[dict[str, Label]] = _labels()
"""Every label of a stretch of text, in the order in which tools show them."""

_NAMES: Final = {label: name for name, label in LABELS.items()}
_MENTIONS: Final = ("drivers", "teams")

COLOURS: Final[dict[Part, str]] = {
    "drivers": "#1f77b4",
    "teams": "#2ca02c",
    "event": "#7f7f7f",
    "sessions": "#9467bd",
    "entries": "#8c564b",
    "results": "#e6a700",
    "incidents": "#d62728",
    "quotes": "#17becf",
}
"""A colour for each part; white and black letters can be read on all of them."""


def name_of(part: Part, value: str | None = None) -> str:
    """Return the label of a part and its kind or form."""
    if part in ("event", "entries"):
        return _NAMES[Label(part)]
    field: Literal["form", "kind", "type"] = "form" if part in _MENTIONS else "kind"
    return _NAMES[Label(part, "type" if part == "incidents" else field, value)]

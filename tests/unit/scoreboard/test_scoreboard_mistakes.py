"""Near misses have their reason; what is left is missed or spurious."""

from __future__ import annotations

from typing import Any

import pytest
from board_builders import FAULT, board, changed, reading, report, scored

GOLD = report().record
RESULTS = [result.model_dump() for result in GOLD.results]
INCIDENT = GOLD.incidents[0].model_dump()
QUOTE = GOLD.quotes[0].model_dump()
ENTRY = GOLD.entries[0].model_dump()
IDS = {driver.name: driver.id for driver in GOLD.drivers}
VARNIER, LACAZE, FERRAND = IDS["Théo Varnier"], IDS["Zoé Lacaze"], IDS["Luc Ferrand"]
OTHER_SESSION = {"id": "s9", "kind": "qualifying"}
SESSIONS = [*(session.model_dump() for session in GOLD.sessions), OTHER_SESSION]


def mistakes(**parts: Any) -> list[tuple[str, str]]:
    document = scored(report(), changed(GOLD, **parts))
    return [(mistake.kind, mistake.reason) for mistake in document.mistakes]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"position": 3}, "place"),
        ({"drivers": (FERRAND,)}, "crew"),
        ({"scope": "Junior"}, "scope"),
        ({"session": "s9"}, "session"),
    ],
)
def test_a_result_that_is_nearly_right(change: dict[str, Any], reason: str) -> None:
    results = [RESULTS[0], {**RESULTS[1], **change}]
    assert mistakes(results=results, sessions=SESSIONS) == [("results.final", reason)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "mechanical"}, "type"),
        ({"participants": [{"driver": LACAZE, "text": "Lacaze"}]}, "people"),
        ({"session": "s9"}, "session"),
    ],
)
def test_an_incident_that_is_nearly_right(change: dict[str, Any], reason: str) -> None:
    assert mistakes(incidents=[{**INCIDENT, **change}], sessions=SESSIONS) == [("incidents.lenient", reason)]


def test_another_crew_in_another_session_is_no_near_miss() -> None:
    results = [RESULTS[0], {**RESULTS[1], "drivers": (FERRAND,), "session": "s9"}]
    found = mistakes(results=results, sessions=SESSIONS)
    assert found == [("results.final", "missed"), ("results.final", "spurious")]


def test_a_quote_given_to_somebody_else() -> None:
    assert mistakes(quotes=[{**QUOTE, "speaker": LACAZE}]) == [("quotes", "speaker")]


def test_an_entry_with_another_driver() -> None:
    assert mistakes(entries=[{**ENTRY, "drivers": (LACAZE,)}]) == [("entries", "driver")]


def test_what_is_not_near_is_missed_or_spurious() -> None:
    assert mistakes(quotes=[]) == [("quotes", "missed")]
    twice = [INCIDENT, {**INCIDENT, "id": "i9", "type": "penalty", "participants": []}]
    assert mistakes(incidents=twice) == [("incidents.lenient", "spurious")]


def test_errors_are_counted_by_kind_reason_and_type() -> None:
    read = changed(GOLD, incidents=[{**INCIDENT, "type": "mechanical"}])
    errors = board(reading(report("a"), read), reading(report("b"), read), reading(report("c"))).errors()
    assert [(e.kind, e.reason, e.detail, e.times, e.documents) for e in errors] == [
        ("incidents.lenient", "type", "spin → mechanical", 2, 2)
    ]


def test_the_mistakes_add_up_to_the_tally() -> None:
    document = scored(report(), FAULT)
    for kind in ("drivers", "results.final", "incidents.lenient", "quotes"):
        missed = sum(m.kind == kind and m.gold is not None for m in document.mistakes)
        assert missed == document.scores.tallies[kind].fn > 0

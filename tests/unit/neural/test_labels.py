"""Claims: what a fact says of somebody, without its session."""

from __future__ import annotations

from typing import get_args

import pytest

from extractor.neural.labels import (
    CLAIMS,
    NEUTRALISATIONS,
    claim_of_incident,
    claim_of_place,
    claim_of_result,
    place_of_claim,
)
from extractor.record import Incident, IncidentType, Result, Span

HERE = (Span(start=0, end=5, text="gagne"),)


def result(**fields: object) -> Result:
    usual = {"id": "r1", "session": "s1", "kind": "final", "evidence": HERE, "confidence": 0.8}
    return Result.model_validate({**usual, **fields})


def incident(type_: str) -> Incident:
    return Incident.model_validate(
        {"id": "i1", "session": "s1", "type": type_, "evidence": HERE, "confidence": 0.8}
    )


def named(number: int | None) -> str | None:
    return None if number is None else CLAIMS[number]


@pytest.mark.parametrize(
    ("fields", "claim"),
    [
        ({"position": 1}, "final:1"),
        ({"position": 10}, "final:10"),
        ({"position": 11}, "final:+"),
        ({}, "final:+"),
        ({"status": "dnf"}, "final:dnf"),
        ({"status": "dsq"}, "final:dsq"),
        ({"kind": "qualifying", "status": "dsq"}, None),
        ({"kind": "grid", "position": 3}, "grid:3"),
        ({"kind": "grid", "position": 4}, "grid:+"),
        ({"kind": "running", "position": 2}, "running:2"),
        ({"kind": "championship", "position": 1}, "championship:1"),
        ({"kind": "fastest_lap"}, "fastest_lap:1"),
        ({"kind": "fastest_lap", "position": 7}, "fastest_lap:1"),
    ],
)
def test_a_result_makes_a_claim(fields: dict[str, object], claim: str | None) -> None:
    assert named(claim_of_result(result(**fields))) == claim


def test_every_incident_claims_something_of_those_in_it_but_neutralisations() -> None:
    claims = {type_: named(claim_of_incident(incident(type_))) for type_ in get_args(IncidentType)}
    assert {type_ for type_, claim in claims.items() if claim is None} == set(NEUTRALISATIONS)
    assert claims["spin"] == "incident:spin"


def test_no_claim_has_two_numbers() -> None:
    assert len(set(CLAIMS)) == len(CLAIMS)


def test_a_claim_to_a_place_says_which_one() -> None:
    for number, name in enumerate(CLAIMS):
        place = place_of_claim(number)
        if place is not None:
            assert claim_of_place(*place) == number
        else:
            assert not name[-1].isdigit()
    assert place_of_claim(CLAIMS.index("grid:2")) == ("grid", 2)
    assert place_of_claim(CLAIMS.index("final:+")) is None

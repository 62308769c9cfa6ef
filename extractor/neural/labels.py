"""What the heads tell apart: tags of tokens, and claims that a text makes of a competitor.

A claim is a fact without its session: "this mention is told to be second in a race that is over". Sessions
are
found by race logic over the whole document; what a sentence claims can be read from the sentence.
"""

from __future__ import annotations

from typing import get_args

from extractor.record import Incident, IncidentType, Result, ResultKind

NAMES = ("O", "B-driver", "I-driver", "B-nominal", "I-nominal", "B-team", "I-team")
SPEECH = ("O", "B", "I")
SESSIONS = ("O", "B", "I")
CLASSES = ("O", "B", "I")
HAPPENINGS = ("O", "incident", "safety_car", "red_flag")
#: Layers of tags: each token has one tag in each.
LAYERS = {
    "names": NAMES,
    "speech": SPEECH,
    "sessions": SESSIONS,
    "classes": CLASSES,
    "happenings": HAPPENINGS,
}

#: Incidents that happen to a race, not to somebody.
NEUTRALISATIONS = ("safety_car", "red_flag")
FORMS = ("name", "nominal", "pronoun")

# Places told apart by number; beyond, a claim says only "further back".
_PLACES: dict[ResultKind, int] = {"final": 10, "grid": 3, "qualifying": 3, "running": 3, "championship": 3}
_BEYOND = "+"
OUT = ("dnf", "dns", "dsq")


def _claims() -> tuple[str, ...]:
    results = [
        f"{kind}:{place}" for kind, count in _PLACES.items() for place in (*range(1, count + 1), _BEYOND)
    ]
    out = [f"final:{status}" for status in OUT]
    incidents = [f"incident:{type_}" for type_ in get_args(IncidentType) if type_ not in NEUTRALISATIONS]
    return (*results, "fastest_lap:1", *out, *incidents)


#: The names of all claims.
CLAIMS = _claims()
CLAIM_NUMBER = {name: number for number, name in enumerate(CLAIMS)}


def claim_of_result(result: Result) -> int | None:
    """Return the number of the claim that a result makes; ``None`` where it is none that is told apart."""
    if result.status in OUT:
        return CLAIM_NUMBER[f"final:{result.status}"] if result.kind == "final" else None
    return claim_of_place(result.kind, result.position)


def claim_of_place(kind: ResultKind, place: int | None) -> int | None:
    """Return the number of the claim to a place of a kind; a place that is not known is one further back."""
    if kind == "fastest_lap":
        return CLAIM_NUMBER["fastest_lap:1"]
    count = _PLACES.get(kind)
    if count is None:
        return None
    told = place if place is not None and place <= count else _BEYOND
    return CLAIM_NUMBER[f"{kind}:{told}"]


def claim_of_incident(incident: Incident) -> int | None:
    """Return the number of the claim that an incident makes of those who take part."""
    return CLAIM_NUMBER.get(f"incident:{incident.type}")


def place_of_claim(number: int) -> tuple[ResultKind, int] | None:
    """Return kind and place of a claim that names both."""
    kind, _, place = CLAIMS[number].partition(":")
    if not place.isdigit():
        return None
    return next(known for known in get_args(ResultKind) if known == kind), int(place)

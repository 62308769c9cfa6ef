"""Records like a given one, but wrong: what a poor extractor, or another annotator, might have made of it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from extractor.record import RaceRecord

Fields = dict[str, Any]

LISTS = ("entries", "results", "incidents", "quotes")
RESULT_KINDS = ("final", "grid", "qualifying", "running", "championship")
STATUSES = ("classified", "dnf", "dns", "dsq", "nc")
SCOPES = ("overall", "Junior", "Challenge Junior", "Gentleman", "Gentleman Driver", "Senior", "GT4")
INCIDENTS = (
    "spin",
    "off_track",
    "collision",
    "mechanical",
    "retirement",
    "puncture",
    "penalty",
    "red_flag",
    "other",
)
ROLES = ("subject", "at_fault", "victim", "beneficiary")


def perturbed(record: RaceRecord, random: Random, steps: int) -> RaceRecord:
    """Return ``record`` after so many random changes. It is valid all the same."""
    fields: Fields = record.model_dump(mode="json")
    for _ in range(steps):
        random.choice(CHANGES)(fields, random)
    _cut_dangling(fields)
    return RaceRecord.model_validate(fields)


def _some(fields: Fields, random: Random, *lists: str) -> Fields:
    every = [one for name in lists or LISTS for one in fields[name]]
    return random.choice(every) if every else {}


def drop_fact(fields: Fields, random: Random) -> None:
    facts = fields[random.choice(LISTS)]
    if facts:
        facts.remove(random.choice(facts))


def repeat_fact(fields: Fields, random: Random) -> None:
    facts = fields[random.choice(LISTS)]
    if facts:
        facts.append({**random.choice(facts), "id": f"x{random.random()}"})


def mark_optional(fields: Fields, random: Random) -> None:
    fact = _some(fields, random, *LISTS, "drivers", "teams")
    if fact:
        fact["optional"] = not fact.get("optional", False)


def shuffle(fields: Fields, random: Random) -> None:
    random.shuffle(fields[random.choice((*LISTS, "drivers", "teams", "sessions"))])


def misspell(fields: Fields, random: Random) -> None:
    named = _some(fields, random, "drivers", "teams")
    name = named["name"]
    at = random.randrange(len(name))
    named["name"] = (
        random.choice((name[:at] + name[at + 1 :], name[:at] + "x" + name[at:], name.upper())) or "x"
    )


def rename(fields: Fields, random: Random) -> None:
    named = _some(fields, random, "drivers", "teams")
    named["aliases"] = [] if named["aliases"] else [named["name"]]
    named["name"] = random.choice((named["name"].split()[-1], "Zoé Quelconque"))


def change_result(fields: Fields, random: Random) -> None:
    result = _some(fields, random, "results")
    if result:
        change: Fields = random.choice(
            (
                {"position": random.choice((None, 1, 2, 3))},
                {"status": random.choice(STATUSES)},
                {"kind": random.choice(RESULT_KINDS)},
                {"scope": random.choice(SCOPES), "scope_aliases": random.choice(([], ["Junior"]))},
                {"session": random.choice(fields["sessions"])["id"]},
                {"drivers": [d["id"] for d in random.sample(fields["drivers"], random.randrange(4))]},
            )
        )
        result.update(change)


def change_entry(fields: Fields, random: Random) -> None:
    entry = _some(fields, random, "entries")
    if entry:
        entry["drivers"] = [d["id"] for d in random.sample(fields["drivers"], random.randrange(3))]
        entry["number"] = random.choice((None, "13", "#13", "7"))
        entry["team"] = random.choice([*(team["id"] for team in fields["teams"]), None])


def change_incident(fields: Fields, random: Random) -> None:
    incident = _some(fields, random, "incidents")
    if incident:
        people = [
            {"driver": d["id"], "text": "x"} for d in random.sample(fields["drivers"], random.randrange(3))
        ]
        numbers = [{"number": random.choice(("78", "#78", "13")), "text": "x"}] * random.randrange(2)
        change: Fields = random.choice(
            (
                {"type": random.choice(INCIDENTS)},
                {"session": random.choice(fields["sessions"])["id"]},
                {"participants": [{**p, "role": random.choice(ROLES)} for p in (*people, *numbers)]},
                {"consequences": random.choice(([], ["retirement"], ["lost_places", "retirement"]))},
            )
        )
        incident.update(change)


def change_quote(fields: Fields, random: Random) -> None:
    quote = _some(fields, random, "quotes")
    if not quote:
        return
    whole = quote["evidence"][0]
    cut = random.randrange(1, len(whole["text"]) + 1)
    gap = random.randrange(0, 60)
    pieces = [(whole["start"], whole["start"] + cut), (whole["start"] + cut + gap, whole["end"])]
    text = fields["document"]["text"]
    spans = [{"start": s, "end": e, "text": text[s:e]} for s, e in pieces if s < e]
    someone = random.choice(fields["drivers"])
    change: Fields = random.choice(
        (
            {"evidence": spans},
            {"evidence": spans[:1]},
            {"speaker": someone["id"]},
            {"speaker": None, "speaker_name": random.choice((None, "Le président", someone["name"]))},
            {"kind": random.choice(("direct", "indirect"))},
        )
    )
    quote.update(change)


def change_session(fields: Fields, random: Random) -> None:
    session = random.choice(fields["sessions"])
    change: Fields = random.choice(
        (
            {"label": random.choice((None, "Course", "COURSE 1", "première course", session["label"]))},
            {"number": random.choice((None, 1, 2, 3))},
            {"kind": random.choice(("race", "qualifying", "final", "overall", "heat"))},
        )
    )
    session.update(change)


CHANGES: tuple[Callable[[Fields, Random], None], ...] = (
    drop_fact,
    repeat_fact,
    mark_optional,
    shuffle,
    misspell,
    rename,
    change_result,
    change_entry,
    change_incident,
    change_quote,
    change_session,
)


def _cut_dangling(fields: Fields) -> None:
    """Forget what is not scored and what may refer to a dropped fact."""
    fields["findings"] = []
    for result in fields["results"]:
        result["entry"] = None
    for incident in fields["incidents"]:
        incident.update(caused_by=[], asserted_by=None)

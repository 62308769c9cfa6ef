from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from scoring_builders import fact, incident, person, quote, record, result

from extractor.scoring import score_records
from extractor.scoring.document import KINDS

PEOPLE = ("Anna Martin", "Bob Petit", "Carl Durand", "Zoé Le Goff")
TEAMS = ("Écurie Bleue", "Racing 85")
PIECES = ("Je suis ravie", "La voiture était parfaite.", "gagne devant Bob")
DRIVERS = [person(f"d{n}", name) for n, name in enumerate(PEOPLE)]
SESSIONS = [
    {"id": "s1", "kind": "race", "label": "Course"},
    {"id": "s2", "kind": "qualifying", "label": "Essais"},
]

driver = st.sampled_from([d["id"] for d in DRIVERS])
session = st.sampled_from(["s1", "s2"])
kinds = st.sampled_from(["final", "grid", "qualifying", "running", "championship", "fastest_lap"])
types = st.sampled_from(["spin", "crash", "collision", "penalty", "safety_car", "retirement", "fire"])


def numbered(prefix, facts):
    return [{**one, "id": f"{prefix}{n}"} for n, one in enumerate(facts)]


results = st.builds(
    lambda who, place, s, kind, scope: result("", place, who, session=s, kind=kind, scope=scope),
    driver, st.none() | st.integers(1, 3), session, kinds, st.sampled_from(["overall", "Junior"]),
)  # fmt: skip
incidents = st.builds(lambda who, kind, s: incident("", kind, who, session=s), driver, types, session)
quotes = st.builds(lambda who, piece: quote("", who, piece), st.none() | driver, st.sampled_from(PIECES))
entries = st.builds(
    lambda who, team, number: fact("", drivers=[who], team=team, number=number),
    driver, st.sampled_from(["t0", "t1"]), st.none() | st.sampled_from(["7", "#13"]),
)  # fmt: skip


@st.composite
def records(draw):
    return record(
        sessions=SESSIONS,
        drivers=DRIVERS,
        teams=[person(f"t{n}", name) for n, name in enumerate(TEAMS)],
        results=numbered("r", draw(st.lists(results, max_size=6))),
        incidents=numbered("i", draw(st.lists(incidents, max_size=4))),
        quotes=numbered("q", draw(st.lists(quotes, max_size=3))),
        entries=numbered("e", draw(st.lists(entries, max_size=4))),
    )


def total(gold, pred):
    return score_records([("test", gold, pred)]).total.tallies


@given(records())
def test_a_record_against_itself_is_perfect_where_there_is_anything(one):
    assert {tally.f1 for tally in total(one, one).values()} <= {1.0, None}


@given(records(), records())
def test_swapping_gold_and_prediction_swaps_precision_and_recall(one, two):
    there, back = total(one, two), total(two, one)
    for kind in ("drivers", "teams", "entries", "numbers", "incidents.strict"):
        assert (there[kind].tp, there[kind].fp, there[kind].fn) == (
            back[kind].tp,
            back[kind].fn,
            back[kind].fp,
        )


@given(records(), records())
def test_a_wrong_fact_raises_nothing(gold, pred):
    stranger = person("dx", "Quelqu’un d’autre")
    worse = pred.model_validate(
        {
            **pred.model_dump(),
            "drivers": [*DRIVERS, stranger],
            "results": [*(r.model_dump() for r in pred.results), result("rx", 1, "dx")],
            "incidents": [*(i.model_dump() for i in pred.incidents), incident("ix", "spin", "dx")],
        }
    )
    before, after = total(gold, pred), total(gold, worse)
    for kind in KINDS:
        for share in ("precision", "recall", "f1"):
            was, now = getattr(before[kind], share), getattr(after[kind], share)
            assert (now or 0.0) <= (was or 0.0)
    assert after["drivers"].fp == before["drivers"].fp + 1
    assert after["results.final"].fp == before["results.final"].fp + 1


@given(records(), records())
def test_counts_add_up(gold, pred):
    tallies = total(gold, pred)
    assert tallies["quotes"].tp <= tallies["quotes.span"].tp
    assert tallies["mentions.exact"].tp <= tallies["mentions.overlap"].tp
    assert tallies["results.final"].tp <= tallies["results.final.any_session"].tp
    assert tallies["drivers"].tp + tallies["drivers"].fn == len(gold.drivers)
    assert tallies["quotes.span"].tp + tallies["quotes.span"].fp == len(pred.quotes)
    assert all(min(t.tp, t.fp, t.fn) >= 0 for t in tallies.values())

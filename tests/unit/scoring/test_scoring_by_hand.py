"""Cases whose true and false positives and false negatives were counted by hand."""

from __future__ import annotations

import pytest
from scoring_builders import fact, incident, person, quote, record, result, span

from extractor.scoring import score_records
from extractor.scoring.document import KINDS


def counts(gold, pred, kind):
    tally = score_records([("test", gold, pred)]).total.tallies[kind]
    return tally.tp, tally.fp, tally.fn


def test_drivers():
    pred = record(drivers=[person("d1", "MARTIN Anna"), person("d2", "Zoé Blanc"), person("d3", "Bob Petit")])
    assert counts(record(), pred, "drivers") == (2, 1, 1)


def test_drivers_by_alias_in_gold_or_prediction():
    gold = record(drivers=[person("d1", "Anna Martin", "Nanou"), person("d2", "Bob Petit")])
    pred = record(drivers=[person("d1", "Nanou"), person("d2", "Bobby", "Bob Petit")])
    assert counts(gold, pred, "drivers") == (2, 0, 0)


def test_an_optional_driver_neither_earns_nor_costs():
    gold = record(drivers=[person("d1", "Anna Martin"), person("d2", "Bob Petit", optional=True)])
    found = record(drivers=[person("d1", "Anna Martin"), person("d2", "Bob Petit")])
    not_found = record(drivers=[person("d1", "Anna Martin")])
    assert counts(gold, found, "drivers") == counts(gold, not_found, "drivers") == (1, 0, 0)


def test_required_facts_choose_before_optional_ones():
    gold = record(drivers=[person("d1", "Durant", optional=True), person("d2", "Durand")])
    assert counts(gold, record(drivers=[person("d1", "Durand")]), "drivers") == (1, 0, 0)


def test_teams():
    gold = record(teams=[person("t1", "Écurie Bleue"), person("t2", "Racing 85")])
    pred = record(teams=[person("t1", "Ecurie Bleue"), person("t2", "Peugeot")])
    assert counts(gold, pred, "teams") == (1, 1, 1)


def test_entries_and_numbers_are_counted_per_driver():
    teams = [person("t1", "Écurie Bleue"), person("t2", "Racing 85")]
    gold = record(teams=teams, entries=[fact("e1", drivers=["d1", "d2"], team="t1", number="7")])
    pred = record(
        teams=teams,
        entries=[
            fact("e1", drivers=["d1"], team="t1", number="#7"),
            fact("e2", drivers=["d1"], team="t1"),  # says nothing new
            fact("e3", drivers=["d2"], team="t2", number="8"),
        ],
    )
    assert counts(gold, pred, "entries") == (1, 1, 1)
    assert counts(gold, pred, "numbers") == (1, 1, 1)


def test_results_final():
    gold = record(
        results=[
            result("r1", 1, "d1"),
            result("r2", 2, "d2"),
            result("r3", 3, "d3"),
            result("r4", None, "d3", status="dsq"),
        ]
    )
    pred = record(
        results=[
            result("r1", 1, "d1"),
            result("r2", 3, "d2"),  # wrong place
            result("r3", None, "d3", status="dsq"),
            result("r4", 3, "d3", kind="running"),  # another kind
        ]
    )
    assert counts(gold, pred, "results.final") == (2, 1, 2)
    assert counts(gold, pred, "results.running") == (0, 1, 0)


def test_a_retirement_is_no_final_place():
    gold = record(results=[result("r1", None, "d1", status="dnf")])
    pred = record(results=[result("r1", None, "d2", status="dnf")])
    assert counts(gold, pred, "results.final") == (0, 0, 0)
    assert counts(gold, pred, "retirements") == (0, 1, 1)


def test_a_position_stated_twice_is_one_result():
    twice = record(results=[result("r1", 1, "d1"), result("r2", 1, "d1")])
    once = record(results=[result("r1", 1, "d1")])
    assert counts(once, twice, "results.final") == (1, 0, 0)
    assert counts(twice, once, "results.final") == (1, 0, 0)


def test_a_named_member_stands_for_the_crew():
    gold = record(results=[result("r1", 1, "d1", "d2")])
    assert counts(gold, record(results=[result("r1", 1, "d2")]), "results.final") == (1, 0, 0)
    assert counts(gold, record(results=[result("r1", 1, "d2", "d3")]), "results.final") == (0, 1, 1)


@pytest.mark.parametrize(
    ("predicted", "right"),
    [
        ("Junior", True),
        ("JUNIOR", True),
        ("Challenge Junior", True),  # an alias
        ("Coupe", True),  # within an alias
        ("Trophée Junior", True),  # the name within it
        ("Gentleman", False),
        ("overall", False),
    ],
)
def test_scopes(predicted, right):
    scope = {"scope": "Junior", "scope_aliases": ["Challenge Junior", "Coupe des Jeunes"]}
    gold = record(results=[result("r1", 1, "d1", **scope)])
    pred = record(results=[result("r1", 1, "d1", scope=predicted)])
    assert counts(gold, pred, "results.final") == ((1, 0, 0) if right else (0, 1, 1))


def test_grid_places_unknown_are_ignored():
    gold = record(results=[result("r1", None, "d1", kind="grid"), result("r2", 1, "d2", kind="grid")])
    pred = record(results=[result("r1", None, "d3", kind="grid"), result("r2", 1, "d2", kind="grid")])
    assert counts(gold, pred, "results.grid") == (1, 0, 0)


def test_the_fastest_lap_needs_no_position():
    gold = record(results=[result("r1", 1, "d1", kind="fastest_lap")])
    pred = record(results=[result("r1", None, "d1", kind="fastest_lap")])
    assert counts(gold, pred, "results.fastest_lap") == (1, 0, 0)


def test_sessions_swapped():
    sessions = [
        {"id": "s1", "kind": "race", "label": "Course 1"},
        {"id": "s2", "kind": "race", "label": "Course 2"},
    ]
    gold = record(sessions=sessions, results=[result("r1", 1, "d1"), result("r2", 1, "d2", session="s2")])
    pred = record(sessions=sessions, results=[result("r1", 1, "d2"), result("r2", 1, "d1", session="s2")])
    assert counts(gold, pred, "results.final") == (0, 2, 2)
    assert counts(gold, pred, "results.final.any_session") == (2, 0, 0)


def test_the_championship_hangs_on_no_session():
    sessions = [
        {"id": "s1", "kind": "race", "label": "Course 1"},
        {"id": "s2", "kind": "race", "label": "Course 2"},
    ]
    gold = record(sessions=sessions, results=[result("r1", 1, "d1", kind="championship")])
    pred = record(sessions=sessions, results=[result("r1", 1, "d1", kind="championship", session="s2")])
    assert counts(gold, pred, "results.championship") == (1, 0, 0)


def test_incidents_strict_and_lenient():
    gold = record(
        incidents=[
            incident("i1", "spin", "d1"),
            incident("i2", "collision", "d1", "d2"),
            incident("i3", "mechanical", "d3"),
            incident("i4", "fire", "d2"),
        ]
    )
    pred = record(
        incidents=[
            incident("i1", "off_track", "d1"),  # same family
            incident("i2", "collision", "d2", "#12"),  # one shared
            incident("i3", "mechanical", "d3"),  # exact
            incident("i4", "collision", "d2"),  # another family
        ]
    )
    assert counts(gold, pred, "incidents.strict") == (1, 3, 3)
    assert counts(gold, pred, "incidents.lenient") == (3, 1, 1)


def test_cars_known_by_number():
    gold = record(incidents=[incident("i1", "collision", "d1", "#78")])
    assert counts(gold, record(incidents=[incident("i1", "collision", "#78", "d1")]), "incidents.strict") == (
        1,
        0,
        0,
    )
    assert counts(gold, record(incidents=[incident("i1", "collision", "#87")]), "incidents.lenient") == (
        0,
        1,
        1,
    )


def test_the_unnamed_are_not_compared():
    gold = record(incidents=[incident("i1", "fall", "un concurrent")])
    assert counts(gold, record(incidents=[incident("i1", "crash")]), "incidents.lenient") == (1, 0, 0)
    assert counts(gold, record(incidents=[incident("i1", "fall", "d1")]), "incidents.lenient") == (0, 1, 1)


@pytest.mark.parametrize("kind", ["incidents.strict", "incidents.lenient"])
def test_participants_of_a_neutralisation_are_not_compared(kind):
    gold = record(incidents=[incident("i1", "safety_car", "d1"), incident("i2", "red_flag")])
    pred = record(incidents=[incident("i1", "red_flag", "d2"), incident("i2", "red_flag")])
    assert counts(gold, pred, kind) == (1, 1, 1)


def test_retirements_from_every_source():
    gold = record(
        results=[result("r1", None, "d1", status="dnf")],
        incidents=[
            incident("i1", "mechanical", "d1", consequences=["retirement"]),  # the same one
            incident("i2", "retirement", "d2"),
            incident("i3", "crash", "d3", consequences=["retirement"]),
        ],
    )
    pred = record(results=[result(f"r{n}", None, f"d{n}", status="dnf") for n in (1, 2)])
    assert counts(gold, pred, "retirements") == (2, 0, 1)


def test_who_drives_on_after_a_collision_need_not_have_retired():
    gold = record(
        results=[result("r1", None, "d1", status="dnf")],
        incidents=[incident("i1", "collision", "d1", "d2", consequences=["retirement"])],
    )
    assert counts(gold, record(results=[result("r1", None, "d1", status="dnf")]), "retirements") == (1, 0, 0)
    assert counts(gold, gold, "retirements") == (1, 0, 0)


RAVIE = "Je suis ravie"
VOITURE = "La voiture était parfaite."


def test_an_interrupted_quote_is_one():
    gold = record(quotes=[quote("q1", "d1", RAVIE, VOITURE)])
    assert counts(gold, record(quotes=[quote("q1", "d1", RAVIE, VOITURE)]), "quotes") == (1, 0, 0)
    # 26 of 39 characters are too few
    assert counts(gold, record(quotes=[quote("q1", "d1", VOITURE)]), "quotes") == (0, 1, 1)
    # 39 of 43 are enough
    wider = quote("q1", "d1", f"« {RAVIE} »", VOITURE)
    assert counts(gold, record(quotes=[wider]), "quotes") == (1, 0, 0)


def test_a_wrong_speaker_costs_the_quote_but_not_its_span():
    gold = record(quotes=[quote("q1", "d1", RAVIE), quote("q2", None, VOITURE, speaker_name="Le préfet")])
    pred = record(quotes=[quote("q1", "d2", RAVIE), quote("q2", None, VOITURE, speaker_name="le Préfet")])
    assert counts(gold, pred, "quotes") == (1, 1, 1)
    assert counts(gold, pred, "quotes.span") == (2, 0, 0)
    assert score_records([("test", gold, pred)]).total.speaker_accuracy == 0.5


def test_nobody_is_a_speaker_too():
    gold = record(quotes=[quote("q1", None, RAVIE)])
    assert counts(gold, record(quotes=[quote("q1", None, RAVIE)]), "quotes") == (1, 0, 0)
    assert counts(gold, record(quotes=[quote("q1", "d1", RAVIE)]), "quotes") == (0, 1, 1)


def test_indirect_speech_is_not_compared():
    gold = record(quotes=[quote("q1", "d1", RAVIE, kind="indirect")])
    assert counts(gold, gold, "quotes") == (0, 0, 0)


def test_mentions():
    def mentioning(*words, **more):
        return record(drivers=[{**person("d1", "Anna Martin"), "mentions": [*map(span, words)], **more}])

    gold = mentioning("Anna Martin", "Bob Petit", "Carl Durand")
    pred = mentioning("Anna Martin", "Petit", "Écurie")
    assert counts(gold, pred, "mentions.exact") == (1, 2, 2)
    assert counts(gold, pred, "mentions.overlap") == (2, 1, 1)
    # a team is not a driver
    team = record(drivers=[], teams=[person("t1", "Anna Martin")])
    assert counts(gold, team, "mentions.overlap") == (0, 1, 3)
    # what is optional is neither wanted nor wrong
    assert counts(mentioning("Bob Petit", optional=True), mentioning("Petit"), "mentions.exact") == (0, 1, 0)
    assert counts(mentioning("Bob Petit", optional=True), mentioning("Petit"), "mentions.overlap") == (
        0,
        0,
        0,
    )


EMPTY = {"sessions": [], "drivers": []}


def full():
    return record(
        teams=[person("t1", "Écurie Bleue")],
        entries=[fact("e1", drivers=["d1"], team="t1", number="7")],
        results=[
            *(
                result(f"r{n}", 1, "d1", kind=kind)
                for n, kind in enumerate(("final", "grid", "qualifying", "running"))
            ),
            result("r5", 1, "d1", kind="championship"),
            result("r6", 1, "d1", kind="fastest_lap"),
        ],
        incidents=[incident("i1", "retirement", "d2")],
        quotes=[quote("q1", "d1", RAVIE)],
    )


def test_empty_prediction():
    report = score_records([("test", full(), record(**EMPTY))])
    for kind in KINDS:
        tally = report.total.tallies[kind]
        assert (tally.tp, tally.fp) == (0, 0)
        assert tally.fn > 0
        assert (tally.precision, tally.recall, tally.f1) == (None, 0.0, 0.0)
    assert report.composite == 0.0
    assert report.total.speaker_accuracy is None


def test_empty_gold():
    report = score_records([("test", record(**EMPTY), full())])
    for kind in KINDS:
        tally = report.total.tallies[kind]
        assert (tally.tp, tally.fn) == (0, 0)
        assert tally.fp > 0
        assert (tally.precision, tally.recall, tally.f1) == (0.0, None, 0.0)
    assert report.composite == 0.0


def test_nothing_to_find_and_nothing_found_is_nothing():
    report = score_records([("test", record(**EMPTY), record(**EMPTY))])
    for kind in KINDS:
        assert report.total.tallies[kind].f1 is None
    assert report.composite is None


def test_documents_are_added_up_before_shares_are_taken():
    one = record(drivers=[person("d1", "Anna Martin")])
    three_wrong = record(drivers=[person(f"d{n}", name) for n, name in enumerate(("Xavier", "Yves", "Zoé"))])
    report = score_records([("a", one, one), ("b", record(), three_wrong)])
    assert report.total.tallies["drivers"].precision == 0.25  # not the mean of 1 and 0
    assert report.documents["a"].tallies["drivers"].f1 == 1.0
    assert report.documents["b"].tallies["drivers"].f1 == 0.0
    assert report.composite == pytest.approx(2 * 1 / (2 * 1 + 3 + 3))


def test_composite_is_the_mean_of_the_headline_kinds_that_have_a_figure():
    gold = record(results=[result("r1", 1, "d1")])
    pred = record(results=[result("r1", 2, "d1")])
    assert score_records([("test", gold, pred)]).composite == pytest.approx((1.0 + 0.0) / 2)

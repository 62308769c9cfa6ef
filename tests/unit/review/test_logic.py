"""Race logic on a record as it stands."""

from __future__ import annotations

from typing import Any

import pytest
from review_builders import TEXT, at, decided, fields, log, record

from extractor.messages import sentences
from extractor.record import Entry, Finding, Incident, Participant, RaceRecord, Result
from extractor.review.apply import apply
from extractor.review.decisions import Accept, Edit, Merge, Reject
from extractor.review.logic import RULES, findings, with_findings


def result(identifier: str, driver: str | None, position: int | None = None, **more: Any) -> Result:
    shape = {"session": "s1", "kind": "final", "evidence": [at("gagne")], "confidence": 0.9} | more
    return Result(id=identifier, drivers=(driver,) if driver else (), position=position, **shape)


def with_results(*results: Result, **more: Any) -> RaceRecord:
    bare = record().model_copy(update={"entries": (), "results": results, "incidents": ()} | more)
    return RaceRecord.model_validate(bare.model_dump())


def entry(identifier: str, driver: str, **more: Any) -> Entry:
    return Entry(id=identifier, drivers=(driver,), evidence=(at("Vauban"),), confidence=0.9, **more)


def codes(made: RaceRecord) -> list[tuple[str, str]]:
    return [(f.code, f.severity) for f in findings(made)]


def test_a_sound_record_has_nothing_to_query() -> None:
    assert findings(record()) == ()


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([result("r1", "d1", 1), result("r2", "d2", 1)], [("two_winners", "error")]),
        ([result("r1", "d1", 2), result("r2", "d2", 2)], [("position_conflict", "error")]),
        (
            [result("r1", "d1", 1, kind="grid"), result("r2", "d2", 1, kind="grid")],
            [("position_conflict", "warning")],
        ),
        ([result("r1", "d1", 1, kind="running"), result("r2", "d2", 1, kind="running")], []),
        ([result("r1", "d1", 1), result("r2", "d2", 1, session="s2")], []),
        ([result("r1", "d1", 1), result("r2", "d2", 1, scope="Junior")], []),
        ([result("r1", "d1", 1, scope="Junior"), result("r2", "d2", 1, scope="junior")], [("two_winners", "error")]),
        ([result("r1", "d1", 1), result("r2", None, 1)], []),
        ([result("r1", "d1", 1), result("r2", "d1", 3)], [("two_positions", "error")]),
        (
            [result("r1", "d1", 1, kind="championship"), result("r2", "d1", 2, kind="championship")],
            [("two_positions", "warning")],
        ),
        ([result("r1", "d1", 3), result("r2", "d1", None, status="dnf")], [("retired_classified", "warning")]),
        ([result("r1", "d1", 3, status="dsq")], [("retired_classified", "warning")]),
        ([result("r1", "d1", 1, laps=20), result("r2", "d2", 2, laps=21)], [("lap_beyond", "warning")]),
        (
            [result("r1", "d1", 1, time="PT1H2M"), result("r2", "d2", 2, time="PT61M59.9S")],
            [("times_disorder", "warning")],
        ),
        (
            [result("r1", "d1", 1, time="PT1H2M", laps=20), result("r2", "d2", 2, time="PT1H1M", laps=19)],
            [],
        ),
        ([result("r1", "d1", 1), result("r2", "d1", 1)], [("said_twice", "info")]),
    ],
)  # fmt: skip
def test_results_are_held_against_each_other(results: list[Result], expected: list[tuple[str, str]]) -> None:
    assert codes(with_results(*results)) == expected


def test_a_crew_and_its_member_share_a_place() -> None:
    crew = result("r1", "d1", 1).model_copy(update={"drivers": ("d1", "d2")})
    assert codes(with_results(crew, result("r2", "d2", 1))) == []


@pytest.mark.parametrize(
    ("places", "expected"), [((1, 2, 3, 5), 1), ((1, 2, 3, 4), 0), ((1, 2, 3, 12), 0), ((1, 3), 0)]
)
def test_a_gap_is_one_only_in_a_list(places: tuple[int, ...], expected: int) -> None:
    results = [result(f"r{place}", f"d{n}", place) for n, place in enumerate(places, 1)]
    found = [f for f in findings(with_results(*results)) if f.code == "gap_in_places"]
    assert len(found) == expected


def test_two_at_one_place_leave_the_next_one_empty() -> None:
    places = ((1, "d1"), (2, "d2"), (2, "d3"), (4, "d4"))
    results = [result(f"r{n}", driver, place) for n, (place, driver) in enumerate(places)]
    results.append(result("r9", "d1", 5).model_copy(update={"drivers": ()}))
    assert "gap_in_places" not in {f.code for f in findings(with_results(*results))}


def test_who_retired_in_an_incident_is_not_classified() -> None:
    incident = Incident(
        id="i1", session="s1", type="mechanical", consequences=("retirement",), evidence=(at("moteur cassé"),),
        participants=(Participant(driver="d1", text="Marchal"),), confidence=0.8, lap=4,
    )  # fmt: skip
    made = with_results(result("r1", "d1", 2), incidents=(incident,))
    (found,) = findings(made)
    assert (found.code, found.about) == ("retired_classified", ("r1", "i1", "d1"))
    assert found.message == "Course 1 : Paul Marchal, abandon, mais classé à la place 2"
    two = (Participant(driver="d1", text="Marchal"), Participant(driver="d2", text="Lorrain"))
    of_two = incident.model_copy(update={"participants": two})
    assert codes(with_results(result("r1", "d1", 2), incidents=(of_two,))) == []
    assert codes(with_results(result("r1", "d2", 1, laps=3), incidents=(incident,))) == [
        ("lap_beyond", "warning")
    ]


def test_teams_and_numbers_are_one_to_a_driver() -> None:
    extra = record().teams[0].model_copy(update={"id": "t2", "name": "Scuderia Méridionale"})
    teams = (record().teams[0], extra)
    both = (entry("e1", "d1", team="t1"), entry("e2", "d1", team="t2"))
    assert codes(with_results(entries=both, teams=teams)) == [("two_teams", "warning")]
    apart = (both[0].model_copy(update={"session": "s1"}), both[1].model_copy(update={"session": "s2"}))
    assert codes(with_results(entries=apart, teams=teams)) == []
    numbers = (entry("e1", "d1", number="7"), entry("e2", "d2", number="#7"))
    assert codes(with_results(entries=numbers)) == [("number_twice", "warning")]
    classes = [e.model_copy(update={"classes": (c,)}) for e, c in zip(numbers, ("A", "B"), strict=True)]
    assert codes(with_results(entries=tuple(classes))) == []


def test_a_cancelled_race_has_no_results() -> None:
    cancelled = record().sessions[0].model_copy(update={"status": "cancelled"})
    made = with_results(result("r1", "d1", 1), sessions=(cancelled, record().sessions[1]))
    assert codes(made) == [("session_not_run", "warning")]


# --- what the extractor queried


def queried(code: str, *about: str, words: str = "P. Marshal") -> RaceRecord:
    finding = Finding(code=code, severity="warning", message="à voir", about=about, evidence=(at(words),))
    return record().model_copy(update={"findings": (finding,)})


def test_a_query_about_places_ends_where_somebody_confirmed_them() -> None:
    made = queried("position_conflict", "d1", "d2", "r1")
    assert [f.code for f in findings(made)] == ["position_conflict"]
    assert findings(apply(made, log(Accept(targets=("r1",)))).record) == ()
    assert findings(apply(made, log(Reject(targets=("d2",)))).record) == ()


def test_queries_that_are_made_again_are_not_kept() -> None:
    assert findings(queried("two_teams", "d1", "t1")) == ()


def test_a_variant_is_queried_as_long_as_it_is_one() -> None:
    made = queried("name_variant", "d4")
    assert len(findings(made)) == 1
    merged = apply(made, log(Merge(part="drivers", keep="d1", others=("d4",)))).record
    assert len(findings(merged)) == 1
    assert findings(queried("name_variant", "d1")) == ()


def test_what_is_about_the_document_stays() -> None:
    assert [f.code for f in findings(queried("unread_page"))] == ["unread_page"]


def test_findings_follow_corrections() -> None:
    two = apply(record(), [decided(Edit(target="r2", fields=fields(position=1)))])
    (found,) = findings(two.record, "en")
    assert found.message == "Course 1: several winners (Paul Marchal, Yves Lorrain)"
    assert found.about == ("r1", "r2", "d1", "d2")
    assert all(TEXT[s.start : s.end] == s.text for s in found.evidence)
    assert findings(apply(two.record, log(Reject(targets=("r2",)))).record) == ()


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_its_sentence(code: str) -> None:
    assert f"finding.{code}" in sentences("fr")


def test_a_record_that_is_passed_on_says_what_is_to_be_queried_once() -> None:
    made = apply(record(), [decided(Edit(target="r2", fields=fields(position=1)))]).record
    once = with_findings(made)
    assert [f.code for f in once.findings] == ["two_winners"]
    assert with_findings(once) == once
    mended = apply(once, [decided(Edit(target="r2", fields=fields(position=2)), of=once)]).record
    assert findings(mended) == ()

"""A season from its reports: races and people joined only where they are the same, nothing made up."""

from __future__ import annotations

from datetime import date
from typing import Any

from extractor.record import (
    Coverage,
    Document,
    Driver,
    Event,
    Incident,
    Mention,
    Participant,
    RaceRecord,
    Result,
    Session,
    Span,
)  # fmt: skip
from extractor.review.season import Report, in_order, matrix, scopes
from extractor.review.season_tables import incidents, stated_standings, tallies


def report(
    key: str,
    event: Event | None = None,
    *,
    sessions: tuple[Session, ...] = (),
    settled: bool = True,
    **parts: Any,
) -> Report:
    """Return a report whose text is made of the names of its drivers; ``drivers`` maps ids to names."""
    names: dict[str, str] = parts.pop("drivers")
    text = " ".join(names.values())
    record = RaceRecord(
        document=Document(id=key, sha256="0" * 64, text=text),
        event=event or Event(venue="Val-de-Brume", starts_on=date(1964, 5, 3)),
        sessions=sessions or (Session(id="s1", kind="race"),),
        drivers=tuple(
            Driver(id=identity, name=name, mentions=(at(text, name, Mention),))
            for identity, name in names.items()
        ),
        results=tuple(
            Result(evidence=(at(text, text.split()[0]),), confidence=1, **one)
            for one in parts.pop("results", ())
        ),
        incidents=tuple(
            Incident(evidence=(at(text, text.split()[0]),), confidence=1, **one)
            for one in parts.pop("incidents", ())
        ),
        coverage=Coverage(characters=len(text), characters_read=len(text)),
    )
    return Report(key, f"Compte rendu {key}", record, settled)


def at(text: str, words: str, kind: Any = Span) -> Any:
    start = text.index(words)
    return kind(start=start, end=start + len(words), text=words)


def placed(identity: str, driver: str, position: int | None, **more: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "session": "s1",
        "kind": "final",
        "position": position,
        "drivers": (driver,),
        **more,
    }


FIRST = report(
    "a",
    drivers={"d1": "Henri Tavel", "d2": "Luc Orsini"},
    results=[placed("r1", "d1", 1), placed("r2", "d2", 2)],
)


def test_one_race_told_by_two_reports_is_one_column() -> None:
    other = report(
        "b",
        Event(venue="VAL-DE-BRUME", starts_on=date(1964, 5, 3)),
        drivers={"d1": "Henri TAVEL"},
        results=[placed("r1", "d1", 1)],
    )
    table = matrix([FIRST, other])
    assert len(table.races) == 1
    assert table.races[0].reports == ("a", "b")
    cell = table.lines[0].cells[0]
    assert (cell.agrees, cell.position) == (True, 1)
    assert [place.source.key for place in cell.places] == ["a", "b"]


def test_races_of_unknown_place_or_day_are_never_joined() -> None:
    nowhere = [
        report(
            key,
            Event(starts_on=date(1964, 5, 3)),
            drivers={"d1": "Henri Tavel"},
            results=[placed("r1", "d1", 1)],
        )
        for key in "ab"
    ]
    never = [
        report(
            key, Event(venue="Val-de-Brume"), drivers={"d1": "Henri Tavel"}, results=[placed("r1", "d1", 1)]
        )
        for key in "cd"
    ]
    assert len(matrix([*nowhere, *never]).races) == 4


def test_two_races_of_one_day_stay_two() -> None:
    sessions = (Session(id="s1", kind="race", number=1), Session(id="s2", kind="race", number=2))
    results = [placed("r1", "d1", 1), placed("r2", "d1", 4, session="s2")]
    table = matrix([report("a", sessions=sessions, drivers={"d1": "Henri Tavel"}, results=results)])
    assert [race.number for race in table.races] == [1, 2]
    assert [cell.position for cell in table.lines[0].cells.values()] == [1, 4]


def test_names_are_joined_by_folding_alone() -> None:
    names = ("Hélène Brassac", "HELENE BRASSAC", "H. Brassac", "Helene Brassacq")
    reports = [report(name, Event(), drivers={"d1": name}, results=[placed("r1", "d1", 1)]) for name in names]
    lines = {line.folded: line.spellings for line in matrix(reports).lines}
    assert lines == {
        "helene brassac": ("HELENE BRASSAC", "Hélène Brassac"),
        "h brassac": ("H. Brassac",),
        "helene brassacq": ("Helene Brassacq",),
    }


def test_reports_that_differ_are_both_shown_and_neither_is_counted() -> None:
    other = report("b", drivers={"d1": "Henri Tavel"}, results=[placed("r1", "d1", 2)])
    cell = next(line for line in matrix([FIRST, other]).lines if line.name == "Henri Tavel").cells[0]
    assert not cell.agrees
    assert cell.position is None
    tavel = next(tally for tally in tallies([FIRST, other]) if tally.name == "Henri Tavel")
    assert (tavel.races, tavel.wins, tavel.podiums, tavel.disputed) == (1, 0, 0, 1)


def test_a_crew_has_its_place_together() -> None:
    crew = report(
        "a",
        drivers={"d1": "Henri Tavel", "d2": "Luc Orsini"},
        results=[{**placed("r1", "d1", 3), "drivers": ("d1", "d2")}],
    )
    assert {line.name: line.cells[0].position for line in matrix([crew]).lines} == {
        "Henri Tavel": 3,
        "Luc Orsini": 3,
    }


def test_an_incident_tells_of_a_retirement_where_no_result_does() -> None:
    alone = {
        "id": "i1",
        "session": "s1",
        "type": "mechanical",
        "consequences": ("retirement",),
        "participants": (Participant(driver="d1", text="Tavel"),),
    }
    both = {
        **alone,
        "id": "i2",
        "type": "collision",
        "participants": (Participant(driver="d1", text="Tavel"), Participant(driver="d2", text="Orsini")),
    }
    names = {"d1": "Henri Tavel", "d2": "Luc Orsini"}
    table = matrix([report("a", drivers=names, incidents=[alone, both])])
    assert [(line.name, line.cells[0].status) for line in table.lines] == [("Henri Tavel", "dnf")]
    assert table.lines[0].cells[0].places[0].source.id == "i1"
    classified = matrix([report("a", drivers=names, incidents=[alone], results=[placed("r1", "d1", 9)])])
    assert classified.lines[0].cells[0].position == 9


def test_classes_have_matrices_of_their_own() -> None:
    junior = report(
        "a",
        drivers={"d1": "Henri Tavel"},
        results=[placed("r1", "d1", 1, scope="Junior"), placed("r2", "d1", 5)],
    )
    assert scopes([junior], "final") == ("overall", "Junior")
    assert matrix([junior], scope="Junior").lines[0].cells[0].position == 1


def test_counts_add_what_reports_tell_and_points_that_they_state() -> None:
    results = [
        placed("r1", "d1", 1, points=9.0),
        placed("r2", "d1", 1, kind="grid"),
        placed("r3", "d2", None, kind="fastest_lap"),
        placed("r4", "d2", None, status="dnf"),
    ]
    tally = {
        one.name: one
        for one in tallies([report("a", drivers={"d1": "Henri Tavel", "d2": "Luc Orsini"}, results=results)])
    }
    tavel, orsini = tally["Henri Tavel"], tally["Luc Orsini"]
    assert (tavel.wins, tavel.podiums, tavel.poles, tavel.points, tavel.races_with_points) == (
        1,
        1,
        1,
        9.0,
        1,
    )
    assert (orsini.races, orsini.retirements, orsini.best_laps, orsini.points) == (1, 1, 1, None)


def test_who_is_known_for_a_pole_alone_is_counted_without_a_race() -> None:
    pole = report("a", drivers={"d1": "Henri Tavel"}, results=[placed("r1", "d1", 1, kind="grid")])
    (tally,) = tallies([pole])
    assert (tally.races, tally.poles) == (0, 1)


def test_standings_are_what_the_last_report_states() -> None:
    spring = report(
        "a",
        drivers={"d1": "Henri Tavel", "d2": "Luc Orsini"},
        results=[
            placed("r1", "d1", 1, kind="championship", points=9.0),
            placed("r2", "d2", 2, kind="championship"),
        ],
    )
    autumn = report(
        "b",
        Event(starts_on=date(1964, 9, 6)),
        drivers={"d1": "Henri Tavel"},
        results=[placed("r1", "d1", 2, kind="championship", points=15.0)],
    )
    first, second = stated_standings([autumn, spring])
    assert (first.name, first.position, first.points, first.source.key) == ("Henri Tavel", 2, 15.0, "b")
    assert (second.name, second.position, second.points, second.day) == (
        "Luc Orsini",
        2,
        None,
        date(1964, 5, 3),
    )


def test_incidents_stand_by_kind_and_circuit_and_lead_to_their_words() -> None:
    spin = {
        "id": "i1",
        "session": "s1",
        "type": "spin",
        "participants": (Participant(driver="d1", text="Tavel"), Participant(text="un concurrent")),
    }
    names = {"d1": "Henri Tavel"}
    table = incidents(
        [report("a", drivers=names, incidents=[spin]), report("b", Event(), drivers=names, incidents=[spin])]
    )
    assert (table.types, table.venues) == (("spin",), ("Val-de-Brume", ""))
    (happened,) = table.at("spin", "val de brume")
    assert happened.who == ("Henri Tavel", "un concurrent")
    assert happened.source.key == "a"
    assert table.at("fire", "Val-de-Brume") == ()


def test_reports_stand_in_the_order_of_the_season() -> None:
    undated = report("z", Event(round=1), drivers={"d1": "Henri Tavel"})
    assert [one.key for one in in_order([undated, FIRST])] == ["a", "z"]


def test_a_season_without_reports_is_empty() -> None:
    assert matrix([]).lines == ()
    assert tallies([]) == ()
    assert stated_standings([]) == ()
    assert incidents([]).types == ()

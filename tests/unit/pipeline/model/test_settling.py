"""What stays of the rules' facts and of the model's, and that nothing is left that refers to what is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from extractor.pipeline import extract
from extractor.pipeline.model.location import NONE
from extractor.pipeline.model.proposals import MARK, Candidates
from extractor.pipeline.model.settling import settle, with_candidates, without_drivers
from extractor.record import RaceRecord, Result
from tests.unit.neural.pages import Page, brumeval

Key = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Least:
    """One bound for what the rules tell, one for what the model tells."""

    keep: float = 0.5
    add: float = 0.5

    def least(self, kind: str, *, proposed: bool) -> float:
        return self.add if proposed else self.keep


def settled(record: RaceRecord, chances: Mapping[Key, float] | None = None, **logic: bool) -> RaceRecord:
    """Settle a record and hold it against the format."""
    found = settle(record, chances or {}, Least(), **logic)
    again = RaceRecord.model_validate(found.model_dump())
    assert again == RaceRecord.model_validate_json(found.to_json())
    for group, letter in (("results", "r"), ("incidents", "i"), ("entries", "e"), ("quotes", "q")):
        ids = [fact.id for fact in getattr(found, group)]
        assert ids == [f"{letter}{number}" for number in range(1, len(ids) + 1)]
    return again


def final(chance: float, *ids: str) -> dict[Key, float]:
    return {("results.final", (one,)): chance for one in ids}


def lines(record: RaceRecord) -> list[str]:
    """``final 1 d1``, in the order of the record."""
    return [
        " ".join(
            (r.kind, *(() if r.scope == "overall" else (r.scope,)), str(r.position or r.status), *r.drivers)
        )
        for r in record.results
    ]


def proposed(page: Page, *rows: tuple[str, str, int | str, str]) -> RaceRecord:
    """Return the record with candidates: identifier, kind or class, place, driver."""
    first = page.record.results[0]
    found = Candidates()
    for identifier, kind, place, driver in rows:
        told = (
            {"position": place, "status": "classified"}
            if isinstance(place, int)
            else {"position": None, "status": place}
        )
        changes = {"id": f"{MARK}{identifier}", "kind": kind, "drivers": (driver,), "entry": None, **told}
        found.results.append(first.model_copy(update=changes))
    return with_candidates(page.record, found)


def everything(record: RaceRecord) -> dict[Key, float]:
    """Hold every fact for certain."""
    found: dict[Key, float] = {("drivers", (d.id,)): 1.0 for d in record.drivers}
    found |= {(f"results.{r.kind}", (r.id,)): 1.0 for r in record.results}
    found |= {("retirements", (r.session, d)): 1.0 for r in record.results for d in r.drivers}
    found |= {("incidents.lenient", (i.id,)): 1.0 for i in record.incidents}
    found |= {("quotes", (q.id,)): 1.0 for q in record.quotes}
    return found | {("entries", (d, e.team)): 1.0 for e in record.entries if e.team for d in e.drivers}


# --- nothing happens


REPORT = """Course de Brumeval : Marchal d'un souffle

Qualifications

Louis Marchal (Écurie Brume, n° 12) signe la pole position devant Jean Tavernier (Team Sillage, n° 7).

Course

Louis Marchal gagne la course devant Jean Tavernier. Paul Ortolan percute le mur et abandonne, ce qui fait sortir
la voiture de sécurité. Henri Vasseur et Luc Delmas gagnent aussi la course. « La voiture était parfaite du premier
au dernier tour », se réjouit Louis Marchal. Paul Ortolan est troisième au classement.
"""


@pytest.mark.parametrize("record", [brumeval().record, extract(REPORT, model=NONE)], ids=["hand", "rules"])
def test_where_all_is_certain_the_record_stays_the_same(record: RaceRecord) -> None:
    assert record.results
    assert record.quotes
    found = settled(record, everything(record))
    for fact in found.facts():
        assert fact.confidence == 0.999
    bare = [_unsure(one) for one in (record, found)]
    assert bare[0] == bare[1]


def _unsure(record: RaceRecord) -> object:
    rows = record.model_dump()
    for group in ("results", "incidents", "entries", "quotes"):
        for row in rows[group]:
            row["confidence"] = None
    return rows


def test_what_was_not_weighed_keeps_its_confidence() -> None:
    found = settled(brumeval().record, final(0.7, "r1"))
    assert [r.confidence for r in found.results] == [0.7, 0.8, 0.8, 0.8]


# --- what leaves


def test_what_is_unlikely_leaves_and_the_rest_is_numbered_anew() -> None:
    found = settled(brumeval().record, final(0.2, "r1") | final(0.9, "r2"))
    assert lines(found) == ["final 2 d2", "final Junior 1 d2", "final dnf d3"]
    assert [r.confidence for r in found.results] == [0.9, 0.8, 0.8]


def test_a_bound_is_the_least_that_stays() -> None:
    assert lines(settled(brumeval().record, final(0.5, "r1")))[0] == "final 1 d1"
    assert lines(settled(brumeval().record, final(0.49, "r1")))[0] == "final 2 d2"


def test_the_models_facts_have_a_bound_of_their_own() -> None:
    record = proposed(brumeval(), ("r0", "grid", 1, "d1"))
    chances = {("results.grid", (f"{MARK}r0",)): 0.6}
    assert lines(settle(record, chances, Least(keep=0.9, add=0.5)))[-1] == "grid 1 d1"
    assert "grid 1 d1" not in lines(settle(record, chances, Least(keep=0.5, add=0.9)))


def test_a_retirement_is_weighed_as_one() -> None:
    found = settled(brumeval().record, {("retirements", ("s1", "d3")): 0.1})
    assert "final dnf d3" not in lines(found)


def test_an_entry_leaves_and_its_results_name_none() -> None:
    found = settled(brumeval().record, {("entries", ("d1", "t1")): 0.1})
    assert [entry.drivers for entry in found.entries] == [("d2",)]
    assert [r.entry for r in found.results] == [None, "e1", "e1", None]


def test_an_entry_without_a_team_is_the_rules_own_affair() -> None:
    page = brumeval()
    page.entry("d3", number="8", said="Paul Ortolan", confidence=0.1)
    found = settle(page.record, {}, Least(keep=0.9))
    assert [entry.number for entry in found.entries] == ["8"]


def test_a_crews_entry_stays_while_one_of_them_is_likely() -> None:
    page = brumeval()
    page.entry("d1", "d3", team="t2", said="Marchal reste premier")
    chances = {("entries", ("d1", "t2")): 0.1, ("entries", ("d3", "t2")): 0.8}
    assert settled(page.record, chances).entries[-1].confidence == 0.8
    chances = {("entries", ("d1", "t2")): 0.1, ("entries", ("d3", "t2")): 0.2}
    assert len(settled(page.record, chances).entries) == 2


def test_causes_and_claims_of_what_has_left_are_forgotten() -> None:
    page = brumeval()
    page.incident("spin", "d3", said="moteur cassé", caused_by=("i1",), asserted_by="q1")
    page.incident("crash", "d3", said="abandonne", caused_by=("i1", "i2"))
    gone = settled(page.record, {("incidents.lenient", ("i1",)): 0.1, ("quotes", ("q1",)): 0.1})
    assert [(i.type, i.caused_by, i.asserted_by) for i in gone.incidents] == [
        ("spin", (), None),
        ("crash", ("i1",), None),
    ]
    assert gone.quotes == ()
    stays = settled(page.record)
    assert [(i.caused_by, i.asserted_by) for i in stays.incidents] == [
        ((), None),
        (("i1",), "q1"),
        (("i1", "i2"), None),
    ]


def test_findings_are_about_what_is_still_there() -> None:
    page = brumeval()
    page.finding("r1", "r2", code="one")
    page.finding("r2", "r3", code="two")
    page.finding("d1", "t1", code="three")
    found = settled(page.record, final(0.1, "r1"))
    assert [(f.code, f.about) for f in found.findings] == [("two", ("r1", "r2")), ("three", ("d1", "t1"))]


# --- drivers that are none


def test_with_a_driver_leaves_all_that_is_told_of_him() -> None:
    found = settled(brumeval().record, {("drivers", ("d3",)): 0.1})
    assert [driver.name for driver in found.drivers] == ["Louis Marchal", "Jean Tavernier"]
    assert lines(found) == ["final 1 d1", "final 2 d2", "final Junior 1 d2"]
    assert found.incidents == ()


def test_who_was_no_driver_may_still_have_spoken() -> None:
    (quote,) = settled(brumeval().record, {("drivers", ("d1",)): 0.1}).quotes
    assert (quote.speaker, quote.speaker_name) == (None, "Louis Marchal")


def test_others_keep_what_they_shared_with_him() -> None:
    page = brumeval()
    page.result("grid", 2, "d2", "d3", said="Jean Tavernier")
    page.incident("collision", "d2", "d3", said="moteur cassé")
    page.entry("d2", "d3", team="t1", said="Jean Tavernier")
    found = settled(page.record, {("drivers", ("d3",)): 0.1})
    assert lines(found)[-1] == "grid 2 d2"
    assert [p.driver for p in found.incidents[-1].participants] == ["d2"]
    assert found.entries[-1].drivers == ("d2",)


def test_what_was_told_of_no_driver_stays() -> None:
    page = brumeval()
    page.result("final", 3, said="la course")
    page.entry(team="t2", number="9", said="Team Sillage")
    page.incident("safety_car", said="moteur cassé")
    found = without_drivers(page.record, {"d3"})
    assert [r.position for r in found.results if not r.drivers] == [3]
    assert [e.number for e in found.entries if not e.drivers] == ["9"]
    assert [i.type for i in found.incidents] == ["safety_car"]


def test_a_finding_about_what_left_with_its_driver_leaves_too() -> None:
    page = brumeval()
    page.result("final", 3, "d1", said="Marchal reste premier")
    page.finding("r4", "i1", code="retired_classified")
    page.finding("r4", code="of_him")
    page.finding("d3", code="himself")
    page.finding("r5", code="of_another")
    found = settled(page.record, {("drivers", ("d3",)): 0.1})
    assert [(f.code, f.about) for f in found.findings] == [("of_another", ("r4",))]


# --- race logic


def test_a_second_winner_gives_way_to_the_surer_first() -> None:
    record = proposed(brumeval(), ("r0", "final", 1, "d3"))
    found = settled(record, final(0.6, f"{MARK}r0") | final(0.9, "r1") | {("retirements", ("s1", "d3")): 0.1})
    assert lines(found) == ["final 1 d1", "final 2 d2", "final Junior 1 d2"]


def test_of_two_candidates_the_surer_one_stays() -> None:
    record = proposed(brumeval(), ("r0", "grid", 1, "d1"), ("r1", "grid", 1, "d2"))
    chances = {("results.grid", (f"{MARK}r0",)): 0.6, ("results.grid", (f"{MARK}r1",)): 0.7}
    assert lines(settled(record, chances))[-1] == "grid 1 d2"
    assert len(lines(settled(record, chances))) == 5


def test_nobody_has_two_places_in_one_race() -> None:
    record = proposed(brumeval(), ("r0", "final", 3, "d2"))
    assert "final 3 d2" not in lines(settled(record, final(0.6, f"{MARK}r0")))


def test_nobody_is_classified_who_fell_out() -> None:
    record = proposed(brumeval(), ("r0", "final", 3, "d3"), ("r1", "final", "dnf", "d1"))
    chances = final(0.6, f"{MARK}r0") | {("retirements", ("s1", "d1")): 0.6}
    found = lines(settled(record, chances))
    assert "final 3 d3" not in found
    assert "final dnf d1" not in found


def test_two_facts_of_the_rules_may_contradict_each_other() -> None:
    page = brumeval()
    page.result("final", 1, "d3", said="Paul Ortolan")
    assert lines(settled(page.record))[-2:] == ["final dnf d3", "final 1 d3"]


@pytest.mark.parametrize(
    "changes",
    [{"scope": "Senior"}, {"session": "s2"}, {"kind": "running"}],
    ids=["another class", "another race", "on the way"],
)
def test_what_fits_stays(changes: dict[str, str]) -> None:
    page = brumeval()
    page.session("race", "gagne")
    record = proposed(page, ("r0", "final", 1, "d2"))
    last: Result = record.results[-1].model_copy(update=changes)
    record = record.model_copy(update={"results": (*record.results[:-1], last)})
    found = settled(record, {(f"results.{last.kind}", (last.id,)): 0.6})
    assert len(found.results) == 5


def test_a_lead_in_the_championship_is_the_same_in_all_sessions() -> None:
    page = brumeval()
    page.session("race", "gagne")
    page.result("championship", 1, "d1", said="Marchal reste premier")
    record = proposed(page, ("r0", "championship", 1, "d2"))
    last = record.results[-1].model_copy(update={"session": "s2"})
    record = record.model_copy(update={"results": (*record.results[:-1], last)})
    assert lines(settled(record, {("results.championship", (last.id,)): 0.6}))[-1] == "championship 1 d1"


def test_without_logic_everything_likely_stays() -> None:
    record = proposed(brumeval(), ("r0", "final", 1, "d3"))
    assert lines(settled(record, final(0.6, f"{MARK}r0"), logic=False))[-1] == "final 1 d3"


def test_what_the_rules_tell_does_not_give_way_to_a_candidate() -> None:
    record = proposed(brumeval(), ("r0", "final", 1, "d3"))
    chances = final(0.99, f"{MARK}r0") | final(0.6, "r1") | {("retirements", ("s1", "d3")): 0.1}
    assert lines(settled(record, chances)) == ["final 1 d1", "final 2 d2", "final Junior 1 d2"]

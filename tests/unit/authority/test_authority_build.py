"""Who is one and who is not, over several documents; ids that last; decisions that hold."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from authority_builders import race

from extractor.authority.build import Built, build
from extractor.authority.decisions import AuthorityDecision
from extractor.authority.file import AuthorityFile
from extractor.record import RaceRecord

FIELD = ["Luc Orsini", "Marcel Verdan", "André Tixador", "Paul Bréguet", "Émile Castagnol"]


def season(first: str, *names: str) -> list[RaceRecord]:
    """Return reports of one series, each with the same field and somebody under another name."""
    return [
        race(f"{first}-{number}", [name, *FIELD], season=1968 + number // 3)
        for number, name in enumerate(names)
    ]


def entities(path: Path) -> dict[str, set[str]]:
    """Return the documents of each entity by its id."""
    with AuthorityFile.open(path) as file:
        return {one.id: {m.document + "/" + m.name for m in file.members(one.id)} for one in file.entities()}


def whose(path: Path, document: str, name: str) -> str:
    """Return the id of somebody in a document."""
    found = [id_ for id_, members in entities(path).items() if f"{document}/{name}" in members]
    assert len(found) == 1
    return found[0]


def anchor(path: Path, document: str, name: str) -> str:
    """Return the anchor of somebody in a document."""
    with AuthorityFile.open(path) as file:
        query = "SELECT anchor FROM member WHERE document = ? AND name = ?"
        return str(file.db.execute(query, (document, name)).fetchone()[0])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "authority.db"


def test_one_driver_in_several_spellings_is_one(out: Path) -> None:
    build(season("meeting", "Jean Marceline", "J. Marceline", "Jean MARCELINE", "Jean Marcellne"), out)
    ids = {
        whose(out, "meeting-0", "Jean Marceline"),
        whose(out, "meeting-1", "J. Marceline"),
        whose(out, "meeting-2", "Jean MARCELINE"),
        whose(out, "meeting-3", "Jean Marcellne"),
    }
    assert len(ids) == 1
    with AuthorityFile.open(out) as file:
        entity = file.entity(ids.pop())
        assert entity is not None
        assert entity.name == "Jean Marceline"
        assert (entity.first_year, entity.last_year, entity.appearances) == (1968, 1969, 4)
        assert all(link.reasons for link in file.links(entity.id))


def test_brothers_stay_two(out: Path) -> None:
    reports = season("meeting", "Jean Marceline", "Paul Marceline", "Jean Marceline", "Paul Marceline")
    build(reports, out)
    assert whose(out, "meeting-0", "Jean Marceline") != whose(out, "meeting-1", "Paul Marceline")
    assert whose(out, "meeting-0", "Jean Marceline") == whose(out, "meeting-2", "Jean Marceline")


def test_a_driver_of_1932_is_not_that_of_1998(out: Path) -> None:
    build([race("a", ["Jean Marceline"], season=1932), race("b", ["Jean Marceline"], season=1998)], out)
    assert whose(out, "a", "Jean Marceline") != whose(out, "b", "Jean Marceline")


def test_two_in_one_document_are_two(out: Path) -> None:
    build([race("a", ["Jean Marceline", "J. Marceline"]), race("b", ["Jean Marceline", *FIELD])], out)
    assert whose(out, "a", "Jean Marceline") != whose(out, "a", "J. Marceline")


def test_the_surname_alone_of_two_brothers_is_a_candidate_and_no_merge(out: Path) -> None:
    reports = season("m", "Jean Marceline", "Paul Marceline", "Jean Marceline", "Paul Marceline", "Marceline")
    build(reports, out)
    alone = whose(out, "m-4", "Marceline")
    assert alone not in (whose(out, "m-0", "Jean Marceline"), whose(out, "m-1", "Paul Marceline"))


def test_ids_do_not_depend_on_the_order_of_the_archive(out: Path, tmp_path: Path) -> None:
    reports = season("meeting", "Jean Marceline", "J. Marceline", "Paul Marceline", "Jean Marceline")
    build(reports, out)
    random.Random(1).shuffle(reports)
    build(reports, tmp_path / "other.db")
    assert entities(out) == entities(tmp_path / "other.db")


def test_ids_stay_when_the_archive_grows(out: Path) -> None:
    build(season("meeting", "Jean Marceline", "Jean Marceline"), out)
    before = entities(out)
    build(season("meeting", *["Jean Marceline"] * 9), out)
    after = entities(out)
    assert before.keys() <= after.keys()
    assert all(before[id_] <= after[id_] for id_ in before)


def test_a_text_that_lies_in_the_archive_twice_counts_once(out: Path) -> None:
    built = build([race("a", FIELD), race("a", FIELD)], out)
    assert (built.documents, built.repeated) == (1, 1)


def far_apart() -> list[RaceRecord]:
    return [
        race("a", ["Marceline", "Luc Orsini", "Paul Bréguet"], season=1961, series="Coupe du Nord"),
        race("b", ["Jean Marceline", "Marc Tassin", "Guy Ferrand"], season=1974, series="Trophée du Sud"),
    ]


def decided(out: Path, action: str) -> AuthorityDecision:
    return AuthorityDecision.make(
        action,  # type: ignore[arg-type]
        "archiviste",
        [anchor(out, "a", "Marceline")],
        [anchor(out, "b", "Jean Marceline")],
    )


def test_what_somebody_decided_holds_and_can_be_undone(out: Path) -> None:
    build(far_apart(), out)
    old = {whose(out, "a", "Marceline"), whose(out, "b", "Jean Marceline")}
    assert len(old) == 2
    same = decided(out, "same")
    built = build(far_apart(), out, decisions=[same])
    assert built.decided == 1
    one = whose(out, "a", "Marceline")
    assert one == whose(out, "b", "Jean Marceline")
    with AuthorityFile.open(out) as file:
        assert list(file.redirections()) == [((old - {one}).pop(), one, "merged")]
    undo = AuthorityDecision.make("undo", "archiviste", undoes=same.id)
    build(far_apart(), out, decisions=[same, undo])
    assert whose(out, "a", "Marceline") != whose(out, "b", "Jean Marceline")
    with AuthorityFile.open(out) as file:
        assert any(why == "split" for _, _, why in file.redirections())


def test_the_later_decision_holds(out: Path) -> None:
    build(far_apart(), out)
    decisions = [decided(out, "same"), decided(out, "different")]
    built = build(far_apart(), out, decisions=decisions)
    assert built.overruled == 1
    assert whose(out, "a", "Marceline") != whose(out, "b", "Jean Marceline")
    build(far_apart(), out, decisions=decisions[::-1])
    assert whose(out, "a", "Marceline") == whose(out, "b", "Jean Marceline")


def test_what_was_decided_different_is_not_linked(out: Path) -> None:
    reports = season("m", "Jean Marceline", "Jean Marceline")
    build(reports, out)
    apart = AuthorityDecision.make(
        "different",
        "archiviste",
        [anchor(out, "m-0", "Jean Marceline")],
        [anchor(out, "m-1", "Jean Marceline")],
    )
    build(reports, out, decisions=[apart])
    assert whose(out, "m-0", "Jean Marceline") != whose(out, "m-1", "Jean Marceline")
    with AuthorityFile.open(out) as file:
        assert not any(one.one == apart.left[0] for one in file.candidates())


def test_teams_are_linked_over_sponsors(out: Path) -> None:
    reports = [
        race("a", FIELD, teams={"Luc Orsini": "Écurie Sambre"}),
        race("b", FIELD, teams={"Luc Orsini": "Écurie Sambre Huilor"}, season=1969),
        race("c", FIELD, teams={"Luc Orsini": "Écurie Loire"}, season=1969),
    ]
    build(reports, out)
    assert whose(out, "a", "Écurie Sambre") == whose(out, "b", "Écurie Sambre Huilor")
    assert whose(out, "a", "Écurie Sambre") != whose(out, "c", "Écurie Loire")


def test_a_build_that_fails_leaves_the_old_file(out: Path) -> None:
    build([race("a", FIELD)], out)
    before = out.read_bytes()

    def broken() -> Built:
        def records() -> object:
            yield race("b", FIELD)
            raise RuntimeError("cut")

        return build(records(), out)  # type: ignore[arg-type]

    with pytest.raises(RuntimeError, match="cut"):
        broken()
    assert out.read_bytes() == before
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def test_an_archive_of_nothing_makes_an_empty_file(out: Path) -> None:
    build([race("a", [])], out)
    assert entities(out) == {}

"""What annotators change in a tool changes the record so, and nothing else of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractor.exports.annotation.task import Returned
from extractor.record import RaceRecord
from extractor.review.annotated import Outcome
from tests.unit.review.annotated.annotating import Annotator, brought, read_back
from tests.unit.review.annotated.displaced import displaced
from tests.unit.review.review_builders import TEXT, record

TOOLS = ("label-studio", "doccano")


@pytest.fixture(params=TOOLS)
def tool(request: pytest.FixtureRequest) -> str:
    """One that shows everything."""
    return str(request.param)


def parts(one: RaceRecord) -> dict[str, Any]:
    """Return a record's things by id, and the rest of it."""
    held = one.model_dump(mode="json")
    found = {
        thing["id"]: thing
        for value in held.values()
        if isinstance(value, list)
        for thing in value
        if "id" in thing
    }
    return found | {name: value for name, value in held.items() if not isinstance(value, list)}


def differing(before: RaceRecord, after: RaceRecord) -> set[str]:
    """Return the ids of what is another, new or gone."""
    a, b = parts(before), parts(after)
    return {name for name in a.keys() | b.keys() if a.get(name) != b.get(name)}


def codes(outcome: Outcome) -> list[str]:
    return [remark.code for remark in outcome.remarks]


def only(outcome: Outcome, *names: str) -> RaceRecord:
    """Return the record, of which nothing but these differs."""
    after = outcome.reviewed.record
    assert differing(record(), after) == set(names)
    return after


def test_what_nobody_changed_is_the_same_record(tool: str, tmp_path: Path) -> None:
    outcome = Annotator(record()).brought(tool, tmp_path)
    assert outcome.reviewed.record == record()
    assert not outcome.decisions
    assert not outcome.remarks


def test_who_did_it_and_when_is_in_the_log(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.relabel(ana.of("r3"), "result.qualifying")
    (decision,) = brought(ana.record, ana.returned("label-studio", tmp_path), reviewer=None).decisions
    assert (decision.reviewer, decision.at.isoformat()) == ("7", "2026-11-23T12:00:00+00:00")
    (again,) = ana.brought(tool, tmp_path).decisions
    assert (again.reviewer, again.document) == ("Ana", "vauban")
    assert again.id == ana.brought(tool, tmp_path).decisions[0].id


def test_a_span_drawn_longer_is_longer(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    start = TEXT.index("moteur cassé")
    ana.move(ana.of("i2"), start - len("abandonne, "), start + len("moteur cassé"))
    after = only(ana.brought(tool, tmp_path), "i2")
    assert after.incidents[1].evidence[0].text == "abandonne, moteur cassé"
    assert after.incidents[1].lap is None
    assert after.incidents[1].consequences == ("retirement",)


def test_another_label_is_another_kind_and_all_else_stays(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.relabel(ana.of("r3"), "result.qualifying")
    ana.relabel(ana.of("i1"), "incident.off_track")
    after = only(ana.brought(tool, tmp_path), "r3", "i1")
    assert (after.results[2].kind, after.results[2].position) == ("qualifying", 1)
    assert (after.incidents[0].type, after.incidents[0].lap) == ("off_track", 3)


def test_a_mention_more_and_a_mention_less(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.remove(ana.of("t1", 1))
    new = ana.add("driver.nominal", "Course 2")  # "le vainqueur", say
    ana.link(new, "same", ana.of("d3"))
    after = only(ana.brought(tool, tmp_path), "t1", "d3")
    assert len(after.teams[0].mentions) == 1
    assert [(m.text, m.form) for m in after.drivers[2].mentions] == [
        ("Course 2", "nominal"),
        ("Luc Tessier", "name"),
    ]


def test_the_first_mention_taken_away_leaves_the_others_together(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.remove(ana.of("d2", 0))
    after = only(ana.brought(tool, tmp_path), "d2")
    assert len(after.drivers[1].mentions) == 2


def test_two_spellings_joined_are_one_driver(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.link(ana.of("d4"), "same", ana.of("d1"))
    outcome = ana.brought(tool, tmp_path)
    after = only(outcome, "d1", "d4", "r3")
    assert (after.drivers[0].name, after.drivers[0].aliases) == ("Paul Marchal", ("P. Marshal",))
    assert after.results[2].drivers == ("d1",)
    assert [decision.change.action for decision in outcome.decisions] == ["merge"]


def test_a_mention_parted_from_its_driver_is_somebody_new_or_whom_it_is_joined_to(
    tool: str, tmp_path: Path
) -> None:
    ana = Annotator(record())
    ana.unlink(ana.of("d2", 1), "same")
    ana.link(ana.of("d2", 1), "same", ana.of("d3"))
    after = ana.brought(tool, tmp_path).reviewed.record
    assert [len(driver.mentions) for driver in after.drivers] == [1, 2, 2, 1]
    ana.unlink(ana.of("d2", 1), "same", ana.of("d3"))
    after = ana.brought(tool, tmp_path).reviewed.record
    assert [len(driver.mentions) for driver in after.drivers] == [1, 2, 1, 1, 1]
    assert after.drivers[-1].name == "Yves Lorrain"


def test_all_marks_of_a_fact_taken_away_reject_it(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.remove(ana.of("i2"))
    outcome = ana.brought(tool, tmp_path)
    only(outcome, "i2")
    assert outcome.decisions[0].change.action == "reject"


def test_what_leaves_with_a_driver_is_told(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.remove(ana.of("d4"))
    outcome = ana.brought(tool, tmp_path)
    only(outcome, "d4", "r3")
    assert codes(outcome) == ["went_along"]


def test_a_session_that_facts_hang_on_stays(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.remove(ana.of("s1"))
    outcome = ana.brought(tool, tmp_path)
    assert only(outcome, "s1").sessions[0].evidence == ()
    assert codes(outcome) == ["left_without_place"]


def test_links_say_who_did_what(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.unlink(ana.of("r3"), "driver")
    ana.link(ana.of("d1"), "driver", ana.of("r3"))  # drawn the other way round
    ana.link(ana.of("i1"), "at_fault", ana.of("d3"))
    ana.unlink(ana.of("q1"), "speaker")
    ana.unlink(ana.of("i1"), "asserted_by")
    after = only(ana.brought(tool, tmp_path), "r3", "i1", "q1")
    assert after.results[2].drivers == ("d1",)
    assert [(p.driver, p.text, p.role) for p in after.incidents[0].participants] == [
        ("d2", "Yves Lorrain", "subject"),
        ("d3", "Luc Tessier", "at_fault"),
    ]
    assert after.incidents[0].asserted_by is None
    assert (after.quotes[0].speaker, after.quotes[0].speaker_name) == (None, "Yves Lorrain")


def test_another_role_keeps_what_the_report_says_there(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    target = next(link.tail for link in ana.links if link.head == ana.of("i1") and link.label == "subject")
    ana.unlink(ana.of("i1"), "subject")
    ana.link(ana.of("i1"), "victim", target)
    after = only(ana.brought(tool, tmp_path), "i1")
    assert [(p.driver, p.role) for p in after.incidents[0].participants] == [("d2", "victim")]


def test_something_new_is_added_with_what_it_is_linked_to(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    person = ana.add("driver", "Marchal (")
    ana.link(person, "same", ana.of("d1"))
    incident = ana.add("incident.collision", "jubile")
    ana.link(incident, "subject", ana.of("d3"))
    ana.link(incident, "session", ana.of("s2"))
    ana.link(incident, "caused_by", ana.of("i2"))
    result = ana.add("result.running", "devant")
    ana.link(result, "driver", ana.of("d1"))
    ana.link(result, "session", ana.of("s1"))
    outcome = ana.brought(tool, tmp_path)
    after = outcome.reviewed.record
    new, place = after.incidents[-1], after.results[-1]
    assert (new.type, new.session, new.caused_by, new.confidence) == ("collision", "s2", ("i2",), 1.0)
    assert [(p.driver, p.text) for p in new.participants] == [("d3", "Luc Tessier")]
    assert (place.kind, place.drivers, place.position) == ("running", ("d1",), None)
    assert codes(outcome) == ["place_unknown"]
    assert differing(record(), after) == {"d1", new.id, place.id}


def test_a_name_marked_once_more_is_who_bears_it(tool: str, tmp_path: Path) -> None:
    """Nobody is linked: the name tells, where one alone bears it, and two new marks of one name are one."""
    base = record()
    fewer = base.drivers[1].model_copy(update={"mentions": base.drivers[1].mentions[:2]})
    base = base.model_copy(update={"drivers": (base.drivers[0], fewer, *base.drivers[2:])})
    ana = Annotator(base)
    ana.add("driver", "Yves Lorrain", 2)
    ana.add("team", "Course", 0)
    ana.add("team", "Course", 1)
    outcome = ana.brought(tool, tmp_path)
    after = outcome.reviewed.record
    assert codes(outcome) == ["joined_by_name"]
    assert len(after.drivers[1].mentions) == 3
    assert [(team.name, len(team.mentions)) for team in after.teams] == [("Écurie Vauban", 2), ("Course", 2)]


def test_a_mark_drawn_again_is_what_it_was(tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.remove(ana.of("d2", 2))
    ana.add("driver", "Yves Lorrain", 2)
    assert not ana.brought("label-studio", tmp_path).decisions


@pytest.mark.parametrize(
    ("label", "words", "code"),
    [
        ("result.final", "devant", "session_needed"),
        ("driver.pronoun", "Je", "nameless"),
        ("entry", "devant", "somebody_needed"),
        ("PILOTE", "devant", "unknown_label"),
        ("driver", " ", "blank"),
    ],
)
def test_what_says_too_little_is_told_and_changes_nothing(
    tool: str, tmp_path: Path, label: str, words: str, code: str
) -> None:
    ana = Annotator(record())
    ana.add(label, words)
    outcome = ana.brought(tool, tmp_path)
    assert codes(outcome) == [code]
    assert outcome.reviewed.record == record()


def test_a_span_beyond_the_text_is_told(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.move(ana.of("t1", 1), TEXT.rindex("Vauban"), len(TEXT) + 9)
    outcome = ana.brought(tool, tmp_path)
    assert codes(outcome)[0] == "outside"
    assert outcome.reviewed.record == record()


def test_a_label_that_means_nothing_takes_nothing_away(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.relabel(ana.of("d4"), "PILOTE")
    outcome = ana.brought(tool, tmp_path)
    assert outcome.reviewed.record == record()
    assert codes(outcome)[0] == "unknown_label"


@pytest.mark.parametrize(
    ("head", "label", "tail", "code"),
    [
        ("d1", "speaker", "d2", "link_between_kinds"),
        ("d1", "same", "t1", "link_between_kinds"),
        ("d1", "épouse", "d2", "unknown_link"),
    ],
)
def test_a_link_that_means_nothing_is_told(
    tool: str, tmp_path: Path, head: str, label: str, tail: str, code: str
) -> None:
    ana = Annotator(record())
    ana.link(ana.of(head), label, ana.of(tail))
    outcome = ana.brought(tool, tmp_path)
    assert codes(outcome) == [code]
    assert outcome.reviewed.record == record()


def test_a_fact_cannot_lose_its_session(tool: str, tmp_path: Path) -> None:
    ana = Annotator(record())
    ana.unlink(ana.of("r1"), "session")
    outcome = ana.brought(tool, tmp_path)
    assert codes(outcome) == ["session_stays"]
    assert outcome.reviewed.record == record()


def test_of_two_facts_at_one_place_links_tell_which_is_gone(tmp_path: Path) -> None:
    twice = record()
    grid = twice.results[0].model_copy(update={"id": "r9", "drivers": ("d2",), "position": 5})
    twice = RaceRecord.model_validate(
        twice.model_copy(update={"results": (*twice.results, grid)}).model_dump()
    )
    ana = Annotator(twice)
    ana.remove(ana.of("r1"))
    outcome = ana.brought("doccano", tmp_path)
    assert [result.id for result in outcome.reviewed.record.results] == ["r2", "r3", "r4", "r9"]
    ana.links = []
    returned = ana.returned("doccano", tmp_path)
    outcome = brought(twice, type(returned)(**{**_fields(returned), "links": None}))
    assert codes(outcome) == ["unsure_removal"]
    assert outcome.reviewed.record == twice


def _fields(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def test_a_region_without_a_label_takes_nothing_away_and_notes_are_kept(tmp_path: Path) -> None:
    ana = Annotator(record())
    task = ana.exported("label-studio")
    first, second = task["annotations"][0]["result"][:2]
    del first["value"]["labels"]
    second["meta"] = {"text": ["à vérifier", "sur le palmarès"]}
    (returned,) = read_back("label-studio", [task], tmp_path)
    assert isinstance(returned, Returned)
    outcome = brought(record(), returned)
    assert codes(outcome) == ["unknown_label", "comment"]
    assert outcome.reviewed.record == record()
    assert outcome.reviewed.marks["s2"].note == "à vérifier\nsur le palmarès"


def test_a_comment_on_the_document_is_a_note(tmp_path: Path) -> None:
    line = Annotator(record()).exported("doccano") | {"Comments": ["page de droite ?"]}
    (returned,) = read_back("doccano", [line], tmp_path)
    assert isinstance(returned, Returned)
    outcome = brought(record(), returned)
    assert outcome.reviewed.marks["document"].note == "page de droite ?"


def test_the_latest_of_several_is_taken_and_what_is_unfinished_is_not(tmp_path: Path) -> None:
    ana, bob = Annotator(record()), Annotator(record())
    ana.relabel(ana.of("i1"), "incident.crash")
    bob.relabel(bob.of("i1"), "incident.fall")
    early, late = ana.exported("label-studio"), bob.exported("label-studio")
    early["annotations"][0] |= {"completed_by": {"email": "ana@example.org"}}
    late["annotations"][0] |= {"updated_at": "2026-11-24T08:00:00Z"}
    skipped = {**late["annotations"][0], "was_cancelled": True, "updated_at": "2027-01-01T00:00:00Z"}
    early["annotations"] += [*late["annotations"], skipped]
    returned = [one for one in read_back("label-studio", [early], tmp_path) if isinstance(one, Returned)]
    outcome = brought(record(), *returned)
    assert outcome.reviewed.record.incidents[0].type == "fall"
    (remark,) = outcome.remarks
    assert (remark.code, remark.values["others"]) == ("several_annotators", "7, ana@example.org")


@pytest.mark.parametrize(("answer", "code"), [("reject", "rejected"), ("ignore", "ignored")])
def test_what_was_not_accepted_in_prodigy_changes_nothing(tmp_path: Path, answer: str, code: str) -> None:
    ana = Annotator(record(), "ner")
    ana.remove(ana.of("d3"))
    (returned,) = read_back("prodigy", [ana.exported("prodigy") | {"answer": answer}], tmp_path)
    assert isinstance(returned, Returned)
    outcome = brought(record(), returned)
    assert codes(outcome) == [code]
    assert not outcome.decisions


def test_prodigy_joins_and_parts_people(tmp_path: Path) -> None:
    ana = Annotator(record(), "relations")
    ana.link(ana.of("d4"), "same", ana.of("d1"))
    ana.unlink(ana.of("d2", 2), "same")
    after = ana.brought("prodigy", tmp_path).reviewed.record
    assert [(d.name, len(d.mentions)) for d in after.drivers] == [
        ("Paul Marchal", 2),
        ("Yves Lorrain", 2),
        ("Luc Tessier", 1),
        ("Yves Lorrain", 1),
    ]
    assert after.results[2].drivers == ("d1",)


def test_offsets_counted_in_code_units_are_understood(tmp_path: Path) -> None:
    base = displaced(record(), {0: "🏁🏁 "})
    task = Annotator(base).exported("label-studio")
    for result in task["annotations"][0]["result"]:
        if "value" in result:
            result["value"] |= {"start": result["value"]["start"] + 2, "end": result["value"]["end"] + 2}
    (returned,) = read_back("label-studio", [task], tmp_path)
    assert isinstance(returned, Returned)
    assert not brought(base, returned).decisions


def test_an_annotation_begun_on_an_empty_page_adds_and_takes_nothing_away(tmp_path: Path) -> None:
    ana = Annotator(record())
    for mark in list(ana.marks):
        ana.remove(mark)
    assert codes(ana.brought("doccano", tmp_path)) == ["begun_anew"]
    assert not ana.brought("doccano", tmp_path).decisions
    ana.add("driver", "Yves Lorrain")
    ana.add("driver", "Yves Lorrain", 1)
    ana.add("team", "moteur")
    outcome = ana.brought("label-studio", tmp_path)
    assert codes(outcome) == ["begun_anew"]
    after = outcome.reviewed.record
    assert differing(record(), after) == {after.teams[-1].id}

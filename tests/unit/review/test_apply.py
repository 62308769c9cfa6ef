"""What each decision makes of a record."""

from __future__ import annotations

import pytest
from review_builders import TEXT, at, decided, fields, ids, log, named, record

from extractor.messages import Messages
from extractor.record import Box, DocumentPage
from extractor.review.apply import DecisionError, apply, check, step
from extractor.review.applying.refusals import STRANDED
from extractor.review.decisions import (
    Accept,
    Add,
    Change,
    Decision,
    Edit,
    Merge,
    Note,
    Reject,
    SetStatus,
    Split,
    Undo,
)
from extractor.review.reviewed import Reviewed, Stranded


def after(*changes: Change) -> Reviewed:
    return apply(record(), log(*changes))


def thing(reviewed: Reviewed, identifier: str):  # type: ignore[no-untyped-def]
    parts = ("sessions", "drivers", "teams", "entries", "results", "incidents", "quotes")
    return next(t for part in parts for t in getattr(reviewed.record, part) if t.id == identifier)


# --- accept, reject, note, status


def test_without_decisions_the_record_is_as_extracted_and_new() -> None:
    assert after() == Reviewed(record=record())


def test_what_somebody_accepted_is_sure_and_the_rest_as_sure_as_before() -> None:
    reviewed = after(Accept(targets=("r1", "r2", "d1", "event")))
    assert [r.confidence for r in reviewed.record.results] == [1.0, 1.0, 0.6, 0.8]
    assert {i: mark.verdict for i, mark in reviewed.marks.items()} == dict.fromkeys(
        ("r1", "r2", "d1", "event"), "accepted"
    )
    assert reviewed.status == "in_review"


def test_of_many_targets_those_that_are_there_are_dealt_with_and_the_others_stranded() -> None:
    accept = decided(Accept(targets=("r1", "r99")))
    reviewed = apply(record(), [accept])
    assert reviewed.marks.keys() == {"r1"}
    assert reviewed.stranded == (Stranded(accept.id, "no_such_thing", "r99"),)


def test_a_rejected_driver_leaves_everything_and_results_without_anybody_go_too() -> None:
    reviewed = after(Reject(targets=("d2",)))
    assert ids(reviewed.record.results) == ["r1", "r3", "r4"]
    assert reviewed.gone.keys() == {"d2", "r2"}
    assert reviewed.gone["r2"].thing["position"] == 2
    assert reviewed.marks["r2"].verdict == "rejected"
    assert reviewed.record.incidents[0].participants[0].text == "Yves Lorrain"
    assert reviewed.record.incidents[0].participants[0].driver is None
    quote = reviewed.record.quotes[0]
    assert (quote.speaker, quote.speaker_name, quote.speaker_role) == (None, "Yves Lorrain", "unknown")


def test_an_entry_without_its_driver_stays_as_long_as_it_has_a_team() -> None:
    reviewed = after(Reject(targets=("d1",)))
    assert reviewed.record.entries[0].drivers == ()
    assert ids(after(Reject(targets=("d1", "t1"))).record.entries) == []


def test_a_session_with_facts_cannot_be_rejected_alone() -> None:
    reject = decided(Reject(targets=("s2",)))
    reviewed = apply(record(), [reject])
    assert ids(reviewed.record.sessions) == ["s1", "s2"]
    assert reviewed.stranded == (Stranded(reject.id, "breaks_record", "s2"),)
    with pytest.raises(DecisionError, match="a encore des résultats"):
        check(apply(record(), []), reject.change)


def test_a_session_can_be_rejected_together_with_its_facts() -> None:
    reviewed = after(Reject(targets=("s2", "r4", "i2")))
    assert ids(reviewed.record.sessions) == ["s1"]
    assert reviewed.stranded == ()


def test_who_claimed_an_incident_is_forgotten_with_the_quote() -> None:
    assert after(Reject(targets=("q1",))).record.incidents[0].asserted_by is None


def test_a_note_leaves_the_verdict_and_an_empty_one_goes() -> None:
    noted = after(Accept(targets=("r1",)), Note(target="r1", new="vu au journal"))
    assert (noted.marks["r1"].verdict, noted.marks["r1"].note) == ("accepted", "vu au journal")
    assert after(Note(target="r1", new="?"), Note(target="r1", old="?", new="")).marks == {}


def test_the_status_is_the_one_last_set() -> None:
    changes = [SetStatus(old="new", new="reviewed"), SetStatus(old="reviewed", new="disputed")]
    assert after(*changes).status == "disputed"


# --- edit and add


def test_an_edited_fact_is_checked_and_sure() -> None:
    reviewed = after(Edit(target="i1", fields=fields(lap=4, type="off_track")))
    incident = reviewed.record.incidents[0]
    assert (incident.lap, incident.type, incident.confidence) == (4, "off_track", 1.0)
    assert reviewed.marks["i1"].verdict == "edited"


@pytest.mark.parametrize(
    ("target", "new", "code"),
    [
        ("r1", {"position": 0}, "breaks_record"),
        ("r1", {"drivers": ["d9"]}, "no_such_thing"),
        ("r1", {"colour": "rouge"}, "breaks_record"),
        ("r1", {"points": float("nan")}, "breaks_record"),
        ("r1", {"evidence": []}, "breaks_record"),
        ("r1", {"evidence": [{"start": 0, "end": 6, "text": "course"}]}, "other_text"),
        ("r1", {"id": "r7"}, "breaks_record"),
        ("r1", {"drivers": ["t1"]}, "no_such_thing"),
        ("i1", {"caused_by": ["i9"]}, "no_such_thing"),
        ("r9", {"position": 3}, "no_such_thing"),
        ("document", {"text": "autre"}, "breaks_record"),
        ("document", {"published_on": "hier"}, "breaks_record"),
        ("event", {"season": "?"}, "breaks_record"),
    ],
)
def test_an_edit_that_would_break_the_record_is_stranded_and_refused(
    target: str, new: dict[str, object], code: str
) -> None:
    edit = Edit(target=target, fields=fields(**new))
    reviewed = after(edit)
    assert [s.code for s in reviewed.stranded] == [code]
    assert reviewed.record == record()
    with pytest.raises(DecisionError) as caught:
        check(apply(record(), []), edit)
    assert caught.value.stranded == code


def test_title_and_day_of_the_document_and_the_event_can_be_edited() -> None:
    reviewed = after(
        Edit(target="document", fields=fields(title="Vauban !", published_on="1954-05-02")),
        Edit(target="event", fields=fields(venue="Reims", evidence=[at("Course 1").model_dump()])),
    )
    assert reviewed.record.document.title == "Vauban !"
    assert str(reviewed.record.document.published_on) == "1954-05-02"
    assert reviewed.record.event.venue == "Reims"


def test_a_quote_says_what_its_new_evidence_says() -> None:
    part = at("rien vu venir").model_dump()
    assert after(Edit(target="q1", fields=fields(evidence=[part]))).record.quotes[0].text == "rien vu venir"


def test_what_is_added_has_its_id_and_is_sure() -> None:
    incident = {
        "id": "ix1",
        "session": "s1",
        "type": "other",
        "participants": [],
        "evidence": [at("jubile").model_dump()],
        "confidence": 0.2,
    }
    reviewed = after(Add(part="incidents", thing=incident), Accept(targets=("ix1",)))
    assert reviewed.record.incidents[-1].id == "ix1"
    assert reviewed.record.incidents[-1].confidence == 1.0
    assert reviewed.marks["ix1"].verdict == "added"


@pytest.mark.parametrize(
    ("identifier", "code"),
    [("r1", "id_taken"), ("event", "id_taken"), ("", "breaks_record"), (7, "breaks_record")],
)
def test_an_id_is_given_once(identifier: object, code: str) -> None:
    session = {"id": identifier, "kind": "race"}
    assert [s.code for s in after(Add(part="sessions", thing=session)).stranded] == [code]


def test_the_id_of_something_gone_is_not_given_again() -> None:
    reviewed = after(Reject(targets=("r1",)), Add(part="sessions", thing={"id": "r1", "kind": "race"}))
    assert [s.code for s in reviewed.stranded] == ["id_taken"]


def test_what_is_selected_on_a_page_takes_the_boxes_of_the_words_in_it() -> None:
    made = record()
    box = Box(page=1, x=10, y=20, w=80, h=12)
    page = DocumentPage(page=1, start=0, end=len(TEXT), width=600, height=800, unit="px")
    mention = named("Paul Marchal").model_copy(update={"page": 1, "boxes": (box,)})
    driver = made.drivers[0].model_copy(update={"mentions": (mention,)})
    document = made.document.model_copy(update={"pages": (page,)})
    made = made.model_copy(update={"document": document, "drivers": (driver, *made.drivers[1:])})
    evidence = [at("Course 1 : Paul Marchal").model_dump(), at("gagne").model_dump()]
    edit = decided(Edit(target="r1", fields=fields(evidence=evidence)), of=made)
    first, second = apply(made, [edit]).record.results[0].evidence
    assert (first.page, first.boxes) == (1, (box,))
    assert (second.page, second.boxes) == (1, ())


# --- merge and split


def test_two_spellings_become_one_driver_with_all_mentions() -> None:
    reviewed = after(Merge(part="drivers", keep="d1", others=("d4",)))
    driver = reviewed.record.drivers[0]
    assert (driver.name, driver.aliases) == ("Paul Marchal", ("P. Marshal",))
    assert [m.text for m in driver.mentions] == ["Paul Marchal", "P. Marshal"]
    assert thing(reviewed, "r3").drivers == ("d1",)
    assert thing(reviewed, "r3").confidence == 0.6
    assert (reviewed.marks["d4"].verdict, reviewed.marks["d4"].into) == ("merged", "d1")


def test_facts_that_become_the_same_are_one_with_the_evidence_of_both() -> None:
    again = {
        "id": "rx1", "session": "s1", "kind": "final", "position": 1, "drivers": ["d4"],
        "evidence": [at("P. Marshal").model_dump()], "confidence": 1, "entry": "e1",
    }  # fmt: skip
    reviewed = after(Add(part="results", thing=again), Merge(part="drivers", keep="d1", others=("d4",)))
    assert [s.text for s in thing(reviewed, "r1").evidence] == ["Paul Marchal", "P. Marshal"]
    assert reviewed.marks["rx1"].into == "r1"


def test_merged_facts_fill_up_each_others_details_and_stay_apart_where_they_contradict() -> None:
    evidence = [at("P. Marshal").model_dump()]
    entry = {"id": "ex1", "drivers": ["d4"], "number": "7", "evidence": evidence, "confidence": 1}
    other = {"id": "rx1", "session": "s1", "kind": "final", "position": 1, "drivers": ["d4"], "time": "PT3M",
             "entry": "ex1", "evidence": evidence, "confidence": 1}  # fmt: skip
    changes = (
        Add(part="entries", thing=entry),
        Add(part="results", thing=other),
        Merge(part="drivers", keep="d1", others=("d4",)),
    )
    reviewed = after(*changes)
    assert (thing(reviewed, "e1").team, thing(reviewed, "e1").number) == ("t1", "7")
    assert (thing(reviewed, "r1").time, thing(reviewed, "r1").entry) == ("PT3M", "e1")
    assert (thing(reviewed, "r1").confidence, reviewed.marks["r1"].verdict) == (1.0, "added")
    assert reviewed.marks["ex1"].into == "e1"
    apart = after(Edit(target="r1", fields=fields(time="PT4M")), *changes)
    assert ids(apart.record.results) == ["r1", "r2", "r3", "r4", "rx1"]


def test_a_merged_session_hands_its_facts_over() -> None:
    reviewed = after(Merge(part="sessions", keep="s1", others=("s2",), name="Course"))
    assert {r.session for r in reviewed.record.results} == {"s1"}
    assert reviewed.record.sessions[0].label == "Course"
    assert [s.text for s in reviewed.record.sessions[0].evidence] == ["Course 1", "Course 2"]


def test_merged_results_fill_each_other_up() -> None:
    reviewed = after(
        Edit(target="r2", fields=fields(time="PT3M1.5S")), Merge(part="results", keep="r1", others=("r2",))
    )
    assert thing(reviewed, "r1").time == "PT3M1.5S"
    assert thing(reviewed, "r1").drivers == ("d1", "d2")


def test_merged_incidents_are_one_happening_of_everybody_in_them() -> None:
    reviewed = after(
        Edit(target="i2", fields=fields(caused_by=["i1"])), Merge(part="incidents", keep="i1", others=("i2",))
    )
    incident = reviewed.record.incidents[0]
    assert [p.driver for p in incident.participants] == ["d2", "d3"]
    assert incident.caused_by == ()
    assert incident.consequences == ("retirement",)


def test_nothing_is_merged_with_itself_or_with_another_part() -> None:
    codes = [s.code for s in after(Merge(part="drivers", keep="d1", others=("d1", "t1", "d9"))).stranded]
    assert codes == ["breaks_record", "no_such_thing", "no_such_thing"]


def test_a_split_hands_over_mentions_and_the_facts_named() -> None:
    second = at("Yves Lorrain", 1)
    reviewed = after(
        Split(
            part="drivers",
            target="d2",
            new_id="dx1",
            name="Y. Lorrain fils",
            mentions=((second.start, second.end),),
            facts=("i1", "r99"),
        )
    )
    new = thing(reviewed, "dx1")
    assert (new.name, new.aliases, len(new.mentions)) == ("Y. Lorrain fils", ("Yves Lorrain",), 1)
    assert len(thing(reviewed, "d2").mentions) == 2
    assert thing(reviewed, "i1").participants[0].driver == "dx1"
    assert thing(reviewed, "r2").drivers == ("d2",)
    assert [s.about for s in reviewed.stranded] == ["r99"]


def test_a_split_leaves_each_at_least_a_mention() -> None:
    only = named("Luc Tessier")
    split = Split(part="drivers", target="d3", new_id="dx", name="L.", mentions=((only.start, only.end),))
    with pytest.raises(DecisionError, match="il ne resterait rien"):
        check(apply(record(), []), split)


# --- undo


def test_undoing_is_as_if_it_had_never_been() -> None:
    reject = decided(Reject(targets=("d2",)))
    undone = apply(record(), [reject, decided(Undo(decision=reject.id))])
    assert undone.record == record()
    assert (undone.marks, undone.gone, undone.status) == ({}, {}, "new")
    assert undone.undone == {reject.id}


def test_undoing_in_the_middle_leaves_what_does_not_depend_on_it() -> None:
    decisions = log(Reject(targets=("d2",)), Accept(targets=("r1",)), Accept(targets=("r2",)))
    before = apply(record(), decisions)
    assert [s.about for s in before.stranded] == ["r2"]
    reviewed = step(before, decided(Undo(decision=decisions[0].id)))
    assert reviewed.stranded == ()
    assert reviewed.marks.keys() == {"r1", "r2"}


def test_undoing_the_undoing_does_it_again() -> None:
    decisions = log(Reject(targets=("d2",)), Accept(targets=("r1",)))
    undo = decided(Undo(decision=decisions[0].id))
    redo = decided(Undo(decision=undo.id))
    again = apply(record(), [*decisions, undo, redo])
    once = apply(record(), decisions)
    assert (again.record, again.marks, again.gone) == (once.record, once.marks, once.gone)
    assert again.undone == {undo.id}


def test_what_is_undone_or_was_never_there_cannot_be_undone() -> None:
    accept = decided(Accept(targets=("r1",)))
    reviewed = apply(
        record(), [accept, *log(Undo(decision=accept.id), Undo(decision=accept.id), Undo(decision="?"))]
    )
    assert [(s.code, s.about) for s in reviewed.stranded] == [
        ("no_such_decision", accept.id),
        ("no_such_decision", "?"),
    ]
    for code, about in (("decision_already_undone", accept.id), ("decision_no_such_decision", "?")):
        with pytest.raises(DecisionError) as caught:
            check(reviewed, Undo(decision=about))
        assert caught.value.code == code


def test_a_stranded_decision_can_be_put_away_by_undoing_it() -> None:
    accept = decided(Accept(targets=("r99",)))
    assert apply(record(), [accept, decided(Undo(decision=accept.id))]).stranded == ()


def test_a_decision_saved_twice_counts_once() -> None:
    accept = decided(Accept(targets=("r1",)))
    assert apply(record(), [accept, accept]) == apply(record(), [accept])


def test_a_decision_on_another_text_is_stranded() -> None:
    accept = decided(Accept(targets=("r1",)))
    other = Decision.model_validate(accept.model_dump() | {"text_sha256": "0" * 64})
    assert apply(record(), [other]).stranded == (Stranded(accept.id, "other_text", "document"),)


def test_a_long_log_can_be_undone_from_its_beginning() -> None:
    decisions = [decided(Accept(targets=("r1",))) for _ in range(90)]
    first = decided(Reject(targets=("d2",)))
    reviewed = apply(record(), [first, *decisions, decided(Undo(decision=first.id))])
    expected = apply(record(), decisions)
    assert (reviewed.record, reviewed.marks) == (expected.record, expected.marks)


@pytest.mark.parametrize("code", STRANDED)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_refusal_has_its_sentences(code: str, language: str) -> None:
    messages = Messages(language)
    assert f"error.{code}.cause" in messages
    assert f"error.{code}.remedy" in messages
    assert "{" not in DecisionError(code, about="r1").in_language(language)

"""Correcting the text: every span of the record finds its place again, or is told."""

from __future__ import annotations

import pytest
from review_builders import TEXT, at, decided, fields, log, record

from extractor.record import (
    Coverage,
    Document,
    DocumentPage,
    Driver,
    Entry,
    Event,
    Finding,
    Mention,
    Participant,
    RaceRecord,
    SkippedSpan,
    Told,
)
from extractor.review.apply import apply, check, step
from extractor.review.decisions import Accept, Add, Edit, Reject, Retext, Split, Undo
from extractor.review.reviewed import Reviewed


def retext(old: str, new: str, nth: int = 0, text: str = TEXT) -> Retext:
    span = at(old, nth, text)
    return Retext(start=span.start, end=span.end, old=old, new=new)


def after(*changes: object, of: RaceRecord | None = None) -> Reviewed:
    made = of or record()
    return apply(made, [decided(change, of=made) for change in changes])  # type: ignore[arg-type]


def test_a_misread_name_is_corrected_everywhere_it_was_copied() -> None:
    reviewed = after(retext("P. Marshal", "P. Marchal"))
    driver = reviewed.record.drivers[3]
    assert (driver.name, driver.mentions[0].text) == ("P. Marchal", "P. Marchal")
    assert reviewed.record.results[2].evidence[0].text == "P. Marchal"
    assert "P. Marchal avait signé" in reviewed.record.document.text
    assert reviewed.record.coverage.characters == len(TEXT)


def test_a_name_keeps_the_form_that_other_mentions_have() -> None:
    driver = after(retext("Yves Lorrain", "Ives Lorrain", 1)).record.drivers[1]
    assert (driver.name, driver.aliases) == ("Yves Lorrain", ("Ives Lorrain",))


def test_who_is_corrected_is_called_so_everywhere() -> None:
    made = record()
    quote = made.quotes[0].model_copy(update={"speaker_name": "Yves Lorrain"})
    incident = made.incidents[1].model_copy(
        update={
            "participants": (Participant(driver="d3", text="Luc Tessier"), Participant(text="un spectateur"))
        }
    )
    made = made.model_copy(update={"quotes": (quote,), "incidents": (made.incidents[0], incident)})
    reviewed = after(retext("Luc Tessier", "Luc Texier"), of=made)
    assert [p.text for p in reviewed.record.incidents[1].participants] == ["Luc Texier", "un spectateur"]
    once = after(retext("Yves Lorrain", "Yves Laurain"), of=made)
    assert once.record.quotes[0].speaker_name == "Yves Lorrain"  # as two other mentions have it
    text = TEXT.replace("Yves Lorrain", "Yves Laurain")
    thrice = after(
        *(retext("Lorrain", "Laurain", 0, TEXT.replace("Lorrain", "Laurain", n)) for n in range(3)), of=made
    )
    assert thrice.record.document.text == text
    assert thrice.record.quotes[0].speaker_name == "Yves Laurain"
    assert (thrice.record.drivers[1].name, thrice.record.drivers[1].aliases) == ("Yves Laurain", ())


def test_a_number_follows_only_where_it_stands_by_itself() -> None:
    text = "En 1937 la n° 7 de Zed gagne."
    entry = Entry(
        id="e1",
        drivers=("d1",),
        number="7",
        car="n° 7 de Zed",
        confidence=1,
        evidence=(at("En 1937 la n° 7 de Zed", 0, text),),
    )
    mention = Mention(**at("Zed", 0, text).model_dump())
    made = RaceRecord(
        document=Document(id="n", sha256="0", text=text, title="En 1937"),
        drivers=(Driver(id="d1", name="Zed", mentions=(mention,)),),
        entries=(entry,),
        coverage=Coverage(characters=len(text), characters_read=len(text)),
    )
    year = after(Retext(start=3, end=7, old="1937", new="1931"), of=made).record
    assert (year.entries[0].number, year.entries[0].car) == ("7", "n° 7 de Zed")
    assert year.document.title == "En 1931"
    car = after(Retext(start=14, end=15, old="7", new="17"), of=made).record
    assert (car.entries[0].number, car.entries[0].car) == ("17", "n° 17 de Zed")


def test_what_was_copied_follows() -> None:
    told = Told(field="title", value="Course 1", evidence=(at("Course 1"),))
    made = record()
    made = made.model_copy(
        update={
            "document": made.document.model_copy(update={"told": (told,), "title": "Course 1"}),
            "event": Event(name="Course 1", evidence=(at("Course 1"),)),
        }
    )
    reviewed = after(retext("Course 1", "Manche 1"), retext("rien vu", "rien entendu"), of=made)
    assert reviewed.record.sessions[0].label == "Manche 1"
    assert reviewed.record.event.name == "Manche 1"
    assert reviewed.record.document.title == "Manche 1"
    assert reviewed.record.document.told[0].value == "Manche 1"
    assert reviewed.record.quotes[0].text == "Je n'ai rien entendu venir"


def test_pages_findings_and_what_was_not_read_move_too() -> None:
    half = TEXT.index("Course 2")
    pages = (
        DocumentPage(page=1, start=0, end=half, width=1, height=1, unit="px"),
        DocumentPage(page=2, start=half, end=len(TEXT), width=1, height=1, unit="px"),
    )
    skipped = SkippedSpan(**at("jubile").model_dump(), reason="boilerplate")
    finding = Finding(
        code="x", severity="info", message="?", evidence=(at("moteur cassé"), at("Yves Lorrain"))
    )
    made = record()
    made = made.model_copy(
        update={
            "document": made.document.model_copy(update={"pages": pages}),
            "findings": (finding,),
            "coverage": Coverage(characters=len(TEXT), characters_read=len(TEXT) - 6, skipped=(skipped,)),
        }
    )
    reviewed = after(retext("Yves Lorrain", "Yves de Lorraine"), of=made).record
    assert [(p.start, p.end) for p in reviewed.document.pages] == [(0, half + 4), (half + 4, len(TEXT) + 4)]
    assert [s.text for s in reviewed.findings[0].evidence] == ["moteur cassé", "Yves de Lorraine"]
    assert reviewed.coverage.skipped[0].text == "jubile"
    assert reviewed.coverage.characters_read == len(TEXT) - 2


@pytest.mark.parametrize(
    ("start", "end", "new", "expected"),
    [
        (10, 10, "x", [(0, 11), (11, 21)]),  # between the pages
        (0, 0, "x", [(0, 11), (11, 21)]),
        (20, 20, "x", [(0, 10), (10, 21)]),
        (8, 12, "abc", [(0, 10), (10, 19)]),  # over both
        (8, 12, "", [(0, 8), (8, 16)]),
        (10, 12, "", [(0, 10), (10, 18)]),
        (0, 20, "", [(0, 0), (0, 0)]),
    ],
)
def test_pages_stay_side_by_side(start: int, end: int, new: str, expected: list[tuple[int, int]]) -> None:
    text = "0123456789abcdefghij"
    pages = tuple(
        DocumentPage(page=n, start=n * 10 - 10, end=n * 10, width=1, height=1, unit="px") for n in (1, 2)
    )
    made = RaceRecord(
        document=Document(id="p", sha256="0", text=text, pages=pages),
        coverage=Coverage(characters=20, characters_read=20),
    )
    reviewed = after(Retext(start=start, end=end, old=text[start:end], new=new), of=made)
    assert [(page.start, page.end) for page in reviewed.record.document.pages] == expected


def test_what_is_written_at_the_top_of_a_page_stands_on_it() -> None:
    text = "Course 1.\n\nupont gagne."
    pages = tuple(
        DocumentPage(page=n, start=a, end=b, width=1, height=1, unit="px")
        for n, a, b in ((1, 0, 9), (2, 11, 23))
    )
    made = RaceRecord(
        document=Document(id="p", sha256="0", text=text, pages=pages),
        coverage=Coverage(characters=len(text), characters_read=len(text)),
    )
    reviewed = after(Retext(start=11, end=11, old="", new="D"), of=made)
    assert [(page.start, page.end) for page in reviewed.record.document.pages] == [(0, 9), (11, 24)]


def test_a_fact_with_other_evidence_stays_and_the_lost_span_is_told() -> None:
    deleted = "P. Marshal avait signé la pole. "
    both = [at("P. Marshal").model_dump(), at("Paul Marchal").model_dump()]
    reviewed = after(Edit(target="r1", fields=fields(evidence=both)), retext(deleted, ""))
    assert [s.text for s in reviewed.record.results[0].evidence] == ["Paul Marchal"]
    assert {(loose.target, loose.span.text) for loose in reviewed.loose} == {
        (target, "P. Marshal") for target in ("d4", "r1", "r3")
    }


def test_what_is_left_without_evidence_is_out_until_somebody_decides() -> None:
    reviewed = after(retext(", moteur cassé", ""))
    assert reviewed.marks["i2"].verdict == "unanchored"
    assert [i.id for i in reviewed.record.incidents] == ["i1"]
    assert [(loose.target, loose.span.text) for loose in reviewed.loose] == [("i2", "moteur cassé")]

    rejected = step(reviewed, decided(Reject(targets=("i2",))))
    assert (rejected.loose, rejected.marks["i2"].verdict) == ((), "rejected")

    evidence = [at("abandonne").model_dump()]
    kept = step(reviewed, decided(Edit(target="i2", fields=fields(evidence=evidence))))
    assert kept.stranded == ()
    assert kept.record.incidents[1].evidence[0].text == "abandonne"
    assert (kept.loose, kept.marks["i2"].verdict, kept.gone) == ((), "edited", {})


def test_a_driver_without_a_mention_takes_leave_and_comes_back_with_his_results() -> None:
    changes = [
        Accept(targets=("r4",)),
        retext("Luc Tessier ", ""),
        retext("Course 1", "Manche un", text=TEXT),
    ]
    reviewed = after(*changes)
    assert reviewed.marks["d3"].verdict == "unanchored"
    assert reviewed.marks["r4"].verdict == "unanchored"
    mention = at("abandonne", 0, reviewed.record.document.text).model_dump() | {"form": "nominal"}
    back = step(reviewed, decided(Edit(target="d3", fields=fields(mentions=[mention]))))
    assert back.record.drivers[-1].name == "Luc Tessier"
    assert (back.record.results[-1].id, back.record.results[-1].drivers) == ("r4", ("d3",))
    assert back.record.results[-1].evidence[0].text == "abandonne"
    assert back.marks["r4"].verdict == "accepted"
    assert back.gone == {}


def test_a_driver_who_is_rejected_for_want_of_a_mention_takes_his_results_along() -> None:
    reviewed = after(retext("Luc Tessier ", ""), Reject(targets=("d3",)))
    assert {i: mark.verdict for i, mark in reviewed.marks.items()} == {"d3": "rejected", "r4": "rejected"}
    assert reviewed.loose == ()


def test_accepting_what_is_left_settles_the_lost_span() -> None:
    more = Edit(
        target="i2", fields=fields(evidence=[at("moteur cassé").model_dump(), at("abandonne").model_dump()])
    )
    assert after(more, retext(", moteur cassé", ""), Accept(targets=("i2",))).loose == ()


def test_undoing_a_correction_restores_everything() -> None:
    correction = decided(retext(", moteur cassé", ""))
    undone = apply(record(), [correction, decided(Undo(decision=correction.id))])
    assert undone.record == record()
    assert (undone.loose, undone.marks, undone.gone) == ((), {}, {})


def test_places_chosen_after_a_correction_move_when_it_is_undone() -> None:
    correction = decided(retext("Course 1", "Première course"))
    corrected = correction.change.new + TEXT[8:]  # type: ignore[union-attr]
    place = at("Yves Lorrain", 1, corrected)
    later = log(
        Edit(target="r4", fields=fields(evidence=[at("moteur cassé", 0, corrected).model_dump()])),
        Split(part="drivers", target="d2", new_id="dx", name="Y. L.", mentions=((place.start, place.end),)),
        retext("jubile", "exulte", 0, corrected),
        Add(
            part="sessions",
            thing={"id": "sx", "kind": "race", "evidence": [at("Course 2", 0, corrected).model_dump()]},
        ),
    )
    reviewed = apply(record(), [correction, *later])
    assert reviewed.stranded == ()
    undone = step(reviewed, decided(Undo(decision=correction.id)))
    assert undone.stranded == ()
    assert undone.record.document.text == TEXT.replace("jubile", "exulte")
    assert undone.record.results[3].evidence == (at("moteur cassé"),)
    assert undone.record.sessions[2].evidence[0].text == "Course 2"
    assert (
        next(d for d in undone.record.drivers if d.id == "dx").mentions[0].start
        == at("Yves Lorrain", 1).start
    )


def test_a_correction_of_words_that_stand_elsewhere_is_stranded() -> None:
    reviewed = after(Retext(start=0, end=6, old="course", new="Course"))
    assert [s.code for s in reviewed.stranded] == ["other_text"]


def test_a_correction_of_a_correction_goes_with_it() -> None:
    first = decided(retext("moteur cassé", "moteur en feu"))
    second = decided(retext("en feu", "en panne", 0, TEXT.replace("moteur cassé", "moteur en feu")))
    undone = apply(record(), [first, second, decided(Undo(decision=first.id))])
    assert undone.record == record()
    assert [s.code for s in undone.stranded] == ["other_text"]


def test_places_from_a_page_that_was_open_before_a_correction_are_carried_over() -> None:
    first = decided(retext("Course 1", "Première course"))
    late = [
        decided(Edit(target="r4", fields=fields(evidence=[at("moteur cassé").model_dump()]))),
        decided(retext("jubile", "exulte")),
    ]
    reviewed = apply(record(), [first, *late])
    assert reviewed.stranded == ()
    assert reviewed.record.results[3].evidence[0].text == "moteur cassé"
    assert reviewed.record.document.text.startswith("Première course")
    assert reviewed.record.document.text.endswith("exulte.")
    for decision in late:
        check(apply(record(), [first]), decision.change)

"""Two readings of a report, compared and made one."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.review.about import may_be_edited, picks
from extractor.review.comparing import compare
from extractor.review.decisions import (
    FIRST,
    SECOND,
    SETTLED,
    Accept,
    Add,
    Change,
    Edit,
    Merge,
    Reject,
    Replaced,
    Retext,
    SetStatus,
    Split,
    Undo,
)
from extractor.review.judging import judgments, likeness, presence
from extractor.review.passages import passage
from extractor.review.settling import Settling
from tests.unit.review.readings import TEXT, Double, incident, name, result, span


def edit(target: str, **fields: tuple[Any, Any]) -> Edit:
    return Edit(target=target, fields={key: Replaced(old=a, new=b) for key, (a, b) in fields.items()})


def correction(old: str, new: str) -> Retext:
    start = TEXT.index(old)
    return Retext(start=start, end=start + len(old), old=old, new=new)


MERGE = Merge(part="drivers", keep="d1", others=("d3",))


def open_parts(double: Double) -> list[tuple[str, str]]:
    return [(item.part, item.how) for item in double.settling().open]


class TestComparing:
    def test_untouched_and_accepted_is_one(self) -> None:
        assert open_parts(Double([Accept(targets=("r1", "d1"))], [])) == []

    def test_conflicts_stand_before_what_agrees(self) -> None:
        items = Double([edit("r2", position=(2, 3))]).compared().items
        assert [item.differs for item in items] == [True] + [False] * (len(items) - 1)
        assert (items[0].ids, items[0].fields) == (("r2",), ("position",))

    def test_one_rejects_what_the_other_keeps(self) -> None:
        assert open_parts(Double([Reject(targets=("i1",))])) == [("incidents", "second_only")]
        assert open_parts(Double([], [Reject(targets=("i1",))])) == [("incidents", "first_only")]

    def test_what_both_added_is_one_fact(self) -> None:
        mine = incident("ix1", "retirement", "d4", "rentre aux stands")
        theirs = incident("ix2", "retirement", "d4", "et rentre aux stands")
        double = Double([Add(part="incidents", thing=mine)], [Add(part="incidents", thing=theirs)])
        assert open_parts(double) == []

    def test_what_both_added_may_differ_in_one_thing(self) -> None:
        double = Double(
            [Add(part="results", thing=result("rx1", 3, "d4"))],
            [Add(part="results", thing=result("rx2", 4, "d4"))],
        )
        (item,) = double.compared().conflicts
        assert (item.ids, item.fields, item.how) == (("rx1", "rx2"), ("position",), "other")

    def test_a_merging_is_one_conflict_though_all_follows(self) -> None:
        assert open_parts(Double([MERGE])) == [("drivers", "merged")]
        assert open_parts(Double([], [MERGE])) == [("drivers", "merged")]
        assert open_parts(Double([MERGE], [MERGE])) == []

    def test_texts_corrected_otherwise(self) -> None:
        double = Double([correction("Chastenct", "Chastenet")], [correction("Chastenct", "Chastanet")])
        (item, *_) = double.compared().conflicts
        assert item.part == "text"
        assert (item.first or {})["text"] != (item.second or {})["text"]

    def test_facts_stand_at_one_place_though_one_reader_corrected_the_text_before_them(self) -> None:
        double = Double([correction("TROPHÉE", "GRAND TROPHÉE")])
        assert {part for part, _ in open_parts(double)} <= {"text", "event"}

    def test_notes_are_no_difference(self) -> None:
        assert picks(Double([edit("r2", position=(2, 3))]).compared().conflicts[0]) == (
            "first",
            "second",
            "both",
            "neither",
        )


class TestPicking:
    @pytest.mark.parametrize(
        ("first", "second", "part"),
        [
            ([edit("r2", position=(2, 3))], [], "results"),
            ([], [edit("r2", position=(2, 3))], "results"),
            ([Reject(targets=("i1",))], [], "incidents"),
            ([Reject(targets=("i1", "q1"))], [Reject(targets=("q1",))], "incidents"),
            ([], [Reject(targets=("i1",))], "incidents"),
            (
                [],
                [Add(part="incidents", thing=incident("ix1", "retirement", "d4", "rentre aux stands"))],
                "incidents",
            ),
            (
                [Add(part="incidents", thing=incident("ix1", "retirement", "d4", "rentre aux stands"))],
                [],
                "incidents",
            ),
            ([MERGE], [], "drivers"),
            ([], [MERGE], "drivers"),
            ([edit("event", name=("TROPHÉE DES VOLCANS", "TROPHÉE"))], [], "event"),
            ([edit("document", title=(None, "TROPHÉE"))], [], "document"),
            ([correction("Chastenct", "Chastenet")], [], "text"),
            ([], [correction("Chastenct", "Chastenet")], "text"),
            ([correction("Chastenct", "Chastenet")], [correction("Chastenct", "Chastanet")], "text"),
        ],
    )
    @pytest.mark.parametrize("pick", ["first", "second"])
    def test_the_record_says_what_was_picked(
        self, first: list[Change], second: list[Change], part: str, pick: Any
    ) -> None:
        double = Double(first, second)
        settled = double.settle(part, pick)
        while double.settling().open:  # a name follows the text
            settled = double.settle(double.settling().open[0].part, pick)
        chosen = double.reviewed(FIRST if pick == "first" else SECOND)
        assert [(i.part, i.fields) for i in compare(settled, chosen).conflicts] == []
        assert settled.status == "reviewed"

    def test_both_stand(self) -> None:
        double = Double([edit("r2", position=(2, 3))])
        settled = double.settle("results", "both")
        assert sorted(r.position or 0 for r in settled.record.results if r.drivers == ("d2",)) == [2, 3]

    def test_neither_stands(self) -> None:
        settled = Double([edit("r2", position=(2, 3))]).settle("results", "neither")
        assert "r2" in settled.gone

    def test_something_third_is_written(self) -> None:
        settled = Double([edit("r2", position=(2, 3))]).settle("results", "edit", position=4)
        assert settled.record.results[1].position == 4

    def test_a_text_may_become_a_third(self) -> None:
        double = Double([correction("Chastenct", "Chastenet")], [])
        item = double.settling().open[0]
        assert may_be_edited(item)
        settled = double.settle("text", "edit", text="E")
        assert "ChastenEt" in settled.record.document.text

    def test_what_a_picked_fact_refers_to_comes_along(self) -> None:
        someone = {"id": "dx1", "name": "Charade", "mentions": [name("CHARADE")]}
        double = Double(
            [], [Add(part="drivers", thing=someone), Add(part="results", thing=result("rx1", 3, "dx1"))]
        )
        settled = double.settle("results", "second")
        assert settled.record.results[-1].drivers == ("dx1",)
        assert open_parts(double) == []

    def test_what_was_split_by_the_second_reader(self) -> None:
        place = (span("Chastenet", 1)["start"], span("Chastenet", 1)["end"])
        split = Split(
            part="drivers", target="d1", new_id="dx1", name="Chastenet", mentions=(place,), facts=("q1",)
        )
        double = Double([], [split])
        while double.settling().open:
            settled = double.settle(double.settling().open[0].part, "second")
        assert compare(settled, double.reviewed(SECOND)).conflicts == ()

    def test_an_item_is_settled_once_and_its_decisions_say_who_did_it(self) -> None:
        double = Double([edit("r2", position=(2, 3)), Reject(targets=("i1",))])
        settled = double.settle("results", "second")
        assert open_parts(double) == [("incidents", "second_only")]
        assert settled.status == "disputed"
        assert {one.reviewer for one in double.logs[SETTLED]} == {"Claire"}
        assert {one.reading for one in double.logs[SETTLED]} == {SETTLED}

    def test_the_last_pick_is_taken_back_whole(self) -> None:
        double = Double([edit("r2", position=(2, 3))])
        before = double.reviewed(FIRST).record
        double.settle("results", "second")
        double.logs[SETTLED] += double.settling().undo()
        assert open_parts(double) == [("results", "other")]
        assert double.reviewed(SETTLED).record == before
        assert double.settling().undo() == ()

    def test_pick_after_pick_is_taken_back(self) -> None:
        double = Double([edit("r2", position=(2, 3)), Reject(targets=("i1",))], [MERGE])
        for part in ("drivers", "results", "incidents"):
            double.settle(part, "second")
        assert open_parts(double) == []
        for left in (1, 2, 3):
            made = double.settling().undo()
            assert all(isinstance(one.change, Undo) for one in made)
            double.logs[SETTLED] += made
            assert len(open_parts(double)) == left

    def test_the_state_given_is_not_changed_before_it_is_saved(self) -> None:
        double = Double([edit("r2", position=(2, 3))])
        settling = double.settling()
        settling.pick(settling.open[0], "second")
        assert isinstance(settling, Settling)
        assert double.settling().open


def test_status_follows() -> None:
    double = Double([edit("r2", position=(2, 3))])
    double.settle("results", "first")
    assert any(isinstance(one.change, SetStatus) for one in double.logs[SETTLED])


class TestJudging:
    def test_each_reader_has_a_word_for_everything_the_extractor_found(self) -> None:
        double = Double([Reject(targets=("i1",)), MERGE], [edit("r2", position=(2, 3))])
        units = judgments(double.record, double.reviewed(FIRST), double.reviewed(SECOND), None)
        said = {unit.values for unit in units}
        assert {
            ("rejected", "accepted", None),
            ("accepted", "edited", None),
            ("merged", "accepted", None),
        } <= said

    def test_presence_knows_what_both_call_absent(self) -> None:
        double = Double([Reject(targets=("i1", "q1"))], [Reject(targets=("i1",))])
        words = [unit.values for unit in presence(double.record, double.compared())]
        assert words.count(("absent", "absent")) == 1
        assert words.count(("absent", "present")) == 1

    def test_likeness_is_what_scoring_says(self) -> None:
        double = Double([Reject(targets=("r2",))])
        report = likeness([("charade", double.reviewed(FIRST), double.reviewed(SECOND))])
        assert report.total.tallies["results.final"].to_dict()["fp"] == 1


class TestPassages:
    def test_places_move_with_the_text(self) -> None:
        way = passage("Le Fargcat\nde Lyon", "Le grand Fargeat\nde Lyon")
        assert way.new[slice(*way.place(3, 10))].endswith("Fargeat")
        assert way.new[slice(*way.place(11, 18))] == "de Lyon"

    def test_the_same_text_moves_nothing(self) -> None:
        way = passage("un", "un")
        assert way.carried([{"start": 0, "end": 2, "text": "un"}]) == [{"start": 0, "end": 2, "text": "un"}]

    def test_what_was_struck_out_has_no_place(self) -> None:
        way = passage("un mot de trop\n", "un mot\n")
        assert way.carried({"evidence": [{"start": 7, "end": 14, "text": "de trop"}]})["evidence"] == []

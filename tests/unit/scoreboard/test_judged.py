"""Which facts are right, and how sure the record was of them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from board_builders import FAULT, board, changed, reading, report
from rich.console import Console

from extractor.record import RaceRecord
from extractor.scoreboard.calibration import calibration_of, calibration_of_pairing
from extractor.scoreboard.calibration_table import render_calibration
from extractor.scoreboard.judged import JUDGED_KINDS, Judged, judged_facts
from extractor.scoring.document import align_facts
from extractor.scoring.evaluate import pair_paths
from extractor.scoring.facts import facts_of_record
from extractor.scoring.flat import flatten

sys.path.insert(0, str(Path(__file__).parents[1] / "scoring"))
from scoring_builders import fact, incident, person, quote, record, result

TEAM = [person("t1", "Écurie Bleue", at="Écurie Bleue")]


def judge(gold: RaceRecord, pred: RaceRecord) -> list[Judged]:
    return list(judged_facts(align_facts(facts_of_record(gold), facts_of_record(pred)), pred))


def shown(gold: RaceRecord, pred: RaceRecord) -> list[tuple[str, float, bool]]:
    return [(one.kind, one.confidence, one.correct) for one in judge(gold, pred)]


def test_results_of_each_kind() -> None:
    gold = record(results=[result("r1", 1, "d1"), result("r2", 1, "d2", kind="grid")])
    pred = record(
        results=[
            result("r1", 1, "d1", confidence=0.9),
            result("r2", 2, "d2", confidence=0.6),
            result("r3", 1, "d2", kind="grid", confidence=0.8),
            result("r4", None, "d3", kind="grid", confidence=0.7),  # no place: not compared
        ]
    )
    assert shown(gold, pred) == [
        ("results.final", 0.9, True),
        ("results.final", 0.6, False),
        ("results.grid", 0.8, True),
    ]


def test_an_entry_is_judged_driver_by_driver_and_once() -> None:
    def entered(*drivers: str, key: str = "e1", **more: Any) -> dict[str, Any]:
        return fact(key, drivers=drivers, team="t1", **more)

    gold = record(teams=TEAM, entries=[entered("d1")])
    pred = record(
        teams=TEAM,
        entries=[
            entered("d1", "d2", confidence=0.5),
            entered("d1", key="e2", confidence=0.8),
            fact("e3", drivers=["d3"], number="7"),  # no team: not compared
        ],
    )
    assert shown(gold, pred) == [("entries", 0.8, True), ("entries", 0.5, False)]
    assert [one.ids for one in judge(gold, pred)] == [("d1", "t1"), ("d2", "t1")]


def test_incidents_leniently_and_quotes_with_their_speaker() -> None:
    words = "Je suis ravie"
    gold = record(incidents=[incident("i1", "spin", "d1")], quotes=[quote("q1", "d1", words)])
    pred = record(
        incidents=[
            incident("i1", "off_track", "d1", confidence=0.7),
            incident("i2", "fire", "d1", confidence=0.4),
        ],
        quotes=[quote("q1", "d2", words, confidence=0.9)],
    )
    assert shown(gold, pred) == [
        ("incidents.lenient", 0.7, True),
        ("incidents.lenient", 0.4, False),
        ("quotes", 0.9, False),
    ]


def test_a_retirement_is_judged_where_a_result_says_so() -> None:
    gone = {"status": "dnf"}
    gold = record(results=[result("r1", None, "d1", **gone)])
    pred = record(
        results=[
            result("r1", None, "d1", confidence=0.8, **gone),
            result("r2", None, "d2", confidence=0.3, **gone),
        ],
        incidents=[incident("i1", "retirement", "d3", confidence=0.6)],
    )
    assert shown(gold, pred) == [
        ("retirements", 0.8, True),
        ("retirements", 0.3, False),
        ("incidents.lenient", 0.6, False),
    ]


def test_an_optional_fact_found_counts_neither_way() -> None:
    gold = record(results=[result("r1", 1, "d1", optional=True)])
    assert shown(gold, record(results=[result("r1", 1, "d1", confidence=0.9)])) == []


def test_every_fact_that_a_tally_counts_is_judged() -> None:
    gold = report().record
    pred = changed(gold, quotes=[], results=[one.model_dump() | {"position": 5} for one in gold.results])
    aligned = align_facts(facts_of_record(gold), facts_of_record(pred))
    found = list(judged_facts(aligned, pred))
    for kind in set(JUDGED_KINDS) - {"retirements"}:
        tally = aligned[kind].tally
        judged = [one.correct for one in found if one.kind == kind]
        assert (judged.count(True), judged.count(False)) == (tally.tp, tally.fp)


def test_a_board_measures_what_could_be_read() -> None:
    gold = report().record
    unsure = changed(gold, quotes=[quote.model_dump() | {"confidence": 0.25} for quote in gold.quotes])
    found = board(reading(report(), unsure), reading(report("pau"), FAULT)).calibration
    assert found.kinds["quotes"].ece == pytest.approx(0.75)
    assert found.kinds["results.final"].ece == 0.0
    assert found.total.count == sum(one.count for one in found.kinds.values()) == 5


def test_records_in_files(tmp_path: Path) -> None:
    gold, pred = tmp_path / "gold.json", tmp_path / "pred.json"
    gold.write_text(record(results=[result("r1", 1, "d1")]).to_json(), encoding="utf-8")
    told = record(results=[result("r1", 1, "d1", confidence=0.6), result("r2", 2, "d2", confidence=0.6)])
    pred.write_text(told.to_json(), encoding="utf-8")
    found = calibration_of_pairing(pair_paths(gold, pred))
    assert found.total.ece == pytest.approx(0.1)
    assert json.loads(json.dumps(found.to_dict()))["kinds"]["results.final"]["bins"][0]["right"] == 1


def test_flat_facts_have_no_confidence(tmp_path: Path) -> None:
    path = tmp_path / "flat.json"
    path.write_text(flatten(record(results=[result("r1", 1, "d1")])).model_dump_json(), encoding="utf-8")
    assert calibration_of_pairing(pair_paths(path, path)).total.count == 0


def printed(facts: list[Judged], lang: str, *, per_kind: bool = False) -> str:
    console = Console(file=io.StringIO(), width=110)
    render_calibration(calibration_of(facts), console, lang, per_kind=per_kind)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_the_table_speaks_both_languages() -> None:
    facts = [Judged("quotes", ("q1",), 0.75, True), Judged("entries", ("d1", "t1"), 0.5, False)]
    assert {"Ce que valent les confiances", "0,750", "Citations", "ECE"} <= words(printed(facts, "fr"))
    assert {"What confidences are worth", "0.750", "Quotes"} <= words(printed(facts, "en"))
    assert printed(facts, "fr", per_kind=True).count("Citations") == 2
    assert printed([], "fr") == ""


def words(text: str) -> set[str]:
    """Return lines and cells of a table."""
    return {cell.strip() for line in text.splitlines() for cell in line.replace("│", "┃").split("┃")}

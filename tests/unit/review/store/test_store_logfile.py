"""The log as a file: out of one database and into another, nothing lost and nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_builders import added, decision, report

from extractor.review.decisions import SECOND, Note, Reject, Undo
from extractor.review.store import Imported, Store, StoreError


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Another store, empty."""
    with Store.open(str(tmp_path / "autre.db")) as one:
        yield one


def filled(store: Store) -> str:
    """Fill a store with two documents, two readings and an undoing; return the key of the first."""
    key = added(store)
    first = decision(key, Reject(targets=("r1",)))
    store.append([first, decision(key, Undo(decision=first.id))], head=0)
    store.append(
        [decision(key, Note(target="r1", new="« sic » \u2028 \x00"), reading=SECOND, reviewer="Yann")], head=0
    )
    store.assign_double([key])
    added(store, origin="rien.txt")
    return key


def test_a_log_with_records_makes_the_store_again(store: Store, other: Store) -> None:
    key = filled(store)
    lines = list(store.export_log(with_records=True))
    assert all("\n" not in line for line in lines)
    imported = other.import_log(lines)
    assert imported == Imported(documents=2, records=2, decisions=3)
    assert list(other.export_log(with_records=True)) == lines
    assert list(other.log()) == list(store.log())
    assert other.state(key) == store.state(key)
    assert other.document(key).double
    assert {one.name for one in other.reviewers()} == {"Odile Ferrand", "Yann"}


def test_reading_it_again_changes_nothing(store: Store, other: Store) -> None:
    filled(store)
    lines = list(store.export_log(with_records=True))
    other.import_log(lines)
    assert other.import_log(lines) == Imported(known=3)
    assert store.import_log(lines) == Imported(known=3)


def test_what_came_behind_is_added(store: Store, other: Store) -> None:
    key = filled(store)
    other.import_log(store.export_log(with_records=True))
    store.append([decision(key, Note(target="r1", new="suite"))], head=2)
    assert other.import_log(store.export_log()) == Imported(decisions=1, known=3)
    assert list(other.log()) == list(store.log())


def test_where_both_went_on_nothing_is_guessed(store: Store, other: Store) -> None:
    key = filled(store)
    other.import_log(store.export_log(with_records=True))
    store.append([decision(key, Note(target="r1", new="ici"))], head=2)
    other.append([decision(key, Note(target="r1", new="là"))], head=2)
    before = list(other.log())
    imported = other.import_log(store.export_log())
    assert {refused.code for refused in imported.refused} == {"store_diverged"}
    assert (len(imported.refused), imported.decisions, imported.known) == (3, 0, 1)
    assert list(other.log()) == before


def test_decisions_find_the_record_that_they_were_made_on(store: Store, other: Store) -> None:
    key = added(store)
    store.append([decision(key)], head=0)
    store.add_document(report(confidence=0.4), model="0.5.0")
    other.add_document(report(confidence=0.4), model="0.5.0")
    other.add_document(report(), model="0.4.0/essai")  # came in the other way round
    assert other.import_log(store.export_log()).decisions == 1
    assert other.state(key).version == 2
    assert other.state(key).reviewed == store.state(key).reviewed


def test_without_its_record_or_document_a_decision_is_refused_and_told(store: Store, other: Store) -> None:
    key = filled(store)
    imported = other.import_log(store.export_log())
    assert {refused.code for refused in imported.refused} == {"store_no_document"}
    other.add_document(report(confidence=0.1), model="autre")
    imported = other.import_log(store.export_log())
    assert {(refused.code, refused.about) for refused in imported.refused} == {("store_other_record", key)}


@pytest.mark.parametrize(
    "lines", [[], ["", "  "], ["bonjour"], ['{"kind": "log", "format": "x/1"}'], ["[1]"]]
)
def test_what_is_no_log_is_told(other: Store, lines: list[str]) -> None:
    with pytest.raises(StoreError) as caught:
        other.import_log(lines)
    assert caught.value.code == "store_no_log"


def test_a_bad_line_costs_itself_alone(store: Store, other: Store) -> None:
    key = filled(store)
    lines = list(store.export_log(with_records=True))
    record = next(line for line in lines if '"kind": "record"' in line)
    foreign = json.loads(record)
    foreign["record"]["document"]["text"] += "!"
    bad = [
        "pas du JSON",
        "[" * 100_000,
        "{}",
        '{"kind": "decision"}',
        '{"kind": "decision", "version": 1, "decision": {"id": 1}}',
        '{"kind": "document", "key": 3}',
        '{"kind": "record", "key": "inconnu", "version": 1, "model": null, "record": {}}',
        f'{{"kind": "record", "key": "{key}", "version": 1, "model": null, "record": 7}}',
        json.dumps(foreign),
    ]
    imported = other.import_log([*lines[:3], "", *bad, *lines[3:]])
    assert (imported.documents, imported.decisions, len(imported.refused)) == (2, 3, len(bad))
    assert [refused.line for refused in imported.refused] == list(range(5, 5 + len(bad)))


def test_what_comes_behind_a_missing_line_is_not_taken(store: Store, other: Store) -> None:
    key = filled(store)
    store.append([decision(key)], head=2)
    lines = list(store.export_log(with_records=True))
    second = next(number for number, line in enumerate(lines) if '"action": "undo"' in line)
    imported = other.import_log(lines[:second] + lines[second + 1 :])
    assert [(refused.code, refused.about) for refused in imported.refused] == [("store_log_gap", key)]
    assert imported.decisions == 2
    assert other.import_log(lines) == Imported(decisions=2, known=2)
    assert list(other.log()) == list(store.log())


def test_a_log_is_written_while_others_write(store: Store) -> None:
    key = filled(store)
    lines = store.export_log()
    next(lines)
    store.append([decision(key)], head=2)
    assert sum('"kind": "decision"' in line for line in lines) == 4

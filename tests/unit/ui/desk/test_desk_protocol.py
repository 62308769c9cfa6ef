"""What the browser sends is hostile: what can be read becomes decisions, the rest refusals."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from desk_records import TEXT, record

from extractor.review.apply import apply
from extractor.review.decisions import Accept, Add, Change, Merge, Note, Split, Undo
from extractor.ui.desk.protocol import (
    LONGEST_DECISION,
    MOST_DECISIONS,
    Answer,
    Lock,
    Origin,
    PageImage,
    doubtful_order,
    page_data,
    read_outbox,
    targets_of,
)

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ORIGIN = Origin("cle", 1, "Camille Aubert", "regles-1", "0" * 64)
ID = "0123456789abcdef" * 2


def sent(*decisions: Any, **more: Any) -> dict[str, Any]:
    return {"reading": 1, "head": 0, "decisions": list(decisions), **more}


def accept(id_: str = ID, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "at": "2026-11-23T09:00:00.000Z",
        "change": {"action": "accept", "targets": ["r1"]},
        **more,
    }


def test_a_decision_is_read_and_signed_by_the_page_not_by_the_browser() -> None:
    outbox = read_outbox(sent(accept()), ORIGIN, now=NOW)
    assert outbox is not None
    assert outbox.refusals == ()
    (decision,) = outbox.decisions
    assert (decision.id, decision.document, decision.reviewer) == (ID, "cle", "Camille Aubert")
    assert (decision.model, decision.text_sha256) == ("regles-1", "0" * 64)
    assert decision.change == Accept(targets=("r1",))


def test_nothing_sent_is_nothing() -> None:
    assert read_outbox(None, ORIGIN) is None


@pytest.mark.parametrize(
    "value",
    ["x", 7, [], {}, {"decisions": []}, sent(accept(), reading=9), sent(accept(), head=-1), sent(accept(), more=1),
     sent(*[accept()] * (MOST_DECISIONS + 1))],
)  # fmt: skip
def test_what_is_no_outbox_is_refused_as_a_whole(value: object) -> None:
    outbox = read_outbox(value, ORIGIN)
    assert outbox is not None
    assert outbox.decisions == ()
    assert [refusal.code for refusal in outbox.refusals] == ["malformed"]


@pytest.mark.parametrize(
    "broken",
    [
        7, None, [], {}, accept(id_="kurz"), accept(id_="<script>"), accept(at="demain"), accept(change={}), accept(reviewer="Paul"),
        accept(change={"action": "drop table"}), accept(change={"action": "accept", "targets": []}),
        accept(change={"action": "note", "target": "r1", "new": "x" * (LONGEST_DECISION + 1)}),
        accept(change={"action": "retext", "start": -1, "end": 2, "old": "a", "new": "b"}),
        accept(change={"action": "note", "target": "r1", "new": {"$ne": 1}}),
    ],
)  # fmt: skip
def test_one_broken_decision_costs_itself_alone(broken: Any) -> None:
    outbox = read_outbox(sent(broken, accept("f" * 32)), ORIGIN, now=NOW)
    assert outbox is not None
    assert [decision.id for decision in outbox.decisions] == ["f" * 32]
    assert [refusal.code for refusal in outbox.refusals] == ["malformed"]


def test_a_nest_of_lists_breaks_nothing() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    outbox = read_outbox(sent(accept(change={"action": "note", "target": "r1", "new": deep})), ORIGIN)
    assert outbox is not None
    assert outbox.decisions == ()


def test_decisions_on_another_reading_are_refused_by_name() -> None:
    outbox = read_outbox(sent(accept(), reading=2), ORIGIN)
    assert outbox is not None
    assert [(refusal.id, refusal.code) for refusal in outbox.refusals] == [(ID, "other_document")]


def test_a_clock_that_is_fast_decides_nothing_in_the_future() -> None:
    late = (NOW + timedelta(days=3)).isoformat()
    outbox = read_outbox(sent(accept(at=late)), ORIGIN, now=NOW)
    assert outbox is not None
    assert outbox.decisions[0].at == NOW


def test_the_page_is_given_all_it_needs_as_json() -> None:
    outbox = read_outbox(
        sent(accept(), accept("a" * 32, change={"action": "undo", "decision": ID})), ORIGIN, now=NOW
    )
    assert outbox is not None
    origin = Origin("cle", 1, "Camille Aubert", "regles-1", text_sha256=_hash())
    log = [decision.model_copy(update={"text_sha256": _hash()}) for decision in outbox.decisions]
    reviewed = apply(record(), log)
    data = page_data(
        origin, reviewed, log, Answer(saved=(ID,), refused=(("b" * 32, "non"),), stale=("c" * 32,), by=("Paul",)),
        head=2, language="fr", words={"desk.save": "Enregistrer"}, order=("r2", "r1"), lock=Lock("Camille Aubert", NOW, True),
        images={1: PageImage("/media/x.png", True)}, next_key="autre",
    )  # fmt: skip
    data = json.loads(json.dumps(data))
    assert data["text"] == TEXT
    assert "text" not in data["record"]["document"]
    assert data["pages"] == [
        {
            "page": 1,
            "start": 0,
            "end": len(TEXT),
            "width": 100,
            "height": 200,
            "image": "/media/x.png",
            "available": True,
        }
    ]
    assert [(entry["action"], entry["undone"], entry["targets"]) for entry in data["log"]] == [
        ("accept", True, ["r1"]),
        ("undo", False, [ID]),
    ]
    assert data["refused"] == [{"id": "b" * 32, "message": "non"}]
    assert data["stale"] == {"ids": ["c" * 32], "by": ["Paul"]}
    assert data["order"] == ["r2", "r1"]
    assert data["next"] == "autre"


def _hash() -> str:
    from extractor.review.apply import text_sha256

    return text_sha256(record())


def test_the_most_doubtful_comes_first_and_what_has_no_confidence_last() -> None:
    assert doubtful_order(record()) == ["r2", "r1", "s1", "d1", "d2"]


@pytest.mark.parametrize(
    ("change", "targets"),
    [
        (Note(target="r1", new="x"), ["r1"]),
        (Add(part="quotes", thing={"id": "qx1"}), ["qx1"]),
        (Merge(part="drivers", keep="d1", others=("d2", "d3")), ["d1", "d2", "d3"]),
        (Split(part="drivers", target="d1", new_id="dx1", name="B", mentions=((0, 3),)), ["d1", "dx1"]),
        (Undo(decision=ID), [ID]),
    ],
)
def test_a_change_says_what_it_concerns(change: Change, targets: list[str]) -> None:
    assert targets_of(change) == targets

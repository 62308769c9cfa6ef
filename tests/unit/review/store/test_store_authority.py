"""Who is who, in the store: questions made anew, answers that stay."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from extractor.authority.decisions import AuthorityDecision, standing
from extractor.authority.questions import Question, Side, key_of
from extractor.review.store import Store
from extractor.review.store.authority import AuthorityFilter


def side(name: str, anchor: str) -> Side:
    return Side("d-aaaa", name, (), (1968, 1970), 3, ("carton-1",), (anchor,))


def question(one: str, other: str, likely: float, *, standing: str = "doubtful") -> Question:
    left, right = side(one, f"d:{one}:1"), side(other, f"d:{other}:1")
    key = key_of(left.anchors[0], right.anchors[0])
    return Question(key, "driver", standing, left, right, None, likely, "[]")  # type: ignore[arg-type]


ASKED = [
    question("Jean Marceline", "Marceline", 0.5),
    question("Paul Bréguet", "P. Breguet", 0.2),
    question("Luc Orsini", "L. Orsini", 0.9, standing="automatic"),
]


def shown(store: Store, **wanted: object) -> list[str]:
    found, total = store.authority_questions(AuthorityFilter(**wanted))  # type: ignore[arg-type]
    assert total == len(found)
    return [one.question.left.name for one in found]


def test_the_most_doubtful_comes_first_and_names_are_found_without_accents(store: Store) -> None:
    assert store.ask_authority(ASKED) == 3
    assert shown(store) == ["Jean Marceline", "Paul Bréguet"]
    assert shown(store, standing="automatic") == ["Luc Orsini"]
    assert shown(store, words="BREGUET") == ["Paul Bréguet"]
    assert shown(store, words="100%_") == shown(store, words="\x00%") == []
    assert shown(store, kind="team") == []


def test_an_answer_stays_when_the_questions_are_asked_anew(store: Store) -> None:
    store.ask_authority(ASKED)
    same = AuthorityDecision.make("same", "Odile", ASKED[0].left.anchors, ASKED[0].right.anchors)
    store.decide_authority(same, ASKED[0].key)
    store.decide_authority(same, ASKED[0].key)
    assert store.authority_decisions() == (same,)
    assert shown(store) == ["Paul Bréguet"]
    store.ask_authority(ASKED)
    assert shown(store) == ["Paul Bréguet"]
    assert shown(store, is_answered=True) == ["Jean Marceline"]


def test_an_answer_is_undone(store: Store) -> None:
    store.ask_authority(ASKED)
    same = AuthorityDecision.make("same", "Odile", ASKED[0].left.anchors, ASKED[0].right.anchors)
    store.decide_authority(same, ASKED[0].key)
    assert store.last_authority_decision("Odile") == (same, ASKED[0].key)
    assert store.last_authority_decision("Paul") is None
    store.decide_authority(AuthorityDecision.make("undo", "Odile", undoes=same.id), ASKED[0].key)
    assert shown(store) == ["Jean Marceline", "Paul Bréguet"]
    assert store.last_authority_decision("Odile") is None
    assert standing(store.authority_decisions()).same == ()


def test_the_log_is_never_changed(store: Store) -> None:
    store.decide_authority(AuthorityDecision.make("same", "Odile", ["d:a:1"], ["d:b:1"]))
    for change in ("UPDATE authority_decisions SET reviewer = 'x'", "DELETE FROM authority_decisions"):
        with pytest.raises(DatabaseError, match="never changed"), store._engine.begin() as connection:
            connection.execute(text(change))

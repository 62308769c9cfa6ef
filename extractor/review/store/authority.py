"""Who is who, in the store: what is asked, and what was decided. See :mod:`extractor.authority`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from extractor.authority.appearance import Kind
from extractor.authority.decisions import AuthorityDecision, in_force
from extractor.authority.questions import Question, Side
from extractor.lexicon.fold import fold
from extractor.review.store.opened import Opened
from extractor.review.store.schema import authority_decisions as log
from extractor.review.store.schema import authority_questions as questions
from extractor.review.store.times import now_ms

_AT_ONCE: Final = 500
_LONGEST_SEARCH: Final = 100
_UNSURE: Final = 0.5


@dataclass(frozen=True, slots=True)
class AuthorityFilter:
    """Which questions are wanted.

    Attributes:
        kind: About drivers, or about teams; ``None`` for both.
        asked: ``pair`` or ``entry``; ``None`` for both.
        standing: ``doubtful`` or ``automatic``; ``None`` for both.
        is_answered: Decided already, or still open.
        words: That stand in the names.
    """

    kind: Kind | None = None
    asked: str | None = None
    standing: str | None = "doubtful"
    is_answered: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the store has it; ``answer`` is what was decided, if anything was."""

    question: Question
    answer: str | None


class Authority(Opened):
    """The part of the store that knows who is who."""

    def ask_authority(self, asked: Iterable[Question]) -> int:
        """Put questions in the place of those that were there; answers are found again. Return how many."""
        with self._write() as connection:
            answers = _answers(_decisions(connection))
            connection.execute(delete(questions))
            rows: dict[str, dict[str, Any]] = {}
            count = 0
            for one in asked:
                rows.setdefault(one.key, _row(one, answers.get(one.key)))
                if len(rows) >= _AT_ONCE:
                    count += _insert(connection, rows)
            return count + _insert(connection, rows)

    def authority_questions(
        self, wanted: AuthorityFilter, offset: int = 0, limit: int = 20
    ) -> tuple[list[Asked], int]:
        """Return a stretch of the questions, the most doubtful first, and how many there are in all."""
        conditions = _conditions(wanted)
        order = (func.abs(questions.c.probability - _UNSURE), questions.c.key)
        with self._read() as connection:
            total = connection.scalar(select(func.count()).select_from(questions).where(*conditions)) or 0
            rows = connection.execute(
                select(questions).where(*conditions).order_by(*order).offset(offset).limit(limit)
            ).all()
        return [_asked(row) for row in rows], total

    def decide_authority(self, decision: AuthorityDecision, question: str | None = None) -> None:
        """Add a decision to the log; one that is there already is not added twice.

        Args:
            decision: What was decided.
            question: Key of the question that it answers.
        """
        with self._write() as connection:
            known = connection.execute(select(log.c.seq).where(log.c.id == decision.id)).first()
            if known is not None:
                return
            connection.execute(
                insert(log).values(
                    id=decision.id,
                    question=question,
                    reviewer=decision.by,
                    at=now_ms(),
                    body=decision.to_json(),
                )
            )
            if question is not None:
                answer = _answers(_decisions(connection, question)).get(question)
                connection.execute(update(questions).where(questions.c.key == question).values(answer=answer))

    def authority_decisions(self) -> tuple[AuthorityDecision, ...]:
        """Return the whole log, in order."""
        with self._read() as connection:
            return tuple(decision for _, decision in _decisions(connection))

    def last_authority_decision(self, reviewer: str) -> tuple[AuthorityDecision, str | None] | None:
        """Return this reviewer's last decision that is in force, with its question."""
        with self._read() as connection:
            made = _decisions(connection)
        force = {one.id for one in in_force(decision for _, decision in made)}
        mine = [(one, key) for key, one in made if one.by == reviewer and one.id in force]
        return mine[-1] if mine else None


def _row(one: Question, answer: str | None) -> dict[str, Any]:
    names = (one.left.name, *one.left.names, one.right.name, *one.right.names, one.identifier or "")
    return {
        "key": one.key,
        "kind": one.kind,
        "standing": one.standing,
        "asked": "entry" if one.identifier else "pair",
        "left_side": one.left.to_json(),
        "right_side": one.right.to_json(),
        "identifier": one.identifier,
        "probability": one.probability,
        "reasons": one.reasons,
        "words": fold(" ".join(names)).replace("\x00", ""),
        "answer": answer,
    }


def _insert(connection: Connection, rows: dict[str, dict[str, Any]]) -> int:
    """Insert rows that are not there yet, and forget them; return how many."""
    there = set(connection.scalars(select(questions.c.key).where(questions.c.key.in_(list(rows)))))
    fresh = [row for key, row in rows.items() if key not in there]
    if fresh:
        connection.execute(insert(questions), fresh)
    rows.clear()
    return len(fresh)


def _asked(row: Row[Any]) -> Asked:
    question = Question(
        row.key,
        row.kind,
        row.standing,
        Side.of(row.left_side),
        Side.of(row.right_side),
        row.identifier,
        row.probability,
        row.reasons,
    )
    return Asked(question, row.answer)


def _conditions(wanted: AuthorityFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        questions.c.answer.is_not(None) if wanted.is_answered else questions.c.answer.is_(None)
    ]
    if wanted.kind is not None:
        found.append(questions.c.kind == wanted.kind)
    if wanted.asked is not None:
        found.append(questions.c.asked == wanted.asked)
    if wanted.standing is not None:
        found.append(questions.c.standing == wanted.standing)
    words = fold(wanted.words[:_LONGEST_SEARCH]).replace("\x00", "").split()
    found += [questions.c.words.contains(word, autoescape=True) for word in words]
    return found


def _decisions(
    connection: Connection, question: str | None = None
) -> list[tuple[str | None, AuthorityDecision]]:
    query = select(log.c.question, log.c.body).order_by(log.c.seq)
    if question is not None:
        query = query.where(log.c.question == question)
    return [(row.question, AuthorityDecision.of(json.loads(row.body))) for row in connection.execute(query)]


def _answers(made: list[tuple[str | None, AuthorityDecision]]) -> dict[str, str]:
    """Return what was decided last on each question."""
    force = {one.id for one in in_force(decision for _, decision in made)}
    return {key: one.action for key, one in made if key is not None and one.id in force}

"""Which predicted session is which gold session."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.scoring.facts import SessionFact
from extractor.scoring.names import fold

#: Kinds that may all be "the race" of a meeting.
_MAIN_CONTEST = frozenset({"race", "overall", "final", "leg"})


def _same_label(gold: SessionFact, pred: SessionFact) -> bool:
    return bool(gold.label and pred.label) and fold(gold.label or "") == fold(pred.label or "")


def _same_number(gold: SessionFact, pred: SessionFact) -> bool:
    return gold.kind == pred.kind and pred.number is not None and pred.number == gold.number


def _label_within(gold: SessionFact, pred: SessionFact) -> bool:
    if not (gold.label and pred.label and gold.kind == pred.kind):
        return False
    a, b = fold(gold.label), fold(pred.label)
    return a in b or b in a


def _same_family(gold: SessionFact, pred: SessionFact) -> bool:
    return gold.kind == pred.kind or {gold.kind, pred.kind} <= _MAIN_CONTEST


#: From the surest to the least sure; each rule sees only what the earlier ones left.
_RULES: tuple[Callable[[SessionFact, SessionFact], bool], ...] = (
    _same_label,
    _same_number,
    _label_within,
    _same_family,
)


def map_sessions(gold: Sequence[SessionFact], pred: Sequence[SessionFact]) -> dict[str, str]:
    """Return the gold id of each predicted session that has a counterpart, one to one."""
    mapped: dict[str, str] = {}
    taken: set[str] = set()
    for rule in _RULES:
        for p in pred:
            if p.id in mapped:
                continue
            g = next((g for g in gold if g.id not in taken and rule(g, p)), None)
            if g is not None:
                mapped[p.id] = g.id
                taken.add(g.id)
    return mapped

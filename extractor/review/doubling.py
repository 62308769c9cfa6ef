"""Double review: which documents are read twice, how a document stands between its readings, what all say.

The second reader never sees the first's decisions, and who made the first reading is no candidate for the
second; the store sees to both (:mod:`extractor.review.store.doubles`). Who settles may be either of them or a
third person: the decisions of the settling say who it was.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from extractor.review.agreement import Agreement, Unit, agreements
from extractor.review.comparing import Comparison, compare
from extractor.review.decisions import FIRST, SECOND, SETTLED, Decision
from extractor.review.judging import judgments, likeness, presence
from extractor.review.queue import QueueFilter, QueueRow
from extractor.review.settling import Settling
from extractor.scoreboard.bootstrap import Interval, intervals
from extractor.scoring.report import Report

if TYPE_CHECKING:
    from extractor.review.store import Store, StoredDocument

_STRETCH = 2_000
_PAIRS_KEPT = 128
_pairs: WeakKeyDictionary[Store, OrderedDict[tuple[str, int, int, int], _Pair]] = WeakKeyDictionary()
_guard = Lock()
#: How far a document that is read twice has come.
Stage = Literal["first", "second", "open", "settled"]
STAGES: tuple[Stage, ...] = ("open", "second", "first", "settled")


def choose(rows: Sequence[QueueRow], share: float, seed: int) -> tuple[str, ...]:
    """Choose documents for double review, at random, so that every period and series has its share.

    Systematic sampling from a list sorted by stratum and, within it, by chance: W. G. Cochran, *Sampling
    Techniques* (3rd edition, 1977), section 8.3. Documents chosen before count.

    Args:
        rows: All documents.
        share: Of all documents, from 0 to 1.
        seed: The same documents, share and seed give the same choice.

    Returns:
        Keys of those to be chosen besides the ones that are.
    """
    free = [row for row in rows if not row.double]
    wanted = min(len(free), round(share * len(rows)) - (len(rows) - len(free)))
    if wanted <= 0:
        return ()
    free.sort(key=lambda row: (_stratum(row), _chance(seed, row.key)))
    step = len(free) / wanted
    start = _chance(seed, "") * step
    return tuple(free[int(start + n * step)].key for n in range(wanted))


def _stratum(row: QueueRow) -> tuple[int, str]:
    year = row.summary.year
    return (year // 10 if year is not None else -1, (row.summary.series or "").casefold())


def _chance(seed: int, key: str) -> float:
    """Return a number from 0 up to 1 that only seed and key decide."""
    digest = hashlib.sha256(f"{seed}:{key}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:7]) / 2**56


def every_row(store: Store, wanted: QueueFilter) -> Iterator[QueueRow]:
    """Yield all rows of the queue that are wanted, oldest first."""
    offset = 0
    while True:
        page = store.queue(wanted, "oldest", offset, _STRETCH)
        yield from page.rows
        offset += len(page.rows)
        if not page.rows or offset >= page.total:
            return


@dataclass(frozen=True, slots=True)
class Bench:
    """A document between its readings.

    Attributes:
        key: The document's.
        stage: ``first`` or ``second`` where that reading is not done, ``open`` where somebody has to choose,
            ``settled`` where nothing is open.
        readers: Who made the first and the second reading.
        settling: What is open, and how it is settled; ``None`` where a reading is not done.
        head: Of the settled reading.
        version: Of the record.
    """

    key: str
    stage: Stage
    readers: tuple[str | None, str | None]
    settling: Settling | None = None
    head: int = 0
    version: int = 1


def bench(store: Store, key: str, reviewer: str) -> Bench:
    """Return how a document that is read twice stands.

    Args:
        store: Where it is.
        key: Its key.
        reviewer: Who is to settle.

    Raises:
        StoreError: There is no such document.
    """
    document = store.document(key)
    pair = _pair(store, document)
    if pair.comparison is None:
        return Bench(key, pair.stage, pair.readers)
    settled = store.state(key, SETTLED)
    settling = Settling(
        key,
        pair.comparison,
        settled.reviewed,
        pair.first,
        store.decisions(key, SETTLED),
        reviewer=reviewer,
        model=document.model,
        text_sha256=document.text_sha256,
    )
    stage: Stage = "open" if settling.open else "settled"
    return Bench(key, stage, pair.readers, settling, settled.head, settled.version)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both readings as they were compared last."""

    stage: Stage
    readers: tuple[str | None, str | None]
    first: tuple[Decision, ...] = ()
    comparison: Comparison | None = None


def _pair(store: Store, document: StoredDocument) -> _Pair:
    """Compare both readings, once for as long as neither goes on: every pick asks for it again."""
    heads = document.heads.get(FIRST, 0), document.heads.get(SECOND, 0), document.version
    with _guard:
        kept = _pairs.setdefault(store, OrderedDict())
        if (document.key, *heads) in kept:
            kept.move_to_end((document.key, *heads))
            return kept[document.key, *heads]
    found = _compared(store, document.key)
    with _guard:
        kept[document.key, *heads] = found
        while len(kept) > _PAIRS_KEPT:
            kept.popitem(last=False)
    return found


def _compared(store: Store, key: str) -> _Pair:
    first, second = store.state(key, FIRST).reviewed, store.state(key, SECOND).reviewed
    made = store.decisions(key, FIRST), store.decisions(key, SECOND)
    one, other = (log[-1].reviewer if log else None for log in made)
    if first.status != "reviewed" or second.status != "reviewed":
        return _Pair("first" if first.status != "reviewed" else "second", (one, other))
    return _Pair("open", (one, other), made[0], compare(first, second))


def may_be_opened_settled(store: Store, key: str) -> bool:
    """Tell whether the settled reading may be shown: it shows the first, hidden from the second reader.

    Raises:
        StoreError: There is no such document.
    """
    document = store.document(key)
    return not document.double or _pair(store, document).comparison is not None


def stage_of(row: QueueRow) -> Stage:
    """Return how far a document has come, by its row alone: quick, and not sure of what is open."""
    if row.second_status == "reviewed" and row.status in ("reviewed", "disputed"):
        return "open"
    return "second" if row.status in ("reviewed", "disputed") else "first"


@dataclass(frozen=True, slots=True)
class Measured:
    """How far readers agree over all documents that both have read.

    Attributes:
        documents: How many.
        judgments: Agreement over what they said of the extractor's facts (accepted, edited, rejected,
            merged), by kind.
        presence: Agreement over whether a fact stands in the record, additions included, by kind.
        likeness: The second readings scored against the first.
        intervals: Of the F1 by kind, as far as there are enough documents.
    """

    documents: int
    judgments: dict[str, Agreement]
    presence: dict[str, Agreement]
    likeness: Report
    intervals: dict[str, Interval | None]


def measured(store: Store) -> Measured:
    """Return how far readers agree, before anything was settled."""
    judged: list[list[Unit]] = []
    present: list[list[Unit]] = []
    pairs = []
    for row in every_row(store, QueueFilter(double=True)):
        if stage_of(row) != "open":
            continue
        comparison = _pair(store, store.document(row.key)).comparison
        if comparison is None:
            continue
        extracted = store.record(row.key)
        judged.append(judgments(extracted, comparison.first, comparison.second))
        present.append(presence(extracted, comparison))
        pairs.append((row.key, comparison.first, comparison.second))
    report = likeness(pairs)
    return Measured(
        len(pairs), agreements(judged), agreements(present), report, intervals([*report.documents.values()])
    )

"""What the address asks of the queue: filter, order and page, as codes that no language changes.

Addresses are typed, pasted and kept as bookmarks, so that anything may stand in them: what makes no sense is
left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, get_args

from extractor.review.decisions import DocumentStatus
from extractor.review.queue import ORDERS, QueueFilter, QueueOrder

STATUSES: Final[tuple[DocumentStatus, ...]] = get_args(DocumentStatus)
#: Names of what the queue puts into the address.
NAMES: Final = ("q", "status", "series", "from", "to", "reviewer", "finding", "double", "order", "page")
#: Stands for documents without a series: no series is named so.
NO_SERIES: Final = "-"
#: Of documents chosen for double review: all, or those that wait for whoever asks.
ALL: Final = "all"
MINE: Final = "mine"
_MOST_TEXT: Final = 200
_MOST_VALUES: Final = 50
_YEARS: Final = range(1, 10_000)
_MOST_PAGES: Final = 10**7


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the queue.

    Attributes:
        filter: Which documents.
        order: In which order.
        page: Which stretch of them, from 1.
        mine: Only documents whose second reading is open to whoever asks.
    """

    filter: QueueFilter = field(default_factory=QueueFilter)
    order: QueueOrder = "priority"
    page: int = 1
    mine: bool = False

    def by(self, reviewer: str) -> QueueFilter:
        """Return the filter as it is for a reviewer."""
        return replace(self.filter, second_for=reviewer) if self.mine else self.filter


def from_query(query: Mapping[str, Sequence[str]]) -> Asked:
    """Return what an address asks for; what makes no sense in it asks for nothing."""

    def one(name: str) -> str:
        values = query.get(name, ())
        return values[-1][:_MOST_TEXT].strip() if values else ""

    def several(name: str) -> tuple[str, ...]:
        cut = (value[:_MOST_TEXT] for value in query.get(name, ())[:_MOST_VALUES])
        return tuple(dict.fromkeys(value for value in cut if value))

    order = one("order")
    statuses = several("status")
    wanted = QueueFilter(
        statuses=tuple(status for status in STATUSES if status in statuses),
        series=tuple("" if name == NO_SERIES else name for name in several("series")),
        first_year=_number(one("from"), _YEARS),
        last_year=_number(one("to"), _YEARS),
        reviewer=one("reviewer") or None,
        findings=several("finding"),
        text=one("q"),
        double=True if one("double") == ALL else None,
    )
    return Asked(
        wanted,
        order if order in ORDERS else "priority",
        _number(one("page"), range(1, _MOST_PAGES)) or 1,
        one("double") == MINE,
    )


def to_query(asked: Asked) -> dict[str, list[str]]:
    """Return what the address says for it; what is asked for without saying is left out."""
    wanted = asked.filter
    said: dict[str, list[str]] = {
        "q": [wanted.text],
        "status": list(wanted.statuses),
        "series": [name or NO_SERIES for name in wanted.series],
        "from": [str(wanted.first_year or "")],
        "to": [str(wanted.last_year or "")],
        "reviewer": [wanted.reviewer or ""],
        "finding": list(wanted.findings),
        "double": [MINE if asked.mine else ALL if wanted.double else ""],
        "order": [asked.order if asked.order != "priority" else ""],
        "page": [str(asked.page) if asked.page > 1 else ""],
    }
    return {name: values for name, values in said.items() if any(values)}


def _number(said: str, within: range) -> int | None:
    if not (said.isascii() and said.isdigit() and len(said) <= 9):
        return None
    number = int(said)
    return number if number in within else None

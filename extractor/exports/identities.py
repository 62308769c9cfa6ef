"""Who somebody is beyond one record: what an authority file says of a record's drivers and teams."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # the command line asks for the formats before it needs records
    from extractor.record import RaceRecord


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, or a team, over a whole archive.

    Attributes:
        id: In the authority file.
        addresses: What others call them, as somebody has decided, such as
            ``http://www.wikidata.org/entity/Q9671``.
    """

    id: str
    addresses: tuple[str, ...] = ()


Identities: TypeAlias = "Callable[[RaceRecord], Mapping[str, Identity]]"
"""Says who a record's drivers and teams are, by their identifiers there; the others are unknown."""


def nobody_known(_record: RaceRecord) -> Mapping[str, Identity]:
    """Say nothing of anybody."""
    return {}

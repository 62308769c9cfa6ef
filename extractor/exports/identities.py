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


_ADDRESSES = {
    "wikidata": "http://www.wikidata.org/entity/",
    "viaf": "http://viaf.org/viaf/",
    "isni": "https://isni.org/isni/",
    "bnf": "https://data.bnf.fr/",
    "idref": "http://www.idref.fr/",
    "gnd": "https://d-nb.info/gnd/",
    "lccn": "http://id.loc.gov/authorities/names/",
}


def address_of(identifier: str) -> str:
    """Return the address of an identifier such as ``wikidata:Q9671``; a URN where its scheme has none."""
    from urllib.parse import quote

    from extractor.exports.iris import reference_to

    scheme, colon, value = identifier.partition(":")
    if not colon:
        scheme, value = "id", identifier
    if scheme.lower() in ("http", "https"):
        return reference_to(identifier)
    if scheme.lower() in _ADDRESSES:
        return _ADDRESSES[scheme.lower()] + quote(value.strip(), safe="/:")
    return f"urn:x-{quote(scheme, safe='')}:{quote(value.strip(), safe='/:')}"

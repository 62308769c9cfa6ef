"""Who a record's drivers and teams are, by an authority file."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.authority.appearance import appearances_of
from extractor.authority.file import AuthorityFile
from extractor.exports.identities import Identity, address_of
from extractor.record import RaceRecord

_DECIDED = "decided"


class KnownIn:
    """Says who drivers and teams are.

    Of what somebody's list calls them, only that is told which a reviewer has decided.

    Args:
        file: The authority file, open.
    """

    def __init__(self, file: AuthorityFile) -> None:
        self._file = file

    def __call__(self, record: RaceRecord) -> Mapping[str, Identity]:
        """Return those of a record's drivers and teams that the file knows."""
        found = {}
        for one in appearances_of(record):
            if (member := self._file.member(one.anchor)) is not None:
                known = [it.identifier for it in self._file.identifiers(member[0]) if it.status == _DECIDED]
                found[one.thing] = Identity(member[0], tuple(map(address_of, known)))
        return found

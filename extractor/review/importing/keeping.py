"""Putting records into the store, each with the summary that the queue sorts by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractor.record import RaceRecord
from extractor.review.importing.pictures import Picture

if TYPE_CHECKING:
    from extractor.review.annotated.bringing import Brought
    from extractor.review.annotated.into_store import Stored
    from extractor.review.store import Store


class StoreKeeper:
    """Keeps what is imported in a store.

    Args:
        store: Where.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def knows(self, text_sha256: str, origin: str, model: str) -> bool:
        """Say whether this model's record of a text from that origin is there."""
        from extractor.review.store import StoreError
        from extractor.review.store.documents import key_of

        try:
            document = self._store.document(key_of(text_sha256, origin))
        except StoreError as error:
            if error.code != "store_no_document":
                raise
            return False
        return any(version.model == model for version in document.versions)

    def decide(self, brought: Brought, by: str) -> Iterator[Stored]:
        """Put what annotators changed into the store, as decisions; whoever asked, where no name is told."""
        from extractor.review.annotated.into_store import put_into_store

        return put_into_store(self._store, brought, None, by)

    def keep(
        self, record: RaceRecord, *, model: str | None, origin: str | None, pictures: tuple[Picture, ...]
    ) -> str:
        """Put a record into the store; return ``new``, ``same`` or ``newer``."""
        from extractor.review.store import PageImage

        pages = [PageImage(one.page, one.body, one.media_type) for one in pictures]
        added = self._store.add_document(record, model=model, origin=origin, pages=pages)
        if added.novelty != "same":
            self._store.summarise(added.key)
        return added.novelty

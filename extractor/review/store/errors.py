"""What can go wrong with the store, each with its sentences."""

from __future__ import annotations

from extractor.errors import InputError


class StoreError(InputError):
    """The database cannot be opened, is not ours, or does not take what is to be kept."""


class StaleError(StoreError):
    """Somebody else decided meanwhile: the decisions were made on a state that is no longer the present one.

    Attributes:
        head: The present one.
    """

    def __init__(self, head: int) -> None:
        super().__init__("store_stale", head=head)
        self.head = head

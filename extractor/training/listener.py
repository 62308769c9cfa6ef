"""Who is told how training goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

from extractor.errors import ParcFermeError

#: A point of a curve: figures by name.
Point = Mapping[str, Any]


class Listener(Protocol):
    """Tells the user, or nobody."""

    def say(self, key: str, /, **values: object) -> None:
        """Tell a sentence of the message catalogue."""

    def say_error(self, error: ParcFermeError) -> None:
        """Tell what could not be taken; the rest goes on."""

    def steps(self, key: str, total: int) -> AbstractContextManager[Callable[[], None]]:
        """Show how far a part of the work is; what is given moves it on by one."""

    def point(self, point: Point) -> None:
        """Show a point of the curve."""


class Nobody:
    """Is told everything and says nothing."""

    def say(self, key: str, /, **values: object) -> None:
        """Keep silent."""

    def say_error(self, error: ParcFermeError) -> None:
        """Keep silent."""

    def steps(self, key: str, total: int) -> AbstractContextManager[Callable[[], None]]:  # noqa: ARG002
        """Show nothing."""
        return nullcontext(lambda: None)

    def point(self, point: Point) -> None:
        """Show nothing."""

"""Being asked to stop: at once while a document is read, and as soon as may be while something is written."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """Turns Ctrl-C and SIGTERM into exceptions, which wait for what must not be left half done.

    The exceptions are those that Python and the command line raise anyway: ``KeyboardInterrupt``, and
    ``SystemExit`` with 128 and the signal's number.
    """

    def __init__(self) -> None:
        self._is_deferring = False
        self._asked: int | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in _SIGNALS:
                self._before[number] = signal.signal(number, self._asked_to_stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Let nothing interrupt what is inside; whoever asked meanwhile is answered behind it."""
        if self._is_deferring:
            yield
            return
        self._is_deferring = True
        try:
            yield
        finally:
            self._is_deferring = False
            asked, self._asked = self._asked, None
        if asked is not None:
            _stop(asked)

    def _asked_to_stop(self, number: int, _frame: FrameType | None) -> None:
        if self._is_deferring:
            self._asked = number
        else:
            _stop(number)


def _stop(number: int) -> None:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)

"""Figures that take a while, kept for a while: for all who look at the same store."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from extractor.review.store import Store

_LONGEST: Final = 60.0
_SLOW: Final = 0.15
_TIMES: Final = 20.0
_MOST: Final = 32

_Value = TypeVar("_Value")
_kept: WeakKeyDictionary[Store, dict[Hashable, tuple[float, Any]]] = WeakKeyDictionary()
_guard = threading.Lock()


def kept(store: Store, what: Hashable, make: Callable[[], _Value]) -> _Value:
    """Return what is made of a store; what takes long is kept for a while.

    It is kept for twenty times as long as it took, at most for a minute. So a small archive is always shown
    as it is, and a large one never keeps anybody waiting for sums. Two who ask at the same time may both
    make it: nobody waits for another.
    """
    with _guard:
        known = _kept.setdefault(store, {}).get(what)
    if known is not None and time.monotonic() < known[0]:
        value: _Value = known[1]
        return value
    began = time.monotonic()
    value = make()
    took = time.monotonic() - began
    if took >= _SLOW:
        with _guard:
            of_store = _kept.setdefault(store, {})
            if len(of_store) >= _MOST:
                del of_store[min(of_store, key=lambda one: of_store[one][0])]
            of_store[what] = (time.monotonic() + min(_LONGEST, _TIMES * took), value)
    return value


def forget(store: Store) -> None:
    """Make everything anew the next time."""
    with _guard:
        _kept.pop(store, None)

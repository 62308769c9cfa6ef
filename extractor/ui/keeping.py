"""Figures that take a while, kept for a while: for all who look at the same store."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from extractor.review.store import Store

_LOG = logging.getLogger(__name__)
_LONGEST: Final = 60.0
_OLDEST: Final = 600.0
_SLOW: Final = 0.15
_TIMES: Final = 20.0
_MOST: Final = 32

_Value = TypeVar("_Value")


@dataclass(slots=True)
class _Kept:
    """A value, until when (monotonic clock) it is as good as new, and whether it is being made anew."""

    value: Any
    until: float
    is_renewed: bool = False


_kept: WeakKeyDictionary[Store, dict[Hashable, _Kept]] = WeakKeyDictionary()
_guard = threading.Lock()


def kept(store: Store, what: Hashable, make: Callable[[], _Value]) -> _Value:
    """Return what is made of a store; what takes long is kept for a while.

    It is kept for twenty times as long as it took, at most for a minute. Afterwards it is shown once more
    while it is made anew behind the scenes, unless it is ten minutes old. So a small archive is always shown
    as it is, and a large one never keeps anybody waiting for sums. Two who ask at the same time may both make
    it: nobody waits for another.
    """
    now = time.monotonic()
    with _guard:
        known = _kept.setdefault(store, {}).get(what)
        is_usable = known is not None and now < known.until + _OLDEST
        is_due = known is not None and is_usable and now >= known.until and not known.is_renewed
        if known is not None and is_due:
            known.is_renewed = True
    if is_due:
        threading.Thread(target=_renew, args=(store, what, make), daemon=True).start()
    if known is not None and is_usable:
        value: _Value = known.value
        return value
    return _made(store, what, make)


def _made(store: Store, what: Hashable, make: Callable[[], _Value]) -> _Value:
    began = time.monotonic()
    value = make()
    took = time.monotonic() - began
    with _guard:
        of_store = _kept.setdefault(store, {})
        of_store.pop(what, None)
        if took >= _SLOW:
            if len(of_store) >= _MOST:
                del of_store[min(of_store, key=lambda one: of_store[one].until)]
            of_store[what] = _Kept(value, time.monotonic() + min(_LONGEST, _TIMES * took))
    return value


def _renew(store: Store, what: Hashable, make: Callable[[], Any]) -> None:
    """Make a value anew; where that fails, whoever asks next makes it, and is told why."""
    try:
        _made(store, what, make)
    except Exception as error:
        _LOG.info("%s could not be made anew: %s", what, error)
        with _guard:
            _kept.get(store, {}).pop(what, None)


def forget(store: Store) -> None:
    """Make everything anew the next time."""
    with _guard:
        _kept.pop(store, None)

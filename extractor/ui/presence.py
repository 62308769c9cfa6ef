"""Who is still there: a document whose page was closed is free again at once, not when its lock lapses.

Browsers cannot be relied upon to say that they leave; that their connection is gone is seen at the server.
A page that is loaded anew, or a network that stumbles, comes back within moments, so a little is waited; and
who comes back later than that takes the lock again where nobody else has.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

from extractor.errors import ParcFermeError

_LOG = logging.getLogger(__name__)
#: Seconds for which somebody may be away before their document is free.
GRACE: Final = 5.0
_GLANCE: Final = 1.0
_SESSION: Final = "document.session"


class Held(Protocol):
    """What somebody has open: a :class:`~extractor.ui.desk.session.DeskSession`."""

    @property
    def what(self) -> tuple[str, str, int, str]:
        """Database, document, reading and reviewer: two pages of one person may have the same open."""

    def free(self) -> None:
        """Give the lock back; raises ``ParcFermeError`` where the database does not answer."""


class Presence:
    """Frees what those had open who are gone.

    Args:
        is_here: Says of a browser's session whether it is connected.
        grace: Seconds to wait.
    """

    def __init__(self, is_here: Callable[[str], bool], grace: float = GRACE) -> None:
        self._is_here = is_here
        self._grace = grace
        self._open: dict[str, tuple[Held, float]] = {}
        self._guard = threading.Lock()

    def hold(self, session: str, held: Held, now: float) -> None:
        """Note what a session has open, instead of what it had before."""
        with self._guard:
            self._open[session] = held, now

    def let_go(self, session: str) -> None:
        """Forget a session, which has left by itself."""
        with self._guard:
            self._open.pop(session, None)

    def sweep(self, now: float) -> None:
        """Free what is held by sessions that have been away for too long."""
        with self._guard:
            for session, (held, _) in list(self._open.items()):
                if self._is_here(session):
                    self._open[session] = held, now
            gone = [(one, held) for one, (held, seen) in self._open.items() if now - seen >= self._grace]
            for session, _ in gone:
                del self._open[session]
            kept = {held.what for held, _ in self._open.values()}
        self._free([held for _, held in gone if held.what not in kept])

    def close(self) -> None:
        """Free everything: the server ends."""
        with self._guard:
            all_of_it = [held for held, _ in self._open.values()]
            self._open.clear()
        self._free(all_of_it)

    def _free(self, those: list[Held]) -> None:
        for held in those:
            try:
                held.free()
            except ParcFermeError as error:  # its lock lapses by itself
                _LOG.info("not freed: %s", error)


_presence: Presence | None = None
_guard = threading.Lock()


def hold(held: Held) -> None:
    """Note what the session that runs here has open."""
    session = _session()
    if session is not None:
        _of_server().hold(session, held, time.monotonic())


def let_go() -> None:
    """Forget what the session that runs here had open: it gives that back itself."""
    session = _session()
    if session is not None:
        _of_server().let_go(session)


def leave() -> None:
    """Give back what this session has open on the document page, if it is on another page now."""
    import streamlit as st

    _, held = st.session_state.pop(_SESSION, (None, None))
    if held is None:
        return
    let_go()
    try:
        held.free()
    except ParcFermeError as error:
        _LOG.info("not freed: %s", error)


def close() -> None:
    """Free all that is open; the server ends."""
    if _presence is not None:
        _presence.close()


def _session() -> str | None:
    """Return the session that runs here; ``None`` where no server runs, as in tests of pages."""
    from streamlit import runtime
    from streamlit.runtime.runtime import Runtime
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx(suppress_warning=True)
    is_served = runtime.exists() and type(runtime.get_instance()) is Runtime
    return context.session_id if context is not None and is_served else None


def _of_server() -> Presence:
    """Return the one of this process, which looks round every second from its first use on."""
    global _presence  # noqa: PLW0603 - one for the process, which many sessions share
    with _guard:
        if _presence is None:
            from streamlit import runtime

            _presence = Presence(lambda session: runtime.get_instance().is_active_session(session))
            threading.Thread(target=_watch, args=(_presence,), daemon=True).start()
        return _presence


def _watch(presence: Presence) -> None:
    while True:
        time.sleep(_GLANCE)
        try:
            presence.sweep(time.monotonic())
        except Exception:
            _LOG.exception("who is still there")

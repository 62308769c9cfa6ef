"""The process that serves the app, started by ``parcferme review``: ``extractor.ui.serve ADDRESS PORT``.

It is Streamlit's own server with our options. It answers when what a first visit needs is in memory, and ends
when whoever started it does, even where that was killed. On its standard input it is told, by a line, that
the database stands; until then it leaves it alone.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from extractor.ui.start import Start, is_own_address, server_options

HOSTS = "STREAMLIT_SERVER_ALLOWED_HOSTS"
SCRIPT = Path(__file__).parent / "script" / "parc_ferme.py"
WARM_WITHIN = 10.0
"""Seconds after which the server answers though not all is ready: the first visit waits for the rest."""


def main(arguments: list[str] | None = None) -> None:
    """Serve until told to end."""
    address, port = sys.argv[1:] if arguments is None else arguments
    may_open = threading.Event()
    _end_with_parent(may_open)
    _ask_nobody()
    # Streamlit puts the folder of what it takes for the script on the import path; in ours is nothing else.
    sys.argv = [str(SCRIPT)]
    application(Start.from_environment(), may_open).run(config=options(address, int(port)))


def application(start: Start, may_open: threading.Event) -> Any:
    """Return the app as a server runs it.

    Args:
        start: What it was started with.
        may_open: Set when the database may be opened.
    """
    from starlette.middleware import Middleware
    from streamlit import App

    from extractor.ui import presence
    from extractor.ui.assets import Assets
    from extractor.ui.warming import warm

    @asynccontextmanager
    async def ready(_app: Any) -> AsyncIterator[None]:
        await _within(WARM_WITHIN, warm, start, may_open)
        yield
        presence.close()

    return App(SCRIPT, lifespan=ready, middleware=[Middleware(Assets, language=start.language)])


async def _within(seconds: float, work: Any, *arguments: Any) -> None:
    """Do something in a thread, and wait for it so long; nothing waits for that thread to end."""
    done, loop = asyncio.Event(), asyncio.get_running_loop()

    def run() -> None:
        try:
            work(*arguments)
        finally:
            loop.call_soon_threadsafe(done.set)

    threading.Thread(target=run, daemon=True).start()
    try:
        await asyncio.wait_for(done.wait(), seconds)
    except TimeoutError:
        return


def options(address: str, port: int) -> dict[str, Any]:
    """Return the options for Streamlit, as far as the version that is installed knows them."""
    from streamlit.web import cli

    # Of the command line: asking the configuration itself would read it, and it says so when it changes then.
    known = {option.removeprefix("--") for parameter in cli.main_run.params for option in parameter.opts}
    told = {name: _typed(value) for name, value in server_options(address, port).items() if name in known}
    return told | _hosts(address)


def _typed(value: str) -> str | int | bool:
    return value == "true" if value in ("true", "false") else int(value) if value.isdigit() else value


def _hosts(address: str) -> dict[str, list[str]]:
    """Return by which names this machine alone is reached, so that no site can pass itself off as one.

    A proxy before the server passes another name on; the environment says which.
    """
    if not is_own_address(address) or os.environ.get(HOSTS):
        return {}
    return {"server.allowedHosts": list(dict.fromkeys(("127.0.0.1", "localhost", "::1", address)))}


def _ask_nobody() -> None:
    """Keep Streamlit from asking a server on the internet for this machine's address.

    It does so when a page of another site tries to connect, to see whether that site is this machine.
    """
    from streamlit import net_util

    net_util.get_external_ip = lambda: None


def _end_with_parent(told: threading.Event) -> None:
    """End when standard input does: whoever started this holds its other end. Any line from there is told."""

    def wait() -> None:
        while os.read(0, 1024):
            told.set()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    main()

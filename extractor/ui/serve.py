"""The process that serves the app, started by ``parcferme review``: ``extractor.ui.serve ADDRESS PORT``.

It is Streamlit's own ``run`` with our options. It ends when whoever started it does, even where that was
killed.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from extractor.ui.start import is_own_address, server_options

HOSTS = "STREAMLIT_SERVER_ALLOWED_HOSTS"
SCRIPT = Path(__file__).parent / "script" / "parc_ferme.py"


def main(arguments: list[str] | None = None) -> None:
    """Serve until told to end."""
    from streamlit.web import cli

    address, port = sys.argv[1:] if arguments is None else arguments
    _end_with_parent()
    _ask_nobody()
    cli.main(["run", str(SCRIPT), *options(address, int(port))], prog_name="streamlit")


def options(address: str, port: int) -> list[str]:
    """Return the options for Streamlit's command line, as far as the version that is installed knows them."""
    from streamlit.web import cli

    known = {option for parameter in cli.main_run.params for option in parameter.opts}
    wanted = [*server_options(address, port).items(), *_hosts(address)]
    return [f"--{name}={value}" for name, value in wanted if f"--{name}" in known]


def _hosts(address: str) -> list[tuple[str, str]]:
    """Return by which names this machine alone is reached, so that no site can pass itself off as one.

    A proxy before the server passes another name on; the environment says which.
    """
    if not is_own_address(address) or os.environ.get(HOSTS):
        return []
    return [("server.allowedHosts", host) for host in ("127.0.0.1", "localhost", "::1", address)]


def _ask_nobody() -> None:
    """Keep Streamlit from asking a server on the internet for this machine's address.

    It does so when a page of another site tries to connect, to see whether that site is this machine.
    """
    from streamlit import net_util

    net_util.get_external_ip = lambda: None


def _end_with_parent() -> None:
    """End when standard input does: whoever started this holds its other end."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    main()

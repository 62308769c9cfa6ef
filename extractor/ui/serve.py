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

from extractor.ui.start import server_options

SCRIPT = Path(__file__).parent / "script" / "parc_ferme.py"


def main(arguments: list[str] | None = None) -> None:
    """Serve until told to end."""
    from streamlit.web import cli

    address, port = sys.argv[1:] if arguments is None else arguments
    options = [f"--{name}={value}" for name, value in server_options(address, int(port)).items()]
    _end_with_parent()
    cli.main(["run", str(SCRIPT), *options], prog_name="streamlit")


def _end_with_parent() -> None:
    """End when standard input does: whoever started this holds its other end."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    main()

"""How the app is started: what ``parcferme review`` tells the process that serves it, by the environment.

A database's address may hold a password, so nothing of it stands on a command line. ``streamlit run app.py``
starts the same app with what the environment says, or with nothing at all. Imports no Streamlit.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractor.messages import preferred_language

DATABASE = "PARCFERME_DB"
REVIEWER = "PARCFERME_REVIEWER"
JOBS = "PARCFERME_JOBS"
ADDRESS = "PARCFERME_ADDRESS"
LANGUAGE = "PARCFERME_LANG"
MODEL = "PARCFERME_MODEL"

LOOPBACK = "127.0.0.1"
_OWN = ("127.0.0.1", "::1", "localhost")
PORT = 8501
MAX_UPLOAD_MB = 200
"""Largest file taken from a browser; larger ones are named on the command line."""

LIGHT = {
    "primaryColor": "#0b5a8f",
    "backgroundColor": "#fbfaf7",
    "secondaryBackgroundColor": "#f1eee7",
    "textColor": "#1d1c1a",
    "linkColor": "#0b5a8f",
    "borderColor": "#ddd8cd",
}
DARK = {
    "primaryColor": "#2d79b1",
    "backgroundColor": "#16171a",
    "secondaryBackgroundColor": "#25282d",
    "textColor": "#e9e6e0",
    "linkColor": "#8cc8f5",
    "borderColor": "#383b41",
}
_BOTH = {"baseRadius": "small", "showWidgetBorder": "true", "baseFontSize": "15"}


@dataclass(frozen=True, slots=True)
class Start:
    """What the app was started with.

    Attributes:
        database: Address of the database; ``None`` for ``parcferme.db`` in the current folder.
        reviewer: Who is taken to sit there where nobody says otherwise.
        language: ``fr`` or ``en``, until somebody switches.
        jobs: Folder in which imports are asked for and told of; ``None`` where the app makes its own.
        is_local: Whether the server listens on this machine's own address alone.
    """

    database: str | None = None
    reviewer: str | None = None
    language: str = "fr"
    jobs: Path | None = None
    is_local: bool = True

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Start:
        """Return what the environment says."""
        known = os.environ if environment is None else environment
        jobs = known.get(JOBS)
        return cls(
            database=known.get(DATABASE) or None,
            reviewer=known.get(REVIEWER) or None,
            language=preferred_language(),
            jobs=Path(jobs) if jobs else None,
            is_local=is_own_address(known.get(ADDRESS, LOOPBACK)),
        )


def is_own_address(address: str) -> bool:
    """Say whether only this machine can reach an address."""
    return address in _OWN or address.startswith("127.")


def server_options(address: str, port: int) -> dict[str, str]:
    """Return Streamlit's options: reached from this machine alone, telling nobody anything, our colours.

    They go with the command, so that nothing is written into anybody's folder; ``.streamlit/config.toml`` of
    the repository has the same for ``streamlit run app.py``, which a test compares.

    Args:
        address: To listen on.
        port: To listen on.
    """
    return {
        "server.address": address,
        "server.port": str(port),
        "server.headless": "true",
        "server.showEmailPrompt": "false",
        **fixed_options(),
    }


def fixed_options() -> dict[str, str]:
    """Return the options that are the same however the app is started."""
    return {
        "server.enableXsrfProtection": "true",
        "server.enableCORS": "true",
        "server.xsrfCookieSameSite": "strict",
        "server.maxUploadSize": str(MAX_UPLOAD_MB),
        "server.fileWatcherType": "none",
        "server.runOnSave": "false",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": "false",
        "runner.magicEnabled": "false",
        "logger.hideWelcomeMessage": "true",
        "logger.level": "error",  # where it listens, the command says
        **{f"theme.{name}": value for name, value in _BOTH.items()},
        **{f"theme.light.{name}": value for name, value in LIGHT.items()},
        **{f"theme.dark.{name}": value for name, value in DARK.items()},
    }

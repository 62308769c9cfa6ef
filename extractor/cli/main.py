"""Entry point of the command ``parcferme``."""

from __future__ import annotations


def run() -> None:
    """Run the command line."""
    raise SystemExit("not there yet")

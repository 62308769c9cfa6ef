"""The first page of the site."""

from __future__ import annotations

import re
from pathlib import Path

from tools.site.words import WORDS

_README = Path(__file__).resolve().parents[2] / "README.md"


def page() -> str:
    """Return the README's summary and where each reader goes on."""
    readme = _README.read_text(encoding="utf-8")
    summary = re.search(r"^> \*\*En bref\.\*\* (.*?)\n\n", readme, re.MULTILINE | re.DOTALL)
    if summary is None:
        raise ValueError("README.md has no summary that begins with **En bref.**")
    words = " ".join(line.removeprefix("> ") for line in summary[1].splitlines())
    install = "```sh\npython3 -m venv .venv\n.venv/bin/pip install .\n.venv/bin/parcferme --help\n```\n"
    return f"# Parc Fermé\n\n{words}\n\n{install}\n{WORDS['front']}"

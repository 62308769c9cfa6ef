"""Words that queue, dashboard and season share."""

from __future__ import annotations

from extractor.ui.words import Words


def finding(words: Words, code: str) -> str:
    """Return a finding's code in words; one that came from elsewhere may have none."""
    key = f"figures.finding.{code}"
    return words(key) if key in words else code.replace("_", " ")

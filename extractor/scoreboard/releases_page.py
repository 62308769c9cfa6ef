"""``docs/scores/README.md``: what each release scored, in tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from extractor.corpus.metadata import SPLITS
from extractor.scoreboard.releases import Release
from extractor.scoring.report import HEADLINE
from extractor.scoring.words import words_of

_INTRODUCTION = """\
# Scores

What each release scored on the corpus. This page is made by `parcferme evaluate --save`; do not edit it.

The mean is that of the five kinds of fact beside it, each an F1 over all documents of the split. In
brackets: the 95 % interval, from 1,000 draws of documents with replacement. Two lines are comparable where
`corpus`, the fingerprint of texts and gold records, is the same. The rules are written with `train` and
`dev`; `test` and `far` are only ever scored.
"""


def releases_page(releases: Sequence[Release]) -> str:
    """Return the page about some releases, the newest first, as Markdown."""
    parts = [_INTRODUCTION]
    for split in SPLITS:
        lines = [
            _line(release, release["splits"][split]) for release in releases if split in release["splits"]
        ]
        if lines:
            parts.append("\n".join((f"## {split}\n", *_head(), *lines)) + "\n")
    return "\n".join(parts)


def _head() -> Iterator[str]:
    kinds = words_of("en")["kinds"]
    columns = ["release", "documents", "mean F1", *(kinds[kind] for kind in HEADLINE), "corpus"]
    yield _row(columns)
    yield _row(["---", "--:", *["--:"] * (len(HEADLINE) + 1), "---"])


def _line(release: Release, scores: dict[str, Any]) -> str:
    version = release["version"]
    kinds = [scores["kinds"][kind] for kind in HEADLINE]
    return _row(
        [
            f"[{version}]({version}.json)",
            str(scores["documents"]),
            f"**{_figure(scores['composite'])}**",
            *map(_figure, kinds),
            f"`{scores['corpus']}`",
        ]
    )


def _figure(figures: dict[str, Any]) -> str:
    if figures["f1"] is None:
        return "–"
    if figures["low"] is None:
        return f"{figures['f1']:.3f}"
    return f"{figures['f1']:.3f} [{figures['low']:.3f}, {figures['high']:.3f}]"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"

"""How accurate the program is and is not: the figures of the newest release, as they were saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.site.words import WORDS

_SCORES = Path(__file__).resolve().parents[2] / "docs" / "scores"
_KINDS = {
    "drivers": "pilotes",
    "teams": "équipes",
    "entries": "engagements (pilote, équipe)",
    "results.final": "classements finals",
    "results.grid": "grilles",
    "results.qualifying": "qualifications",
    "results.running": "positions en course",
    "results.championship": "championnats",
    "results.fastest_lap": "meilleurs tours",
    "incidents.lenient": "incidents",
    "retirements": "abandons",
    "quotes": "citations",
}
_SLICES = {"era": "époque", "noise": "état du texte", "discipline": "discipline"}
_FEWEST = 5  # documents of which a figure says anything


def page() -> str:
    """Return the figures of the newest release in Markdown."""
    newest = max(_SCORES.glob("[0-9]*.json"), key=lambda path: [int(n) for n in path.stem.split(".")])
    scores = json.loads(newest.read_text(encoding="utf-8"))
    splits = {name: scores["splits"][name] for name in ("test", "far")}
    lines = [WORDS["accuracy_head"].format(version=scores["version"])]
    for name, split in splits.items():
        lines += [f"## {name} : {split['documents']} comptes rendus", "", *_kinds(split), ""]
    lines += ["## Selon les textes de far", "", "Moyenne (F1) des cinq sortes de faits principales.", ""]
    for slice_, title in _SLICES.items():
        lines += [f"### Par {title}", "", *_slice(splits["far"]["slices"][slice_]), ""]
    ece = _decimal(splits["far"]["calibration"]["all"]["ece_width"])
    return "\n".join(lines) + WORDS["accuracy_tail"].format(ece=ece)


def _kinds(split: dict[str, Any]) -> Iterator[str]:
    yield "| faits | précision | rappel | F1 | intervalle |"
    yield "|---|--:|--:|--:|---|"
    for kind, words in _KINDS.items():
        one = split["kinds"][kind]
        span = f"[{_decimal(one['low'])} ; {_decimal(one['high'])}]" if one.get("low") is not None else ""
        figures = " | ".join(_decimal(one[name]) for name in ("precision", "recall", "f1"))
        yield f"| {words} | {figures} | {span} |"
    mean = split["composite"]
    span = f"[{_decimal(mean['low'])} ; {_decimal(mean['high'])}]"
    yield f"| **moyenne des cinq principales** | | | **{_decimal(mean['f1'])}** | {span} |"


def _slice(figures: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield "| | comptes rendus | F1 |"
    yield "|---|--:|--:|"
    for name, one in figures.items():
        if one["documents"] >= _FEWEST:
            yield f"| {name} | {one['documents']} | {_decimal(one['composite'])} |"


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")

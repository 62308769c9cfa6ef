from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.corpus.report import Report, compile_report

HEAD = """discipline = "hill_climb"
year = 1954
style = "chronicle"
noise = "{noise}"
author = "a00"
"""

TEXT = """[[LORIEUX|lorieux]] BAT TOUT LE MONDE

Le [[Lyonnais|lorieux~]] [[Robert Lorieux|lorieux]], sur la Gordini n° 7 de l'[[Écurie du Lac|lac]], <a>l'emporta en 6 m. 12 s.</a>
<i1>Au kilomètre quatre, la magnéto noyée, [[Fargeat|fargeat]] rangea sa machine</i1>.
« <q1>Je n'ai touché au frein</q1>, confia [[ce dernier|lorieux=]], <q1>que deux fois</q1> »

<l>1. [[Lorieux|lorieux]] (Gordini), 6 m. 12 s. ; 2. [[Ravier|ravier]] (Porsche), 6 m. 40 s.</l>"""

FACTS = """drivers: lorieux fargeat ravier
teams: lac
event: season=1954 @"BAT TOUT LE MONDE"
session c: race
entry: lorieux lac number=7 car=Gordini
entry: ravier car=Porsche
final c @l: 1 lorieux 6:12 @a; 2 ravier 6:40 +28
final c: dnf fargeat @i1
incident i1 mechanical c fargeat where="kilomètre quatre" conseq=retirement
quote q1 lorieux session=c
accept length: short on purpose
accept idle_driver: likewise
"""


@pytest.fixture
def source() -> Callable[..., str]:
    def make(text: str = TEXT, facts: str = FACTS, noise: str = "clean", head: str = HEAD) -> str:
        return f"{head.replace('{noise}', noise)}+++\n{text}\n+++\n{facts}"

    return make


@pytest.fixture
def compiled(source: Callable[..., str]) -> Callable[..., Report]:
    def make(**parts: str) -> Report:
        return compile_report(Path("essai.report"), source(**parts))

    return make

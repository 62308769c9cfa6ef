"""Markdown: the text stays as it is, its marks are seen through; plain text is never taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.readers import Source, SourceText, read_source

REPORT = """---
title: "Doublé de Tavernier"
date: 2021-05-23
---
# Nogaro, course 1

**Jean Tavernier** s'impose devant *Paul Ortolan* et [Luc Marchal](https://piste.example/marchal "sa page").

Classement
----------

| Pos | Pilote |
|-----|--------|
| 1 | Tavernier |

> « La voiture a **tenu** », confiait le vainqueur, 2*3 = 6, #12 et nom_de_fichier_x compris.

1. Tavernier
2. Ortolan
- Abandon : #7
"""
READ = """Nogaro, course 1

Jean Tavernier s'impose devant Paul Ortolan et Luc Marchal.

Classement

| Pos | Pilote |
| 1 | Tavernier |

« La voiture a tenu », confiait le vainqueur, 2*3 = 6, #12 et nom_de_fichier_x compris.

1. Tavernier
2. Ortolan
- Abandon : #7
"""


def read(tmp_path: Path, text: str, name: str = "report.txt") -> SourceText:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return read_source(Source(name, path))


def left(source: SourceText) -> str:
    text, at = "", 0
    for one in source.skipped:
        text += source.text[at : one.start]
        at = one.end
    return text + source.text[at:]


@pytest.mark.parametrize("name", ["report.txt", "report.md"])
def test_marks_are_seen_through_and_the_text_stays(tmp_path: Path, name: str) -> None:
    source = read(tmp_path, REPORT, name)
    assert source.text == REPORT
    assert source.media_type == "text/markdown"
    assert left(source) == READ
    assert [(one.field, one.value) for one in source.told] == [
        ("title", "Doublé de Tavernier"),
        ("published_on", "2021-05-23"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. Tavernier\n2. Ortolan\n- Abandon : Marchal",
        "# 12 Tavernier\n# 7 Ortolan\n#3 Marchal\n# 21 Vasseur",
        "RÉSULTATS\n=========\n* Tavernier *\n* Ortolan *",
        "Pos | Pilote\n1 | Tavernier\n------------\nDNF | Ortolan",
        "** Course 1 **\n\nTavernier gagne.\n\n** Course 2 **\n\nOrtolan gagne.",
        "Tavernier [voir page 2] (http://piste.example) gagne.",
        "---\nNogaro, course 1 : Tavernier\n---\nTavernier gagne.",
    ],
)
def test_a_plain_text_is_no_markdown(tmp_path: Path, text: str) -> None:
    source = read(tmp_path, text)
    assert (source.media_type, source.skipped) == ("text/plain", ())
    assert (
        left(read(tmp_path, "1. Tavernier\n- #12 Ortolan * 3", "x.md")) == "1. Tavernier\n- #12 Ortolan * 3"
    )

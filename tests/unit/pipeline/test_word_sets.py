"""The small sets of words in ``lexicon/*_words.toml``: each is explained, and each is asked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.lexicon.fold import fold
from extractor.lexicon.words import word_set, word_tuple

PACKAGE = Path(extractor.__file__).parent
FILES = sorted((PACKAGE / "lexicon").glob("*_words.toml"))
ASKED = {
    match.groups()
    for path in PACKAGE.rglob("*.py")
    for match in re.finditer(r'word_(?:set|tuple)\("(\w+)", "([\w.]+)"', path.read_text(encoding="utf-8"))
}


def tables(found: dict[str, Any], path: str = "") -> Iterator[str]:
    for name, inner in found.items():
        if "words" in inner:
            yield path + name
        else:
            yield from tables(inner, f"{path}{name}.")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_set_says_what_it_is_for(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for before, line in pairwise(lines):
        assert not line.startswith("[") or before.startswith("# "), line


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_set_is_asked_for(path: Path) -> None:
    found = set(tables(tomllib.loads(path.read_text(encoding="utf-8"))))
    assert found == {name for file, name in ASKED if file == path.stem}


@pytest.mark.parametrize(("file", "name"), sorted(ASKED))
def test_every_set_that_is_asked_for_has_words(file: str, name: str) -> None:
    assert word_set(file, name)


def test_words_are_folded_unless_they_are_wanted_as_written() -> None:
    assert all(word == fold(word) for word in word_set("names_words", "particles"))
    assert "LMS" in word_set("names_words", "car_designations", folded=False)
    assert word_tuple("incident_words", "triggers.send")[0] == "envoy"

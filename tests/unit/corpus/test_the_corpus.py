"""The corpus itself holds to its rules."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from extractor.cli.main import main
from extractor.corpus.build import MANIFEST
from extractor.corpus.library import TEXTS
from extractor.corpus.whole import SEAL_FILE, SEALED, seal
from extractor.errors import ExitCode

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT / "corpus"

pytestmark = pytest.mark.skipif(not (CORPUS / TEXTS).is_dir(), reason="the corpus is not here")


def test_the_corpus_has_nothing_to_look_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status = main(["corpus", "check", "--lang", "en"])
    assert (status, capsys.readouterr().err) == (ExitCode.OK, "")


def test_nobody_has_touched_the_sealed_splits() -> None:
    kept = (CORPUS / SEAL_FILE).read_text(encoding="utf-8")
    assert kept == seal(CORPUS)
    assert all(f"  texts/{split}/" in kept for split in SEALED)


def test_what_rules_leave_unread_is_in_train() -> None:
    recipe = tomllib.loads((ROOT / "extractor/training/recipe.toml").read_text(encoding="utf-8"))
    with (CORPUS / MANIFEST).open(encoding="utf-8", newline="") as rows:
        splits = {row["author"]: row["split"] for row in csv.DictReader(rows)}
    assert {splits.get(author) for author in recipe["unread_authors"]} == {"train"}

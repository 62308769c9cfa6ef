"""The model card: every figure comes from somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from board_builders import FAULT, board, changed, reading, report

from extractor.neural.bundle import Bundle, open_bundle, write_bundle
from extractor.neural.vocabulary import train_vocabulary
from extractor.scoreboard.releases import release_text, with_board
from extractor.training.card import card, scores_of
from extractor.training.guard import judge
from tests.unit.neural.tiny import SHAPE, WORDS, random_weights
from tools.model_card import main

VERSION = "0.2.0+ab"
CURVES = {"calibrator": {"kinds": {"quotes": {"method": "beta", "examples": 77}}}}


def bundle(folder: Path, **training: Any) -> Bundle:
    write_bundle(
        folder,
        version=VERSION,
        config={"encoder": SHAPE, "training": {"base": "fr_encoder", "reports": 147, **training}},
        tokenizer=train_vocabulary([WORDS] * 20, 400).to_str(),
        encoder=random_weights(),
        heads={"x": random_weights()["embeddings.LayerNorm.bias"]},
        calibration=CURVES,
    )
    return open_bundle(folder)


def release(model: str | None = VERSION) -> Any:
    reports = [report(f"r{number}", more=f"{number}.") for number in range(6)]
    poor = [changed(one.record, quotes=()) for one in reports]
    kept = None
    for split in ("dev", "test"):
        scored = board(*(reading(r, p, split) for r, p in zip(reports, poor, strict=True)))  # type: ignore[arg-type]
        kept = with_board(kept, "0.2.0", scored, model=model)
    return kept


def test_the_card_has_scores_slices_and_calibration_of_this_model(tmp_path: Path) -> None:
    text = card(bundle(tmp_path), release())
    assert text.startswith("---\nlanguage: [fr]\nlicense: apache-2.0\n")
    rows = [line for line in text.splitlines() if line.startswith("| test | 6 |")]
    assert rows[0].split("|")[3].strip() == "0.800 [0.800, 0.800]"
    assert "value: 0.8}" in text
    assert "### By slice, test" in text
    assert "| discipline | touring | 6 | 0.800 |" in text
    assert "| quotes | beta | 77 |" in text
    assert re.search(r"^\| test \| all \| \d+ \| 1\.000 \|", text, re.MULTILINE)
    assert "| layers | 2 |" in text
    assert "| reports | 147 |" in text


def test_scores_of_another_model_are_not_shown_as_this_one_s(tmp_path: Path) -> None:
    one = bundle(tmp_path)
    for other in (None, "0.2.0+cd"):
        assert scores_of(one, release(other)) == {}
        text = card(one, release(other))
        assert "## Scores" not in text
        assert "model-index" not in text
    assert "## Limits" in text


def test_parameters_are_counted(tmp_path: Path) -> None:
    count = sum(array.size for array in random_weights().values())
    assert f"| parameters of the encoder | {count:,} |" in card(bundle(tmp_path))


def test_data_and_licences_are_told(tmp_path: Path) -> None:
    assert "| ELTeC-fra: 100 novels | pretraining | CC BY 4.0 |" in card(bundle(tmp_path))
    other = card(bundle(tmp_path, base="camembertav2-base"))
    assert "ELTeC" not in other
    assert "camembertav2-base, was pretrained by others" in other
    assert "Parc Fermé corpus" in other


def test_the_model_before_stands_beside(tmp_path: Path) -> None:
    one = report()
    verdict = judge(board(reading(one, FAULT)), board(reading(one))).to_dict()
    text = card(bundle(tmp_path), verdict=verdict)
    assert "On the 1 reports of `dev`." in text
    assert "| Mean | 0.000 | 1.000 | – |" in text


@pytest.fixture
def scored(tmp_path: Path) -> list[str]:
    (tmp_path / "scores").mkdir()
    (tmp_path / "scores/0.2.0.json").write_text(release_text(release()), "utf-8")
    bundle(tmp_path / "model/parcferme_model")
    return ["--model", str(tmp_path / "model"), "--scores", str(tmp_path / "scores")]


def test_the_tool_writes_the_card_of_the_release(scored: list[str], tmp_path: Path) -> None:
    assert main(scored) == 0
    written = (tmp_path / "model/README.md").read_text("utf-8")
    assert written == card(open_bundle(tmp_path / "model/parcferme_model"), release())


def test_the_tool_refuses_scores_of_something_else(
    scored: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*scored, "--release", "0.1.0"]) == 1
    (tmp_path / "scores/0.2.0.json").write_text(release_text(release(None)), "utf-8")
    assert main(scored) == 1
    assert VERSION in capsys.readouterr().err
    assert not (tmp_path / "model/README.md").exists()

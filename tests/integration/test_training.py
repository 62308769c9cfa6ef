"""Training for real, of a tiny encoder on a handful of reports: from the command to a record."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.cli.main import main
from extractor.errors import ExitCode
from extractor.neural.bundle import open_bundle
from tests.unit.training.tiny_bases import camembert, our_own

sys.path.insert(0, str(Path(__file__).parents[1] / "unit/scoreboard"))
from board_builders import report, source, write_corpus

pytestmark = pytest.mark.slow
Captured = pytest.CaptureFixture[str]
MODEL = Path("models/fr_parcferme")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARCFERME_LANG", "en")
    monkeypatch.delenv("PARCFERME_MODEL", raising=False)
    unread = {f"u{n}": source(more=f"Tour {n}.", author="a40") for n in range(4)}
    write_corpus(
        tmp_path / "corpus",
        train={"un": source(more="Un."), "deux": source(more="Deux."), **unread},
        dev={"trois": source(more="Trois."), "quatre": source(more="Quatre.")},
        test={"cinq": source(more="Cinq.")},
    )
    (tmp_path / "reviewed.jsonl").write_text(
        "\n".join(report(more=more).record.to_json() for more in ("Six.", "Cinq.")), "utf-8"
    )
    return tmp_path


def train(*arguments: str) -> int:
    drawn = ["--generated", "2", "--variants", "1", "--epochs", "2", "--jobs", "1"]
    return main(["train", "reviewed.jsonl", "--base", "./base", *drawn, *arguments])


@pytest.mark.parametrize("make_base", [our_own, camembert])
def test_a_model_is_made_that_extract_reads_with(
    make_base: Callable[[Path], None], folder: Path, capsys: Captured
) -> None:
    (folder / "base").mkdir()
    make_base(folder / "base")
    assert train("--time-limit", "0") == ExitCode.INTERRUPTED
    said = capsys.readouterr().err
    assert "belongs to the part test" in said
    assert "1 reviewed record(s) taken" in said
    assert "the same command goes on from training" in said

    assert train("--force") == ExitCode.OK  # a model that knows nothing may be worse than the rules
    printed = capsys.readouterr()
    assert "training goes on in training" in printed.err
    assert "rules alone" in printed.out

    bundle = open_bundle(MODEL / "parcferme_model")
    told = bundle.config["training"]
    assert (told["reviewed"], told["unread_reports"], told["settings"]["epochs"]) == (1, 4, 2)
    assert str(folder) not in json.dumps(bundle.config)
    assert "base" not in bundle.config["encoder"].get("_name_or_path", "")
    assert (MODEL / "README.md").read_text("utf-8").startswith("---\n")

    (folder / "albi.txt").write_text(report(more="Sept.").record.document.text, "utf-8")
    assert main(["extract", "albi.txt", "--model", str(MODEL)]) == ExitCode.OK
    record = json.loads(capsys.readouterr().out)
    confidences = [fact["confidence"] for kind in ("results", "quotes") for fact in record[kind]]
    assert main(["extract", "albi.txt", "--model", "none"]) == ExitCode.OK
    alone = json.loads(capsys.readouterr().out)
    assert record["drivers"]
    assert confidences != [fact["confidence"] for kind in ("results", "quotes") for fact in alone[kind]]

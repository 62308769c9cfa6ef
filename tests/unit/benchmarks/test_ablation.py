"""The table of what rules, model and both together are worth."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from board_builders import FAULT, board, changed, reading, report, source, write_corpus

from benchmarks.ablation import (
    ADDING,
    ALONE,
    BEGIN,
    END,
    LEAVING,
    NO_LOGIC,
    RULES,
    TOGETHER,
    Figures,
    figures,
    joined,
    main,
    tables,
    ways_of,
    with_tables,
)
from extractor.errors import ModelError
from extractor.neural.bundle import write_bundle
from extractor.neural.calibration import Calibrator
from extractor.neural.examples import MENTION_FEATURES, PAIR_FEATURES
from extractor.neural.labels import CLAIMS, LAYERS
from extractor.neural.vocabulary import train_vocabulary
from extractor.pipeline.model.deciding import Decisions
from extractor.scoreboard.board import Board
from tests.unit.neural.tiny import SHAPE, WORDS, Arrays, random_weights

REPORTS = [report(f"r{number}", more=f"{number}.") for number in range(4)]


def perfect() -> Board:
    return board(*(reading(one, split="far") for one in REPORTS))


def poor(spoilt: int = 4) -> Board:
    """Return a board of which some documents have no quotes."""
    return board(
        *(
            reading(one, changed(one.record, quotes=()) if number < spoilt else None, split="far")
            for number, one in enumerate(REPORTS)
        )
    )


def kept(rules: Board, **others: Board) -> Figures:
    found: Figures = json.loads(json.dumps(figures({RULES: rules, **others}, dict.fromkeys(others, "1"))))
    return found


def test_a_way_is_compared_with_the_rules_on_the_same_draws() -> None:
    found = kept(poor(), model=perfect())["ways"]
    assert found[RULES]["model"] is None
    assert found["model"]["model"] == "1"
    far = found["model"]["splits"]["far"]
    assert far["composite"] == {"f1": 1.0, "low": 1.0, "high": 1.0}
    assert far["gain"]["composite"] == {"f1": 0.2, "low": 0.2, "high": 0.2}
    assert far["gain"]["drivers"] == {"f1": 0.0, "low": 0.0, "high": 0.0}
    assert far["kinds"]["quotes"]["f1"] == 1.0
    assert found[RULES]["splits"]["far"]["kinds"]["quotes"]["f1"] == 0.0


def test_of_a_split_totals_alone_are_kept() -> None:
    failed = board(*(reading(one, FAULT, "far") for one in REPORTS))
    text = json.dumps(kept(failed, other=perfect()), ensure_ascii=False)
    assert '"faults": 4' in text
    assert not any(word in text for word in ("r0", "r1", "Varnier", "Tarn", "KeyError", "touring"))


def test_the_table_has_a_row_for_each_way() -> None:
    lines = tables(kept(poor(), model=perfect())).splitlines()
    assert lines[0] == "`far`, 4 reports:"
    assert lines[2].startswith("|  | mean F1 | beside the rules | Drivers |")
    assert lines[4].startswith("| rules | **0.800 [0.800, 0.800]** |  | 1.000 [1.000, 1.000] |")
    assert lines[5].startswith("| model | **1.000 [1.000, 1.000]** | +0.200 [+0.200, +0.200] |")
    assert {line.count("|") for line in lines[2:]} == {10}


def test_earlier_rows_stay_while_the_rules_score_the_same() -> None:
    old = kept(poor(), model=perfect(), other=poor())
    new = kept(poor(), model=poor(2))
    both = joined(old, new)["ways"]
    assert list(both) == [RULES, "model", "other"]
    assert both["model"] == new["ways"]["model"]
    assert joined(old, kept(poor(3), model=poor()))["ways"].keys() == {RULES, "model"}
    assert joined(None, new) == new


def test_tables_are_put_between_their_marks() -> None:
    found = kept(poor())
    page = with_tables(f"before\n{BEGIN}\nold\n{END}\nafter\n", found)
    assert page == f"before\n{BEGIN}\n{tables(found)}\n{END}\nafter\n"
    with pytest.raises(ValueError, match="ablation: begin"):
        with_tables("no marks", found)


def heads() -> Arrays:
    """Return heads that have no opinion."""
    hidden, wide = SHAPE["hidden_size"], 192
    shapes = {f"tags.{layer}": (len(tags), hidden) for layer, tags in LAYERS.items()}
    shapes |= {"mention": (wide, 2 * hidden), "other": (wide, 2 * hidden), "claim": (len(CLAIMS), wide)}
    shapes |= {"claim_rules": (wide, 2 * len(CLAIMS) + MENTION_FEATURES)}
    shapes |= dict.fromkeys(("entry", "speaker", "scope"), (1, wide + PAIR_FEATURES))
    found = {f"{name}.weight": np.zeros(shape, np.float32) for name, shape in shapes.items()}
    found |= {f"{name}.bias": np.zeros(shape[0], np.float32) for name, shape in shapes.items()}
    return found | {"trust": np.zeros((2, len(CLAIMS)), np.float32)}


def bundle(folder: Path) -> Path:
    """Write a model that leaves the rules' facts alone and has no facts of its own."""
    write_bundle(
        folder,
        version="7",
        config={"encoder": SHAPE},
        tokenizer=train_vocabulary([WORDS] * 20, SHAPE["vocab_size"]).to_str(),
        encoder=random_weights(),
        heads=heads(),
        calibration=Decisions({}, Calibrator.fit([], [], [], []), {}, {}).to_json(),
    )
    return folder


def test_models_are_read_with_and_without_rules_and_logic(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_corpus(tmp_path / "corpus", dev={"un": source(more="Un."), "deux": source(more="Deux.")})
    model, out, page = bundle(tmp_path / "model"), tmp_path / "ablation.json", tmp_path / "page.md"
    page.write_text(f"{BEGIN}\n{END}\n")
    common = ["--corpus", str(corpus), "--splits", "dev", "--jobs", "1", "--out", str(out)]
    asked = [*common, "--model", str(model), "--model-only", "--no-logic", "--halves"]
    asked.append(f"the same={model}")
    assert main([*asked, "--page", str(page)]) == 0
    found = json.loads(out.read_text())["ways"]
    assert list(found) == [RULES, ALONE, TOGETHER, NO_LOGIC, LEAVING, ADDING, "the same"]
    assert {found[name]["model"] for name in (ALONE, TOGETHER, "the same")} == {"7"}
    dev = {name: way["splits"]["dev"] for name, way in found.items()}
    assert dev[RULES]["composite"]["f1"] == pytest.approx(1)
    assert dev[TOGETHER]["gain"]["composite"]["f1"] == 0
    assert dev[TOGETHER]["calibration"] != dev[RULES]["calibration"]
    assert dev[ALONE]["composite"]["f1"] == 0
    assert not any(one["faults"] for one in dev.values())
    assert capsys.readouterr().out.strip() in page.read_text()
    assert main([*common, "--kept"]) == 0
    assert capsys.readouterr().out.strip() in page.read_text()


def test_what_cannot_be_asked_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="NAME=FOLDER"):
        ways_of(None, [], ["name"])
    with pytest.raises(ModelError):
        ways_of(None, [], [f"name={tmp_path}"])
    assert main(["--kept", "--out", str(tmp_path / "nothing.json")]) == 2

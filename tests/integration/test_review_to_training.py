"""From the review desk to a model: reviewed documents are exported, checked, and trained on for real."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from extractor.cli.main import main
from extractor.errors import ExitCode
from extractor.neural.bundle import open_bundle
from extractor.review.apply import text_sha256
from extractor.review.decisions import Decision, Edit, Replaced, SetStatus, new_decision_id, now
from tests.unit.training.tiny_bases import our_own

sys.path.insert(0, str(Path(__file__).parents[1] / "unit/scoreboard"))
from board_builders import report, source, write_corpus

pytestmark = pytest.mark.slow


def test_what_reviewers_corrected_is_trained_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for needed in ("torch", "transformers", "sqlalchemy", "alembic"):
        pytest.importorskip(needed)
    from extractor.review.gold import Candidate, Refusal, candidates, export
    from extractor.review.store import Store
    from extractor.training.gold import withheld

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARCFERME_LANG", "en")
    monkeypatch.delenv("PARCFERME_MODEL", raising=False)
    write_corpus(
        tmp_path / "corpus",
        train={
            "un": source(more="Un."),
            **{f"u{n}": source(more=f"Tour {n}.", author="a40") for n in range(3)},
        },
        dev={"trois": source(more="Trois."), "quatre": source(more="Quatre.")},
        test={"cinq": source(more="Cinq.")},
    )
    with Store.open(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        for more in ("Six.", "Sept.", "Cinq."):
            record = report(more=more).record
            key = store.add_document(record, model="rules", origin=f"{more}txt").key
            changes = (
                Edit(target="r2", fields={"position": Replaced(old=2, new=3)}),
                SetStatus(old="in_review", new="reviewed"),
            )
            made = [
                Decision(
                    id=new_decision_id(),
                    document=key,
                    reviewer="Odile",
                    at=now(),
                    change=change,
                    text_sha256=text_sha256(record),
                )
                for change in changes
            ]
            store.append(made, head=0)
        found = list(candidates(store, withheld(Path("corpus"))))
    assert [one.part for one in found if isinstance(one, Refusal)] == ["test"]
    exported = export([one for one in found if isinstance(one, Candidate)], Path("gold"))
    assert (exported.records, exported.reports) == (2, 2)

    assert main(["corpus", "check", "gold"]) == ExitCode.OK
    (tmp_path / "base").mkdir()
    our_own(tmp_path / "base")
    drawn = ["--generated", "2", "--variants", "1", "--epochs", "1", "--jobs", "1"]
    capsys.readouterr()
    assert main(["train", "gold", "--base", "./base", "--force", *drawn]) == ExitCode.OK
    assert "2 reviewed record(s) taken" in capsys.readouterr().err
    assert open_bundle(Path("models/fr_parcferme/parcferme_model")).config["training"]["reviewed"] == 2

"""A training run from end to end, but for the fitting itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from board_builders import source
from safetensors.numpy import save_file
from small_corpus import Notes, record, small_corpus

import extractor
from extractor.errors import InputError, ModelError, OutputError
from extractor.neural.bundle import open_bundle
from extractor.neural.calibration import Calibrator
from extractor.neural.vocabulary import train_vocabulary
from extractor.pipeline.model.deciding import Decisions
from extractor.pipeline.model.location import COMPONENT
from extractor.scoreboard.reading import Reading
from extractor.training import readings
from extractor.training import train as running
from extractor.training.fitter import Course
from extractor.training.readings import Read
from extractor.training.train import Outcome, Plan
from tests.conftest import bare_record
from tests.unit.neural.tiny import SHAPE, WORDS, random_weights


def rules(text: str, *, model: str) -> Any:
    """Read nothing."""
    assert model == "none"
    return SimpleNamespace(
        _=SimpleNamespace(record=bare_record(text), layout=SimpleNamespace(sentences=[])), user_data={}
    )


class FakeFit:
    """Leaves a model of random weights, and remembers what it was given."""

    def __init__(self) -> None:
        self.calls: list[tuple[list[str], list[str], bool]] = []
        self.is_interrupted = False

    def __call__(
        self,
        train: Sequence[Read],
        check: Sequence[Read],
        course: Course,
        folder: Path,
        *,
        seconds: float | None,
        progress: Callable[[Mapping[str, Any]], None],
    ) -> dict[str, Any] | None:
        folder.mkdir(exist_ok=True)
        names = [[one.name for one in some] for some in (train, check)]
        self.calls.append((*names, (folder / "state.pt").exists()))
        (folder / "state.pt").write_bytes(b"state")
        progress({"epoch": 1, "loss": 0.5})
        if self.is_interrupted:
            raise KeyboardInterrupt
        if seconds is not None and seconds <= 0:
            return None
        save_file(random_weights(seed=course.epochs or 0), folder / "encoder.safetensors")
        save_file({"x": random_weights()["embeddings.LayerNorm.bias"]}, folder / "heads.safetensors")
        (folder / "config.json").write_text(json.dumps({"encoder": SHAPE, "training": {"device": "cpu"}}))
        nothing = Decisions({}, Calibrator.fit([], [], [], []), {}, {})
        (folder / "calibration.json").write_text(json.dumps(nothing.to_json()))
        train_vocabulary([WORDS] * 20, 400).save(str(folder / "tokenizer.json"))
        return {"best_epoch": 1}


@pytest.fixture
def fit() -> FakeFit:
    return FakeFit()


@pytest.fixture
def quality(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many quotes a model finds; a model that nobody has heard of finds all."""
    found: dict[str, int] = {}

    def read(reports: Any, jobs: int, advance: Any, *, model: str) -> list[Reading]:
        readings = []
        for number, (split, report) in enumerate(reports):
            known = next((count for name, count in found.items() if name in model), 99)
            quotes = report.record.quotes if number < known else ()
            readings.append(Reading(split, report, report.record.model_copy(update={"quotes": quotes})))
        return readings

    monkeypatch.setattr(running, "read_reports", read)
    return found


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Plan]:
    monkeypatch.setattr(readings, "read", rules)
    corpus = small_corpus(tmp_path / "corpus")
    apart = source(more="Neuf.", author="a02")
    (corpus / "texts/train/unread.report").write_text(apart, "utf-8")
    monkeypatch.setattr(running, "unread_authors", lambda: frozenset({"a02"}))

    def make(**changes: Any) -> Plan:
        wanted: dict[str, Any] = {
            "corpus": corpus,
            "records": (),
            "out": tmp_path / "models/fr_parcferme",
            "work": tmp_path / "work",
            "course": Course(base="nobody/tiny", epochs=2, seed=0),
            "generated": 1,
            "variants": 1,
            "jobs": 1,
        }
        return Plan(**{**wanted, **changes})

    return make


def run(plan: Plan, fit: FakeFit, notes: Notes | None = None) -> Outcome:
    outcome = running.train(plan, fit, notes or Notes())
    assert outcome is not None
    return outcome


def test_a_first_model_is_measured_beside_the_rules_and_taken(
    plan: Callable[..., Plan], fit: FakeFit, quality: dict[str, int]
) -> None:
    quality["none"] = 1
    notes = Notes()
    outcome = run(plan(), fit, notes)
    assert outcome.is_taken
    assert outcome.old_is_rules
    assert outcome.model == plan().out
    bundle = open_bundle(plan().out / COMPONENT)
    told = bundle.config["training"]
    assert told["device"] == "cpu"
    assert (told["reports"], told["reviewed"], told["read"], told["best_epoch"]) == (3, 0, 6, 1)
    assert bundle.version.startswith(extractor.__version__ + "+")
    assert (plan().out / "meta.json").is_file()
    assert fit.calls == [
        (["deux", "un", "unread", "deux~0", "un~0", "generator-0-0"], ["quatre", "trois"], False)
    ]
    assert notes.points == [{"epoch": 1, "loss": 0.5}]
    assert notes.values["train.reading"] == {"total": 6}
    assert not list(plan().out.parent.glob(".*"))


def test_a_worse_model_is_refused_and_kept_where_it_is_told(
    plan: Callable[..., Plan], fit: FakeFit, quality: dict[str, int]
) -> None:
    run(plan(), fit)
    before = open_bundle(plan().out / COMPONENT).version
    quality["work"] = 1  # what lies in the work folder reads worse
    wanted = plan(course=Course(base="nobody/tiny", epochs=3, seed=0))
    outcome = run(wanted, fit)
    assert not outcome.is_taken
    assert not outcome.old_is_rules
    assert open_bundle(plan().out / COMPONENT).version == before
    assert open_bundle(outcome.model / COMPONENT).version != before
    verdict = json.loads((plan().work / running.VERDICT).read_text())
    assert verdict["kinds"]["quotes"]["new"] < verdict["kinds"]["quotes"]["old"]

    forced = run(plan(course=wanted.course, force=True), fit)
    assert forced.is_taken
    assert forced.verdict.is_worse
    assert open_bundle(plan().out / COMPONENT).version != before


def test_a_model_worse_than_the_rules_alone_is_refused(
    plan: Callable[..., Plan], fit: FakeFit, quality: dict[str, int]
) -> None:
    quality["work"] = 0
    outcome = run(plan(), fit)
    assert not outcome.is_taken
    assert outcome.old_is_rules
    assert not plan().out.exists()


def test_an_interrupted_run_goes_on_with_readings_and_checkpoint(
    plan: Callable[..., Plan], fit: FakeFit, quality: dict[str, int]
) -> None:
    fit.is_interrupted = True
    with pytest.raises(KeyboardInterrupt):
        running.train(plan(), fit, Notes())
    fit.is_interrupted = False
    notes = Notes()
    run(plan(), fit, notes)
    assert "train.goes_on" in notes.said
    assert "train.reading" not in notes.said
    assert [was_there for _, _, was_there in fit.calls] == [False, True]
    assert fit.calls[0][:2] == fit.calls[1][:2]


def test_changed_inputs_start_anew_and_are_told(
    plan: Callable[..., Plan], fit: FakeFit, quality: dict[str, int], tmp_path: Path
) -> None:
    run(plan(), fit)
    more = tmp_path / "more.json"
    more.write_text(record("Six.").to_json(), "utf-8")
    notes = Notes()
    run(plan(records=(more, tmp_path / "absent.json")), fit, notes)
    assert {"train.changed.train", "train.anew"} <= set(notes.said)
    assert [error.code for error in notes.errors] == ["not_found"]
    assert notes.values["train.reviewed"] == {"taken": 1, "refused": 1, "replaced": 0}
    assert fit.calls[1][0][3] == "more"
    assert not fit.calls[1][2]


def test_another_base_keeps_the_readings(
    plan: Callable[..., Plan], fit: FakeFit, quality: dict[str, int]
) -> None:
    run(plan(), fit)
    notes = Notes()
    run(plan(course=Course(base="nobody/other", epochs=2, seed=0)), fit, notes)
    assert "train.changed.base" in notes.said
    assert "train.reading" not in notes.said
    assert not fit.calls[1][2]


def test_time_may_be_up(plan: Callable[..., Plan], fit: FakeFit, quality: dict[str, int]) -> None:
    assert running.train(plan(seconds=0.0), fit, Notes()) is None
    assert not plan().out.exists()


def test_an_old_model_that_is_damaged_is_known_before_the_work(
    plan: Callable[..., Plan], fit: FakeFit, quality: dict[str, int]
) -> None:
    run(plan(), fit)
    (plan().out / COMPONENT / "heads.safetensors").write_bytes(b"x")
    with pytest.raises(ModelError):
        running.train(plan(), fit, Notes())
    assert len(fit.calls) == 1
    assert run(plan(force=True), fit).old_is_rules
    assert open_bundle(plan().out / COMPONENT)


def test_a_folder_that_holds_something_else_is_not_replaced(plan: Callable[..., Plan], fit: FakeFit) -> None:
    plan().out.mkdir(parents=True)
    (plan().out / "thesis.txt").write_text("precious")
    with pytest.raises(OutputError) as caught:
        running.train(plan(force=True), fit, Notes())
    assert caught.value.code == "not_a_model_folder"
    assert (plan().out / "thesis.txt").exists()


def test_a_report_that_the_rules_fail_on_is_left_out_and_told(
    plan: Callable[..., Plan], fit: FakeFit, quality: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(text: str, *, model: str) -> Any:
        if "Deux." in text:
            raise RuntimeError("a bug\nof ours")
        return rules(text, model=model)

    monkeypatch.setattr(readings, "read", failing)
    notes = Notes()
    run(plan(variants=0, generated=0), fit, notes)
    assert notes.values["train.failed"] == {"name": "deux", "fault": "RuntimeError: a bug"}
    assert fit.calls[0][0] == ["un", "unread"]


def test_a_corpus_that_cannot_tell_what_facts_are_worth_is_told_before_the_work(
    plan: Callable[..., Plan], fit: FakeFit
) -> None:
    (plan().corpus / "texts/train/unread.report").unlink()
    with pytest.raises(InputError) as caught:
        running.train(plan(), fit, Notes())
    assert caught.value.code == "no_unread"
    assert caught.value.parameters == {"authors": "a02"}
    assert not plan().work.exists()

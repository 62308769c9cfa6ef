"""What travels between processes: tasks, what becomes of them, and what a record depends on."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.batch.task import Done, Failure, Known, Settings, Task
from extractor.errors import ExitCode, InputError
from extractor.readers import ReadOptions, Source


def test_tasks_and_what_becomes_of_them_travel() -> None:
    task = Task("/a/b.txt", "b", Source("b.txt", Path("b.txt"))).named("b-2", Known("e3b0", ("p1.xml",)))
    done = Done(task, failure=Failure.of(InputError("too_large", source="b.txt", limit="20 000 000")))
    assert pickle.loads(pickle.dumps(done)) == done
    assert (done.task.name, done.task.known) == ("b-2", Known("e3b0", ("p1.xml",)))


def test_a_failure_says_what_its_error_said() -> None:
    error = InputError("too_large", source="b.txt", limit="20 000 000")
    again = Failure.of(error).error()
    assert str(again) == str(error)
    assert (again.code, again.exit_code) == ("too_large", ExitCode.INPUT)
    assert Failure.of(InputError("empty_file"), "a.txt").source == "a.txt"


@pytest.mark.parametrize(
    "other",
    [
        {"model_version": "0.4"},
        {"min_confidence": 0.5},
        {"fmt": "html"},
        {"reading": ReadOptions(encoding="cp1252")},
        {"reading": ReadOptions(ocr="never")},
        {"reading": ReadOptions(max_pages=2)},
    ],
)
def test_what_changes_records_changes_the_fingerprint(other: dict[str, object]) -> None:
    settings = Settings()
    assert replace(settings, **other).fingerprint != settings.fingerprint
    assert Settings().fingerprint == settings.fingerprint


def test_how_much_a_document_may_take_changes_failures_alone() -> None:
    settings, patient = Settings(timeout=10), Settings(timeout=60)
    assert settings.fingerprint == patient.fingerprint
    assert settings.limits != patient.limits
    assert replace(settings, reading=ReadOptions(jobs=4)).limits == settings.limits

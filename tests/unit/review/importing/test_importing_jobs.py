"""Imports that are asked for, and how far they are: files in a folder, whole or not there."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.review.importing import Failure, Jobs, Progress
from extractor.review.importing.jobs import MOST_FAILURES, safe_name


def test_what_is_asked_for_waits_until_somebody_tells_more(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    job = jobs.ask(["archives/1957", "mistral.txt"], by="Odile Ferrand")
    progress = jobs.progress(job)
    assert progress is not None
    assert (progress.stage, progress.names, progress.by) == (
        "waiting",
        ("archives/1957", "mistral.txt"),
        "Odile Ferrand",
    )
    assert jobs.active() == progress


def test_progress_is_read_as_it_was_written(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    job = jobs.ask(["a"])
    failure = Failure("vide.txt", "empty_file", {"fr": "le fichier est vide", "en": "the file is empty"})
    told = Progress(job, "running", names=("a",), total=9, added=4, same=1, left_out={".ini": 2})
    jobs.tell(told.with_failure(failure))
    read = jobs.progress(job)
    assert read is not None
    assert (read.done, read.failed, read.failures, read.left_out) == (6, 1, (failure,), {".ini": 2})
    assert read.failures[0].cause("en") == "the file is empty"
    assert read.failures[0].cause("de") == "empty_file"


def test_the_latest_import_comes_first_and_the_oldest_is_done_first(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    first, second = jobs.ask(["a"]), jobs.ask(["b"])
    assert [one.job for one in jobs.all()] == [second, first]
    active = jobs.active()
    assert active is not None
    assert active.job == first
    jobs.tell(Progress(first, "done"))
    active = jobs.active()
    assert active is not None
    assert active.job == second


def test_of_very_many_failures_the_first_are_kept_and_all_are_counted() -> None:
    progress = Progress("1")
    for number in range(MOST_FAILURES + 5):
        progress = progress.with_failure(Failure(f"{number}.txt", "empty_file"))
    assert (progress.failed, len(progress.failures)) == (MOST_FAILURES + 5, MOST_FAILURES)
    assert progress.failures[0].source == "0.txt"


def test_names_that_are_no_unicode_are_kept(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    jobs.ask(["caf\udce9.txt"])
    assert jobs.asked()[0].paths == ("caf\udce9.txt",)


def test_uploads_lie_where_only_their_owner_sees_them_and_go_when_they_are_read(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    folder = jobs.upload_folder()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (folder / "mistral.txt").write_text("texte")
    jobs.discard(str(folder))
    assert not folder.exists()


def test_nothing_else_is_ever_removed(tmp_path: Path) -> None:
    other = tmp_path / "archive"
    other.mkdir()
    jobs = Jobs(tmp_path / "jobs")
    for name in (str(other), str(tmp_path), f"{tmp_path}/jobs/uploads/../../archive", "", "/"):
        jobs.discard(name)
    assert other.exists()


def test_a_broken_database_is_told_of_every_import_that_waits(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    over, waiting = jobs.ask(["a"]), jobs.ask(["b"])
    jobs.tell(Progress(over, "done", added=3))
    jobs.break_all({"fr": "la base est pleine"})
    assert [(one.job, one.stage) for one in jobs.all()] == [(waiting, "broken"), (over, "done")]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("mistral.txt", "mistral.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Scans\\Page 1.tif", "Page 1.tif"),
        (".cache.txt", "cache.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("Été 1957 – Fouchères.txt", "Été 1957 – Fouchères.txt"),
        ("x" * 400 + ".record.json", "x" * 150 + ".json"),
    ],
)
def test_the_name_of_an_uploaded_file_is_only_a_name(name: str, kept: str) -> None:
    assert safe_name(name, set()) == kept


def test_two_files_of_one_name_are_two() -> None:
    taken: set[str] = set()
    assert [safe_name(name, taken) for name in ("a.txt", "A.TXT", "b/a.txt")] == [
        "a.txt",
        "A-2.TXT",
        "a-3.txt",
    ]


@pytest.mark.parametrize("name", ["", "..", "/", "...", "\x00\x01", "a/"])
def test_what_cannot_be_a_name_is_refused(name: str) -> None:
    with pytest.raises(InputError) as raised:
        safe_name(name, set())
    assert raised.value.code == "bad_upload_name"


def test_an_import_whose_process_was_killed_is_told_as_broken_off(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    job, waiting = jobs.ask(["a"]), jobs.ask(["b"])
    jobs.tell(Progress(job, "running", total=9, added=4))
    with jobs.alone():
        jobs.mourn()
        assert [one.stage for one in jobs.all()] == ["waiting", "running"]
    jobs.mourn()
    progress = jobs.progress(job)
    assert progress is not None
    assert (progress.stage, progress.added) == ("broken", 4)
    assert "n'est pas relu" in progress.fault["fr"]
    assert jobs.progress(waiting) == Progress(waiting, names=("b",))

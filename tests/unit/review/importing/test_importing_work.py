"""Importing: everything that is there once, and a bad file costs itself alone."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from importing_builders import REPORT, FakeKeeper, FakeMaker, record_of, write_report

from extractor.errors import ModelError
from extractor.review.importing import Jobs, Progress
from extractor.review.importing.pictures import Picture
from extractor.review.importing.sample import CHOSEN, sample_texts
from extractor.review.importing.work import work

MODEL = "0.3.0 rules"


def imported(
    folder: Path, *paths: str, maker: FakeMaker | None = None, keeper: FakeKeeper | None = None
) -> Progress:
    folder.mkdir(exist_ok=True)
    jobs = Jobs(folder)
    job = jobs.ask(paths, by="Odile Ferrand")
    work(jobs, maker or FakeMaker(), keeper or FakeKeeper(), model=MODEL)
    progress = jobs.progress(job)
    assert progress is not None
    return progress


def test_a_folder_comes_in_named_after_itself_wherever_it_lies(tmp_path: Path) -> None:
    write_report(tmp_path, "archives/1957/belleroche.txt")
    write_report(tmp_path, "archives/1957/juin/fouchères.txt", REPORT + "Été.\n")
    keeper = FakeKeeper()
    progress = imported(tmp_path / "jobs", str(tmp_path / "archives" / "1957"), keeper=keeper)
    assert (progress.stage, progress.added, progress.total) == ("done", 2, 2)
    assert [(record.document.id, origin, model) for record, origin, model in keeper.kept] == [
        ("belleroche", "1957/belleroche.txt", MODEL),
        ("fouchères", "1957/juin/fouchères.txt", MODEL),
    ]


def test_nothing_comes_twice_by_whatever_path_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_report(tmp_path, "1957/belleroche.txt")
    keeper, maker = FakeKeeper(), FakeMaker()
    imported(tmp_path / "jobs", str(tmp_path / "1957"), keeper=keeper, maker=maker)
    keeper.known.add((record_of(REPORT).document.sha256, "1957/belleroche.txt", MODEL))
    monkeypatch.chdir(tmp_path / "1957")
    progress = imported(tmp_path / "jobs", ".", keeper=keeper, maker=maker)
    assert (progress.added, progress.same) == (0, 1)
    assert maker.made == ["1957/belleroche.txt"]  # the second time it is read and not extracted


def test_a_bad_file_costs_itself_alone_and_says_why_in_both_languages(tmp_path: Path) -> None:
    for name, text in (
        ("1.txt", REPORT),
        ("2.txt", ""),
        ("3.txt", REPORT + "PIÈGE"),
        ("4.txt", REPORT + "x"),
    ):
        write_report(tmp_path / "in", name, text)
    progress = imported(tmp_path / "jobs", str(tmp_path / "in"))
    assert (progress.stage, progress.added, progress.failed) == ("done", 2, 2)
    assert [(one.source, one.code) for one in progress.failures] == [
        ("in/2.txt", "empty_file"),
        ("in/3.txt", "helper_died"),
    ]
    assert "vide" in progress.failures[0].cause("fr")
    assert "empty" in progress.failures[0].cause("en")


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    progress = imported(tmp_path / "jobs", str(tmp_path / "nulle-part.txt"))
    assert (progress.stage, progress.failed) == ("done", 1)
    assert progress.failures[0].code == "not_found"


def test_records_come_in_from_files_folders_lines_and_archives(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    records = [record_of(f"{REPORT}{number}", f"course-{number}") for number in range(6)]
    (folder / "a.record.json").write_text(records[0].to_json(indent=2))
    (folder / "b.jsonl").write_text(records[1].to_json() + "\n\n" + records[2].to_json() + "\n")
    (folder / "autre.json").write_text('{"ce": "n\'est pas à nous"}')
    with ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("relus/d.record.json", records[3].to_json())
        archive.writestr("__MACOSX/d.record.json", "rien")
    (tmp_path / "e.json").write_text(json.dumps([json.loads(one.to_json()) for one in records[4:]]))
    keeper = FakeKeeper()
    progress = imported(
        tmp_path / "jobs", str(folder), str(tmp_path / "c.zip"), str(tmp_path / "e.json"), keeper=keeper
    )
    assert progress.failures == ()
    assert {record.document.id for record, _, _ in keeper.kept} == {f"course-{number}" for number in range(6)}
    assert {model for _, _, model in keeper.kept} == {None}


def test_a_bad_line_of_records_costs_itself_alone(tmp_path: Path) -> None:
    lines = [
        record_of(REPORT).to_json(),
        "{",
        '{"format": "race-record/9"}',
        "[]",
        record_of(REPORT + "x").to_json(),
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    progress = imported(tmp_path / "jobs", str(tmp_path / "in.jsonl"))
    assert (progress.added, progress.total) == (2, 5)
    assert [(one.source, one.code) for one in progress.failures] == [
        ("in.jsonl:2", "not_json"),
        ("in.jsonl:3", "other_version"),
        ("in.jsonl:4", "not_json"),
    ]


def test_reports_and_records_of_one_folder_both_come_in(tmp_path: Path) -> None:
    write_report(tmp_path, "in/belleroche.txt")
    (tmp_path / "in" / "b.record.json").write_text(record_of(REPORT + "b", "b").to_json())
    (tmp_path / "in" / "desktop.ini").write_text("[x]")
    progress = imported(tmp_path / "jobs", str(tmp_path / "in"))
    assert (progress.added, progress.failed, progress.left_out) == (2, 0, {".ini": 1})


def test_pictures_of_pages_are_kept_with_the_document(tmp_path: Path) -> None:
    write_report(tmp_path, "belleroche.txt")
    keeper, picture = FakeKeeper(), Picture(1, b"\x89PNG", "image/png")
    imported(
        tmp_path / "jobs",
        str(tmp_path / "belleroche.txt"),
        maker=FakeMaker(pictures=(picture,)),
        keeper=keeper,
    )
    assert keeper.pictures == [picture]


def test_a_model_that_fails_ends_the_import_and_says_so(tmp_path: Path) -> None:
    def fail() -> None:
        raise ModelError("model_not_found", source="nulle-part")

    write_report(tmp_path, "belleroche.txt")
    progress = imported(tmp_path / "jobs", str(tmp_path / "belleroche.txt"), maker=FakeMaker(before=fail))
    assert progress.stage == "broken"
    assert "nulle-part" in progress.fault["fr"]


def test_an_import_that_is_stopped_ends_after_what_it_is_at(tmp_path: Path) -> None:
    for number in range(5):
        write_report(tmp_path, f"in/{number}.txt", f"{REPORT}{number}")
    jobs = Jobs(tmp_path)
    maker = FakeMaker()
    job = jobs.ask([str(tmp_path / "in")])
    maker.before = lambda: jobs.stop(job) if len(maker.made) == 1 else None
    work(jobs, maker, FakeKeeper(), model=MODEL)
    progress = jobs.progress(job)
    assert progress is not None
    assert (progress.stage, progress.added) == ("stopped", 2)


def test_what_was_uploaded_is_told_without_the_folder_and_removed(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    folder = jobs.upload_folder()
    path = write_report(folder, "vide.txt", "")
    job = jobs.ask([str(path)], uploads=folder)
    work(jobs, FakeMaker(), FakeKeeper(), model=MODEL)
    progress = jobs.progress(job)
    assert progress is not None
    assert progress.names == ("vide.txt",)
    assert str(tmp_path) not in json.dumps([one.causes for one in progress.failures])
    assert not folder.exists()


def test_everything_that_was_asked_for_is_done_in_turn(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    for number in range(3):
        write_report(tmp_path, f"{number}.txt", f"{REPORT}{number}")
        jobs.ask([str(tmp_path / f"{number}.txt")])
    work(jobs, FakeMaker(), FakeKeeper(), model=MODEL)
    assert [one.stage for one in jobs.all()] == ["done"] * 3


def test_the_sample_is_the_same_everywhere_and_each_report_is_another() -> None:
    first, again = dict(sample_texts()), dict(sample_texts())
    assert first == again
    assert len(set(first.values())) == len(CHOSEN) + 4 == 12
    assert all(len(text) > 400 for text in first.values())


def test_four_reports_of_the_sample_are_one_season() -> None:
    import extractor

    texts = [text for name, text in sample_texts() if name.startswith("coupe-mistral")]
    events = [extractor.extract(text, model="none").event for text in texts]
    assert {(event.series, event.season) for event in events} == {("Coupe Mistral", 2022)}
    assert len({event.venue for event in events}) == 4


def test_the_folder_that_extract_has_written_is_read_as_records(tmp_path: Path) -> None:
    folder = tmp_path / "fiches"
    (folder / ".parcferme" / "json").mkdir(parents=True)
    (folder / "1957-05-12.json").write_text(record_of(REPORT, "1957-05-12").to_json(indent=2))
    (folder / "failures.jsonl").write_text('{"source": "vide.txt", "code": "empty_file"}\n')
    keeper = FakeKeeper()
    progress = imported(tmp_path / "jobs", str(folder), keeper=keeper)
    assert (progress.total, progress.failed) == (1, 0)


def test_other_json_in_a_folder_is_nobodys_record(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "reglages.json").write_text("{}")
    (tmp_path / "in" / "b.record.json").write_text(record_of(REPORT, "b").to_json())
    progress = imported(tmp_path / "jobs", str(tmp_path / "in"))
    assert (progress.total, progress.failed) == (1, 0)

"""Files of annotators' tools dropped into the review desk's import, beside records and reports."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from extractor.readers import Source
from extractor.review.importing import Jobs, Progress
from extractor.review.importing.helper import Made
from extractor.review.importing.keeping import StoreKeeper
from extractor.review.importing.work import work
from extractor.review.store import Store
from tests.unit.review.annotated.annotating import Annotator
from tests.unit.review.review_builders import record


class NoMaker:
    """Nothing here is to be extracted."""

    def make(self, source: Source, *_: object, **__: object) -> Made | None:
        raise AssertionError(source)


def imported(store: Store, folder: Path, *paths: Path) -> Progress:
    (folder / "jobs").mkdir(exist_ok=True)
    jobs = Jobs(folder / "jobs")
    job = jobs.ask([str(path) for path in paths], by="Odile Ferrand")
    work(jobs, NoMaker(), StoreKeeper(store), model="1.0")
    progress = jobs.progress(job)
    assert progress is not None
    return progress


@pytest.fixture(params=["label-studio", "doccano", "prodigy"])
def dropped(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with records, and a file in which somebody has changed one and misspelt a label."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text(record().to_json() + "\n", "utf-8")
    ana = Annotator(record())
    ana.relabel(ana.of("i1"), "incident.off_track")
    ana.add("PILOTE", "devant")
    content = json.dumps(ana.exported(request.param))
    if request.param == "doccano":
        with ZipFile(folder / "b.zip", "w") as archive:
            archive.writestr("lucie.jsonl", content + "\n")
    else:
        (folder / "0.jsonl").write_text(content + "\n", "utf-8")  # read before the records it is about
    return folder


def test_what_annotators_changed_is_decided_and_what_was_refused_is_told(
    store: Store, tmp_path: Path, dropped: Path
) -> None:
    paths = (dropped, *dropped.glob("*.zip"))  # archives in folders are looked through for reports alone
    progress = imported(store, tmp_path, *paths)
    assert (progress.stage, progress.added, progress.annotated) == ("done", 1, 1)
    assert [failure.code for failure in progress.failures] == ["unknown_label"]
    assert "PILOTE" in progress.failures[0].cause("fr")
    (key,) = store.keys()
    assert store.state(key).reviewed.record.incidents[0].type == "off_track"
    (decision,) = store.decisions(key)
    assert decision.reviewer == ("lucie" if (dropped / "b.zip").exists() else "Odile Ferrand")
    again = imported(store, tmp_path, *paths)
    assert (again.annotated, again.same) == (0, 2)
    assert len(store.decisions(key)) == 1


def test_a_text_that_is_not_there_is_a_failure_of_its_own(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    file.write_text(json.dumps([Annotator(record()).exported("label-studio")]), "utf-8")
    progress = imported(store, tmp_path, file)
    assert [failure.code for failure in progress.failures] == ["no_record"]

"""Documents travel in parcels, sized by how long documents take; machines of one run are alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.batch import alike
from extractor.batch.parcels import MOST_BYTES, MOST_DOCUMENTS, Packer, packed, unpacked
from extractor.batch.task import Done, Task


def reports(count: int, text: str = "Course.") -> Iterator[Task]:
    return (Task(f"t#{number}", str(number), text=text) for number in range(count))


def test_every_task_is_in_one_parcel_in_its_order() -> None:
    parcels = list(Packer(reports(50)).parcels())
    assert [task.stem for parcel in parcels for task in parcel.tasks] == [str(number) for number in range(50)]


def test_tasks_are_taken_only_as_parcels_are_asked_for() -> None:
    taken: list[str] = []

    def counted() -> Iterator[Task]:
        for task in reports(1000):
            taken.append(task.stem)
            yield task

    parcels = Packer(counted()).parcels()
    next(parcels)
    assert len(taken) <= MOST_DOCUMENTS


@pytest.mark.parametrize(("seconds", "most"), [(0.01, 100), (0.0, MOST_DOCUMENTS), (30.0, 1)])
def test_a_parcel_is_about_a_second_of_work(seconds: float, most: int) -> None:
    packer = Packer(reports(10_000))
    packer.learn([Done(Task("t", "t"), seconds=seconds)])
    assert len(next(packer.parcels()).tasks) == most


def test_large_texts_travel_alone() -> None:
    packer = Packer(reports(6, "x" * (MOST_BYTES // 2)))
    packer.learn([Done(Task("t", "t"), seconds=0.001)])
    assert [len(parcel.tasks) for parcel in packer.parcels()] == [1] * 6


def test_a_parcel_is_halved_without_losing_any() -> None:
    (parcel,) = Packer(reports(3)).parcels()
    first, second = parcel.halves()
    assert first.tasks + second.tasks == parcel.tasks
    assert first.size + second.size == parcel.size


def test_what_travels_is_small_and_comes_back_as_it_was() -> None:
    tasks = tuple(reports(100, "Hugo Ferrandi l'emporte devant Luc Tessier. " * 20))
    assert unpacked(packed(tasks)) == tasks
    assert len(packed(tasks)) < 10_000


def test_machines_are_alike_when_program_libraries_and_files_are() -> None:
    here = alike.kind()
    assert here.differences(here) == []
    other = replace(here, versions=(("python", "3.9"), *here.versions[1:]))
    assert [name for name, _, _ in here.differences(other)] == ["python"]
    assert [name for name, _, _ in here.differences(replace(here, code="0" * 64))] == ["code"]
    assert next(there for _, _, there in here.differences(replace(here, versions=()))) == "?"


def test_a_model_is_known_by_its_files_wherever_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARCFERME_MODEL", "none")
    places = [tmp_path / "ici", tmp_path / "ailleurs"]
    for place in places:
        place.mkdir()
        (place / "manifest.json").write_text("{}")
        (place / "weights").write_bytes(b"1234")
    here, there = map(str, places)
    digest = alike.model_digest(here)
    assert alike.model_digest(there) == digest
    assert alike.model_here(here, digest) == here
    monkeypatch.setenv("PARCFERME_MODEL", there)
    alike.model_here.cache_clear()
    assert alike.model_here(str(tmp_path / "nulle-part"), digest) == there
    assert alike.model_here(here, "0" * 64) is None
    assert alike.model_here("none", "") == "none"
    alike.model_here.cache_clear()

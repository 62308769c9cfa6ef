"""What is trained on, and what must not be."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpus import record, small_corpus, with_text

from extractor.errors import InputError, RecordError
from extractor.training.gold import REVIEWED, collect, fingerprint


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return small_corpus(tmp_path / "corpus")


def write(path: Path, *records: object) -> Path:
    lines = [one if isinstance(one, str) else one.to_json() for one in records]  # type: ignore[attr-defined]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_without_records_the_corpus_alone_is_learnt(corpus: Path) -> None:
    found = collect(corpus, [])
    assert [one.name for one in found.train] == ["deux", "un"]
    assert [one.name for one in found.check] == ["quatre", "trois"]
    assert {one.author for one in found.train} == {"a01"}
    assert (found.reviewed, found.replaced, found.refused) == (0, [], [])


def test_reviewed_records_are_learnt_too(corpus: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "more.jsonl", record("Six."), record("Sept."))
    found = collect(corpus, [file])
    assert len(found.train) == 4
    assert [one.author for one in found.train[2:]] == [REVIEWED] * 2
    assert found.reviewed == 2


def test_a_reviewed_record_takes_the_place_of_the_report_of_the_same_text(
    corpus: Path, tmp_path: Path
) -> None:
    mended = record("Un.").model_copy(update={"quotes": (), "incidents": ()})
    found = collect(corpus, [write(tmp_path / "un-relu.json", mended)])
    assert found.replaced == ["un"]
    assert [one.name for one in found.train] == ["deux", "un-relu"]
    assert found.train[1].record == mended


@pytest.mark.parametrize(("more", "split"), [("Trois.", "dev"), ("Cinq.", "test")])
def test_what_models_are_measured_on_is_refused(corpus: Path, tmp_path: Path, more: str, split: str) -> None:
    file = write(tmp_path / "mixed.jsonl", record(more), record("Six."))
    found = collect(corpus, [file])
    (error,) = found.refused
    assert error.code == "text_held_out"
    assert error.parameters == {"split": split}
    assert [one.record for one in found.train[2:]] == [record("Six.")]


def test_other_line_ends_do_not_hide_a_text(corpus: Path, tmp_path: Path) -> None:
    one = record("Cinq.")
    wrapped = with_text(one, one.document.text + "\n\n")
    assert wrapped.document.sha256 != one.document.sha256
    found = collect(corpus, [write(tmp_path / "cinq.json", wrapped)])
    assert [error.code for error in found.refused] == ["text_held_out"]
    assert fingerprint("a  b\n") == fingerprint("a b") != fingerprint("ab")


def test_every_fault_is_told_and_the_rest_goes_on(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    write(folder / "a.json", "{")
    write(folder / "b.jsonl", record("Six."), '{"format": "race-record/1"}', record("Sept."))
    write(folder / "c.json", with_text(record("Huit."), record("Huit.").document.text, "0" * 64))
    found = collect(corpus, [folder, tmp_path / "absent.json"])
    assert [(e.code, Path(str(e.source)).name) for e in found.refused] == [
        ("not_json", "a.json"),
        ("invalid_record", "b.jsonl:2"),
        ("other_sha256", "c"),
        ("not_found", "absent.json"),
    ]
    assert all(isinstance(error, RecordError) for error in found.refused)
    assert found.reviewed == 2


def test_of_two_records_of_one_text_the_later_one_counts(corpus: Path, tmp_path: Path) -> None:
    first, second = record("Six."), record("Six.").model_copy(update={"quotes": ()})
    found = collect(corpus, [write(tmp_path / "1.json", first), write(tmp_path / "2.json", second)])
    assert [error.code for error in found.refused] == ["reviewed_twice"]
    assert found.reviewed == 1
    assert found.train[-1].record == second


def test_a_corpus_without_dev_cannot_be_trained_on(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        collect(tmp_path, [])

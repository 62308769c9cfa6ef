"""spaCy's DocBin and the Hugging Face dataset, opened by spaCy and by ``datasets``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractor.errors import ParcFermeError
from extractor.exports.formats import FORMATS, ExportOptions
from extractor.exports.whole import export_to
from extractor.record import RaceRecord
from tests.unit.exports.exports_records import HOSTILE, TEXT, hostile, sample, span

pytestmark = pytest.mark.slow  # the libraries take seconds to import
FORMAT_1 = "docbin"
FORMAT_2 = "huggingface"


def exported(name: str, records: list[RaceRecord], folder: Path, **options: Any) -> Path:
    out = folder / "records"
    assert export_to(FORMATS[name], records, out, ExportOptions(**options)) == len(records)
    return out


@pytest.fixture
def found() -> list[RaceRecord]:
    return [sample(), *map(hostile, HOSTILE)]


# ----------------------------------------------------------------------------------------------- spaCy


def opened(folder: Path) -> list[Any]:
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("fr").vocab
    return [doc for file in sorted(folder.iterdir()) for doc in DocBin().from_disk(file).get_docs(vocab)]


def test_spacy_reads_names_and_spans(tmp_path: Path) -> None:
    (doc,) = opened(exported("docbin", [sample()], tmp_path))
    assert doc.text == TEXT
    assert {(one.text, one.label_) for one in doc.ents} == {
        ("Anna Martin", "DRIVER"), ("Bob Petit", "DRIVER"), ("Carl Durand", "DRIVER"), ("Écurie Bleue", "TEAM"),
    }  # fmt: skip
    first = doc.spans["quotes"][0]
    assert (first.text, first.label_, first.id_, first.kb_id_) == ("Je suis ravie", "direct", "q1", "d1")
    assert doc.user_data["id"] == "nogaro"


def test_texts_and_records_are_there_whole(found: list[RaceRecord], tmp_path: Path) -> None:
    docs = opened(exported("docbin", found, tmp_path))
    assert [doc.text for doc in docs] == [record.document.text for record in found]
    assert [RaceRecord.model_validate_json(doc.user_data["record"]) for doc in docs] == found


def test_spans_that_had_to_be_widened_are_counted(tmp_path: Path) -> None:
    part = span("Mart")
    record = sample(
        findings=[],
        results=[{"id": "r1", "session": "s1", "kind": "final", "confidence": 1.0, "evidence": [part]}],
    )
    notes: list[Any] = []
    exported("docbin", [record], tmp_path, note=lambda key, values: notes.append((key, values["widened"])))
    assert notes == [("docbin_widened", 1)]


def test_many_records_become_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor import docbin_export

    monkeypatch.setattr(docbin_export, "DOCS", 2)
    out = exported("docbin", [sample()] * 5, tmp_path)
    assert sorted(file.name for file in out.iterdir()) == [f"part-0000{n}.spacy" for n in (1, 2, 3)]
    assert len(opened(out)) == 5


def test_spacy_train_takes_the_folder(tmp_path: Path) -> None:
    import spacy
    from spacy.training import Corpus

    out = exported("docbin", [sample()] * 3, tmp_path)
    examples = list(Corpus(out)(spacy.blank("fr")))
    assert len(examples) == 3
    assert len(examples[0].reference.ents) > 3


# ---------------------------------------------------------------------------------------- Hugging Face


def loaded(folder: Path) -> Any:
    datasets = pytest.importorskip("datasets")
    return datasets.load_from_disk(str(folder))


def test_datasets_opens_the_folder_and_rows_are_records_again(
    found: list[RaceRecord], tmp_path: Path
) -> None:
    rows = loaded(exported("huggingface", found, tmp_path))
    from extractor.exports.huggingface import features, record_of

    assert rows.features == features()
    assert rows[0]["text"] == TEXT
    assert [record_of(row) for row in rows] == found


def test_columns_are_those_of_the_corpus(tmp_path: Path) -> None:
    rows = loaded(exported("huggingface", [sample()], tmp_path))
    from extractor.corpus.rows import Row

    of_reports = {"split", "discipline", "year", "era", "style", "noise", "author", "words", "note"}
    assert set(Row.model_fields) - of_reports <= set(rows.column_names)
    for name in ("drivers", "results", "mentions"):
        of_corpus = set(Row.model_fields[name].annotation.__args__[0].model_fields)  # type: ignore[union-attr]
        assert of_corpus <= set(rows[0][name][0])


def test_columns_are_typed_where_nothing_fills_them(tmp_path: Path) -> None:
    from tests.conftest import bare_record

    rows = loaded(exported("huggingface", [bare_record("Rien.")], tmp_path))
    assert rows.features["results"].feature["position"].dtype == "int64"
    assert rows[0]["results"] == []


def test_a_number_beyond_all_tables_costs_its_record_alone(tmp_path: Path) -> None:
    errors: list[ParcFermeError] = []
    out = tmp_path / "out"
    options = ExportOptions(leave_out=errors.append)
    assert export_to(FORMATS["huggingface"], [sample(event={"season": 10**30}), sample()], out, options) == 1
    assert [error.code for error in errors] == ["export_number"]
    assert len(loaded(out)) == 1


def test_a_dataset_may_be_an_archive(tmp_path: Path) -> None:
    from zipfile import ZipFile

    export_to(FORMATS["huggingface"], [sample()], tmp_path / "set.zip", ExportOptions())
    with ZipFile(tmp_path / "set.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert len(loaded(tmp_path / "unpacked")) == 1

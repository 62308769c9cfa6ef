"""The corpus through Hugging Face ``datasets`` and spaCy's ``DocBin``."""

from __future__ import annotations

import shutil
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor.cli.main import main
from extractor.corpus.build import data_file, load_splits
from extractor.corpus.metadata import SPLITS
from extractor.corpus.report import compile_report
from extractor.corpus.rows import Row, record_of
from extractor.dataset import Alignment, docbin, docs, features, load
from extractor.errors import ExitCode, InputError, UsageError
from tests.conftest import ROOT
from tests.unit.corpus.conftest import FACTS, HEAD, TEXT
from tests.unit.corpus.test_build import corpus_folder

CARD = ROOT / "corpus" / "README.md"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The library, with a cache of its own and no network."""
    datasets = pytest.importorskip("datasets")

    def refuse(*_: object) -> None:
        raise AssertionError("the network is asked")

    for name in ("HF_DATASETS_OFFLINE", "HF_HUB_OFFLINE"):
        monkeypatch.setattr(datasets.config, name, True, raising=False)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    datasets.disable_progress_bars()
    return datasets


def built_corpus(tmp_path: Path, splits: tuple[str, ...] = SPLITS) -> Path:
    folder = corpus_folder(tmp_path / "corpus", splits)
    shutil.copy(CARD, folder)
    assert main(["corpus", "build", str(folder)]) == ExitCode.OK
    return folder


# ------------------------------------------------------------------------------------- Hugging Face datasets


def test_features_have_the_columns_of_a_row(library: Any) -> None:
    columns = features()
    assert list(columns) == list(Row.model_fields)
    assert columns["published_on"] == library.Value("date32")
    assert columns["event"]["season"] == library.Value("int32")


@pytest.mark.parametrize("streaming", [False, True])
def test_the_library_alone_loads_the_same_rows(
    library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, streaming: bool
) -> None:
    monkeypatch.chdir(built_corpus(tmp_path).parent)
    corpus = library.load_dataset("corpus", streaming=streaming)
    assert list(corpus) == list(SPLITS)
    reports = load_splits(Path("corpus"))
    for split in SPLITS:
        assert corpus[split].features == features()
        (row,) = corpus[split]
        assert row["split"] == split
        assert record_of(row) == reports[split][0].record
        (again,) = load(split, streaming=streaming)
        assert again == row


def test_an_empty_split_has_columns_and_no_rows(library: Any, tmp_path: Path) -> None:
    folder = built_corpus(tmp_path, ("train",))
    for streaming in (False, True):
        empty = load("far", folder, streaming=streaming)
        assert list(empty) == []
        assert empty.features == features()


def test_a_date_stays_a_date_where_every_row_has_one(library: Any, tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path / "corpus")
    for path in folder.rglob("*.report"):
        source = path.read_text(encoding="utf-8")
        path.write_text(source.replace("season=1954", "starts=1954-06-20"), encoding="utf-8")
    assert main(["corpus", "build", str(folder)]) == ExitCode.OK
    (row,) = load("dev", folder)
    assert row["event"]["starts_on"].isoformat() == "1954-06-20"
    assert record_of(row) == load_splits(folder)["dev"][0].record


def test_a_row_of_wrong_types_does_not_load(library: Any, tmp_path: Path) -> None:
    folder = built_corpus(tmp_path)
    path = folder / data_file("dev")
    source = path.read_text(encoding="utf-8")
    path.write_text(source.replace('"year":1964', '"year":"jadis"'), encoding="utf-8")
    with pytest.raises(Exception, match=r"(?i)dataset|parse|cast|int"):
        load("dev", folder)


def test_what_is_not_there_is_told(library: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError) as missing:
        load("train", tmp_path / "nulle-part")
    assert missing.value.code == "no_rows"
    with pytest.raises(UsageError) as unknown:
        load("validation", tmp_path)
    assert "train, dev, test, far" in unknown.value.in_language("en")


def test_without_the_library_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = built_corpus(tmp_path)
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(UsageError) as caught:
        load("train", folder)
    assert caught.value.code == "needs_datasets"
    assert "pip install 'datasets>=3'" in caught.value.in_language("fr")


# ----------------------------------------------------------------------------------------------------- spaCy


def test_docbin_keeps_names_mentions_and_evidence(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    (report,) = load_splits(corpus_folder(tmp_path, ("train",)))["train"]
    docbin([report]).to_disk(tmp_path / "train.spacy")
    (doc,) = (
        DocBin(store_user_data=True).from_disk(tmp_path / "train.spacy").get_docs(spacy.blank("fr").vocab)
    )
    assert doc.text == report.record.document.text
    assert doc.user_data["id"] == "train-montee"
    names = [(one.text, one.label_) for one in doc.ents]
    assert names[:3] == [("LORIEUX", "DRIVER"), ("Robert Lorieux", "DRIVER"), ("Écurie du Lac", "TEAM")]
    mentions = {(one.text, one.label_, one.id_) for one in doc.spans["mentions"]}
    assert {("Lyonnais", "DRIVER_NOMINAL", "d1"), ("ce dernier", "DRIVER_PRONOUN", "d1")} <= mentions
    assert {("final", "r1"), ("final", "r3")} <= {(one.label_, one.id_) for one in doc.spans["results"]}
    assert [one.label_ for one in doc.spans["incidents"]] == ["mechanical"]
    assert [(one.text, one.label_, one.kb_id_) for one in doc.spans["quotes"]] == [
        ("Je n'ai touché au frein", "direct", "d1"),
        ("que deux fois", "direct", "d1"),
    ]


def aligned(text: str, facts: str) -> tuple[Any, Alignment]:
    source = f"{HEAD.replace('{noise}', 'clean')}+++\n{text}\n+++\n{facts}"
    counts = Alignment()
    (doc,) = docs([compile_report(Path("essai.report"), source)], counts)
    return doc, counts


def test_a_stretch_within_a_token_is_widened_and_counted() -> None:
    doc, counts = aligned("puis[[Gamblin|g]] gagne.", 'drivers: g\nsession c: race\nfinal c: 1 g @"gagne"')
    assert [one.text for one in doc.ents] == ["puisGamblin"]
    assert (counts.spans, counts.widened, counts.dropped) == (2, 1, 0)


def test_overlapping_names_are_left_out_of_ents_and_counted() -> None:
    doc, counts = aligned("L'[[Écurie [[Bernard Morin|m]]|e]] est là.", "drivers: m\nteams: e")
    assert [one.text for one in doc.ents] == ["Écurie Bernard Morin"]
    assert len(doc.spans["mentions"]) == 2
    assert counts.dropped == 1


def test_a_name_of_two_bearers_is_one_entity() -> None:
    doc, counts = aligned("Les frères [[Morin|a+b]] gagnent.", "drivers: a b")
    assert [one.text for one in doc.ents] == ["Morin"]
    assert {one.id_ for one in doc.spans["mentions"]} == {"d1", "d2"}
    assert counts.dropped == 0


def test_facts_of_the_fixture_are_all_aligned() -> None:
    _, counts = aligned(TEXT, FACTS)
    assert counts.widened == 0


def test_no_report_gives_an_empty_docbin() -> None:
    assert len(docbin([])) == 0

"""The pipeline as spaCy's own: saved, loaded by spaCy alone, sent to other processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from installed import declare, python
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import extractor
from extractor.corpus.library import load_split
from extractor.pipeline import COMPONENTS, add_components
from tools.check import ROOT

SAMPLE = (ROOT / "examples" / "val-de-brume.txt").read_text(encoding="utf-8")
HARD = {
    "empty": "",
    "blanks": " \t \n\n  \n",
    "line ends": "\r\n\r\n\r",
    "old line ends": SAMPLE.replace("\n", "\r"),
    "other line ends": SAMPLE.replace("\n", "\u2028"),
    "blanks doubled": SAMPLE.replace(" ", "  "),
    "no blanks": SAMPLE.replace(" ", ""),
    "emoji": "🏁 Course 1 : 🏎️ Zoé Lacaze 🥇 gagne devant Théo Varnier 👨‍👩‍👧 à Nogaro 🇫🇷.",
    "composed": "Course 1 : Zoe\u0301 Lacaze gagne la course devant The\u0301o Varnier.",
    "marks": "((((« »" * 50,
    "nothing": "a\x00b\ufeff\u200b",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "fr_parcferme"
    extractor.load().to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def loaded(folder: Path) -> Language:
    return spacy.load(folder)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return declare(tmp_path_factory.mktemp("site"))


def test_what_is_loaded_is_what_was_saved(loaded: Language) -> None:
    assert loaded.pipe_names == [f"parcferme_{name}" for name in COMPONENTS]
    assert loaded.max_length == extractor.load().max_length


@pytest.mark.parametrize("name", HARD)
def test_a_loaded_pipeline_reads_hard_texts_as_extract_does(loaded: Language, name: str) -> None:
    assert loaded(HARD[name])._.record.to_json() == extractor.extract(HARD[name]).to_json()


@pytest.mark.slow
@pytest.mark.parametrize("split", ["train", "dev"])
def test_a_loaded_pipeline_reads_the_corpus_as_extract_does(loaded: Language, split: str) -> None:
    reports = load_split(ROOT / "corpus", split)  # type: ignore[arg-type]
    assert len(reports) > 50
    for report in reports:
        text = report.record.document.text
        assert loaded(text)._.record.to_json() == extractor.extract(text).to_json(), report


@pytest.mark.slow
def test_a_loaded_pipeline_reads_a_million_characters(loaded: Language) -> None:
    text = (SAMPLE + "\n\n") * (1_100_000 // len(SAMPLE))
    assert len(text) > 1_000_000
    assert loaded(text)._.record.to_json() == extractor.extract(text).to_json()


def test_spacy_alone_gives_a_working_extractor(folder: Path, site: Path) -> None:
    code = "import spacy, sys; print(spacy.load(sys.argv[1])(sys.argv[2])._.record.to_json())"
    assert python(code, str(folder), SAMPLE, path=site).strip() == extractor.extract(SAMPLE).to_json()


@pytest.mark.slow
def test_spacy_finds_each_component_by_name(site: Path) -> None:
    names = [f"parcferme_{name}" for name in COMPONENTS]
    code = """
import spacy, sys
nlp = spacy.blank("fr_race")
for name in sys.argv[2:]:
    nlp.add_pipe(name)
print(len(nlp(sys.argv[1])._.record.drivers), nlp.config["nlp"]["tokenizer"]["@tokenizers"])
nlp = spacy.blank("fr", config={"nlp": {"tokenizer": {"@tokenizers": "parcferme.Tokens.v1"}}})
print(nlp("Jean-Luc")[1].text)
"""
    shown = python(code, SAMPLE, *names, path=site).split()
    assert shown == [str(len(extractor.extract(SAMPLE).drivers)), "parcferme.Tokens.v1", "-"]


def test_through_bytes_and_back(loaded: Language) -> None:
    again = spacy.blank("fr_race")
    for name in COMPONENTS:
        again.add_pipe(f"parcferme_{name}")
    again.from_bytes(extractor.load().to_bytes())
    assert again(SAMPLE)._.record == loaded(SAMPLE)._.record


def test_over_plain_french_it_is_saved_as_well(tmp_path: Path) -> None:
    add_components(spacy.blank("fr")).to_disk(tmp_path / "fr")
    assert spacy.load(tmp_path / "fr")(SAMPLE)._.record == extractor.extract(SAMPLE)


def test_a_part_of_the_pipeline_can_be_left_out(folder: Path) -> None:
    nlp = spacy.load(folder, exclude=[f"parcferme_{name}" for name in COMPONENTS if name != "layout"])
    assert nlp(SAMPLE)._.layout.blocks
    assert nlp(SAMPLE)._.record is None


def test_two_processes_read_as_one_does(folder: Path, site: Path) -> None:
    texts = [SAMPLE, "", HARD["emoji"], HARD["blanks"]]
    code = """
import json, spacy, sys
texts = json.loads(sys.argv[2])
docs = spacy.load(sys.argv[1]).pipe(texts, n_process=2, batch_size=1)
print(json.dumps([doc._.record.to_json() for doc in docs]))
"""
    records = json.loads(python(code, str(folder), json.dumps(texts), path=site))
    assert records == [extractor.extract(text).to_json() for text in texts]


@pytest.mark.slow
def test_two_processes_begun_anew_read_as_one_does(folder: Path, site: Path, tmp_path: Path) -> None:
    script = tmp_path / "anew.py"
    script.write_text(
        "import multiprocessing, spacy, sys\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method('spawn')\n"
        "    nlp = spacy.load(sys.argv[1])\n"
        "    for doc in nlp.pipe([sys.argv[2], ''], n_process=2, batch_size=1):\n"
        "        print(doc._.record.to_json())\n"
    )
    code = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    shown = python(code, str(script), str(folder), SAMPLE, path=site).splitlines()
    assert shown == [extractor.extract(text).to_json() for text in (SAMPLE, "")]


def test_the_record_goes_with_the_doc_and_the_rest_stays(loaded: Language) -> None:
    doc = loaded(SAMPLE)
    again = Doc(loaded.vocab).from_bytes(doc.to_bytes())
    assert again._.record == doc._.record
    assert doc._.layout is not None
    assert again._.layout is None
    kept = DocBin(docs=[doc], store_user_data=True).to_bytes()
    [again] = DocBin(store_user_data=True).from_bytes(kept).get_docs(loaded.vocab)
    assert again._.record == doc._.record


def test_a_doc_that_nothing_has_read_has_no_record(loaded: Language) -> None:
    doc = Doc(loaded.vocab, words=["Course"])
    assert doc._.record is None
    assert Doc(loaded.vocab).from_bytes(doc.to_bytes())._.record is None

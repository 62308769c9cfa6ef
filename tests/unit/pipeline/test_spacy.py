"""The pipeline as spaCy components, and as three functions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import extractor
from extractor.pipeline import COMPONENTS, add_components
from extractor.record import RaceRecord

SAMPLE = Path(__file__).resolve().parents[3] / "examples" / "val-de-brume.txt"


@pytest.fixture(scope="module")
def report() -> str:
    return SAMPLE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def french() -> Language:
    return add_components(spacy.blank("fr"))


def test_the_components_run_over_plain_french(french: Language, report: str) -> None:
    assert french(report)._.record.model_dump() == extractor.extract(report).model_dump()


def test_spacys_own_pipe(french: Language, report: str) -> None:
    texts = [report, "Louis Marchal gagne la course sur le circuit, devant tous les pilotes.", ""]
    records = [doc._.record for doc in french.pipe(texts)]
    assert [record.document.text for record in records] == texts
    assert records[0].drivers


def test_every_component_says_what_it_assigns_and_requires(french: Language) -> None:
    analysis = french.analyze_pipes(keys=["assigns", "requires"])
    assert analysis is not None
    assert {name: problems for name, problems in analysis["problems"].items() if problems} == {}
    for name in COMPONENTS:
        meta = french.get_pipe_meta(f"parcferme_{name}")
        assert meta.assigns, name
        assert meta.requires or name == "layout", name
        assert all(attribute.startswith("doc._.") for attribute in (*meta.assigns, *meta.requires))


def test_what_is_assigned_is_there(french: Language, report: str) -> None:
    doc = french(report)
    for name in COMPONENTS:
        for attribute in french.get_pipe_meta(f"parcferme_{name}").assigns:
            assert getattr(doc._, attribute.removeprefix("doc._.")) is not None, attribute


def test_a_component_out_of_order_is_a_problem() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("parcferme_results")
    nlp.add_pipe("parcferme_layout")
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    assert analysis["problems"]["parcferme_results"]


def test_components_twice_share_nothing(report: str) -> None:
    one, two = add_components(spacy.blank("fr")), add_components(spacy.blank("fr"))
    assert one(report)._.record == two(report)._.record


def test_load_gives_one_language() -> None:
    nlp = extractor.load()
    assert isinstance(nlp, Language)
    assert extractor.load() is nlp
    assert nlp.pipe_names == [f"parcferme_{name}" for name in COMPONENTS]


def test_extract_gives_a_record(report: str) -> None:
    record = extractor.extract(report, source="folder/val.txt")
    assert isinstance(record, RaceRecord)
    assert record.document.source == "folder/val.txt"
    assert record.document.id == "val"
    assert record.document.text == report


def test_calling_the_language_is_extracting(report: str) -> None:
    assert extractor.load()(report)._.record == extractor.extract(report)


def test_pipe_is_lazy_and_in_order() -> None:
    read: list[int] = []

    def texts() -> object:
        for number in range(3):
            read.append(number)
            yield f"Course {number + 1} sur le circuit : Louis Marchal gagne devant les autres pilotes."

    records = extractor.pipe(texts())  # type: ignore[arg-type]
    assert read == []
    assert next(records).document.text.startswith("Course 1")
    assert read == [0]
    assert [record.document.text[:8] for record in records] == ["Course 2", "Course 3"]


def test_reading_leaves_no_traces_behind(report: str) -> None:
    before = extractor.extract(report).to_json()
    extractor.extract(
        "Autre chose : Jean Tavernier gagne la course des voitures sur le circuit devant Louis Marchal."
    )
    assert extractor.extract(report).to_json() == before


def test_the_record_is_valid_when_read_back(report: str) -> None:
    record = extractor.extract(report)
    assert RaceRecord.model_validate_json(record.to_json()) == record


def in_a_fresh_process(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        timeout=120,
        text=True,
        encoding="utf-8",
    ).stdout


def test_torch_is_never_imported() -> None:
    code = "import extractor, sys; extractor.extract('Louis Marchal gagne la course sur le circuit.'); print('torch' in sys.modules, 'transformers' in sys.modules)"
    assert in_a_fresh_process(code).split() == ["False", "False"]


def test_spacys_command_line_can_be_imported_afterwards() -> None:
    code = "import extractor; extractor.load(); import spacy, spacy.cli; print(callable(spacy.cli.download), callable(spacy.info), spacy.info()['spacy_version'] == spacy.__version__)"
    assert in_a_fresh_process(code).split()[-3:] == ["True", "True", "True"]


def test_importing_the_package_is_light() -> None:
    code = "import extractor, sys; print('spacy' in sys.modules, 'pydantic' in sys.modules)"
    assert in_a_fresh_process(code).split() == ["False", "False"]

"""The component: it holds a model, loads it when it is needed, and takes it along."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest
import spacy
from bundles import stamping, write_bundle, write_saved
from spacy.language import Language

import extractor
from extractor.errors import ModelError
from extractor.pipeline import COMPONENTS, add_components
from extractor.pipeline.language import blank
from extractor.pipeline.model.bundle_files import read_files, write_files
from extractor.pipeline.model.component import ModelComponent
from extractor.pipeline.model.location import COMPONENT, MANIFEST, NONE, VARIABLE
from extractor.pipeline.model.rescoring import load_rescorer

TEXT = "Louis Marchal gagne la course sur le circuit, devant tous les pilotes."


@pytest.fixture(autouse=True)
def _no_model_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, NONE)


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    return stamping(monkeypatch)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return write_bundle(tmp_path / "bundle")


@pytest.fixture
def nlp(bundle: Path) -> Language:
    return add_components(blank(), bundle)


def name_of(nlp: Language) -> str:
    record: extractor.RaceRecord = nlp(TEXT)._.record
    return record.document.id


def test_the_model_comes_last() -> None:
    assert COMPONENTS[-2:] == ("record", "model")


def test_the_model_has_the_last_word_on_the_record(nlp: Language, loaded: list[Path]) -> None:
    assert name_of(nlp) == "stamp"


def test_the_model_is_loaded_once_and_at_the_first_text(
    nlp: Language, bundle: Path, loaded: list[Path]
) -> None:
    assert loaded == []
    for _ in nlp.pipe([TEXT] * 3):
        pass
    assert loaded == [bundle]


def test_without_a_model_the_record_is_that_of_the_rules(loaded: list[Path]) -> None:
    nlp = add_components(blank(), NONE)
    assert name_of(nlp) != "stamp"
    assert loaded == []


def test_without_a_record_there_is_nothing_to_ask(bundle: Path, loaded: list[Path]) -> None:
    nlp = blank()
    nlp.add_pipe(COMPONENT).use(bundle)  # type: ignore[attr-defined]
    assert nlp(TEXT)._.record is None
    assert loaded == []


def test_extract_load_and_pipe_take_a_model(bundle: Path, tmp_path: Path, loaded: list[Path]) -> None:
    other = write_saved(tmp_path / "other", name="other")
    assert extractor.extract(TEXT, model=bundle).document.id == "stamp"
    assert extractor.extract(TEXT, model=str(other)).document.id == "other"
    assert extractor.extract(TEXT, model=bundle).document.id == "stamp"
    assert extractor.extract(TEXT, model="none").document.id == extractor.extract(TEXT).document.id != "stamp"
    assert [record.document.id for record in extractor.pipe([TEXT, TEXT], model=bundle)] == ["stamp"] * 2
    assert extractor.load(bundle) is extractor.load(bundle)
    assert name_of(extractor.load(bundle)) == "stamp"
    assert loaded == [bundle, other / COMPONENT]


def test_the_environment_names_a_model(
    bundle: Path, loaded: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(bundle))
    assert extractor.extract(TEXT).document.id == "stamp"


def test_a_saved_pipeline_takes_its_model_along(
    nlp: Language, bundle: Path, tmp_path: Path, loaded: list[Path]
) -> None:
    nlp.to_disk(tmp_path / "saved")
    assert read_files(tmp_path / "saved" / COMPONENT) == read_files(bundle)
    shutil.rmtree(bundle)
    again = spacy.load(tmp_path / "saved")
    assert loaded == []
    assert name_of(again) == "stamp"
    assert loaded == [tmp_path / "saved" / COMPONENT]
    assert name_of(extractor.load(tmp_path / "saved")) == "stamp"


def test_a_loaded_pipeline_is_saved_with_its_model(nlp: Language, tmp_path: Path, loaded: list[Path]) -> None:
    nlp.to_disk(tmp_path / "one")
    spacy.load(tmp_path / "one").to_disk(tmp_path / "two")
    assert name_of(spacy.load(tmp_path / "two")) == "stamp"


def test_saving_over_itself_loses_nothing(nlp: Language, bundle: Path, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    spacy.load(tmp_path / "saved").to_disk(tmp_path / "saved")
    assert read_files(tmp_path / "saved" / COMPONENT) == read_files(bundle)


def test_saving_over_another_pipeline_leaves_nothing_of_its_model(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    add_components(blank(), NONE).to_disk(tmp_path / "saved")
    assert spacy.load(tmp_path / "saved").get_pipe(COMPONENT).bundle is None  # type: ignore[attr-defined]


def test_without_a_model_nothing_is_saved(tmp_path: Path) -> None:
    add_components(blank(), NONE).to_disk(tmp_path / "saved")
    assert not (tmp_path / "saved" / COMPONENT).exists()


def test_the_model_can_be_left_out(nlp: Language, tmp_path: Path, loaded: list[Path]) -> None:
    nlp.to_disk(tmp_path / "saved")
    assert name_of(spacy.load(tmp_path / "saved", exclude=[COMPONENT])) != "stamp"


def test_through_bytes_goes_the_whole_model(nlp: Language, bundle: Path, loaded: list[Path]) -> None:
    packed, files = nlp.to_bytes(), read_files(bundle)
    shutil.rmtree(bundle)
    again = add_components(blank(), NONE).from_bytes(packed)
    assert name_of(again) == "stamp"
    assert read_files(loaded[0]) == files
    component = again.get_pipe(COMPONENT)
    assert component.files() == files  # type: ignore[attr-defined]
    component.use(None)  # type: ignore[attr-defined]
    assert not loaded[0].exists()


def test_without_a_model_bytes_take_it_away(nlp: Language, loaded: list[Path]) -> None:
    assert name_of(nlp.from_bytes(add_components(blank(), NONE).to_bytes())) != "stamp"


def test_another_process_loads_the_model_anew(bundle: Path, loaded: list[Path]) -> None:
    component = ModelComponent(bundle)
    component.rescorer()
    again = pickle.loads(pickle.dumps(component))
    assert again.bundle == bundle
    again.rescorer()
    assert loaded == [bundle, bundle]


def test_a_model_that_is_gone_is_told(bundle: Path) -> None:
    component = ModelComponent(bundle)
    shutil.rmtree(bundle)
    with pytest.raises(ModelError):
        component.rescorer()
    with pytest.raises(ModelError):
        component.to_bytes()


@pytest.mark.parametrize("name", ["../out", "a/b", "..", "", "a\\b", "/etc/x"])
def test_files_stay_in_their_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a file"):
        write_files(tmp_path / "bundle", {name: b"x"})
    assert not (tmp_path / "bundle").exists()


def test_what_is_no_bundle_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        load_rescorer(tmp_path)
    assert not (tmp_path / MANIFEST).exists()

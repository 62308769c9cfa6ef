"""The model as it is shipped."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
import spacy
from bundles import stamping, write_bundle

import extractor
from extractor.errors import ModelError
from extractor.pipeline.model import saving
from extractor.pipeline.model.bundle_files import read_files
from extractor.pipeline.model.location import COMPONENT
from tools.build_spacy_model import main

TEXT = "Louis Marchal gagne la course sur le circuit, devant tous les pilotes."


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return write_bundle(tmp_path / "bundle")


@pytest.fixture
def made(bundle: Path, tmp_path: Path) -> Path:
    (tmp_path / "card.md").write_text("# Modèle\n", encoding="utf-8")
    assert (
        main([str(bundle), "--card", str(tmp_path / "card.md"), "--out", str(tmp_path / "models" / "fr")])
        == 0
    )
    return tmp_path / "models" / "fr"


def test_spacy_opens_what_is_shipped(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamping(monkeypatch)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nlp = spacy.load(made)
    assert nlp(TEXT)._.record.document.id == "stamp"
    assert extractor.extract(TEXT, model=made).document.id == "stamp"


def test_it_says_what_it_is(made: Path) -> None:
    meta = json.loads((made / "meta.json").read_text(encoding="utf-8"))
    assert (meta["lang"], meta["name"], meta["license"]) == ("fr", "parcferme", "Apache-2.0")
    assert meta["version"] == extractor.__version__
    assert "race" in meta["description"]
    assert meta["spacy_version"].startswith(">=3.8")
    assert (made / "README.md").read_text(encoding="utf-8") == "# Modèle\n"


def test_beside_the_bundle_it_is_small_and_says_nothing_of_this_machine(made: Path, bundle: Path) -> None:
    assert read_files(made / COMPONENT) == read_files(bundle)
    rest = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    assert sum(map(len, rest.values())) < 100_000
    assert not [path for path, content in rest.items() if str(bundle).encode() in content]


def test_made_again_it_has_the_new_model_and_keeps_its_card(made: Path, tmp_path: Path) -> None:
    new = write_bundle(tmp_path / "new", name="new")
    saving.save_model(new, made)
    assert read_files(made / COMPONENT) == read_files(new)
    assert (made / "README.md").exists()
    saving.save_model(made, made)
    assert read_files(made / COMPONENT) == read_files(new)


def test_made_twice_it_is_the_same(made: Path, bundle: Path, tmp_path: Path) -> None:
    saving.save_model(bundle, tmp_path / "again", "# Modèle\n")
    one, two = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (made, tmp_path / "again")
    )
    assert one == two


def test_what_is_too_large_is_not_shipped(bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as refused:
        saving.save_model(bundle, tmp_path / "fr", limit=5)
    assert refused.value.code == "model_too_large"
    assert not (tmp_path / "fr").exists()


def test_without_a_bundle_nothing_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "absent"), "--out", str(tmp_path / "fr")]) == 5
    assert "absent" in capsys.readouterr().err
    assert not (tmp_path / "fr").exists()

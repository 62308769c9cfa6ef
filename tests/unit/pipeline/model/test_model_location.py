"""Which model is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from bundles import write_bundle, write_saved

from extractor.errors import ExitCode, ModelError
from extractor.neural import bundle
from extractor.pipeline.model import location
from extractor.pipeline.model.location import COMPONENT, NAME, NONE, VARIABLE, find_bundle
from tools.check import ROOT


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package in a checkout, neither of which has a model yet."""
    monkeypatch.delenv(VARIABLE, raising=False)
    shipped = [path.relative_to(ROOT) for path in location._SHIPPED]
    monkeypatch.setattr(location, "_SHIPPED", [tmp_path / "checkout" / path for path in shipped])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_model_the_rules_work_alone() -> None:
    assert find_bundle() is None


def test_the_model_inside_the_package_goes_before_the_one_beside_it(home: Path) -> None:
    beside = write_saved(home / "checkout" / "models" / NAME)
    assert find_bundle() == beside / COMPONENT
    inside = write_saved(home / "checkout" / "extractor" / "_models" / NAME)
    assert find_bundle() == inside / COMPONENT


def test_a_folder_without_a_bundle_is_not_shipped(home: Path) -> None:
    (home / "checkout" / "models" / NAME).mkdir(parents=True)
    assert find_bundle() is None


@pytest.mark.parametrize("name", ["own", "./own", "own/"])
def test_a_folder_is_a_bundle_or_holds_one(home: Path, name: str) -> None:
    saved = write_saved(home / "own")
    assert find_bundle(name) == saved / COMPONENT
    assert find_bundle(saved) == saved / COMPONENT
    assert find_bundle(saved / COMPONENT) == saved / COMPONENT


def test_what_is_asked_for_goes_before_the_environment_and_that_before_what_is_shipped(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = write_saved(home / "checkout" / "models" / NAME)
    named, asked = write_bundle(home / "named"), write_bundle(home / "asked")
    assert find_bundle() == shipped / COMPONENT
    monkeypatch.setenv(VARIABLE, "named")
    assert find_bundle() == named
    assert find_bundle("asked") == asked
    assert find_bundle(NONE) is None
    monkeypatch.setenv(VARIABLE, NONE)
    assert find_bundle() is None
    assert find_bundle(asked) == asked
    monkeypatch.setenv(VARIABLE, "")
    assert find_bundle() == shipped / COMPONENT


def test_the_bundle_is_found_from_any_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = write_bundle(home / "own")
    found = find_bundle("own")
    monkeypatch.chdir("/")
    assert found == own


def test_a_folder_of_that_name_can_be_meant(home: Path) -> None:
    meant = write_bundle(home / NONE)
    assert find_bundle("./none") == meant
    assert find_bundle(Path(NONE)) == meant


@pytest.mark.parametrize(("made", "code"), [(False, "model_not_found"), (True, "model_not_here")])
def test_what_is_no_model_is_refused(home: Path, made: bool, code: str) -> None:
    if made:
        (home / "wrong").mkdir()
    with pytest.raises(ModelError) as refused:
        find_bundle("wrong")
    assert (refused.value.code, refused.value.source) == (code, "wrong")
    assert refused.value.exit_code == ExitCode.MODEL
    assert "none" in refused.value.in_language("en")


def test_the_bundle_is_known_by_its_manifest() -> None:
    assert location.MANIFEST == bundle.MANIFEST


def test_a_file_is_no_model(home: Path) -> None:
    (home / "file").write_text("x")
    with pytest.raises(ModelError):
        find_bundle("file")


def test_an_error_says_that_the_environment_is_at_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "wrong")
    with pytest.raises(ModelError, match="PARCFERME_MODEL=wrong"):
        find_bundle()

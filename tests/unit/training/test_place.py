"""What a run goes on from, and what it throws away."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import UsageError
from extractor.training import place
from extractor.training.place import Found, Inputs, enter

INPUTS = Inputs({"train": "1", "rules": "1"}, {"base": "1", "epochs": "8"})


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A folder in which training was interrupted."""
    folder = tmp_path / "work"
    enter(folder, INPUTS)
    (folder / place.READINGS).write_text("{}\n")
    (folder / place.FIT).mkdir()
    (folder / place.FIT / "state.pt").write_bytes(b"x")
    return folder


def test_a_new_folder_has_nothing_to_go_on_from(tmp_path: Path) -> None:
    assert enter(tmp_path / "a/b", INPUTS) == Found(readings=False, checkpoint=False)
    (tmp_path / "empty").mkdir()
    assert enter(tmp_path / "empty", INPUTS) == Found(readings=False, checkpoint=False)


def test_the_same_inputs_go_on(left: Path) -> None:
    assert enter(left, INPUTS) == Found(readings=True, checkpoint=True)
    assert (left / place.FIT / "state.pt").exists()


def test_other_texts_throw_away_readings_and_checkpoint(left: Path) -> None:
    found = enter(left, Inputs({**INPUTS.texts, "train": "2"}, INPUTS.course))
    assert found == Found(readings=False, checkpoint=False, changed=("train",))
    assert not (left / place.FIT).exists()
    assert not (left / place.READINGS).exists()


def test_another_course_keeps_the_readings(left: Path) -> None:
    found = enter(left, Inputs(INPUTS.texts, {"base": "2", "epochs": "9"}))
    assert found == Found(readings=True, checkpoint=False, changed=("base", "epochs"))


def test_what_was_thrown_away_is_thrown_away_once(left: Path) -> None:
    changed = Inputs({**INPUTS.texts, "rules": "2"}, INPUTS.course)
    enter(left, changed)
    assert enter(left, changed) == Found(readings=False, checkpoint=False)


@pytest.mark.parametrize("content", [None, "[]", "{"])
def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, content: str | None) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    if content is not None:
        (tmp_path / place.INPUTS).write_text(content)
    with pytest.raises(UsageError) as caught:
        enter(tmp_path, INPUTS)
    assert caught.value.code == "not_a_work_folder"
    assert (tmp_path / "thesis.txt").read_text() == "precious"


def test_the_digest_of_an_encoder_is_that_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"1")
    before = place.digest_of_base(str(tmp_path))
    (tmp_path / "state.pt").write_bytes(b"what pretraining goes on from")
    assert place.digest_of_base(tmp_path) == before
    (tmp_path / "model.safetensors").write_bytes(b"2")
    assert place.digest_of_base(tmp_path) != before
    assert place.digest_of_base("almanach/camembertav2-base") == "almanach/camembertav2-base"


def test_the_rules_have_a_digest() -> None:
    assert place.digest_of_rules() == place.digest_of_rules()

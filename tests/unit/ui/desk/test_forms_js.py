"""The right half of the document page: what it computes, run by node; and that it knows the record's own values."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import get_args

import pytest

from extractor import record
from extractor.ui.desk import component
from extractor.ui.words import sentences

NODE = shutil.which("node")
TESTS = Path(__file__).with_name("forms.test.mjs")

needs_node = pytest.mark.skipif(NODE is None, reason="no node at hand")

KNOWN = {
    "session_kind": record.SessionKind,
    "session_status": record.SessionStatus,
    "driver_role": record.DriverRole,
    "mention_form": record.MentionForm,
    "result_kind": record.ResultKind,
    "result_status": record.ResultStatus,
    "standing": record.Standing,
    "incident_type": record.IncidentType,
    "participant_role": record.ParticipantRole,
    "consequence": record.Consequence,
    "speaker_role": record.SpeakerRole,
    "quote_kind": record.QuoteKind,
}


def node(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    assert NODE is not None
    return subprocess.run(
        [NODE, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )


@needs_node
def test_what_the_right_half_computes_is_right() -> None:
    run = node("--test", str(TESTS))
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


@needs_node
def test_forms_offer_every_value_that_the_record_allows_and_no_other() -> None:
    run = node(str(TESTS), SHOW_ENUMS="1")
    assert json.loads(run.stdout) == {name: list(get_args(values)) for name, values in KNOWN.items()}


@needs_node
def test_all_modules_together_are_one_module(tmp_path: Path) -> None:
    joined = tmp_path / "desk.mjs"
    joined.write_text(component.script(), encoding="utf-8")
    run = node("--check", str(joined))
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("group", KNOWN)
def test_every_value_has_its_word(group: str) -> None:
    for language in ("fr", "en"):
        missing = [one for one in get_args(KNOWN[group]) if f"forms.{group}.{one}" not in sentences(language)]
        assert missing == []


def test_every_sentence_that_the_right_half_asks_for_is_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in component.HERE.glob("*.js"))
    asked = set(re.findall(r'\bt\(\s*"([a-z_.]+)"', code))
    asked |= {f"{key}.{n}" for key in re.findall(r'\bt\.n\(\s*"([a-z_.]+)"', code) for n in ("one", "many")}
    assert len(asked) > 100
    for language in ("fr", "en"):
        assert sorted(key for key in asked if f"forms.{key}" not in sentences(language)) == []

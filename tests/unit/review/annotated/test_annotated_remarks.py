"""Everything that an import has to tell is told in both languages, on one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor.messages import LANGUAGES, Messages, sentences
from extractor.review.annotated.remarks import CODES, Remark
from extractor.review.annotated.telling import remark_line
from extractor.review.applying.refusals import DecisionError
from tests.conftest import ROOT


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_remark_has_its_words_and_no_other(language: str) -> None:
    told = {key.rpartition(".")[2] for key in sentences(language) if key.startswith("annotation.remark.")}
    assert told == set(CODES)
    for code in CODES:
        assert code in remark_line("nogaro", Remark(code), Messages(language))


def test_every_remark_is_made_somewhere() -> None:
    rooms = [*ROOT.glob("extractor/review/annotated/*.py"), *ROOT.glob("extractor/exports/annotation/*.py")]
    code = "".join(path.read_text("utf-8") for path in rooms if path.name != "remarks.py")
    code += Path(ROOT / "extractor/cli/bringing.py").read_text("utf-8")
    code += Path(ROOT / "extractor/review/importing/annotated.py").read_text("utf-8")
    made = set(re.findall(r'"([a-z_]+)"', code))
    assert set(CODES) <= made


def test_words_of_strangers_stay_on_their_line() -> None:
    remark = Remark("unknown_label", {"label": "\x1b[31mPI\nLOTE", "text": "a\r\nb", "start": 1, "end": 2})
    line = remark_line("d\u202eoc", remark, Messages("fr"))
    assert "\n" not in line
    assert "\x1b" not in line
    assert "« PI LOTE »" in line


def test_why_a_decision_was_refused_is_said_in_the_users_language() -> None:
    remark = Remark("refused", {"reason": DecisionError("decision_id_taken", about="rx1")})
    assert "is taken" in remark_line("a", remark, Messages("en"))
    assert "rx1" in remark_line("a", remark, Messages("fr"))

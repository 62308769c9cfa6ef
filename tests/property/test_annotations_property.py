"""What is true of any record that goes to annotators and comes back."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random

import pytest
from deciding import Reviewer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.corpus.generator.report import generate_one
from extractor.exports.annotation import scheme
from extractor.exports.annotation.scheme import View
from extractor.record import RaceRecord
from extractor.review.apply import apply
from tests.unit.review.annotated.annotating import Annotator, brought
from tests.unit.review.annotated.displaced import displaced

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "review"))
from review_builders import record

WAYS: tuple[tuple[str, View], ...] = (
    ("label-studio", "spans"),
    ("doccano", "spans"),
    ("prodigy", "spans"),
    ("prodigy", "ner"),
    ("prodigy", "relations"),
)
STRANGE = (
    "🏁",
    "👩‍🚒",
    "e\u0301",
    "\r\n",
    "\r",
    "\t",
    "\u00a0",
    "\u2028",
    "𝄞",
    "</b>",
    "\u200d",
    "\x00",
    "\ufeff",
    '"',
    "\\n",
    "  ",
)
randoms = st.integers(0, 2**32).map(Random)
annotating = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def any_record(random: Random) -> RaceRecord:
    """Return a short report after some decisions, with strange characters anywhere."""
    made = Reviewer(record(), random)
    made.decide(random.randrange(8))
    base = made.reviewed.record
    places = [random.randrange(len(base.document.text)) for _ in range(random.randrange(6))]
    return displaced(base, {place: random.choice(STRANGE) for place in places})


def disturb(ana: Annotator, random: Random) -> None:
    """Do something, sensible or not."""
    text, marks = ana.record.document.text, list(ana.marks)
    start = random.randrange(len(text))
    end = min(len(text), start + random.randrange(1, 30))
    what = random.randrange(7)
    if what == 0:
        label = random.choice([*scheme.LABELS, "PILOTE"])
        ana.add(label, text[start:end])
    elif what == 1 and len(marks) > 1:
        ana.link(random.choice(marks), random.choice([*scheme.LINKS, "?"]), random.choice(marks))
    elif what == 2 and ana.links:
        ana.links.remove(random.choice(ana.links))
    elif marks:
        mark = random.choice(marks)
        if what in (3, 4):
            ana.remove(mark)
        elif what == 5:
            ana.relabel(mark, random.choice(list(scheme.LABELS)))
        else:
            ana.move(mark, start, end)


@pytest.mark.parametrize(("tool", "view"), WAYS)
@annotating
@given(random=randoms)
def test_what_nobody_changed_is_the_same_record(tool: str, view: View, random: Random) -> None:
    base = any_record(random)
    with tempfile.TemporaryDirectory() as folder:
        outcome = Annotator(base, view).brought(tool, Path(folder))
    assert outcome.reviewed.record == base
    assert not outcome.decisions
    assert not outcome.remarks


@pytest.mark.parametrize(("tool", "view"), WAYS)
@annotating
@given(random=randoms, changes=st.integers(1, 6))
def test_whatever_is_done_gives_a_whole_record_by_decisions_that_can_be_made_again(
    tool: str, view: View, random: Random, changes: int
) -> None:
    ana = Annotator(any_record(random), view)
    for _ in range(changes):
        disturb(ana, random)
    with tempfile.TemporaryDirectory() as folder:
        returned = ana.returned(tool, Path(folder))
    outcome = brought(ana.record, returned)
    after = outcome.reviewed.record
    assert RaceRecord.model_validate_json(after.to_json()) == after
    assert apply(ana.record, outcome.decisions).record == after
    assert not outcome.reviewed.stranded
    assert brought(ana.record, returned).decisions == outcome.decisions
    assert after.document == ana.record.document
    assert after.coverage == ana.record.coverage


@pytest.mark.slow
@pytest.mark.parametrize(("tool", "view"), WAYS)
def test_generated_reports_come_back_as_they_were(tool: str, view: View, tmp_path: Path) -> None:
    for number in range(6):
        base = generate_one(2026, number, noise="mixed").record
        outcome = Annotator(base, view).brought(tool, tmp_path)
        assert outcome.reviewed.record == base
        assert not outcome.decisions
        assert not outcome.remarks

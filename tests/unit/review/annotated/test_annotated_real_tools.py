"""Files that the tools themselves exported, after what we export was imported into them.

Label Studio 1.23.2: three marks were drawn with the mouse in its page, behind emoji and line breaks of two characters.
doccano 1.8.4: its own import and export, with relations and without.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.exports.annotation.task import Returned
from extractor.record import RaceRecord
from extractor.review.annotated.bringing import reader_of
from tests.unit.exports.exports_records import HOSTILE, hostile, sample
from tests.unit.review.annotated.annotating import brought
from tests.unit.review.annotated.displaced import displaced

TOOLS = Path(__file__).with_name("tools")
PREFIX = "🏁👩‍🚒 Départ à 14h\r\n\r\n\ttabulé e\u0301 <b>gras</b> & co\n 𝄞  "


def documents(tool: str, file: str) -> list[Returned]:
    found = list(reader_of(tool)(TOOLS / file))
    assert all(isinstance(one, Returned) for one in found)
    return [one for one in found if isinstance(one, Returned)]


@pytest.mark.parametrize("file", ["label-studio-1.23.json", "label-studio-1.23-min.json"])
def test_label_studio_counts_code_points_and_what_was_drawn_is_there(file: str) -> None:
    record = displaced(sample(), {0: PREFIX})
    (one,) = documents("label-studio", file)
    assert one.text == record.document.text
    outcome = brought(record, one)
    after = outcome.reviewed.record
    assert [span.text for span in after.event.evidence] == ["Départ à 14h", "Course"]
    assert [(team.name, team.mentions[0].start) for team in after.teams] == [
        ("Écurie Bleue", 77),
        ("tabulé", 22),
    ]
    assert [(r.code, r.values["text"]) for r in outcome.remarks] == [("nameless", "gras")]
    kept = after.model_copy(update={"event": record.event, "teams": record.teams})
    assert kept == record


@pytest.mark.parametrize("file", ["doccano-1.8-relations.zip", "doccano-1.8-spans.zip"])
def test_doccano_gives_back_what_it_was_given(file: str) -> None:
    records: list[RaceRecord] = [sample(), displaced(sample(), {0: PREFIX}), hostile(HOSTILE[0])]
    given = documents("doccano", file)
    assert len(given) == len(records)
    for record, one in zip(records, given, strict=True):
        outcome = brought(record, one)
        assert outcome.reviewed.record == record
        assert not outcome.decisions
        assert not outcome.remarks


def test_the_archive_says_whose_annotations_these_are() -> None:
    assert {one.annotator for one in documents("doccano", "doccano-1.8-relations.zip")} == {"lucie"}
    assert {one.annotator for one in documents("doccano", "doccano-1.8-spans.zip")} == {None}

"""What Label Studio's own library says of our tasks and interface; skipped where it is not installed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.exports import label_studio
from extractor.exports.annotation.task import Returned
from extractor.record import RaceRecord
from extractor.review.annotated.bringing import reader_of
from tests.unit.exports.exports_records import HOSTILE, hostile, sample
from tests.unit.review.annotated.annotating import Annotator, brought
from tests.unit.review.review_builders import record

interfaces = pytest.importorskip("label_studio_sdk.label_interface")
converters = pytest.importorskip("label_studio_sdk.converter")

pytestmark = pytest.mark.slow  # the library takes seconds to import

RECORDS: list[RaceRecord] = [record(), sample(), hostile(HOSTILE[0])]


@pytest.mark.parametrize("one", RECORDS, ids=["vauban", "nogaro", "hostile"])
def test_interface_task_and_prediction_are_valid(one: RaceRecord) -> None:
    interface = interfaces.LabelInterface(label_studio.interface())
    interface.validate()
    task = label_studio.task(one)
    assert interface.validate_task({"id": 1, "data": task["data"]})
    for prediction in task["predictions"]:
        assert interface.validate_prediction(prediction)


@pytest.mark.parametrize("one", RECORDS[:2], ids=["vauban", "nogaro"])
def test_its_own_json_min_comes_back_unchanged(one: RaceRecord, tmp_path: Path) -> None:
    given, out = tmp_path / "given.json", tmp_path / "out"
    given.write_text(json.dumps([Annotator(one).exported("label-studio")]), "utf-8")
    converter = converters.Converter(config=label_studio.interface(), project_dir=str(tmp_path))
    converter.convert_to_json_min(str(given), str(out), is_dir=False)
    (returned,) = reader_of("label-studio")(out / "result.json")
    assert isinstance(returned, Returned)
    assert returned.links is None
    assert brought(one, returned).reviewed.record == one

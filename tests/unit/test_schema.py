"""The schema that is published is the schema of the models."""

from __future__ import annotations

import json

from extractor.record import FORMAT
from extractor.schema import SCHEMA_FILE, schema, schema_text


def test_the_published_schema_is_that_of_the_models() -> None:
    published = SCHEMA_FILE.read_text(encoding="utf-8")
    assert published == schema_text(), "parcferme schema > extractor/schema/race-record-1.json"


def test_it_names_its_dialect_and_version() -> None:
    content = json.loads(schema_text())
    assert content == schema()
    assert content["$schema"].endswith("2020-12/schema")
    assert content["properties"]["format"]["const"] == FORMAT
    assert content["additionalProperties"] is False

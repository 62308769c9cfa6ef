"""The JSON Schema of the race record, as a versioned file and as made from the models.

The file is what others may rely on; a test holds it against the models. After a change of the models:
``parcferme schema > extractor/schema/race-record-1.json``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractor.record import RaceRecord

SCHEMA_FILE = Path(__file__).with_name("race-record-1.json")

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the models as they are now."""
    return {"$schema": _DIALECT, "$id": "urn:parcferme:race-record:1", **RaceRecord.model_json_schema()}


def schema_text() -> str:
    """Return the schema as the text of the versioned file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"

"""Schemas that tests validate against; see ``README.md``."""

from __future__ import annotations

from pathlib import Path

SCHEMAS = Path(__file__).parent

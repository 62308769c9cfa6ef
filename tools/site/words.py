"""What the pages of the site say around what the program knows of itself."""

from __future__ import annotations

import tomllib
from pathlib import Path

WORDS: dict[str, str] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))

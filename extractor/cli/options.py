"""Options that every command has. Both are read before all others, in :mod:`extractor.cli.main`."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated

import typer


class Language(StrEnum):
    """Languages of the messages."""

    FR = "fr"
    EN = "en"


Lang = Annotated[Language | None, typer.Option("--lang", help="help.option.lang")]
Debug = Annotated[bool, typer.Option("--debug", help="help.option.debug")]


def number(value: float | None) -> float | None:
    """Refuse ``nan``, which lies within any limits."""
    if value is not None and math.isnan(value):
        raise typer.BadParameter(str(value))
    return value

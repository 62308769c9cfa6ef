"""``parcferme import``: what annotators changed in their tools comes back into records or the review desk."""

from __future__ import annotations

import os
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli import options
from extractor.errors import UsageError


class Tool(StrEnum):
    """Whose files are read; the names are those of the exports."""

    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    PRODIGY = "prodigy"


def bring(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="help.import.files")],
    tool: Annotated[Tool, typer.Option("--from", help="help.import.from")],
    records: Annotated[list[str] | None, typer.Option("--records", help="help.import.records")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.import.out")] = None,
    database: Annotated[str | None, typer.Option("--db", help="help.import.db")] = None,
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="help.import.reviewer")] = None,
    log: Annotated[Path | None, typer.Option("--log", help="help.import.log")] = None,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> int:
    """Bring annotations back."""
    to_records = records is not None and out is not None
    if to_records == (database is not None) or (records is None) != (out is None):
        raise UsageError("import_where")
    if database is not None and any(find_spec(name) is None for name in ("sqlalchemy", "alembic")):
        raise UsageError("needs_app")
    from extractor.cli.bringing import Import

    work = Import(files=tuple(files), tool=tool.value, reviewer=reviewer, log=log, messages=ctx.obj)
    if out is not None:
        return work.into_records(list(records or ()), out)
    return work.into_store(database or os.environ.get("PARCFERME_DB"))

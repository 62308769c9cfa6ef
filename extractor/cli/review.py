"""``parcferme review``: the review desk, with what is to be reviewed."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli import options
from extractor.errors import InputError, UsageError
from extractor.messages import Messages

_PORT = 8501
_ADDRESS = "127.0.0.1"
_NEEDED = ("streamlit", "sqlalchemy", "alembic", "altair", "pandas")


def review(
    ctx: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(help="help.review.paths")] = None,
    database: Annotated[str | None, typer.Option("--db", help="help.review.db")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="help.review.port")] = _PORT,
    address: Annotated[str, typer.Option("--address", help="help.review.address")] = _ADDRESS,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="help.review.no_browser")] = False,
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="help.review.reviewer")] = None,
    model: Annotated[str | None, typer.Option("--model", help="help.review.model")] = None,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> int:
    """Open the review desk."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError("needs_app", missing=", ".join(missing))
    for path in paths or []:
        if not _may_exist(path):
            raise InputError("not_found", source=path)

    from extractor.cli.reviewing import Desk

    messages: Messages = ctx.obj
    desk = Desk(
        database=database or os.environ.get("PARCFERME_DB") or None,
        address=address,
        port=port,
        reviewer=reviewer,
        model=model,
        browser=not no_browser,
        messages=messages,
    )
    return desk.run(tuple(paths or ()))


def _may_exist(path: str) -> bool:
    """Say whether something has this name, or it is a pattern, which is looked for later."""
    try:
        return any(sign in path for sign in "*?[") or Path(path).exists()
    except (OSError, ValueError):
        return False

"""``parcferme extract``: reports in, records out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli import options
from extractor.messages import Messages
from extractor.readers.read import MAX_BYTES


class Format(StrEnum):
    """How records are written."""

    JSON = "json"
    JSONL = "jsonl"
    TABLE = "table"
    HTML = "html"


def extract(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(help="help.extract.paths")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.extract.out")] = None,
    fmt: Annotated[Format, typer.Option("--format", help="help.extract.format", show_default=False)] = (
        Format.JSON
    ),
    max_bytes: Annotated[
        int, typer.Option("--max-bytes", min=1, help="help.extract.max_bytes", show_default=False)
    ] = MAX_BYTES,
    encoding: Annotated[str | None, typer.Option("--encoding", help="help.extract.encoding")] = None,
    _lang: options.Lang = None,
    debug: options.Debug = False,
) -> int:
    """Read reports and write records."""
    from extractor.cli.extraction import Extraction

    messages: Messages = ctx.obj
    debug = debug or bool(ctx.parent and ctx.parent.params.get("_debug"))
    extraction = Extraction(
        fmt=fmt.value, out=out, max_bytes=max_bytes, encoding=encoding, messages=messages, debug=debug
    )
    return extraction.run(paths)

"""``parcferme show``: a record in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from extractor.cli import options, terminal
from extractor.messages import Messages


def show(
    ctx: typer.Context,
    record: Annotated[str, typer.Argument(help="help.show.record")],
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> None:
    """Show one record, or one after the other."""
    from extractor.cli.paths import record_path
    from extractor.exports.table import render_table
    from extractor.records_io import read_records

    messages: Messages = ctx.obj
    console = terminal.output_console()
    for _name, one in read_records(record_path(record)):
        render_table(one, console, messages.language)

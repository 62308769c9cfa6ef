"""``parcferme export``: records in the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from extractor.cli import options
from extractor.cli.help import Command
from extractor.exports.formats import FORMATS, checked_settings, format_named
from extractor.messages import Messages


class ExportCommand(Command):
    """The command, whose help lists the formats."""

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """Write what formats there are."""
        with formatter.section(self.messages("export.formats")):
            formatter.write_dl(format_rows(self.messages))


def format_rows(messages: Messages) -> list[tuple[str, str]]:
    """Return every format's name, what it is, and what may be set."""
    rows = []
    for name, one in FORMATS.items():
        told = [messages(f"export.format.{name}")]
        if one.extra:
            told.append(messages("export.brought_by", extra=one.extra))
        for setting, choices in one.settings.items():
            what = messages(f"export.setting.{name}.{setting}")
            told.append(f"--set {setting}={'|'.join(choices) or '…'}: {what}")
        rows.append((name, " ".join(told)))
    return rows


def _list(ctx: typer.Context, wanted: bool) -> None:
    """Print the formats and leave."""
    if wanted:
        messages = ctx.obj
        for name, what in format_rows(messages):
            typer.echo(f"{name:<16} {what}")
        raise typer.Exit


def export(
    ctx: typer.Context,
    records: Annotated[list[str], typer.Argument(help="help.export.records")],
    to: Annotated[str, typer.Option("--to", help="help.export.to")],
    out: Annotated[str, typer.Option("--out", "-o", help="help.export.out")],
    settings: Annotated[list[str] | None, typer.Option("--set", help="help.export.set")] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            "--min-confidence", min=0.0, max=1.0, callback=options.number, help="help.extract.min_confidence"
        ),
    ] = None,
    authority: Annotated[Path | None, typer.Option("--authority", help="help.export.authority")] = None,
    _list_them: Annotated[
        bool, typer.Option("--list", help="help.export.list", callback=_list, is_eager=True)
    ] = False,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> int:
    """Write records in another format."""
    wanted = format_named(to)
    chosen = checked_settings(wanted, settings or ())  # before anything heavy is imported
    from extractor.cli.exporting import Export

    return Export(
        wanted=wanted,
        out=None if out == "-" else Path(out),
        settings=chosen,
        min_confidence=min_confidence,
        messages=ctx.obj,
        authority=authority,
    ).run(records)

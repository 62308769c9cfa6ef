"""``parcferme authority``: drivers and teams linked over a whole archive, and to a user's own list."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import options, terminal
from extractor.cli.help import Command, Group
from extractor.errors import ExitCode, OutputError, UsageError
from extractor.messages import Messages

if TYPE_CHECKING:
    from extractor.authority.decisions import AuthorityDecision
    from extractor.authority.file import AuthorityFile
    from extractor.cli.authority_records import Records

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)

FILE = Path("authority.db")


class Form(StrEnum):
    """What an authority file is exported to."""

    CSV = "csv"
    APPEARANCES = "appearances"
    JSONL = "jsonl"
    SKOS = "skos"
    RECORDS = "records"


_File = Annotated[Path, typer.Option("--file", "-f", help="help.authority.file", show_default=False)]
_Database = Annotated[str | None, typer.Option("--db", help="help.authority.db")]


@app.callback()
def authority() -> None:
    """Group the commands about who is who."""


@app.command("build", cls=Command)
def build(
    ctx: typer.Context,
    records: Annotated[list[str] | None, typer.Argument(help="help.authority.build.records")] = None,
    file: _File = FILE,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="help.authority.build.decisions")
    ] = None,
    database: _Database = None,
    automatic: Annotated[
        float | None,
        typer.Option(
            "--automatic", min=0.5, max=1.0, callback=options.number, help="help.authority.build.automatic"
        ),
    ] = None,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> int:
    """Link drivers and teams over an archive."""
    from extractor.authority.build import build as build_file
    from extractor.cli.authority_records import Records

    messages: Messages = ctx.obj
    database = database or os.environ.get("PARCFERME_DB") or None
    if not records and database is None:
        raise UsageError("authority_no_records")
    read = Records(messages, tuple(records or ()), None if records else database)
    made = _decisions(decisions, database)
    with terminal.counted(messages("authority.progress")) as advance:
        built = build_file(read.all(advance), file, decisions=made, automatic=automatic)
    _publish(file, database)
    for kind in ("driver", "team"):
        typer.echo(
            messages(
                f"authority.built.{kind}",
                appearances=built.appearances[kind],
                entities=built.entities[kind],
            )
        )
    typer.echo(
        messages(
            "authority.built.summary",
            documents=built.documents,
            repeated=built.repeated,
            doubtful=built.candidates,
            decided=built.decided,
            file=file,
        )
    )
    if built.overruled or built.unknown:
        terminal.say(messages("authority.unheeded", overruled=built.overruled, unknown=built.unknown))
    return _status(read, built.documents + built.repeated)


@app.command("match", cls=Command)
def match(
    ctx: typer.Context,
    listed: Annotated[Path, typer.Argument(help="help.authority.match.listed")],
    file: _File = FILE,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.authority.match.out")] = None,
    database: _Database = None,
    automatic: Annotated[
        float,
        typer.Option(
            "--automatic",
            min=0.5,
            max=1.0,
            callback=options.number,
            help="help.authority.match.automatic",
            show_default=False,
        ),
    ] = 0.9,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> int:
    """Find who stands on a list of one's own."""
    from extractor.authority.listing import Entry, read_list
    from extractor.authority.match import match as match_list

    messages: Messages = ctx.obj
    entries: list[Entry] = []
    bad = 0
    for one in read_list(listed):
        if isinstance(one, Entry):
            entries.append(one)
        else:
            bad += 1
            terminal.say_error(one, messages)
    matched = match_list(file, entries, automatic=automatic)
    if out is not None:
        _write_matches(file, out, messages.language)
    _publish(file, database or os.environ.get("PARCFERME_DB") or None)
    typer.echo(
        messages(
            "authority.matched",
            entries=matched.entries,
            entities=matched.entities,
            proposed=matched.proposed,
            candidates=matched.candidates,
            decided=matched.decided,
            bad=bad,
        )
    )
    return ExitCode.PARTIAL if bad and entries else ExitCode.INPUT if bad else ExitCode.OK


@app.command("report", cls=Command)
def report(
    ctx: typer.Context,
    file: _File = FILE,
    gold: Annotated[Path | None, typer.Option("--gold", help="help.authority.report.gold")] = None,
    doubtful: Annotated[
        int, typer.Option("--doubtful", min=0, help="help.authority.report.doubtful", show_default=False)
    ] = 10,
    json_out: Annotated[Path | None, typer.Option("--json", help="help.authority.report.json")] = None,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> None:
    """Say what was linked, what is doubtful, and how right it is."""
    from extractor.authority.file import AuthorityFile
    from extractor.authority.report import report_on
    from extractor.cli.authority_report import doubtful_lines, lines

    messages: Messages = ctx.obj
    with AuthorityFile.open(file) as opened:
        found = report_on(opened, gold)
        for line in (*lines(found, messages), *doubtful_lines(opened, doubtful, messages)):
            typer.echo(line)
    if json_out is not None:
        _write(json_out, json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n")


@app.command("export", cls=Command)
def export(
    ctx: typer.Context,
    to: Annotated[Form, typer.Option("--to", help="help.authority.export.to")],
    out: Annotated[Path, typer.Option("--out", "-o", help="help.authority.export.out")],
    file: _File = FILE,
    records: Annotated[
        list[str] | None, typer.Option("--records", help="help.authority.export.records")
    ] = None,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> int:
    """Write the authority file in a form that others take."""
    from extractor.authority.exporting import export as export_file
    from extractor.authority.file import AuthorityFile
    from extractor.cli.authority_records import Records

    messages: Messages = ctx.obj
    if (to == Form.RECORDS) != bool(records):
        raise UsageError("authority_needs_records")
    read = Records(messages, tuple(records or ()), None)
    with AuthorityFile.open(file) as opened:
        done = export_file(opened, to.value, out, language=messages.language, records=read.all())
    typer.echo(messages("authority.exported", done=done, out=out))
    return _status(read, 1)


def _status(read: Records, done: int) -> ExitCode:
    if not read.failed:
        return ExitCode.OK
    return ExitCode.PARTIAL if done else ExitCode.INPUT


def _decisions(path: Path | None, database: str | None) -> list[AuthorityDecision]:
    """Return the decisions of a file and of the review desk, each once, in the order they were made."""
    from extractor.authority.decisions import read_decisions

    made = {one.id: one for one in (read_decisions(path) if path is not None else ())}
    if database is not None:
        from extractor.cli.authority_records import open_store

        with open_store(database) as store:
            made |= {one.id: one for one in store.authority_decisions()}
    return sorted(made.values(), key=lambda one: one.at)


def _publish(file: Path, database: str | None) -> None:
    """Give the review desk what there is to decide."""
    if database is None:
        return
    from extractor.authority.file import AuthorityFile
    from extractor.authority.questions import questions_of
    from extractor.cli.authority_records import open_store

    with AuthorityFile.open(file) as opened, open_store(database) as store:
        store.ask_authority(questions_of(opened))


def _write_matches(file: Path, out: Path, language: str) -> None:
    from extractor.authority.file import AuthorityFile
    from extractor.exports.spreadsheet import table_csv

    head = ("id", "kind", "name", "identifier", "entry", "probability", "status")
    with AuthorityFile.open(file) as opened:
        _write(out, table_csv(head, _matches(opened), language))


def _matches(file: AuthorityFile) -> Iterator[tuple[str | float | None, ...]]:
    yield from file.db.execute(
        "SELECT e.id, e.kind, e.name, i.identifier, i.name, ROUND(i.probability, 4), i.status "
        "FROM identifier i JOIN entity e ON e.id = i.entity ORDER BY e.id, i.probability DESC, i.identifier"
    )


def _write(path: Path, content: str | bytes) -> None:
    from tempfile import NamedTemporaryFile

    packed = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            stream.write(packed)
        Path(stream.name).chmod(0o644)
        Path(stream.name).replace(path)
    except OSError as error:
        raise OutputError("cannot_write", source=str(path), reason=error.strerror or str(error)) from error

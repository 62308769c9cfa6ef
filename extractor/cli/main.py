"""Entry point of the command ``parcferme``: options in, exit status out."""

from __future__ import annotations

import gc
import signal
import sys
import traceback
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated

import typer

import extractor
from extractor.cli import (
    authority,
    bring,
    corpus,
    evaluate,
    export,
    extract,
    options,
    pretrain,
    review,
    schema,
    show,
    terminal,
    train,
)
from extractor.cli.help import Command, Group, speaking
from extractor.cli.usage import usage_line
from extractor.errors import ExitCode, InternalError, ParcFermeError, fault
from extractor.messages import LANGUAGES, Messages, preferred_language

PROGRAM = "parcferme"
_YOUNG_OBJECTS = 10_000  # before the collector looks at them; as many as while a text is read

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract", cls=Command)(extract.extract)
app.command("show", cls=Command)(show.show)
app.command("export", cls=export.ExportCommand)(export.export)
app.command("import", cls=Command)(bring.bring)
app.command("review", cls=Command)(review.review)
app.command("evaluate", cls=Command)(evaluate.evaluate)
app.command("train", cls=Command)(train.train)
app.command("pretrain", cls=Command)(pretrain.pretrain)
app.command("schema", cls=Command)(schema.schema)
app.add_typer(authority.app, name="authority")
app.add_typer(corpus.app, name="corpus")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"parcferme {extractor.__version__}")
        raise typer.Exit


@app.callback()
def parcferme(
    _version: Annotated[
        bool,
        typer.Option("--version", help="help.option.version", callback=_print_version, is_eager=True),
    ] = False,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> None:
    """Read French race reports."""


def run() -> None:
    """Run the command line and leave with its exit status."""
    # A polite request to stop is to leave no partial file either.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    # What a command imports and sets out is no garbage while it runs. Looking through it all the time costs a
    # short command a twentieth of its time, and taking it apart at the end a tenth.
    gc.set_threshold(_YOUNG_OBJECTS)
    status = main()
    gc.freeze()
    sys.exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: What follows the program's name; ``sys.argv`` where ``None``.

    Returns:
        The exit status, one of :class:`~extractor.errors.ExitCode`.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    terminal.speak_utf8()
    messages = Messages(_language(arguments))
    try:
        status = speaking(app, messages).main(
            args=arguments, prog_name=PROGRAM, standalone_mode=False, obj=messages
        )
    except typer.TyperException as error:
        terminal.say(usage_line(error, messages))
        return ExitCode.USAGE
    except ParcFermeError as error:
        terminal.say_error(error, messages)
        return error.exit_code
    except typer.Abort:
        return ExitCode.INTERRUPTED
    except Exception as error:
        if "--debug" in arguments:
            traceback.print_exc()
        terminal.say_error(InternalError("internal_fault", fault=fault(error)), messages)
        return ExitCode.INTERNAL
    if status == ExitCode.INTERRUPTED:
        terminal.say(messages("extract.interrupted"))
    return status if isinstance(status, int) else ExitCode.OK


def _language(arguments: list[str]) -> str:
    """Return the language of the messages, which must be known before the options are read."""
    wanted = preferred_language()
    for option, following in pairwise([*arguments, ""]):
        if option == "--":
            break
        if option == "--lang" and following in LANGUAGES:
            wanted = following
        elif option.startswith("--lang=") and option.removeprefix("--lang=") in LANGUAGES:
            wanted = option.removeprefix("--lang=")
    return wanted

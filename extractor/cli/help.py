"""Help in the user's language.

Typer's own words are English. The commands therefore declare keys of the message catalogue as their
help, and :func:`speaking` puts the sentences in their place.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from extractor.cli import terminal
from extractor.cli.usage import choices_of
from extractor.errors import ExitCode, OutputError
from extractor.messages import Messages


class _Speaking:
    """Help in the user's language. Mixed into Typer's command and group."""

    messages: Messages
    get_params: Callable[[Any], list[Any]]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=self.messages("help.usage") + " ")

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        arguments = [p.metavar for p in self.get_params(ctx) if p.param_type_name == "argument"]
        return [self.messages("help.options_metavar"), *arguments]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        for kind in ("argument", "option"):
            parameters = [p for p in self.get_params(ctx) if p.param_type_name == kind]
            if parameters:
                with formatter.section(self.messages(f"help.{kind}s")):
                    formatter.write_dl([(_form(parameter), parameter.help) for parameter in parameters])
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the subcommands; a plain command has none."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = self.messages("help.option.help")
        return option


class Command(_Speaking, TyperCommand):
    """A command with its help in the user's language."""


class Group(_Speaking, TyperGroup):
    """The program: its commands, and a watch over its output."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the usage line's parts, the command among them."""
        return [*super().collect_usage_pieces(ctx), self.messages("help.command_metavar")]

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Typer's signature
        """Write what commands there are."""
        with formatter.section(self.messages("help.commands")):
            formatter.write_dl([(name, command.help or "") for name, command in self.commands.items()])

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Read the options; help and version are printed here."""
        with _output_guarded():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        with _output_guarded():
            status = super().invoke(ctx)
            sys.stdout.flush()
            return status


@contextmanager
def _output_guarded() -> Iterator[None]:
    """Leave quietly where the reader of our output has left, and say so where it cannot be written."""
    try:
        yield
    except BrokenPipeError as error:
        terminal.silence_output()
        raise typer.Exit(ExitCode.BROKEN_PIPE) from error
    except OSError as error:
        terminal.silence_output()
        raise OutputError("cannot_write", source="stdout", reason=error.strerror or str(error)) from error


def speaking(app: typer.Typer, messages: Messages) -> Group:
    """Return the commands, speaking the language of the messages."""
    group = get_command(app)
    assert isinstance(group, Group)
    group.help, group.epilog = messages("help.root"), messages("help.exit_codes")
    _translate(group, messages)
    _translate_commands(group, messages, "help")
    return group


def _translate_commands(group: Any, messages: Messages, prefix: str) -> None:
    for name, command in group.commands.items():
        key = f"{prefix}.{name}"
        command.help = messages(f"{key}.summary")
        exit_codes = messages("help.exit_codes")
        epilog = f"{key}.epilog"
        command.epilog = f"{messages(epilog)}\n\n{exit_codes}" if epilog in messages else exit_codes
        _translate(command, messages)
        if isinstance(command, Group):
            _translate_commands(command, messages, key)


def _translate(command: Any, messages: Messages) -> None:
    command.messages = messages
    for parameter in command.params:
        own_words = f"help.option.{parameter.name}"  # of the options that Typer adds
        key = own_words if own_words in messages else parameter.help
        parameter.help = messages(key)
        if f"{key}_metavar" in messages:
            parameter.metavar = messages(f"{key}_metavar")


def _form(parameter: Any) -> str:
    """Return how a parameter is written on the command line."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    value = "|".join(choices_of(parameter)) or parameter.metavar or ""
    return f"{', '.join(sorted(parameter.opts, key=len))} {value}".rstrip()

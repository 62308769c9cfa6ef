"""What Typer says about a command written wrongly, in the user's language.

Typer's exceptions are told apart by the name of their class, the classes being private.
"""

from __future__ import annotations

import re
from typing import Any

import typer

from extractor.messages import Messages


def usage_line(error: typer.TyperException, messages: Messages) -> str:
    """Return one line that says how the command was called wrongly; the help where nothing was asked."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.format_message()
    line = messages("usage.line", error=_cause(error, messages))
    command = context.command_path if context is not None else "parcferme"
    return messages("usage.see_help", line=line, command=command)


def _cause(error: typer.TyperException, messages: Messages) -> str:
    parameter = getattr(error, "param", None)
    name = _name(parameter, error)
    match type(error).__name__:
        case "NoSuchOption":
            return messages("usage.no_such_option", name=name)
        case "BadOptionUsage":
            return messages("usage.option_value", name=name)
        case "MissingParameter":
            return messages("usage.missing", name=name)
        case "BadParameter" if choices := choices_of(parameter):
            return messages("usage.choices", name=name, choices=", ".join(choices))
        case "BadParameter":
            return messages("usage.value", name=name)
    return _unnamed_cause(error, messages)


def _unnamed_cause(error: typer.TyperException, messages: Messages) -> str:
    """Say what Typer raises as a mere usage error, known by its first words."""
    said = " ".join(error.format_message().split())
    if said.startswith("Missing command"):
        return messages("usage.missing_command")
    if said.startswith("No such command"):
        wrong, *similar = re.findall(r"'([^']*)'", said) or [""]
        cause = messages("usage.no_such_command", name=wrong)
        return messages("usage.did_you_mean", cause=cause, name=similar[0]) if similar else cause
    if said.startswith("Got unexpected extra argument"):
        return messages("usage.extra")
    return messages("usage.other", message=said)


def _name(parameter: Any, error: typer.TyperException) -> str:
    if parameter is None:
        return str(getattr(error, "option_name", ""))
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    return str(max(parameter.opts, key=len))


def choices_of(parameter: Any) -> list[str]:
    """Return the values that a parameter may have, where they are few."""
    choices = getattr(getattr(parameter, "type_descriptor", None), "choices", None) or ()
    return [str(getattr(choice, "value", choice)) for choice in choices]

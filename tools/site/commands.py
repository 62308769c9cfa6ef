"""The commands and their options, from the command line itself, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.cli.help import speaking
from extractor.cli.main import PROGRAM, app
from extractor.errors import ExitCode
from extractor.messages import Messages

_TITLES = {"fr": "Commandes", "en": "Commands"}
_COLUMNS = {"fr": ("argument ou option", "sens"), "en": ("argument or option", "meaning")}
_CODES = {"fr": ("Codes de sortie", "code", "nom"), "en": ("Exit codes", "code", "name")}


def page(language: str) -> str:
    """Return the reference of all commands in Markdown."""
    lines = [f"# {_TITLES[language]}", ""]
    for name, command in _commands(speaking(app, Messages(language)), PROGRAM):
        lines += [f"## {name}", "", _text(command.help or ""), "", *_parameters(command, language), ""]
    title, *head = _CODES[language]
    lines += [f"## {title}", "", *_table(head, [(str(int(code)), code.name.lower()) for code in ExitCode])]
    return "\n".join(lines) + "\n"


def _commands(group: Any, name: str) -> Iterator[tuple[str, Any]]:
    for word, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def _parameters(command: Any, language: str) -> list[str]:
    rows = []
    for parameter in command.params:
        if getattr(parameter, "hidden", False):
            continue
        is_argument = parameter.param_type_name == "argument"
        names = [parameter.metavar or parameter.name] if is_argument else [*parameter.opts]
        rows.append((", ".join(f"`{name}`" for name in names), _text(parameter.help or "")))
    return _table(_COLUMNS[language], rows)


def _table(head: Any, rows: list[tuple[str, str]]) -> list[str]:
    return [f"| {head[0]} | {head[1]} |", "|---|---|", *(f"| {left} | {right} |" for left, right in rows)]


def _text(words: str) -> str:
    """Return words on one line, with nothing in them that Markdown would take for a mark of its own."""
    line = " ".join(words.split())
    return "".join(f"\\{mark}" if mark in "|*_<>[]`" else mark for mark in line)

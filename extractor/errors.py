"""The errors that a user may meet, each with a stable code and an exit status.

An error carries its code and what it is about; the sentences for it, cause and remedy, are in
:mod:`extractor.messages`, in French and in English. Whatever is the user's to mend is an
:class:`InputError`, :class:`OutputError`, :class:`ModelError` or :class:`UsageError`. An
:class:`InternalError` is ours, and is never shown as theirs.

    >>> error = InputError("empty_file", source="nogaro.txt")
    >>> error.in_language("en")
    'nogaro.txt: the file is empty — give a file that contains a report'
"""

from __future__ import annotations

from enum import IntEnum

from extractor.messages import DEFAULT_LANGUAGE, Messages

_LONGEST_FAULT = 160


class ExitCode(IntEnum):
    """Exit statuses of the command line; the README explains them to the user."""

    OK = 0
    PARTIAL = 1
    USAGE = 2
    INPUT = 3
    OUTPUT = 4
    MODEL = 5
    ENGINE = 6
    INTERNAL = 70
    INTERRUPTED = 130
    BROKEN_PIPE = 141


class ParcFermeError(Exception):
    """Base of all errors that the project raises on purpose.

    Attributes:
        code: Stable machine-readable code, such as ``empty_file``.
        source: What the error is about (a path, ``-`` for standard input), or ``None``.
        parameters: What fills the placeholders of the sentences.
        exit_code: Exit status of the command line when this error ends it.
    """

    exit_code = ExitCode.PARTIAL

    def __init__(self, code: str, /, *, source: str | None = None, **parameters: object) -> None:
        super().__init__(code)
        self.code = code
        self.source = source
        self.parameters = parameters

    def __str__(self) -> str:
        return self.in_language(DEFAULT_LANGUAGE)

    def in_language(self, language: str) -> str:
        """Return one line: source, cause, remedy.

        Args:
            language: ``fr`` or ``en``.
        """
        messages = Messages(language)
        if f"error.{self.code}.cause" not in messages:  # an error must never hide behind another
            return _one_line(f"{self.source}: {self.code} {self.parameters or ''}")
        values = {name: _one_line(str(value)) for name, value in self.parameters.items()}
        line = messages(f"error.{self.code}.cause", **values)
        if self.source is not None:
            line = messages("error.about", source=_one_line(self.source), cause=line)
        if f"error.{self.code}.remedy" in messages:
            remedy = messages(f"error.{self.code}.remedy", **values)
            line = messages("error.with_remedy", line=line, remedy=remedy)
        return line


class UsageError(ParcFermeError):
    """The command was called in a way that makes no sense."""

    exit_code = ExitCode.USAGE


class InputError(ParcFermeError):
    """A file or text that cannot be read as what it should be."""

    exit_code = ExitCode.INPUT


class RecordError(InputError):
    """A record that is malformed, breaks an invariant or has another format version."""


class OutputError(ParcFermeError):
    """The result could not be written."""

    exit_code = ExitCode.OUTPUT


class ModelError(ParcFermeError):
    """A model that is damaged, incomplete, or not of a kind that this program runs."""

    exit_code = ExitCode.MODEL


class EngineError(ParcFermeError):
    """What was to do the work, such as a cluster, cannot be reached, is unfit for it or gone."""

    exit_code = ExitCode.ENGINE


class InternalError(ParcFermeError):
    """A fault of this program, whatever the file: something raised what it should not have."""

    exit_code = ExitCode.INTERNAL


def fault(error: BaseException) -> str:
    """Return what an unexpected exception says of itself, cut to a line's length."""
    said = str(error).strip()
    first_line = said.splitlines()[0] if said else ""
    return f"{type(error).__name__}: {first_line}"[:_LONGEST_FAULT].rstrip(": ")


def _one_line(text: str) -> str:
    """Return the text with everything that would break the line, or the terminal, spelt out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)

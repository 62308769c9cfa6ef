"""The errors that a user may meet, each with a stable code and an exit code.

Whatever is the user's to mend is an :class:`InputError` or a :class:`UsageError`; everything else is
ours, and is never shown as theirs.
"""

from __future__ import annotations


class ParcFermeError(Exception):
    """Base of all errors that the project raises on purpose.

    Attributes:
        code: Stable machine-readable code, such as ``empty_file``.
        source: What the error is about (a path, ``-`` for standard input), or ``None``.
        remedy: What the user can do about it, or ``None``.
        exit_code: Exit status of the command line when this error ends it.
    """

    exit_code = 1

    def __init__(
        self, message: str, *, code: str, source: str | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.source = source
        self.remedy = remedy

    def __str__(self) -> str:
        """Return one line: source, cause, remedy."""
        parts = [f"{self.source} : " if self.source else "", self.message]
        if self.remedy:
            parts.append(f" — {self.remedy}")
        return "".join(parts)


class UsageError(ParcFermeError):
    """The command was called in a way that makes no sense (exit code 2)."""

    exit_code = 2


class InputError(ParcFermeError):
    """A file or text that cannot be read as what it should be (exit code 3)."""

    exit_code = 3


class RecordError(InputError):
    """A record that is malformed, breaks an invariant or has another format version."""


class OutputError(ParcFermeError):
    """The result could not be written (exit code 4)."""

    exit_code = 4

"""What is wrong, or looks wrong, in a report file. The sentences are in :mod:`extractor.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractor.messages import Messages


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that an author is to look at.

    Attributes:
        code: Stable code; ``corpus.problem.CODE`` is its sentence.
        line: Line of the report file, from 1; ``None`` where the whole file is meant.
        parameters: What fills the placeholders of the sentence.
        doubt: The file compiles, but something looks like a slip; ``accept CODE: reason`` settles it.
    """

    code: str
    line: int | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    doubt: bool = False

    def told(self, messages: Messages) -> str:
        """Return the sentence, with line and code."""
        where = messages("corpus.problem.line", line=self.line) if self.line else ""
        kind = messages("corpus.problem.doubt" if self.doubt else "corpus.problem.error")
        return f"{where}{kind}{messages(f'corpus.problem.{self.code}', **self.parameters)} [{self.code}]"


class MarkupError(ValueError):
    """A mark or a fact that cannot be understood."""

    def __init__(self, code: str, /, line: int | None = None, **parameters: object) -> None:
        super().__init__(code, parameters)
        self.problem = Problem(code, line, parameters)

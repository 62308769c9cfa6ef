"""Report files: metadata, marked text and facts, parted by lines of ``+++``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from extractor.corpus.compile import compile_draft
from extractor.corpus.draft import Draft
from extractor.corpus.facts import read_facts
from extractor.corpus.markup import read_marks
from extractor.corpus.metadata import Metadata
from extractor.corpus.noise import degraded
from extractor.corpus.problems import MarkupError, Problem
from extractor.record import RaceRecord

SUFFIX = ".report"
_FENCE = "+++"


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the corpus.

    Attributes:
        name: Identifier of the document: the file's name without its ending.
        path: The report file.
        metadata: What the manifest says of it.
        draft: Its text and facts as its readers see them, noise included.
        record: The gold record.
    """

    name: str
    path: Path
    metadata: Metadata
    draft: Draft
    record: RaceRecord


class ReportError(ValueError):
    """A report file that cannot be compiled, with all that is wrong in it."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        super().__init__(path, problems)
        self.path, self.problems = path, problems


def read_report(path: Path, *, noise: bool = True) -> Report:
    """Read and compile one report file.

    Args:
        path: The file.
        noise: Whether its text is degraded as its metadata say.

    Raises:
        ReportError: It cannot be compiled.
        OSError: It cannot be read.
    """
    try:
        return compile_report(path, path.read_bytes().decode("utf-8"), noise=noise)
    except UnicodeDecodeError as error:
        raise ReportError(path, [Problem("not_utf8", None, {"position": error.start})]) from error
    except MarkupError as error:
        raise ReportError(path, [error.problem]) from error


def compile_report(path: Path, source: str, *, noise: bool = True) -> Report:
    """Compile the source of one report file; see :func:`read_report`."""
    parts, starts = _parts(source)
    metadata = _metadata(parts[0])
    marked = read_marks(parts[1].strip("\n"), starts[1] + _blank_lines(parts[1]))
    draft, problems = read_facts(parts[2], marked, starts[2])
    if problems:
        raise ReportError(path, problems)
    name = path.name.removesuffix(SUFFIX)
    if noise:
        draft = degraded(draft, metadata.noise, seed=name)
    return Report(name, path, metadata, draft, compile_draft(draft, name, published_on=metadata.published_on))


def _parts(source: str) -> tuple[list[str], list[int]]:
    parts: list[list[str]] = [[]]
    starts = [1]
    for number, line in enumerate(source.replace("\r\n", "\n").split("\n"), 1):
        if line.rstrip() == _FENCE:
            parts.append([])
            starts.append(number + 1)
        else:
            parts[-1].append(line)
    if starts[1:2] == [2] and not parts[0]:  # a fence before the metadata, too
        parts, starts = parts[1:], starts[1:]
    if len(parts) != 3:
        raise MarkupError("not_three_parts", parts=len(parts))
    return ["\n".join(part) for part in parts], starts


def _blank_lines(part: str) -> int:
    return len(part) - len(part.lstrip("\n"))


def _metadata(part: str) -> Metadata:
    try:
        return Metadata.model_validate(tomllib.loads(part))
    except tomllib.TOMLDecodeError as error:
        raise MarkupError("bad_metadata", reason=str(error)) from error
    except ValidationError as error:
        reasons = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise MarkupError("bad_metadata", reason="; ".join(reasons)) from error

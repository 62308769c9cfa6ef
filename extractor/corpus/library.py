"""The corpus as a folder: ``texts/SPLIT/*.report``, and all of its reports with their gold records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from extractor.corpus.check import problems_of
from extractor.corpus.metadata import SPLITS, Split
from extractor.corpus.problems import Problem
from extractor.corpus.report import SUFFIX, Report, ReportError, read_report
from extractor.errors import InputError
from extractor.lexicon.words import names

TEXTS = "texts"


def report_files(paths: Iterable[Path]) -> list[Path]:
    """Return the report files that are named or lie in the folders named, in order.

    Raises:
        InputError: A path does not exist, or no report file lies there.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(path.rglob(f"*{SUFFIX}"))
        elif path.exists():
            files.append(path)
        else:
            raise InputError("not_found", source=str(path))
    if not files:
        raise InputError("no_reports", source=", ".join(map(str, paths)), suffix=SUFFIX)
    return files


def check_reports(files: Sequence[Path]) -> Iterator[tuple[Path, list[Problem]]]:
    """Yield every report file with what is wrong or doubtful in it, on the text as its author wrote it."""
    first_names = names("first_names")
    for path in files:
        try:
            yield path, problems_of(read_report(path, noise=False), first_names)
        except ReportError as error:
            yield path, error.problems


def load_split(corpus: Path, split: Split) -> list[Report]:
    """Return the reports of one split with their gold records, in the order of their names.

    Args:
        corpus: The corpus's folder.
        split: Which of its splits.

    Raises:
        InputError: The folder holds no reports of that split, or one does not compile.
    """
    folder = corpus / TEXTS / split
    if not folder.is_dir():
        raise InputError("not_found", source=str(folder))
    reports = []
    for path in report_files([folder]):
        try:
            reports.append(read_report(path))
        except ReportError as error:
            code = error.problems[0].code
            raise InputError("bad_report", source=str(path), problem=code) from error
    return reports


def load_corpus(corpus: Path) -> dict[Split, list[Report]]:
    """Return all splits of the corpus that are there."""
    return {split: load_split(corpus, split) for split in SPLITS if (corpus / TEXTS / split).is_dir()}

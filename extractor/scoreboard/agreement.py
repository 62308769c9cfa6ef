"""How far two annotators agree: the same reports read twice, the second time without sight of the first.

The first reading stands for gold and the second for predicted, so F1 is symmetric, and precision and recall
say which of the two found more. Both readings are kept as they were before anything was settled.
"""

from __future__ import annotations

from pathlib import Path

from extractor.corpus.library import report_files
from extractor.corpus.report import ReportError, read_report
from extractor.errors import InputError
from extractor.record import RaceRecord
from extractor.scoring.document import KINDS
from extractor.scoring.report import Report, score_records

AGREEMENT = "agreement"
BEGIN, END = "<!-- agreement: begin -->", "<!-- agreement: end -->"


def agreement(folder: Path) -> Report:
    """Return the second reading of every report of a folder scored against the first.

    Args:
        folder: Holds ``first`` and ``second``, each with one report file per document.

    Raises:
        InputError: A reading is missing, does not compile, or is of another text.
    """
    pairs = []
    for path in report_files([folder / "second"]):
        second, first = _record(path), _record(folder / "first" / path.name)
        if first.document.text != second.document.text:
            raise InputError("other_text", source=str(path), gold=path.name)
        pairs.append((path.stem, first, second))
    return score_records(pairs)


def _record(path: Path) -> RaceRecord:
    if not path.exists():
        raise InputError("not_found", source=str(path))
    try:
        return read_report(path, noise=False).record
    except ReportError as error:
        raise InputError("bad_report", source=str(path), problem=error.problems[0].code) from error


def table(report: Report) -> str:
    """Return the agreement per kind of fact as a Markdown table."""
    rows = ["| kind | agreement (F1) | in both | first only | second only |", "|---|---:|---:|---:|---:|"]
    for kind in KINDS:
        tally = report.total.tallies[kind]
        if tally.f1 is not None:
            rows.append(f"| {kind} | {tally.f1:.3f} | {tally.tp} | {tally.fn} | {tally.fp} |")
    return f"{len(report.documents)} reports were read twice.\n\n" + "\n".join(rows)


def with_table(page: str, report: Report) -> str:
    """Return a page with the table between its marks brought up to date.

    Raises:
        InputError: The page has no such marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise InputError("no_marks", begin=BEGIN, end=END)
    return f"{before}{BEGIN}\n{table(report)}\n{END}{after}"

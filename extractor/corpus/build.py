"""From the report files to what users load: gold records by split, the manifest, and the seals."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from extractor.corpus.metadata import Split
from extractor.corpus.report import Report
from extractor.corpus.whole import Corpus

MANIFEST = "manifest.csv"
_COLUMNS = (
    "name",
    "split",
    "discipline",
    "year",
    "era",
    "style",
    "noise",
    "author",
    "words",
    "sessions",
    "drivers",
    "teams",
    "entries",
    "results",
    "incidents",
    "quotes",
)


def manifest(corpus: Corpus) -> str:
    """Return the manifest: one row of CSV a report."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for split, reports in corpus.items():
        for report in reports:
            writer.writerow(_row(split, report))
    return out.getvalue()


def _row(split: Split, report: Report) -> Mapping[str, object]:
    about, record = report.metadata, report.record
    return {
        "name": report.name,
        "split": split,
        "discipline": about.discipline,
        "year": about.year,
        "era": about.era,
        "style": about.style,
        "noise": about.noise,
        "author": about.author,
        "words": len(record.document.text.split()),
        **{column: len(getattr(record, column)) for column in _COLUMNS[9:]},
    }


def records(reports: list[Report]) -> str:
    """Return the gold records of one split as JSON Lines."""
    return "".join(report.record.to_json() + "\n" for report in reports)


def built(corpus: Corpus) -> dict[Path, str]:
    """Return what is written beside the texts: path below the corpus's folder, and content."""
    files = {Path(MANIFEST): manifest(corpus)}
    for split, reports in corpus.items():
        files[Path("records") / f"{split}.jsonl"] = records(list(reports))
    return files

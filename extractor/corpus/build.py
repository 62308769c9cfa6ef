"""From the report files to what users load: typed rows by split, gold records, and the manifest."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from extractor.corpus.library import TEXTS, load_split
from extractor.corpus.metadata import SPLITS, Split
from extractor.corpus.problems import Problem
from extractor.corpus.report import SUFFIX, Report
from extractor.corpus.rows import row_of
from extractor.corpus.whole import Corpus
from extractor.errors import InputError

MANIFEST = "manifest.csv"
DATA = "data"
_COUNTED = ("sessions", "drivers", "teams", "entries", "results", "incidents", "quotes")
_COLUMNS = ("name", "split", "discipline", "year", "era", "style", "noise", "author", "words", *_COUNTED)


def load_splits(folder: Path) -> dict[Split, list[Report]]:
    """Return all splits of a corpus, those without a report as empty lists.

    Files that are no reports are passed over.

    Args:
        folder: The corpus's folder.

    Raises:
        InputError: There is no corpus, a report belongs to no split or has the name of another, or one
            does not compile.
    """
    texts = folder / TEXTS
    if not texts.is_dir():
        raise InputError("no_corpus", source=str(folder), texts=TEXTS)
    found = sorted(texts.rglob(f"*{SUFFIX}"))
    if not found:
        raise InputError("no_reports", source=str(texts), suffix=SUFFIX)
    _require_places(found, texts)
    used = {path.relative_to(texts).parts[0] for path in found}
    return {split: load_split(folder, split) if split in used else [] for split in SPLITS}


def _require_places(paths: Sequence[Path], texts: Path) -> None:
    """Ask that every report lies in a split, and that no two have one name."""
    named: dict[str, Path] = {}
    for path in paths:
        if path.relative_to(texts).parts[0] not in SPLITS:
            raise InputError("no_split", source=str(path), splits=", ".join(SPLITS))
        first = named.setdefault(path.name, path)
        if first != path:
            raise InputError("same_name", source=str(path), other=str(first))


def manifest(corpus: Corpus) -> str:
    """Return the manifest: one row of CSV a report."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for split, reports in corpus.items():
        for report in reports:
            writer.writerow(_manifest_row(split, report))
    return out.getvalue()


def _manifest_row(split: Split, report: Report) -> Mapping[str, object]:
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
        **{column: len(getattr(record, column)) for column in _COUNTED},
    }


def rows(split: Split, reports: Sequence[Report]) -> str:
    """Return the rows of one split as JSON Lines; see :mod:`extractor.corpus.rows`."""
    made = (row_of(split, report.metadata, report.record) for report in reports)
    return "".join(row.model_dump_json() + "\n" for row in made)


def records(reports: Sequence[Report]) -> str:
    """Return the gold records of one split as JSON Lines."""
    return "".join(report.record.to_json() + "\n" for report in reports)


def data_file(split: str) -> Path:
    """Return where the rows of a split lie below the corpus's folder."""
    return Path(DATA) / f"{split}.jsonl"


def built(corpus: Corpus) -> dict[Path, str]:
    """Return what is written beside the texts: path below the corpus's folder, and content."""
    files = {Path(MANIFEST): manifest(corpus)}
    for split, reports in corpus.items():
        files[data_file(split)] = rows(split, reports)
    return files


def record_files(corpus: Corpus) -> dict[Path, str]:
    """Return the gold records in one file for each split: its name, and its content."""
    return {Path(f"{split}.jsonl"): records(reports) for split, reports in corpus.items()}


def stale_files(corpus: Corpus, folder: Path) -> list[Problem]:
    """Return a problem where what is written beside the texts is not what they give.

    Args:
        corpus: The reports of all splits.
        folder: The corpus's folder.
    """
    stale = [path.as_posix() for path, content in built(corpus).items() if not _holds(folder / path, content)]
    return [Problem("stale", None, {"files": ", ".join(stale)})] if stale else []


def _holds(path: Path, content: str) -> bool:
    return path.is_file() and path.read_bytes() == content.encode()

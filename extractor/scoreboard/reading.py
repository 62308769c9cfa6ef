"""Reading the reports of the corpus, each as if nothing were known of it but its text."""

from __future__ import annotations

import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import extractor
from extractor.corpus.library import TEXTS, load_split
from extractor.corpus.metadata import SPLITS, Split
from extractor.corpus.report import SUFFIX, Report
from extractor.errors import InputError, ModelError
from extractor.record import RaceRecord

#: Splits whose texts are not read while rules are written.
HIDDEN: frozenset[Split] = frozenset({"test", "far"})
DEFAULT_JOBS = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """An exception that a report brought about.

    Attributes:
        kind: Its class; all that may be told of a hidden report, since messages may quote the text.
        message: What it says.
        trace: Where it was raised.
    """

    kind: str
    message: str
    trace: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as its author tells it and as it was read.

    Attributes:
        split: The split that it belongs to.
        report: The report, with its gold record.
        record: What was read, or what stopped it.
    """

    split: Split
    report: Report
    record: RaceRecord | Fault


def load_reports(corpus: Path, splits: Sequence[Split]) -> list[tuple[Split, Report]]:
    """Return the reports of some splits.

    Of all splits, those that hold no report yet are left out.

    Raises:
        InputError: There are none, or one does not compile.
    """
    if tuple(splits) == SPLITS:
        splits = [split for split in splits if any((corpus / TEXTS / split).rglob(f"*{SUFFIX}"))]
    if not splits:
        raise InputError("no_reports", source=str(corpus), suffix=SUFFIX)
    return [(split, report) for split in splits for report in load_split(corpus, split)]


def read_reports(
    reports: Sequence[tuple[Split, Report]],
    jobs: int | None = None,
    advance: Callable[[], None] = lambda: None,
    *,
    model: str | None = None,
) -> list[Reading]:
    """Read every report, in order. One that raises costs itself alone.

    Args:
        reports: Splits and reports.
        jobs: Number of processes; ``None`` for two, or fewer where there are fewer cores or reports.
        advance: Called after each.
        model: Which model to read with; see :func:`extractor.load`.

    Raises:
        ModelError: The model is none, or damaged.
    """
    jobs = jobs or min(DEFAULT_JOBS, os.cpu_count() or 1)
    readings = []
    texts = [report.record.document.text for _, report in reports]
    with _mapped(min(jobs, len(texts)), model) as read_all:
        for (split, report), record in zip(reports, read_all(texts), strict=True):
            readings.append(Reading(split, report, record))
            advance()
    return readings


_ReadAll = Callable[[Sequence[str]], Iterator[RaceRecord | Fault]]


@contextmanager
def _mapped(jobs: int, model: str | None) -> Iterator[_ReadAll]:
    """Give a function that reads texts in so many processes; one is this one."""
    read = partial(read_text, model=model)
    if jobs <= 1:
        yield lambda texts: map(read, texts)
        return
    # A process begun anew is the same on every system, and is not disturbed by the threads of this one.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=fresh) as pool:
        try:
            yield lambda texts: pool.map(read, texts)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def read_text(text: str, *, model: str | None = None) -> RaceRecord | Fault:
    """Read one text; whatever is raised on its account is returned.

    Raises:
        ModelError: The model is none, or damaged, so that no other text would be read either.
    """
    try:
        return extractor.extract(text, model=model)
    except ModelError:
        raise
    except Exception as error:
        said = str(error).strip().partition("\n")[0]
        return Fault(type(error).__name__, said[:160], traceback.format_exc())

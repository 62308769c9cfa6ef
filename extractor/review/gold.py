"""Reviewed records as gold: what may be learnt from them, and the files that training and corpus read.

**What counts as gold.** A document marked as reviewed, and settled where it was read twice. Whoever marks a
document as reviewed says that all that stands in its record is right: facts that nobody decided upon count as
accepted. What is in review, disputed or rejected is no gold, nor is a text that the model is measured on.

**What is written.** For every document ``NAME.record.json``, which holds everything, and beside it
``NAME.report`` in the corpus's notation, where that can say it all and the corpus's check has nothing against
it. ``parcferme train FOLDER`` reads the records, ``parcferme corpus check FOLDER`` the reports. ``gold.csv``
says which document became which file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from extractor.corpus.check import problems_of
from extractor.corpus.inline import NotInMarkupError
from extractor.corpus.metadata import Metadata, Split
from extractor.corpus.normal import numbered, told_otherwise, trimmed
from extractor.corpus.problems import MarkupError
from extractor.corpus.report import SUFFIX, ReportError, compile_report
from extractor.corpus.writing import report_source
from extractor.errors import InputError, OutputError, RecordError
from extractor.lexicon.fold import fold
from extractor.lexicon.words import names
from extractor.record import RaceRecord
from extractor.review.decisions import FIRST, SETTLED, Reading
from extractor.review.doubling import bench, every_row
from extractor.review.outcomes import Outcome, fates
from extractor.review.queue import QueueFilter, QueueRow
from extractor.training.gold import REVIEWED, fingerprint, require_taken

if TYPE_CHECKING:
    from extractor.review.store import Store

RECORD = ".record.json"
LIST = "gold.csv"
_COLUMNS = ("name", "key", "sha256", "report")
_REASON = "reviewed as it stands"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be learnt from.

    Attributes:
        key: In the store.
        title: For reading.
        name: What its files are called.
        record: The gold record.
        changes: How many things of each kind became what: ``changes["results.final", "edited"]``.
    """

    key: str
    title: str
    name: str
    record: RaceRecord
    changes: Mapping[tuple[str, Outcome], int] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Of the record as it is written; by it a changed one is known."""
        return hashlib.sha256(self.record.to_json().encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reviewed document that nothing may be learnt from, for the present.

    Attributes:
        key: In the store.
        title: For reading.
        code: ``waits_second``, ``open``, ``loose``, or the code of an error of training.
        part: Of the corpus, where the text belongs to it.
    """

    key: str
    title: str
    code: str
    part: str | None = None


def candidates(store: Store, withheld: dict[str, Split]) -> Iterator[Candidate | Refusal]:
    """Yield every reviewed document, as gold or with the reason why it is none.

    Args:
        store: Where they are.
        withheld: Texts that nothing may be learnt from (:func:`extractor.training.gold.withheld`).
    """
    for row in every_row(store, QueueFilter(statuses=("reviewed",))):
        yield candidate(store, row, withheld)


def candidate(store: Store, row: QueueRow, withheld: dict[str, Split]) -> Candidate | Refusal:
    """Return one reviewed document as gold, or with the reason why it is none."""
    reading: Reading = FIRST
    if row.double:
        stage = bench(store, row.key, "").stage
        if stage != "settled":
            return Refusal(row.key, row.title, "open" if stage == "open" else "waits_second")
        reading = SETTLED
    reviewed = store.state(row.key, reading).reviewed
    if reviewed.loose:
        return Refusal(row.key, row.title, "loose")
    record = numbered(reviewed.record)
    name = file_name(record.document.id, row.key)
    extracted = store.record(row.key)
    # A text to measure by is one also where a reviewer has corrected a letter of it.
    held = withheld.get(fingerprint(extracted.document.text))
    if held is not None:
        return Refusal(row.key, row.title, "text_held_out", held)
    try:
        require_taken(name, record, withheld)
    except RecordError as error:
        part = error.parameters.get("split")
        return Refusal(row.key, row.title, error.code, str(part) if part else None)
    changes = Counter((fate.kind, fate.outcome) for fate in fates(reviewed, extracted))
    return Candidate(row.key, row.title, name, record, changes)


def file_name(title: str, key: str) -> str:
    """Return a name for a document's files: readable, harmless in any file system, no other document's."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:_LONGEST_NAME].strip("-")
    return f"{words or 'document'}-{re.sub(r'[^A-Za-z0-9]', '', key)[:8]}"


# ------------------------------------------------------------------------------------------ report files


@dataclass(frozen=True, slots=True)
class Written:
    """A report file's source, or why there is none.

    Attributes:
        source: ``None`` where the notation cannot say the record, or the check refuses it.
        obstacle: What stood in the way, as code and, behind a colon, what it concerns.
    """

    source: str | None
    obstacle: str = ""


def as_report(record: RaceRecord, metadata: Metadata) -> Written:
    """Return a gold record in the corpus's notation, if it compiles again to the same facts.

    Doubts of the corpus's check are settled in the file: somebody reviewed it as it stands.

    Args:
        record: From :func:`extractor.corpus.normal.numbered`.
        metadata: The report's head.
    """
    plain = trimmed(record)
    try:
        accepted: dict[str, str] = {}
        for _ in range(2):
            source = report_source(plain, metadata, accepted)
            report = compile_report(Path(f"x{SUFFIX}"), source, noise=False)
            problems = problems_of(report, names("first_names"))
            accepted = {problem.code: _REASON for problem in problems if problem.doubt}
            if not accepted:
                break
    except NotInMarkupError as error:
        return Written(None, f"{error.code}: {error.about}")
    except ReportError as error:
        return Written(None, error.problems[0].code)
    except MarkupError as error:
        return Written(None, error.problem.code)
    if problems:
        return Written(None, problems[0].code)
    lost = told_otherwise(plain, report.record)
    return Written(None, f"lost: {lost[0]}") if lost else Written(source)


def metadata_of(record: RaceRecord) -> Metadata:
    """Return what a report's head says of a record: guesses, for the corpus's statistics alone."""
    published = record.document.published_on
    year = record.event.season or (published.year if published is not None else None)
    kinds = {session.kind for session in record.sessions}
    roles = {driver.role for driver in record.drivers}
    discipline = "circuit_sprint"
    if kinds & {"stage"} or "co_driver" in roles:
        discipline = "rally"
    elif "passenger" in roles:
        discipline = "sidecar"
    elif "rider" in roles:
        discipline = "motocross" if "heat" in kinds else "superbike"
    known = year if year is not None and 1894 <= year <= 2030 else 2000
    return Metadata(
        discipline=discipline,
        year=known,
        style="regional",
        author=REVIEWED,
        published_on=published.isoformat() if published is not None else None,
        note="discipline and style guessed" + ("" if known == year else ", year unknown"),
    )


# ------------------------------------------------------------------------------------------ the folder


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        records: How many records.
        reports: How many of them as report files too.
        obstacles: Why there is no report file, by the name of the document.
        removed: Names whose documents are no gold any more; their files were taken away.
    """

    records: int
    reports: int
    obstacles: Mapping[str, str]
    removed: tuple[str, ...] = ()


def export(found: Sequence[Candidate], folder: Path) -> Exported:
    """Write gold into a folder; what an earlier export left there and is no gold any more goes.

    Args:
        found: What is to be written.
        folder: Made where there is none.

    Raises:
        OutputError: It cannot be written, or holds something that no export has left there.
        InputError: What says which files are ours cannot be read.
    """
    known = listed(folder)
    obstacles: dict[str, str] = {}
    rows = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = {path.name for path in folder.iterdir()} - _own(known)
        if not known and strangers:
            raise OutputError("gold_folder_taken", source=str(folder))
        for one in found:
            report = as_report(one.record, metadata_of(one.record))
            _write(folder / f"{one.name}{RECORD}", one.record.to_json(indent=2) + "\n")
            if report.source is None:
                obstacles[one.name] = report.obstacle
                (folder / f"{one.name}{SUFFIX}").unlink(missing_ok=True)
            else:
                _write(folder / f"{one.name}{SUFFIX}", report.source)
            rows.append((one.name, one.key, one.sha256, "yes" if report.source else report.obstacle))
        removed = tuple(sorted({name for name, _ in known.values()} - {one.name for one in found}))
        for name in removed:
            for suffix in (RECORD, SUFFIX):
                (folder / f"{name}{suffix}").unlink(missing_ok=True)
        _write(folder / LIST, _table(rows))
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("cannot_write", source=str(folder), reason=reason) from error
    return Exported(len(rows), len(rows) - len(obstacles), obstacles, removed)


def archive(found: Sequence[Candidate]) -> bytes:
    """Return gold as a ZIP archive of the files that :func:`export` writes."""
    packed = io.BytesIO()
    with TemporaryDirectory() as name, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        export(found, Path(name))
        for path in sorted(Path(name).iterdir()):
            pack.write(path, path.name)
    return packed.getvalue()


def listed(folder: Path) -> dict[str, tuple[str, str]]:
    """Return what the last export into a folder wrote: name and hash by the document's key.

    Raises:
        InputError: The list is damaged.
    """
    try:
        text = (folder / LIST).read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("gold_list_damaged", source=str(folder / LIST)) from error
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise InputError("gold_list_damaged", source=str(folder / LIST))
    found = {}
    for row in rows:
        name = row["name"] or ""
        if not re.fullmatch(r"[A-Za-z0-9-]+", name):  # no path leads out of the folder
            raise InputError("gold_list_damaged", source=str(folder / LIST))
        found[row["key"] or ""] = (name, row["sha256"] or "")
    return found


def _own(known: Mapping[str, tuple[str, str]]) -> set[str]:
    return {LIST, *(f"{name}{suffix}" for name, _ in known.values() for suffix in (RECORD, SUFFIX))}


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    # What stands in the way may quote the text: no spreadsheet is to take it for a formula.
    writer.writerows([*row[:3], f"'{row[3]}" if row[3][:1] in "=+-@\t\r" else row[3]] for row in rows)
    return out.getvalue()


def _write(path: Path, content: str) -> None:
    """Write a file that is never seen half written."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(content.encode("utf-8", "surrogatepass"))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)

"""One document to read, what became of it, and whatever turns the one into the other.

Everything here can be pickled and is small: tasks and what becomes of them travel between processes and
machines. Nothing heavy is imported, so that a single document pays for none of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import extractor
from extractor.errors import ExitCode, ParcFermeError
from extractor.readers.options import ReadOptions
from extractor.readers.source import Source, Told


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document gave no record.

    Attributes:
        code: Stable code of the error, such as ``empty_file``.
        parameters: What fills the placeholders of its sentences, and ``source`` where it has one.
        source: What the error is about.
        exit_code: Exit status that this error alone would end a run with; ``INTERNAL`` for a fault of ours.
        trace: Where a fault of ours happened, for ``--debug``.
    """

    code: str
    source: str | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    exit_code: ExitCode = ExitCode.INPUT
    trace: str = ""

    @classmethod
    def of(cls, error: ParcFermeError, source: str | None = None) -> Failure:
        """Return the failure that an error is; ``source`` where it names none itself."""
        parameters = {name: str(value) for name, value in error.parameters.items()}
        return cls(error.code, error.source or source, parameters, error.exit_code)

    def error(self) -> ParcFermeError:
        """Return an error to be put into words."""
        error = ParcFermeError(self.code, source=self.source, **self.parameters)
        error.exit_code = self.exit_code
        return error


@dataclass(frozen=True, slots=True)
class Known:
    """What a former run found an input to be.

    Attributes:
        fingerprint: Digest of its bytes, as in :class:`Done`.
        beside: The files that it pointed to, which the digest covers, by the names that it has for them.
    """

    fingerprint: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read: a source, a text, or what is wrong with it already.

    Attributes:
        key: What tells this input from every other, the same in every run: the real path (and member), the
            file and row.
        stem: What its record would be called if no other were called so; the run gives the name.
        source: Where the bytes are; ``None`` for a text.
        text: The text itself, where it stands in a row of something.
        content: The source's bytes, where they were read already for somebody who cannot.
        label: What the record says it comes from (``document.source``); ``None`` says nothing.
        told: What a row, or a manifest, tells of the document beside its text; it goes before what a file
            tells of itself, and is part of the fingerprint.
        failure: A row that holds no text: nothing is read, and the failure is what becomes of it.
        name: Name and ``document.id`` of its record, which no other has; empty until the run gives it.
        known: What it was when it was read last, where its record need not be made anew if it is the same.
        signature: Size and times of the file, as the run saw it before handing it out; empty where unknown.
    """

    key: str
    stem: str
    source: Source | None = None
    text: str | None = None
    content: bytes | None = None
    label: str | None = None
    told: tuple[Told, ...] = ()
    failure: Failure | None = None
    name: str = ""
    known: Known | None = None
    signature: str = ""

    def bare(self) -> Task:
        """Return the task without what was to be read, for the way back."""
        return replace(self, text=None, content=None, known=None)

    def named(self, name: str, known: Known | None = None, signature: str = "") -> Task:
        """Return the task as it is handed to an engine."""
        return replace(self, name=name, known=known, signature=signature)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one task: a record, a failure, or nothing new.

    Attributes:
        task: The task, without its text and what was known of it.
        fingerprint: Digest (SHA-256, hexadecimal) of the bytes that were read, those of files that the
            document points to included; empty where nothing could be read.
        beside: The names of those files.
        payload: The record as it is written; ``None`` where it failed or is unchanged.
        failure: Why there is no record.
        unchanged: The input is what ``task.known`` says, so that its record stands.
        told: What the summary says of the document (:func:`extractor.batch.summary.document_line`).
        cut: Facts kept, left out, and errors to expect among those kept, where a least confidence was asked.
        files: What is kept beside the record (ALTO of recognised pages): end of its name, and content.
        words: How many words the text has.
        seconds: How long it took, on the clock of whoever did it.
    """

    task: Task
    fingerprint: str = ""
    beside: tuple[str, ...] = ()
    payload: str | None = None
    failure: Failure | None = None
    unchanged: bool = False
    told: dict[str, Any] = field(default_factory=dict)
    cut: tuple[int, int, float] | None = None
    files: tuple[tuple[str, bytes], ...] = ()
    words: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What is the same for all documents of a run.

    Attributes:
        reading: Limits, encoding and OCR.
        model: Folder of the model's bundle, or ``none``: never left to the environment of another process.
        model_version: What tells the model from another.
        fmt: Form of a record: ``json``, ``jsonl``, ``table`` or ``html``.
        min_confidence: Facts less sure are left out; ``None`` keeps all.
        language: Of pages and tables.
        width: Columns of a table.
        colour: Colours of a table, as rich calls the system; ``None`` for none.
        timeout: Seconds that a document may take, counted anew with each page that is read; ``None`` for any.
        max_memory: Bytes that a worker may come to hold beyond what it begins with; ``None`` for any.
    """

    reading: ReadOptions = field(default_factory=ReadOptions)
    model: str = "none"
    model_version: str = "none"
    fmt: str = "jsonl"
    min_confidence: float | None = None
    language: str = "fr"
    width: int | None = None
    colour: str | None = None
    timeout: float | None = None
    max_memory: int | None = None

    @property
    def fingerprint(self) -> str:
        """What a record depends on beside its document: another one means that all are made anew."""
        reading = self.reading
        says = [
            extractor.__version__,
            self.model_version,
            self.fmt,
            self.min_confidence,
            self.language if self.fmt in ("html", "table") else None,
            reading.encoding,
            reading.max_pages,
            reading.ocr,
            reading.ocr_language,
        ]
        return _digest(says)

    @property
    def limits(self) -> str:
        """What a failure may depend on beside that: under other limits it is worth another try."""
        reading = self.reading
        says = [
            reading.max_bytes,
            reading.max_unpacked_bytes,
            reading.max_pixels,
            reading.ocr_timeout,
            self.timeout,
            self.max_memory,
        ]
        return _digest(says)


class Engine(Protocol):
    """Turns tasks into what becomes of them, here or elsewhere."""

    def run(self, tasks: Iterable[Task], settings: Settings) -> Iterator[Done]:
        """Yield one :class:`Done` for each task, in any order.

        The tasks are taken as they can be worked on, in the thread that asks for the next ``Done``, never
        many more than there are workers: there may be millions. A document that fails, hangs, exhausts memory
        or kills its worker is a ``Done`` with a failure. Closing the iterator gives back whatever was held.

        Raises:
            ParcFermeError: Something that no document would survive: no model, no cluster.
        """


def _digest(says: list[Any]) -> str:
    return hashlib.sha256(json.dumps(says).encode()).hexdigest()[:16]

"""One task to what becomes of it, wherever that is done: in this process, a worker, on another machine.

What is a document's own fault becomes a failure and costs that document alone. What no document would survive
(a damaged model, a package that is missing) is raised.
"""

from __future__ import annotations

import errno
import hashlib
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from tempfile import gettempdir
from typing import TYPE_CHECKING

import extractor
from extractor.batch.rendering import rendered
from extractor.batch.summary import document_line
from extractor.batch.task import Done, Failure, Known, Settings, Task
from extractor.errors import (
    ExitCode,
    InputError,
    ModelError,
    OutputError,
    ParcFermeError,
    UsageError,
    fault,
)
from extractor.readers.options import Reading
from extractor.readers.read import beside, read_bytes, read_content
from extractor.readers.source import Source, SourceText, Told, valid_unicode

if TYPE_CHECKING:
    from extractor.record import RaceRecord

FATAL = (ModelError, OutputError, UsageError, OSError, ImportError)
"""What is not a document's own: no other would fare better."""


_FULL = (errno.ENOSPC, errno.EDQUOT)


def _silent(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how the work on one document goes.

    Attributes:
        pages: Is told how many pages are read, of how many.
        read: Is told the fingerprint, and the files beside it, as soon as they are known: what kills the
            process afterwards has a known victim.
    """

    pages: Callable[[int, int], None] = _silent
    read: Callable[[Known], None] = _silent


@dataclass(slots=True)
class _Fingerprint:
    """Digest of what is read for one document and told of it, and the names of the files beside it."""

    content: bytes | None = None
    told: tuple[Told, ...] = ()
    beside: dict[str, str] = field(default_factory=dict)

    def known(self) -> Known:
        digest = hashlib.sha256(self.content or b"")
        for one in self.told:
            digest.update(f"\0{one.field}\0{one.value}".encode("utf-8", "surrogatepass"))
        for name, other in sorted(self.beside.items()):
            digest.update(f"\0{name}\0{other}".encode("utf-8", "surrogatepass"))
        return Known(digest.hexdigest(), tuple(sorted(self.beside)))

    def through(self, reading: Reading) -> Reading:
        """Return the reading with every file beside it noted as it is read."""
        return replace(reading, beside=lambda name: self._noted(name, reading.beside))

    def again(self, names: tuple[str, ...], reading: Reading) -> Known:
        """Return what the fingerprint is with files beside it that a former run read."""
        for name in names:
            with suppress(OSError, InputError):
                self._noted(name, reading.beside)
        return self.known()

    def _noted(self, name: str, read: Callable[[str], bytes]) -> bytes:
        self.beside[name] = "missing"
        content = read(name)
        self.beside[name] = hashlib.sha256(content).hexdigest()
        return content


def work(task: Task, settings: Settings, watch: Watch | None = None) -> Done:
    """Return what becomes of a task.

    Args:
        task: The task, as the run named it.
        settings: Of the run.
        watch: Who is told how it goes.

    Raises:
        ModelError: The model is none, or damaged; likewise whatever else is in :data:`FATAL`.
    """
    began = time.perf_counter()
    fingerprint = _Fingerprint(told=task.told)
    name = task.source.name if task.source is not None else task.key
    try:
        done = _done(task, settings, watch or Watch(), fingerprint)
    except FATAL as error:
        number = getattr(error, "errno", None)
        if number in _FULL:  # where OCR and readers keep what they need for a moment
            raise OutputError("cannot_write", source=gettempdir(), reason=str(error)) from error
        if number != errno.ENOMEM:
            raise
        done = Done(task, failure=Failure("out_of_memory", name))
    except ParcFermeError as error:
        done = Done(task, failure=Failure.of(error, name))
    except MemoryError:
        done = Done(task, failure=Failure("out_of_memory", name))
    except Exception as error:
        done = Done(task, failure=_fault(error, name))
    if done.failure is not None and fingerprint.content is not None:
        known = fingerprint.known()
        done = replace(done, fingerprint=known.fingerprint, beside=known.beside)
    return replace(done, task=task.bare(), seconds=time.perf_counter() - began)


def _fault(error: Exception, name: str) -> Failure:
    trace = "".join(traceback.format_exception(error))
    return Failure("internal_fault", name, {"fault": fault(error)}, ExitCode.INTERNAL, trace)


def _done(task: Task, settings: Settings, watch: Watch, fingerprint: _Fingerprint) -> Done:
    if task.failure is not None:
        return Done(task, failure=task.failure)
    read = _read(task, settings, watch, fingerprint)
    if read is None:
        assert task.known is not None
        return Done(task, task.known.fingerprint, task.known.beside, unchanged=True)
    known = fingerprint.known()
    if known.beside:
        watch.read(known)
    record = _record(task, read, settings)
    payload, cut = rendered(record, settings)
    return Done(
        task,
        known.fingerprint,
        known.beside,
        payload=payload,
        told=document_line(record),
        cut=None if cut is None else (cut.kept, cut.left_out, cut.expected_errors),
        files=read.alto,
        words=len(read.text.split()),
    )


def _read(task: Task, settings: Settings, watch: Watch, fingerprint: _Fingerprint) -> SourceText | None:
    """Return the text, or ``None`` where everything it comes from is as it was."""
    reading, content = _begun(task, settings, watch)
    fingerprint.content = content
    if task.known is not None:
        if fingerprint.again(task.known.beside, reading) == task.known:
            return None
        fingerprint.beside.clear()
    watch.read(fingerprint.known())
    read = read_content(content, fingerprint.through(reading))
    return replace(read, told=(*task.told, *read.told)) if task.told else read


def _begun(task: Task, settings: Settings, watch: Watch) -> tuple[Reading, bytes]:
    """Return how a document is read, and its bytes; the text of a row is read as a file that holds it."""
    options = settings.reading
    if task.source is None:
        options = replace(options, encoding="utf-8")
        content = (task.text or "").encode("utf-8", "surrogatepass")
        return Reading(Source(task.key, None), options, progress=watch.pages), content
    reading = Reading(task.source, options, beside=beside(task.source, options), progress=watch.pages)
    if task.content is not None:
        return reading, task.content
    return reading, read_bytes(task.source, max_bytes=options.max_bytes)


def _record(task: Task, read: SourceText, settings: Settings) -> RaceRecord:
    """Return the record, whose id is the name that the run gave it, which no other has."""
    record = extractor.extract(read, source=task.label, model=settings.model)
    document = record.document.model_copy(update={"id": valid_unicode(task.name)})
    return record.model_copy(update={"document": document})

"""What the importing process does: every job that was asked for, one after the other, until none is left."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from extractor.errors import InputError, ModelError, ParcFermeError
from extractor.messages import LANGUAGES
from extractor.readers import ReadOptions, Source
from extractor.readers.source import valid_unicode
from extractor.record import RaceRecord
from extractor.review.importing.annotated import brought_of, is_annotated, not_there, refusals_of
from extractor.review.importing.finding import RecordFile, find, records_of
from extractor.review.importing.helper import Made
from extractor.review.importing.jobs import SAMPLE, Asked, Failure, Jobs, Progress
from extractor.review.importing.pictures import Picture
from extractor.review.importing.sample import write_sample

if TYPE_CHECKING:
    from extractor.review.annotated.bringing import Brought
    from extractor.review.annotated.into_store import Stored

_PAUSE = 0.25
"""Seconds between two writings of the status."""
SAMPLE_ORIGIN = "exemple"


class Maker(Protocol):
    """Reads and extracts: :class:`extractor.review.importing.helper.Helper`."""

    def make(
        self,
        source: Source,
        origin: str,
        *,
        is_known: Callable[[str], bool],
        told: Callable[[int, int], None],
    ) -> Made | None:
        """Return what is made of a source, ``None`` where its text is known."""


class Keeper(Protocol):
    """What an import needs of the store."""

    def knows(self, text_sha256: str, origin: str, model: str) -> bool:
        """Say whether this model's record of a text from that origin is there."""

    def decide(self, brought: Brought, by: str) -> Iterator[Stored]:
        """Put what annotators changed into the store, as decisions; yield what became of each document."""

    def keep(
        self, record: RaceRecord, *, model: str | None, origin: str | None, pictures: tuple[Picture, ...]
    ) -> str:
        """Put a record into the store; return ``new``, ``same`` or ``newer``."""


def work(jobs: Jobs, maker: Maker, keeper: Keeper, *, model: str) -> None:
    """Do every job that is not yet over, those asked for meanwhile too.

    Args:
        jobs: What was asked for.
        maker: Reads and extracts.
        keeper: Puts it into the store.
        model: Version of extractor and model, as decisions will carry it.
    """
    while (asked := _next(jobs)) is not None:
        _Job(jobs, asked, maker, keeper, model).run()


def _next(jobs: Jobs) -> Asked | None:
    for asked in jobs.asked():
        progress = jobs.progress(asked.job)
        if progress is not None and not progress.is_over:
            return asked
    return None


@dataclass(slots=True)
class _Job:
    jobs: Jobs
    asked: Asked
    maker: Maker
    keeper: Keeper
    model: str
    progress: Progress = field(init=False)
    _told: float = field(default=0.0, init=False)

    def run(self) -> None:
        """Do the job; whatever happens, its status says that it is over."""
        self.progress = Progress(self.asked.job, "finding", by=self.asked.by, names=self._names())
        self._tell(now=True)
        try:
            self._all()
            stage = "stopped" if self._is_stopped() else "done"
            self.progress = replace(self.progress, stage=stage, current="")  # type: ignore[arg-type]
        except (ModelError, OSError, ImportError, ParcFermeError) as error:
            self._break(error)
        except Exception as error:
            self._break(error)
            raise
        finally:
            self._tell(now=True)
            if self.asked.uploads is not None:
                self.jobs.discard(self.asked.uploads)

    def _names(self) -> tuple[str, ...]:
        return tuple(valid_unicode(self._shown(path)) for path in self.asked.paths)

    def _shown(self, path: str) -> str:
        return Path(path).name if self.asked.uploads is not None else path

    def _all(self) -> None:
        if SAMPLE in self.asked.paths:
            with tempfile.TemporaryDirectory(prefix="parcferme-") as folder:
                sample = Path(folder, SAMPLE_ORIGIN)
                write_sample(sample)
                self._paths((str(sample),))
        else:
            self._paths(self.asked.paths)

    def _paths(self, paths: tuple[str, ...]) -> None:
        options = ReadOptions()
        finds = find(paths, options)
        self.progress = replace(
            self.progress, stage="running", total=finds.count(), left_out=dict(finds.left_out)
        )
        self._tell(now=True)
        origins = Origins(paths)
        for source in finds.sources:
            if self._is_stopped():
                return
            self._source(source, origins)
        annotated: list[RecordFile] = []
        for file in finds.records:
            if is_annotated(file):
                annotated.append(file)
                continue
            for found in records_of(file):
                if self._is_stopped():
                    return
                self._record(found)
        self._annotations(annotated)  # when everything that they may be about is there

    def _source(self, source: Source | InputError, origins: Origins) -> None:
        if isinstance(source, InputError):
            self._fail(source)
            return
        origin = origins.of(source)
        self._at(origin)
        try:
            made = self.maker.make(
                source,
                origin,
                is_known=lambda sha256: self.keeper.knows(sha256, origin, self.model),
                told=lambda done, total: self._at(f"{origin} ({done}/{total})"),
            )
            if made is None:
                self._count("same")
                return
            record = _named(made.record, source.stem)
            self._count(self.keeper.keep(record, model=self.model, origin=origin, pictures=made.pictures))
        except ParcFermeError as error:
            if isinstance(error, ModelError) or error.code.startswith("store_"):
                raise
            error.source = origin
            self._fail(error)

    def _record(self, found: RaceRecord | InputError) -> None:
        if isinstance(found, InputError):
            self._fail(found)
            return
        self._at(found.document.id)
        self._count(self.keeper.keep(found, model=None, origin=None, pictures=()))

    def _annotations(self, files: list[RecordFile]) -> None:
        if not files or self._is_stopped():
            return
        brought = brought_of(files)
        for fault in brought.faults:
            self._fail(fault)
        for stored in self.keeper.decide(brought, self.asked.by):
            self._at(stored.name)
            self._count("annotated" if stored.outcome.decisions else "same")
            for failure in refusals_of(stored.name, stored.outcome):
                self.progress = self.progress.with_failure(failure)
        for left in brought.left():
            self.progress = self.progress.with_failure(not_there(left.source))
        self._tell()

    def _at(self, current: str) -> None:
        self.progress = replace(self.progress, current=valid_unicode(current))
        self._tell()

    def _count(self, novelty: str) -> None:
        field_of = {"new": "added"}.get(novelty, novelty)
        self.progress = replace(self.progress, **{field_of: getattr(self.progress, field_of) + 1})
        self._tell()

    def _fail(self, error: ParcFermeError) -> None:
        self.progress = self.progress.with_failure(failure_of(error))
        self._tell()

    def _break(self, error: Exception) -> None:
        self.progress = replace(self.progress, stage="broken", fault=causes(error))

    def _is_stopped(self) -> bool:
        return self.jobs.is_stopped(self.asked.job)

    def _tell(self, *, now: bool = False) -> None:
        if now or time.monotonic() - self._told >= _PAUSE:
            self._told = time.monotonic()
            self.jobs.tell(self.progress)


class Origins:
    """What sources are called in the store: by the folder that was named, never by where it lies.

    The same folder imported again, from elsewhere or by another path, gives the same names, so nothing comes
    twice, and no record tells how somebody's disk is laid out.

    Args:
        paths: What was asked for.
    """

    def __init__(self, paths: tuple[str, ...]) -> None:
        self._folders = [Path(path).absolute() for path in paths if Path(path).is_dir()]

    def of(self, source: Source) -> str:
        """Return the name of a source: ``1957/mistral.txt``, for a member ``1957.zip/mistral.txt``."""
        assert source.path is not None
        path = source.path.absolute()
        name = path.name
        for folder in self._folders:
            if path.is_relative_to(folder):
                name = str(Path(folder.resolve().name) / path.relative_to(folder))
                break
        return valid_unicode(name if source.member is None else f"{name}/{source.member}")


def failure_of(error: ParcFermeError) -> Failure:
    """Return an error as it is kept: with what to say in each language."""
    return Failure(valid_unicode(error.source or ""), error.code, causes(error))


def causes(error: Exception) -> dict[str, str]:
    """Return what to say of an error, by language."""
    if isinstance(error, ParcFermeError):
        return {language: error.in_language(language) for language in LANGUAGES}
    said = f"{type(error).__name__}: {error}".split("\n")[0][:200]
    return dict.fromkeys(LANGUAGES, said)


def _named(record: RaceRecord, name: str) -> RaceRecord:
    """Return the record with a document id that people know it by."""
    document = record.document.model_copy(update={"id": valid_unicode(name)})
    return record.model_copy(update={"document": document})

"""Imports that were asked for, and how far they are: small files in a folder that only their owner sees.

Command, app and worker are different processes, and the app has many sessions; a folder serves them all.
Every file is written beside its place and moved there, so that nobody reads half of it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Literal, get_args

from extractor.errors import InputError
from extractor.messages import LANGUAGES

Stage = Literal["waiting", "finding", "running", "done", "stopped", "broken"]
_STAGES: tuple[Stage, ...] = get_args(Stage)
SAMPLE = "sample"
"""What is named instead of a path for the sample corpus."""

MOST_FAILURES = 1000
"""Failures kept with their cause; further ones are counted."""

_WORKER = "extractor.cli.importer"
_ASKED, _STATUS, _STOP, _LOCK = ".asked.json", ".status.json", ".stop", "worker.lock"
_UPLOADS = "uploads"
_LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that did not come in.

    Attributes:
        source: What it is called.
        code: Of the error, the same in every language.
        causes: What to tell the user, by language.
    """

    source: str
    code: str
    causes: dict[str, str] = field(default_factory=dict)

    def cause(self, language: str) -> str:
        """Return what to tell the user."""
        return self.causes.get(language) or self.code


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one import has come.

    Attributes:
        job: Its id; later ones sort behind earlier ones.
        stage: ``finding`` while folders are looked through, ``broken`` where database or model failed.
        by: Who asked for it.
        names: What was asked for, as the user called it.
        total: Documents and records found.
        added: New in the store.
        newer: Read anew by a newer model: beside what was there.
        same: There before.
        annotated: Documents that annotators' files changed.
        failed: How many did not come in.
        failures: The first of them.
        left_out: Files of kinds that are not read, by suffix.
        current: What is being read, and how many of its pages are, where that is told: "(3/12)".
        fault: Why it is broken, by language.
        at: When this was written, seconds since 1970.
    """

    job: str
    stage: Stage = "waiting"
    by: str = ""
    names: tuple[str, ...] = ()
    total: int = 0
    added: int = 0
    newer: int = 0
    same: int = 0
    annotated: int = 0
    failed: int = 0
    failures: tuple[Failure, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    current: str = ""
    fault: dict[str, str] = field(default_factory=dict)
    at: float = 0.0

    @property
    def done(self) -> int:
        """How many are dealt with, one way or another."""
        return self.added + self.newer + self.same + self.annotated + self.failed

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.stage in ("done", "stopped", "broken")

    def with_failure(self, failure: Failure) -> Progress:
        """Return the same with one more failure; of very many the first are kept."""
        kept = (*self.failures, failure) if len(self.failures) < MOST_FAILURES else self.failures
        return replace(self, failed=self.failed + 1, failures=kept)


@dataclass(frozen=True, slots=True)
class Asked:
    """An import as it was asked for.

    Attributes:
        job: Its id.
        paths: Files, folders, archives, patterns; :data:`SAMPLE` for the sample corpus.
        by: Who asked.
        uploads: Folder with what came from a browser, to be removed afterwards.
    """

    job: str
    paths: tuple[str, ...]
    by: str = ""
    uploads: str | None = None


class Jobs:
    """The imports of one server.

    Args:
        folder: Where they are asked for; nobody else may be able to look into it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ask(self, paths: Sequence[str], *, by: str = "", uploads: Path | None = None) -> str:
        """Ask for an import and return its id. :func:`start_worker` has it done."""
        job = f"{time.time_ns():020d}-{os.getpid()}"
        asked = Asked(job, tuple(paths), by, None if uploads is None else str(uploads))
        self._write(job + _ASKED, asdict(asked))
        return job

    def upload_folder(self) -> Path:
        """Make and return a new folder for files from a browser."""
        folder = self.folder / _UPLOADS / f"{time.time_ns():020d}-{os.getpid()}"
        folder.mkdir(parents=True, mode=0o700)
        return folder

    def asked(self) -> list[Asked]:
        """Return everything that was asked for, oldest first."""
        return [
            Asked(content["job"], tuple(content["paths"]), content["by"], content["uploads"])
            for name in self._names(_ASKED)
            if (content := self._read(name + _ASKED)) is not None
        ]

    def progress(self, job: str) -> Progress | None:
        """Return how far an import has come, ``None`` where there is none of that id."""
        content = self._read(job + _STATUS)
        if content is not None:
            return _progress(content)
        asked = self._read(job + _ASKED)
        return None if asked is None else Progress(job, by=asked["by"], names=tuple(asked["paths"]))

    def all(self) -> list[Progress]:
        """Return how far every import has come, newest first."""
        told = (self.progress(job) for job in reversed(self._names(_ASKED)))
        return [one for one in told if one is not None]

    def active(self) -> Progress | None:
        """Return the import that is under way, or else waits; ``None`` where all are over."""
        return next((one for one in reversed(self.all()) if not one.is_over), None)

    def tell(self, progress: Progress) -> None:
        """Write how far an import has come."""
        self._write(progress.job + _STATUS, asdict(replace(progress, at=time.time())))

    def break_all(self, fault: dict[str, str]) -> None:
        """Say of everything that is not over that it cannot be done, and why, by language."""
        for one in self.all():
            if not one.is_over:
                self.tell(replace(one, stage="broken", fault=fault))

    def stop(self, job: str) -> None:
        """Ask for an import to end after what it is at."""
        (self.folder / (job + _STOP)).touch()

    def is_stopped(self, job: str) -> bool:
        """Say whether an import is to end."""
        return (self.folder / (job + _STOP)).exists()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other worker is at these jobs, and keep others waiting."""
        import fcntl

        with (self.folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def mourn(self) -> None:
        """Say of an import that was begun and that nobody is at any more that it broke off.

        A worker says itself how it ended, unless it was killed or memory was short.
        """
        begun = [one for one in self.all() if one.stage in ("finding", "running")]
        if begun and self._is_idle():
            error = InputError("import_died")
            fault = {language: error.in_language(language) for language in LANGUAGES}
            for one in begun:
                # It may have ended well between the two looks.
                now = self.progress(one.job)
                if now is not None and not now.is_over:
                    self.tell(replace(now, stage="broken", current="", fault=fault))

    def _is_idle(self) -> bool:
        """Say whether no worker is at these jobs."""
        import fcntl

        with (self.folder / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    def discard(self, uploads: str) -> None:
        """Remove what came from a browser; what is not in our folder stays."""
        folder = Path(uploads)
        if folder.parent == self.folder / _UPLOADS:
            shutil.rmtree(folder, ignore_errors=True)

    def _names(self, suffix: str) -> list[str]:
        return sorted(path.name.removesuffix(suffix) for path in self.folder.glob(f"*{suffix}"))

    def _write(self, name: str, content: Mapping[str, Any]) -> None:
        partial = self.folder / f".{name}.{os.getpid()}.partial"
        partial.write_text(json.dumps(content), encoding="utf-8", errors="surrogateescape")
        partial.replace(self.folder / name)

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            text = (self.folder / name).read_text(encoding="utf-8", errors="surrogateescape")
        except FileNotFoundError:
            return None
        content: dict[str, Any] = json.loads(text)
        return content


def safe_name(name: str, taken: set[str]) -> str:
    """Return a name for an uploaded file: no folders, nothing hidden, not too long, none that is taken.

    Args:
        name: As the browser told it.
        taken: Names given before, in lower case; the new one is added.

    Raises:
        InputError: ``bad_upload_name``: nothing of it can be a file's name.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    if not kept:
        raise InputError("bad_upload_name", source=name)
    stem, dot, suffix = kept.rpartition(".") if "." in kept else (kept, "", "")
    stem, suffix = stem[:_LONGEST_NAME], suffix[:20]
    number, found = 1, f"{stem}{dot}{suffix}"
    while found.lower() in taken:
        number += 1
        found = f"{stem}-{number}{dot}{suffix}"
    taken.add(found.lower())
    return found


def start_worker(folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the process that does what was asked for and ends when there is nothing more.

    It ends, too, when whoever started it does: their pipe is its standard input.

    Args:
        folder: Of the jobs.
        environment: Names the database and the model.
    """
    with _log(folder) as log:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", _WORKER, str(folder)],  # nothing of the current folder is run
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env=dict(environment),
            start_new_session=True,  # Ctrl-C is for the command, which ends it in good order
        )


@contextmanager
def _log(folder: Path) -> Iterator[IO[bytes]]:
    with (folder / "worker.log").open("ab") as log:
        yield log


def _progress(content: dict[str, Any]) -> Progress:
    failures = tuple(Failure(**one) for one in content.pop("failures"))
    names = tuple(content.pop("names"))
    stage = content.pop("stage")
    if stage not in _STAGES:
        stage = "broken"
    with suppress(KeyError):
        content["left_out"] = dict(content["left_out"])
    return Progress(failures=failures, names=names, stage=stage, **content)

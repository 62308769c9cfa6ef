"""Imports as the app sees them: asked for, watched, told of on every page until they are over."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from extractor.review.importing import Jobs, Progress, start_worker
from extractor.review.importing.jobs import SAMPLE, safe_name
from extractor.ui.start import Start

if TYPE_CHECKING:
    from extractor.ui.context import Context

_EVERY = 1.0
_PIECE = 1 << 20
_guard = threading.Lock()
_folder: Path | None = None
_workers: list[subprocess.Popen[bytes]] = []


class Uploaded(Protocol):
    """A file from a browser, as Streamlit has it."""

    name: str

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""


def jobs() -> Jobs:
    """Return the imports of this server: in the command's folder, else in one of our own."""
    global _folder  # noqa: PLW0603 - one for the process, which many sessions share
    with _guard:
        if _folder is None:
            _folder = Start.from_environment().jobs
        if _folder is None:
            _folder = Path(tempfile.mkdtemp(prefix="parcferme-review-"))
            atexit.register(shutil.rmtree, _folder, ignore_errors=True)
        return Jobs(_folder)


def begin(paths: Iterable[str], by: str, *, uploads: Path | None = None) -> str:
    """Ask for an import and start the process that does it; return its id.

    Args:
        paths: Files, folders, archives, patterns.
        by: Who asks.
        uploads: Folder with what came from a browser.
    """
    known = jobs()
    job = known.ask(tuple(paths), by=by, uploads=uploads)
    with _guard:
        _workers[:] = [worker for worker in _workers if worker.poll() is None]
        _workers.append(start_worker(known.folder, os.environ))
    return job


def begin_sample(by: str) -> str:
    """Ask for the sample corpus."""
    return begin([SAMPLE], by)


def begin_uploads(files: Iterable[Uploaded], by: str) -> str:
    """Ask for the import of files that came from a browser.

    Raises:
        InputError: ``bad_upload_name``.
    """
    folder = jobs().upload_folder()
    taken: set[str] = set()
    paths = []
    for file in files:
        path = folder / safe_name(file.name, taken)
        with path.open("xb") as kept:
            _copy(file, kept)
        paths.append(str(path))
    return begin(paths, by, uploads=folder)


def _copy(file: Uploaded, kept: BinaryIO) -> None:
    while piece := file.read(_PIECE):
        kept.write(piece)


def banner(context: Context) -> None:
    """Tell on a page of an import that is under way; when it is over, draw the page again."""
    import streamlit as st

    jobs().mourn()
    active = jobs().active()
    if active is None:
        return

    @st.fragment(run_every=_EVERY)
    def told() -> None:
        jobs().mourn()
        progress = jobs().progress(active.job)
        if progress is None or progress.is_over:
            st.rerun()
        else:
            bar(context, progress)

    told()


def bar(context: Context, progress: Progress) -> None:
    """Draw how far an import has come, as one line."""
    import streamlit as st

    words = context.words
    if progress.stage != "running" or not progress.total:
        st.progress(0.0, words("imports.preparing"))
        return
    number = words.number
    text = words("imports.running", done=number(progress.done), total=number(progress.total))
    if progress.failed:
        text += " · " + words.several("imports.failed", progress.failed)
    st.progress(min(1.0, progress.done / progress.total), text)


def welcome(context: Context) -> None:
    """Draw what a first start shows: nothing is there yet, and three ways to change that."""
    import streamlit as st

    words = context.words
    st.title(words("imports.welcome"))
    st.write(words("imports.nothing_yet"))
    active = jobs().active()
    if active is not None:
        banner(context)
        return
    sample, own = st.columns(2, gap="large")
    with sample:
        st.header(words("imports.sample"))
        st.write(words("imports.sample_what"))
        if st.button(words("imports.sample_load"), type="primary", key="imports.sample"):
            begin_sample(context.reviewer)
            st.rerun()
    with own:
        st.header(words("imports.own"))
        st.write(words("imports.own_what"))
        if st.button(words("imports.own_go"), key="imports.own"):
            context.go("exchange")
        st.code("parcferme review archives/1957", language=None)

"""What ``parcferme review`` does: it starts server and import, tells of both, and ends them together."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from extractor.cli import terminal
from extractor.errors import ExitCode, OutputError, UsageError
from extractor.messages import Messages
from extractor.review.importing import Jobs, Progress, start_worker
from extractor.ui import start
from extractor.ui.access import check_settings

_STARTS_WITHIN = 60.0
"""Seconds; on a slow disk Streamlit takes twenty to import."""
_ENDS_WITHIN = 5.0
_GLANCE = 0.25
_FOLDER = "parcferme-review-"
_CLAIM = "desk.lock"
_TOLD_EVERY = 2.0
_NO_SUCH_ADDRESS = (errno.EADDRNOTAVAIL,)
_NO_SCREEN = ("linux", "freebsd")
_WELL = 200
_SHOWN_FAILURES = 20


@dataclass(slots=True)
class Desk:
    """One run of the command.

    Attributes:
        database: Address of the database; ``None`` for the usual file in the current folder.
        address: To listen on.
        port: To listen on; 0 for any that is free.
        reviewer: Name of who sits there, where it was given.
        model: Folder of a model, ``none``, or nothing for the usual one.
        browser: Open one, where there is one.
        messages: The user's language.
    """

    database: str | None
    address: str
    port: int
    reviewer: str | None
    model: str | None
    browser: bool
    messages: Messages

    def run(self, paths: tuple[str, ...]) -> int:
        """Serve until told to end.

        Raises:
            ParcFermeError: The database cannot be opened, the model is none, or the port is taken.
        """
        from extractor.pipeline.model.location import find_bundle

        find_bundle(self.model)
        problem = check_settings()
        if problem is not None:
            raise problem
        self.port = free_port(self.address, self.port)
        with _own_folder() as folder, _Children() as children:
            jobs, environment = Jobs(folder), self._environment(folder)
            # Safe path: the current folder is somebody's archive, and nothing in it is ours to run.
            command = [sys.executable, "-P", "-m", "extractor.ui.serve", self.address, str(self.port)]
            server = children.start(command, environment)
            self._check_database()
            children.tell(server)
            if paths:
                jobs.ask(paths, by=self.reviewer or "")
                children.add(start_worker(folder, environment))
            try:
                return self._watch(server, jobs)
            except KeyboardInterrupt:
                terminal.say(self.messages("review.ended"))
                return ExitCode.OK

    @property
    def url(self) -> str:
        """Where a browser of this machine finds the app."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.address, self.address)
        return f"http://{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{self.port}"

    def _check_database(self) -> None:
        """Open the database once, so that what is wrong with it is told here, and make its tables.

        Meanwhile the server loads its libraries.
        """
        from extractor.review.store import Store

        with Store.open(self.database):
            pass

    def _environment(self, folder: Path) -> dict[str, str]:
        given = {
            start.DATABASE: self.database,
            start.REVIEWER: self.reviewer,
            start.JOBS: str(folder),
            start.ADDRESS: self.address,
            start.LANGUAGE: self.messages.language,
            start.MODEL: self.model or os.environ.get(start.MODEL),
        }
        kept = {name: value for name, value in os.environ.items() if name not in given}
        return {**kept, **{name: value for name, value in given.items() if value}}

    def _watch(self, server: subprocess.Popen[bytes], jobs: Jobs) -> int:
        self._wait_for(server)
        terminal.say(self.messages("review.ready", url=self.url))
        if not start.is_own_address(self.address):
            terminal.say(self.messages("review.open_to_others"))
        if self.browser and has_browser():
            webbrowser.open(self.url)
        teller = Teller(self.messages)
        while server.poll() is None:
            jobs.mourn()
            for line in teller.lines(jobs.all()):
                terminal.say(line)
            time.sleep(_GLANCE)
        raise OutputError("server_ended", status=server.returncode)

    def _wait_for(self, server: subprocess.Popen[bytes]) -> None:
        """Wait until the server answers.

        Raises:
            OutputError: It ended, or does not answer.
        """
        until = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < until:
            if server.poll() is not None:
                raise OutputError("server_ended", status=server.returncode)
            if answers(self.url):
                return
            time.sleep(_GLANCE / 2)
        raise OutputError("server_silent", seconds=round(_STARTS_WITHIN))


class Teller:
    """Turns how far imports have come into lines, each said once.

    Args:
        messages: The user's language.
    """

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._failures: dict[str, int] = {}
        self._over: set[str] = set()
        self._told_at = 0.0

    def lines(self, jobs: list[Progress]) -> Iterator[str]:
        """Yield what is new, oldest import first."""
        for progress in reversed(jobs):
            if progress.job in self._over:
                continue
            yield from self._new_failures(progress)
            if progress.is_over:
                self._over.add(progress.job)
                yield from self._last(progress)
            elif progress.stage == "running" and time.monotonic() - self._told_at >= _TOLD_EVERY:
                self._told_at = time.monotonic()
                yield self._messages("review.importing", done=progress.done, total=progress.total)

    def _new_failures(self, progress: Progress) -> Iterator[str]:
        told = self._failures.get(progress.job, 0)
        for failure in progress.failures[told:_SHOWN_FAILURES]:
            cause = failure.cause(self._messages.language)
            yield self._messages("error.line", error=cause, code=failure.code)
        self._failures[progress.job] = len(progress.failures)

    def _last(self, progress: Progress) -> Iterator[str]:
        language = self._messages.language
        if progress.failed > _SHOWN_FAILURES:
            yield self._messages("review.more_failures", count=progress.failed - _SHOWN_FAILURES)
        if progress.stage == "broken":
            yield self._messages("review.broken", fault=progress.fault.get(language, "?"))
        if progress.annotated:
            yield self._messages("review.annotated", count=progress.annotated)
        yield self._messages(
            "review.imported",
            added=progress.added,
            newer=progress.newer,
            same=progress.same,
            failed=progress.failed,
        )


class _Children:
    """Processes that end together with this one."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> _Children:
        return self

    def __exit__(self, *_raised: object) -> None:
        for child in self._started:
            child.terminate()
        until = time.monotonic() + _ENDS_WITHIN
        for child in self._started:
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, until - time.monotonic()))
            if child.poll() is None:
                child.kill()
                child.wait()
            if child.stdin is not None:
                child.stdin.close()

    def start(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start a process; the pipe to its standard input tells it when this one ends."""
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl-C is for us, who end it in good order
        )
        return self.add(child)

    def tell(self, child: subprocess.Popen[bytes]) -> None:
        """Let a process know that the database stands; one that ended is noticed where it is waited for."""
        if child.stdin is not None:
            with suppress(OSError):
                child.stdin.write(b"\n")
                child.stdin.flush()

    def add(self, child: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
        """Take a process that was started elsewhere."""
        self._started.append(child)
        return child


@contextmanager
def _own_folder() -> Iterator[Path]:
    """Make a folder that nobody else can look into, and remove it in the end."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=_FOLDER))
    try:
        with _claimed(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _claimed(folder: Path) -> Iterator[bool]:
    """Hold a folder as long as this process lives; say whether nobody else does."""
    import fcntl

    with (folder / _CLAIM).open("w") as claim:
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def sweep(parent: Path | None = None) -> None:
    """Remove the folders of desks that were killed: those of ours that nobody holds.

    Args:
        parent: Where they lie; the system's place for what does not last if not given.
    """
    for folder in (parent or Path(tempfile.gettempdir())).glob(f"{_FOLDER}*"):
        try:
            if folder.is_symlink() or folder.stat().st_uid != os.getuid() or not (folder / _CLAIM).is_file():
                continue  # another's, or of a version that claimed nothing
            if time.time() - (folder / _CLAIM).stat().st_mtime < _STARTS_WITHIN:
                continue  # somebody may be about to claim it
            with _claimed(folder) as is_free:
                if is_free:
                    shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def free_port(address: str, port: int) -> int:
    """Return the port, or one that is free where it is 0.

    Raises:
        OutputError: ``port_taken``: something listens there.
        UsageError: ``bad_address``: this machine has no such address.
    """
    try:
        family, kind, _, _, where = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise UsageError("bad_address", source=address) from error
    with closing(socket.socket(family, kind)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
            probe.listen()
        except PermissionError as error:
            raise OutputError("port_forbidden", port=port) from error
        except OSError as error:
            if error.errno in _NO_SUCH_ADDRESS:
                raise UsageError("bad_address", source=address) from error
            raise OutputError("port_taken", port=port, other=port + 1) from error
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Say whether a server answers there."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # it is on this machine
    try:
        with opener.open(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == _WELL)
    except (URLError, OSError, ValueError):
        return False


def has_browser() -> bool:
    """Say whether there is a browser with a window: none on a server, and none that takes the terminal."""
    if sys.platform.startswith(_NO_SCREEN) and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    ):
        return False
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return False
    return not isinstance(found, webbrowser.GenericBrowser) or isinstance(found, webbrowser.BackgroundBrowser)

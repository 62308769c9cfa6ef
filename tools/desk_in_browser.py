"""The review desk as its users have it: the command that they start, and a browser before it.

For tests, pictures and measurements. Nothing here waits for a time to pass: what is waited for is a state, of
the server or of the page.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extractor.cli.reviewing import answers, free_port

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
#: Where the document page keeps what it knows, for who asks from outside.
DESK = "document.querySelector('.desk').parentElement.deskFrame.desk"
_RUN = "from extractor.cli.main import run; run()"
_IDLE = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testConnectionState === 'CONNECTED' && app.dataset.testScriptState === 'notRunning' &&
    !document.querySelector('[data-testid="stSkeleton"], [data-testid="stSpinner"], [data-stale="true"]');
}"""


def chromium() -> str | None:
    """Return where Chromium is, ``None`` where there is none."""
    found = map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
    return next(filter(None, found), None)


class Running:
    """``parcferme review``, started in a folder, until :meth:`end`.

    Args:
        folder: Where it is started; its database lies there, and what it says in ``out.txt``.
        arguments: Further arguments of the command.
        port: Where it listens; 0 for any that is free.
        environment: Variables beside those of this process.
    """

    def __init__(self, folder: Path, *arguments: str, port: int = 0, **environment: str) -> None:
        self.port = free_port("127.0.0.1", port)
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = folder / "relecture.db"
        self._out = folder / "out.txt"
        (folder / "tmp").mkdir(exist_ok=True)
        variables = {
            "PYTHONPATH": str(ROOT),
            "PARCFERME_MODEL": "none",
            "PARCFERME_LANG": "fr",
            "TMPDIR": str(folder / "tmp"),
        }
        command = [sys.executable, "-c", _RUN, "review", "--no-browser", "--port", str(self.port)]
        with self._out.open("wb") as out:
            self._process = subprocess.Popen(
                [*command, "--db", str(self.database), *arguments],
                cwd=folder,
                env={**os.environ, **variables, **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """What the command has written."""
        return self._out.read_text(encoding="utf-8", errors="replace")

    @property
    def pid(self) -> int:
        """The command's process."""
        return self._process.pid

    def wait(self, until: Callable[[], object] | None = None, seconds: float = 120) -> None:
        """Wait until something is so; by default, until the app answers.

        Raises:
            RuntimeError: It did not come about.
        """
        deadline = time.monotonic() + seconds
        while not (answers(self.url) if until is None else until()):
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError(self.said)
            time.sleep(0.1)

    def end(self) -> None:
        """End the command and all that came of it."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(20)


@contextmanager
def running(folder: Path, *arguments: str, port: int = 0, **environment: str) -> Iterator[Running]:
    """Start the desk and end it again; it answers when this gives it."""
    desk = Running(folder, *arguments, port=port, **environment)
    try:
        desk.wait()
        yield desk
    finally:
        desk.end()


@contextmanager
def browsing() -> Iterator[Any]:
    """Start Chromium and close it again."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def wait_idle(page: Any, seconds: float = 60) -> None:
    """Wait until Streamlit has drawn the page and runs no script."""
    page.wait_for_function(_IDLE, timeout=1000 * seconds)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def wait_desk(page: Any, seconds: float = 60) -> None:
    """Wait until the document page stands and has the keyboard."""
    page.wait_for_selector(".desk .seg", timeout=1000 * seconds)
    wait_idle(page, seconds)
    page.wait_for_function("document.querySelector('.desk').contains(document.activeElement)")


def wait_saved(page: Any, seconds: float = 30) -> None:
    """Wait until the document page says that everything is saved."""
    page.wait_for_function(
        f"{DESK}.outbox.pending.length === 0 && {DESK}.data.head > 0", timeout=1000 * seconds
    )


def ask(page: Any, expression: str) -> Any:
    """Return what an expression over ``desk``, the document page's state, gives."""
    return page.evaluate(f"(() => {{ const desk = {DESK}; return {expression}; }})()")

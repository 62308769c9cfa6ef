"""The program Tesseract: finding it, asking what it can read, having it read an image.

It is called with a list of arguments, never by a shell, gets the image through its standard input and gives
ALTO on its standard output, so that nothing is left on the disk whatever happens.

Its manual: https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from extractor.errors import InputError

if TYPE_CHECKING:
    from extractor.readers.ocr.preparation import Prepared

_ASKED_FOR = 20.0
_WINDOWS = (
    r"C:\Program Files\Tesseract-OCR\tesseract.exe",
    r"C:\Program Files (x86)\Tesseract-OCR\tesseract.exe",
)

# How Tesseract and a language are installed, by the program that installs. Names as of 2026.
_INSTALL = {
    "apt": ("apt install tesseract-ocr {packages}", "tesseract-ocr-{}"),
    "dnf": ("dnf install tesseract {packages}", "tesseract-langpack-{}"),
    "zypper": ("zypper install tesseract-ocr {packages}", "tesseract-ocr-traineddata-{}"),
    "pacman": ("pacman -S tesseract {packages}", "tesseract-data-{}"),
    "brew": ("brew install tesseract tesseract-lang", ""),
    "winget": ("winget install UB-Mannheim.TesseractOCR", ""),
}


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed Tesseract.

    Attributes:
        program: Its path.
        version: Such as ``5.3.0``.
        languages: What it has data for.
    """

    program: str
    version: str
    languages: frozenset[str]


def find(language: str, source: str) -> Tesseract:
    """Return the Tesseract of this system, which can read ``language`` (``fra``, ``fra+eng``).

    Raises:
        InputError: ``no_tesseract`` or ``no_ocr_language``, with the command that installs it.
    """
    wanted = language.split("+")
    program = shutil.which("tesseract") or next((path for path in _WINDOWS if Path(path).exists()), None)
    found = None if program is None else _asked(program)
    if found is None:
        raise InputError("no_tesseract", source=source, command=install_command(wanted))
    missing = [name for name in wanted if name not in found.languages]
    if missing:
        named = ", ".join(missing)
        raise InputError("no_ocr_language", source=source, language=named, command=install_command(missing))
    return found


def install_command(languages: Sequence[str]) -> str:
    """Return the command that installs Tesseract and these languages on this system."""
    by_system = {"darwin": ("brew",), "win32": ("winget",)}.get(
        sys.platform, ("apt", "dnf", "zypper", "pacman")
    )
    name = next((name for name in by_system if shutil.which(name)), by_system[0])
    command, package = _INSTALL[name]
    # What stands in a message is typed by people: nothing but what a language may be called goes into it.
    sound = [code for code in languages if code.replace("_", "").isalnum()]
    return command.format(packages=" ".join(package.format(code.replace("_", "-")) for code in sound)).strip()


@cache
def _asked(program: str) -> Tesseract | None:
    """Return what a program says of itself, or ``None`` where it is no Tesseract that runs."""
    try:
        version = _said(program, "--version").split()
        languages = _said(program, "--list-langs").splitlines()[1:]
    except (OSError, subprocess.SubprocessError):
        return None
    if len(version) < 2:
        return None
    return Tesseract(program, version[1].removeprefix("v"), frozenset(line.strip() for line in languages))


def _said(program: str, argument: str) -> str:
    done = subprocess.run(
        [program, argument],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=_ASKED_FOR,
        check=True,
    )
    return done.stdout.decode("utf-8", "replace")


class StoppedError(Exception):
    """Reading was given up; nothing is started any more."""


class FailedError(Exception):
    """Tesseract ended with an error."""


class Runs:
    """The processes that read side by side, which end together."""

    def __init__(self, tesseract: Tesseract, language: str) -> None:
        self._tesseract, self._language = tesseract, language
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = Lock()
        self._stopped = False

    def alto(self, page: Prepared, mode: int, timeout: float) -> bytes:
        """Return the ALTO of an image.

        Args:
            page: The image.
            mode: How the page is divided (``--psm``).
            timeout: Seconds.

        Raises:
            TimeoutError: It took longer.
            FailedError: Tesseract could not.
            StoppedError: :meth:`stop` was called.
        """
        return self._output(page, ["--psm", str(mode), "-c", "tessedit_create_alto=1"], timeout)

    def orientation(self, page: Prepared, timeout: float) -> int | None:
        """Return by how many quarters clockwise a page must be turned, ``None`` where that is not told."""
        if "osd" not in self._tesseract.languages:
            return None
        try:
            said = self._output(page, ["--psm", "0"], timeout, language="osd").decode("utf-8", "replace")
        except (TimeoutError, FailedError):
            return None
        told = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
        rotate = told.get("Rotate", "")
        return int(rotate) // 90 % 4 if rotate.isdigit() else None

    def stop(self) -> None:
        """End what runs, and start nothing more."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            process.kill()

    def _output(
        self, page: Prepared, how: list[str], timeout: float, *, language: str | None = None
    ) -> bytes:
        arguments = [
            "stdin",
            "stdout",
            "-l",
            language or self._language,
            "--dpi",
            str(_sound(page.dpi)),
            *how,
        ]
        process = self._started(arguments)
        try:
            height, width = page.gray.shape
            image = b"P5 %d %d 255\n" % (width, height) + page.gray.tobytes()
            output, _ = process.communicate(image, timeout)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError from error
        finally:
            with self._lock:
                self._running.discard(process)
            if process.poll() is None:
                process.kill()
                process.communicate()
        if self._stopped:
            raise StoppedError
        if process.returncode:
            raise FailedError(f"exit status {process.returncode}")
        return output

    def _started(self, arguments: list[str]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise StoppedError
            process = subprocess.Popen(
                [self._tesseract.program, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Pages are read side by side; threads within a page would take more than they give.
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._running.add(process)
            return process


def _sound(dpi: float) -> int:
    """Return a density that Tesseract takes for one."""
    return min(2400, max(70, round(dpi)))

"""Other processes on one store, forked so that hundreds of them cost seconds.

A child opens a store of its own and says what it did on a pipe, line by line, as soon as it is done.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

Say = Callable[[str], None]
Work = Callable[[Say], None]


class Child:
    """A process at work."""

    def __init__(self, work: Work) -> None:
        self._out, into = os.pipe()
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._out)
            _work(work, into)
        os.close(into)

    def kill(self) -> None:
        """``kill -9``: it has no time to do anything more."""
        os.kill(self.pid, 9)

    def first(self) -> bytes:
        """Wait until it has said something, or has ended."""
        return os.read(self._out, 1)

    def said(self, already: bytes = b"") -> list[str]:
        """Return the whole lines that it has said, when it has ended."""
        pieces = [already]
        while piece := os.read(self._out, 65536):
            pieces.append(piece)
        os.close(self._out)
        os.waitpid(self.pid, 0)
        return b"".join(pieces).decode().split("\n")[:-1]


def _work(work: Work, into: int) -> NoReturn:
    def say(line: str) -> None:
        os.write(into, f"{line}\n".encode())

    try:
        work(say)
    except BaseException:
        say(f"fault: {traceback.format_exc()!r}")
    finally:
        os._exit(0)  # nothing of the parent's is closed or written here


def at_once(works: list[Work]) -> list[list[str]]:
    """Let all begin at the same moment; return what each has said."""
    gate, opener = os.pipe()

    def behind_the_gate(work: Work) -> Work:
        def wait_and_work(say: Say) -> None:
            os.close(opener)
            os.read(gate, 1)
            work(say)

        return wait_and_work

    children = [Child(behind_the_gate(work)) for work in works]
    os.close(gate)
    os.close(opener)  # the last that held it open: all reads end now
    return [child.said() for child in children]

"""A PostgreSQL server of one's own for tests: made in a temporary folder, gone afterwards.

PostgreSQL refuses to run as root; there the server runs as the user ``postgres``, or whoever owns nothing. Where
it is not installed, tests that ask for it are skipped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_SECONDS = 150
_TRIES = 4


class Server:
    """A running server. ``database()`` makes an empty database and returns its URL."""

    def __init__(self, folder: Path, port: int, user: str) -> None:
        self.folder = folder
        self.port = port
        self.user = user

    @property
    def address(self) -> str:
        return f"postgresql://{self.user}@127.0.0.1:{self.port}"

    def database(self) -> str:
        import psycopg

        # A schema is as good as a database, and made and gone in no time.
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{self.address}/postgres?options=-csearch_path%3D{name}"

    def control(self, *arguments: str) -> None:
        """Run ``pg_ctl``: ``("stop", "-m", "immediate")`` is a crash."""
        _run(["pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "120", *arguments])

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=120 -c fsync=off"
        for attempt in range(_TRIES):
            try:
                self.control("-l", str(self.folder / "log"), "-o", options, "start")
            except RuntimeError:
                # While it was down, somebody's connection may have gone out from its port; that passes.
                if attempt == _TRIES - 1:
                    raise
                time.sleep(1)
            else:
                return


def binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest version's, where it is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    return versions[-1].parent if versions else None


def _account() -> str | None:
    """Return the account to run the server as, ``None`` where it is one's own."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    pytest.skip("PostgreSQL does not run as root, and there is nobody else")


def _run(command: list[str]) -> None:
    folder = binaries()
    assert folder is not None
    account = _account()
    line = [str(folder / command[0]), *command[1:]]
    if account is not None:
        line = [
            "setpriv",
            f"--reuid={account}",
            f"--regid={pwd.getpwnam(account).pw_gid}",
            "--clear-groups",
            *line,
        ]
    # Inherited pipes would be kept open by the server; its own log has what it says.
    done = subprocess.run(
        line,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running() -> Iterator[Server]:
    """Start a server and stop it again; skips where there is no PostgreSQL."""
    pytest.importorskip("psycopg")
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    account = _account()
    if account is not None and shutil.which("setpriv") is None:
        pytest.skip("setpriv is needed to run PostgreSQL from root")
    # Not pytest's own folder, which others may not enter; short, for the socket's sake.
    folder = Path(tempfile.mkdtemp(prefix="pf-pg-"))
    try:
        if account is not None:
            shutil.chown(folder, account)
        user = "relecture"
        data = str(folder / "data")
        _run(["initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"])
        server = Server(folder, _free_port(), user)
        server.start()
        try:
            yield server
        finally:
            server.control("stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

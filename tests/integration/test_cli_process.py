"""The command as a process of its own: what only a real process shows."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.startup import CASES, imported, measure
from extractor.errors import ExitCode

RUN = "from extractor.cli.main import run; run()"
# A pipeline that finds nothing and takes its time over a text that asks for it.
SLOW_STUB = f"""
import hashlib, time
import extractor
from extractor.record import Coverage, Document, RaceRecord

def extract(read, *, source=None, model=None):
    text = read.text
    if "LENT" in text:
        time.sleep(60)
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(id="x", source=source, sha256=digest, text=text)
    return RaceRecord(document=document, coverage=Coverage(characters=len(text), characters_read=len(text)))

extractor.extract = extract
{RUN}
"""


def command(*arguments: str, code: str = SLOW_STUB) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def run(*arguments: str, code: str = SLOW_STUB, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        command(*arguments, code=code), capture_output=True, timeout=60, check=False, **options
    )


def processor_time(*arguments: str) -> tuple[float, subprocess.CompletedProcess[bytes]]:
    """Run the command twice; return the lesser processor time in seconds, and the second run."""
    taken = []
    for _ in range(2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = run(*arguments)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken), done


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    monkeypatch.delenv("PARCFERME_LANG", raising=False)
    (tmp_path / "albi.txt").write_text("Théo gagne à Albi.", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["--help", "extract --help"])
def test_help_imports_nothing_heavy(name: str) -> None:
    assert imported(CASES[name]) & set(CASES[name].never) == set()


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.parametrize("name", ["--help", "extract --help"])
def test_help_takes_little_more_than_importing_its_libraries(name: str) -> None:
    assert measure(CASES[name], 15).ratio < CASES[name].limit


def test_the_installed_command_is_there() -> None:
    program = Path(sys.executable).with_name("parcferme")
    if not program.exists():
        pytest.skip("the package is not installed beside this Python")
    done = subprocess.run([program, "--version"], capture_output=True, check=True, timeout=60)
    assert done.stdout.startswith(b"parcferme ")


def test_standard_input_to_standard_output_in_utf_8_whatever_the_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("extract", "-", input="Théo gagne à Nogaro.".encode("cp1252"), env=environment)
    assert done.returncode == ExitCode.OK
    assert done.stderr == b""
    assert json.loads(done.stdout.decode("utf-8"))["document"]["text"] == "Théo gagne à Nogaro."


def test_bytes_that_are_no_text_in_a_file_name(folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (folder / name).write_text("Théo.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    done = run("extract", ".", "rien.txt", "-o", "out")
    assert done.returncode == ExitCode.PARTIAL
    written = sorted(os.fsencode(path.name) for path in (folder / "out").glob("[!.]*"))
    assert written == [b"albi.json", b"caf\xe9.json", b"failures.jsonl"]
    document = json.loads((folder / "out" / os.fsdecode(b"caf\xe9.json")).read_text(encoding="utf-8"))[
        "document"
    ]
    assert (document["id"], document["source"]) == ("caf\\xe9", "caf\\xe9.txt")


@pytest.mark.parametrize("arguments", [["--help"], ["schema"], ["extract", "albi.txt"]])
def test_a_reader_that_leaves_is_no_error(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            command(*arguments), stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False
        )
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode == ExitCode.BROKEN_PIPE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["schema"], ["extract", "albi.txt"]])
def test_a_full_disk_under_standard_output(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command(*arguments), stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert done.returncode == ExitCode.OUTPUT
    assert done.stderr.count(b"\n") == 1
    assert b"[cannot_write]" in done.stderr


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, ExitCode.INTERRUPTED), (signal.SIGTERM, 128 + signal.SIGTERM)]
)
@pytest.mark.parametrize("fmt", ["json", "jsonl"])
def test_stopping_leaves_no_partial_file(folder: Path, number: int, status: int, fmt: str) -> None:
    (folder / "b.txt").write_text("LENT")
    process = subprocess.Popen(
        command("extract", "albi.txt", "b.txt", "--format", fmt, "-o", "out"), stderr=subprocess.PIPE
    )
    begun = folder / "out" / "albi.json"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (begun.exists() or list(folder.glob("out/.*.partial"))):
        time.sleep(0.02)
    time.sleep(0.2)
    process.send_signal(number)
    error = process.communicate(timeout=30)[1]
    assert process.returncode == status
    assert b"Traceback" not in error
    assert [path.name for path in (folder / "out").glob("[!.]*")] == (["albi.json"] if fmt == "json" else [])


def test_fifty_megabytes_of_one_line(folder: Path) -> None:
    with (folder / "ligne.txt").open("wb") as file:
        file.truncate(50_000_000)
    alone = processor_time("extract", "albi.txt", "-o", "alone")[0]
    beside, done = processor_time("extract", "ligne.txt", "albi.txt", "-o", "out", "--lang", "en")
    assert beside < 2 * alone
    assert done.returncode == ExitCode.PARTIAL
    assert done.stderr.decode().splitlines()[0].startswith("error: ligne.txt: more than 20 000 000 bytes")
    assert [path.name for path in (folder / "out").glob("*.json")] == ["albi.json"]


def test_a_pipe_that_is_named_is_read(folder: Path) -> None:
    pipe = folder / "tuyau"
    os.mkfifo(pipe)
    process = subprocess.Popen(command("extract", "tuyau"), stdout=subprocess.PIPE)
    pipe.write_text("Théo gagne.", encoding="utf-8")
    output = process.communicate(timeout=30)[0]
    assert json.loads(output)["document"]["text"] == "Théo gagne."

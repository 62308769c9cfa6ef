"""``parcferme extract`` over many documents in its own processes: bad ones, killed ones, interrupted ones."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import batch_kills
from tools.check import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes as Linux shows them"),
]


def start(*arguments: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", batch_kills.COMMAND, "extract", *arguments, "--model", "none"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def reports(folder: Path, count: int) -> Path:
    batch_kills.write_reports(folder / "lot", count, random.Random(2))
    return folder / "lot"


def test_runs_killed_at_random_end_with_the_same_records(tmp_path: Path) -> None:
    told = list(batch_kills.trials(kills=10, reports=40, fmt="jsonl.zst", seed=5, folder=tmp_path))
    assert told[-1].endswith("the same 40 records")


def test_one_in_twenty_is_corrupt_and_one_hangs_and_each_is_named(tmp_path: Path) -> None:
    lot = reports(tmp_path, 38)
    corrupt = {"coupe.pdf": b"%PDF-1.4\n1 0 obj\n<<", "image.txt": b"\x89PNG\r\n\x1a\n"}
    for name, content in corrupt.items():
        (lot / name).write_bytes(content)
    os.mkfifo(tmp_path / "tuyau")  # nobody will ever write to it
    ran = start("lot", "tuyau", "-o", "out", "--format", "jsonl.zst", "--timeout", "4", folder=tmp_path)
    said = ran.communicate(timeout=120)[1]
    assert ran.returncode == 1, said
    assert len(batch_kills.records(tmp_path / "out", "jsonl.zst")) == 38
    lines = (tmp_path / "out/failures.jsonl").read_text(encoding="utf-8").splitlines()
    failed = {one["source"]: one["code"] for one in map(json.loads, lines)}
    assert failed == {"lot/coupe.pdf": "pdf_damaged", "lot/image.txt": "damaged_image", "tuyau": "timed_out"}
    assert all(f"{name} : " in said for name in failed)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_stops_it_finds_what_was_done_and_the_same_command_goes_on(
    tmp_path: Path, number: int, status: int
) -> None:
    reports(tmp_path, 60)
    arguments = ("lot", "-o", "out", "--format", "jsonl.zst", "--shard-size", "5")
    ran = start(*arguments, folder=tmp_path)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("out/records-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    ran.send_signal(number)
    said = ran.communicate(timeout=60)[1]
    assert ran.returncode == status, said
    assert "Traceback" not in said
    done = len(batch_kills.records(tmp_path / "out", "jsonl.zst"))
    assert 5 <= done <= 60
    again = start(*arguments, folder=tmp_path)
    assert f"déjà faits : {done} document(s)" in again.communicate(timeout=120)[1]
    assert len(batch_kills.records(tmp_path / "out", "jsonl.zst")) == 60


def test_a_second_command_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "albi.txt").write_text("Théo Varnier gagne à Albi.")
    os.mkfifo(tmp_path / "tuyau")
    arguments = ("albi.txt", "tuyau", "-o", "out")
    first = start(*arguments, folder=tmp_path)  # waits at the pipe
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("out/*.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    second = start(*arguments, folder=tmp_path)
    said = second.communicate(timeout=60)[1]
    assert (second.returncode, "[folder_in_use]" in said) == (4, True), said
    first.terminate()
    first.communicate(timeout=60)
    third = start("albi.txt", "-o", "out", folder=tmp_path)
    assert "déjà faits : 1 document(s)" in third.communicate(timeout=60)[1]

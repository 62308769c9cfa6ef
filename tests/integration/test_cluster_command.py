"""``parcferme extract`` on a real cluster: the same records, and what is cut goes on elsewhere."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("distributed")
zstandard = pytest.importorskip("zstandard")

from benchmarks import clusters  # noqa: E402

pytestmark = pytest.mark.slow

_SOME_BYTES = 80_000  # of a ledger, or its log, that has some records
_COMMAND = "from extractor.cli.main import run; run()"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", _COMMAND, "extract", *arguments, "--model", "none", "--format", "jsonl.zst"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=clusters.ROOT, capture_output=True, text=True, check=False, timeout=180
    )


def records(folder: Path) -> list[str]:
    found: list[str] = []
    for shard in sorted(folder.glob("records-*.jsonl.zst")):
        with zstandard.open(shard, "rt", encoding="utf-8") as lines:
            assert isinstance(lines, io.TextIOBase)
            found += lines.read().splitlines()
    assert len({json.loads(line)["document"]["id"] for line in found}) == len(found)
    return sorted(found)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "depeches.jsonl"
    rows = [
        {
            "id": f"d-{number}",
            "text": f"Nogaro, manche {number}\n\nHugo Ferrandi (Écurie du Midi) l'emporte devant Luc Tessier.",
            "title": f"Manche {number}",
        }
        for number in range(150)
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text(
        "\n".join([*lines, "{", json.dumps({"id": "d-1", "text": "encore"})]) + "\n", encoding="utf-8"
    )
    return path


def test_a_run_on_a_cluster_that_goes_is_taken_up_by_this_machine(table: Path, tmp_path: Path) -> None:
    out, undisturbed = tmp_path / "grappe", tmp_path / "ici"
    with clusters.running(2) as cluster:
        started = subprocess.Popen(
            command(str(table), "-o", str(out), "--address", cluster.address),
            cwd=clusters.ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        _wait_for_work(out, started)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)  # the first worker, and then the scheduler
        time.sleep(0.3)
        cluster.scheduler.kill()
        _, said = started.communicate(timeout=60)
    assert started.returncode in (6, 1), said  # 1: it was done already
    if started.returncode == 6:
        assert "[cluster_lost]" in said
        assert "Traceback" not in said
    assert run(str(table), "-o", str(out)).returncode == 1
    assert run(str(table), "-o", str(undisturbed)).returncode == 1
    assert records(out) == records(undisturbed)
    assert len(records(out)) == 150
    failures = [
        json.loads(line) for line in (out / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [failure["code"] for failure in failures] == ["row_not_json", "row_duplicate_id"]


def _wait_for_work(out: Path, started: subprocess.Popen[str]) -> None:
    """Wait until the run has kept something."""
    until = time.monotonic() + 90
    while time.monotonic() < until and started.poll() is None:
        if any(path.stat().st_size > _SOME_BYTES for path in out.rglob("ledger.sqlite*")):
            return
        time.sleep(0.05)


def test_files_are_sent_or_read_in_place_and_failures_are_told_alike(tmp_path: Path) -> None:
    folder = tmp_path / "fonds"
    folder.mkdir()
    for number in range(12):
        text = f"Pau, manche {number}. Luc Tessier gagne devant Hugo Ferrandi."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "vide.txt").write_text("")
    with clusters.running(1) as cluster:
        sent = run(str(folder), "-o", str(tmp_path / "a"), "--address", cluster.address)
        shared = run(str(folder), "-o", str(tmp_path / "b"), "--address", cluster.address, "--shared-paths")
    assert (sent.returncode, shared.returncode) == (1, 1), sent.stderr + shared.stderr
    assert records(tmp_path / "a") == records(tmp_path / "b")
    assert len(records(tmp_path / "a")) == 12
    assert "[empty_file]" in sent.stderr


def test_a_cluster_out_of_reach_is_said_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Pau. Luc Tessier gagne.")
    refused = run(str(path), "-o", str(tmp_path / "a"), "--engine", "dask", "--address", "ailleurs:1:1")
    assert refused.returncode == 6
    assert refused.stderr.count("\n") == 1
    misplaced = run(str(path), "--engine", "processes", "--address", "tcp://127.0.0.1:1")
    assert misplaced.returncode == 2
    assert "[only_on_a_cluster]" in misplaced.stderr

"""Power cuts, full disks, folders that go: whatever is cut is taken up again, with nothing lost and nothing twice."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor.batch import files, folder, ledger, shards
from extractor.batch import run as running
from extractor.batch.shards import JsonLines
from extractor.batch.task import Settings, Task
from extractor.errors import OutputError
from tests.unit.batch.folders import Here, read_texts, records, run, sink_of, texts

pytestmark = pytest.mark.usefixtures("stub_extract")

REPORTS = {f"albi-{1950 + k}": f"Théo Varnier gagne à Albi en {1950 + k}." for k in range(7)}
NEWER = REPORTS | {
    "albi-1951": "Zoé Lacaze gagne à Albi en 1951.",
    "albi-1955": "",
    "albi-1957": "Zoé Lacaze gagne à Albi en 1957.",
}


@pytest.fixture(autouse=True)
def committed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "COMMIT_SECONDS", 0.0)


def cut_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process end on the spot before the given one of all steps that leave something on the disk."""
    left = [step]

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def acting(*arguments: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
            return act(*arguments, **options)

        return acting

    monkeypatch.setattr(ledger.Ledger, "commit", counted(ledger.Ledger.commit))
    for name in ("replace", "unlink", "open"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
    for module in (files, folder, shards):
        if hasattr(module, "sync"):
            monkeypatch.setattr(module, "sync", counted(module.sync))


def ends_at(step: int, out: Path, reports: dict[str, str], fmt: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Run in a process that is cut at a step; say whether it came to its end before."""
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        status = 1
        try:
            cut_at(step, monkeypatch)
            run(out, texts(reports), fmt)
            status = 0
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9)
    return status == 0


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are copied")
@pytest.mark.parametrize("fmt", ["json", "jsonl.zst"])
def test_whatever_step_a_run_is_cut_at_the_next_one_ends_with_the_same_records(
    tmp_path: Path, fmt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path / "first", texts(REPORTS), fmt)
    shutil.copytree(tmp_path / "first", tmp_path / "whole")
    run(tmp_path / "whole", texts(NEWER), fmt)
    wanted = records(tmp_path / "whole", fmt)
    assert sorted(read_texts(tmp_path / "whole", fmt).values()) == sorted(filter(None, NEWER.values()))
    step, is_over = 0, False
    while not is_over:
        out = tmp_path / "out"
        shutil.copytree(tmp_path / "first", out)
        is_over = ends_at(step, out, NEWER, fmt, monkeypatch)
        run(out, texts(NEWER), fmt)
        assert records(out, fmt) == wanted, f"cut at step {step}"
        shutil.rmtree(out)
        step += 1
    assert step > 15


def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []

    class Full(JsonLines):
        def write(self, path: Path, records: Any) -> None:
            written.append(path)
            if len(written) > 1:
                path.write_bytes(b"half of it")
                raise OSError(errno.ENOSPC, "No space left on device")
            super().write(path, records)

    with monkeypatch.context() as patched:
        patched.setitem(shards.KINDS, "jsonl.zst", Full)
        with pytest.raises(OutputError) as raised:
            run(tmp_path, texts(REPORTS))
    assert raised.value.code == "cannot_write"
    assert len(records(tmp_path)) == 3
    assert len(run(tmp_path, texts(REPORTS)).made) < 7
    assert sorted(read_texts(tmp_path).values()) == sorted(REPORTS.values())


def test_a_disk_on_which_the_ledger_finds_no_room(tmp_path: Path) -> None:
    sink = sink_of(tmp_path, "jsonl.zst")
    pages = sink.ledger.database.execute("PRAGMA page_count").fetchone()[0]
    sink.ledger.database.execute(f"PRAGMA max_page_count = {pages + 2}")
    many = texts({f"albi-{k}": f"Théo gagne à Albi. {os.urandom(4000).hex()}" for k in range(9)})
    with pytest.raises(OutputError) as raised:
        running.Run(sink, Here(), Settings(), _Nobody()).run(many)
    sink.ledger.close(keep=False)
    assert raised.value.code == "cannot_write"
    run(tmp_path, many)
    assert len(records(tmp_path)) == 9


class _Nobody:
    def done(self, done: object) -> None:
        pass

    def known(self, task: object, failure: object) -> None:
        pass


@pytest.mark.parametrize("fmt", ["json", "jsonl.zst"])
def test_a_folder_that_is_removed_ends_the_run_and_the_next_one_does_it_all(tmp_path: Path, fmt: str) -> None:
    def removing(task: Task) -> None:
        if task.key == "albi-1953":
            shutil.rmtree(tmp_path / "out")

    with pytest.raises(OutputError) as raised:
        run(tmp_path / "out", texts(REPORTS), fmt, engine=Here(removing))
    assert raised.value.code in ("output_gone", "cannot_write")
    assert not (tmp_path / "out").exists()
    assert len(run(tmp_path / "out", texts(REPORTS), fmt).made) == 7


@pytest.mark.parametrize("fmt", ["json", "jsonl.zst"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_who_asks_to_stop_finds_what_was_done(tmp_path: Path, fmt: str, stop: type[BaseException]) -> None:
    def stopping(task: Task) -> None:
        if task.key == "albi-1953":
            raise stop

    with pytest.raises(stop):
        run(tmp_path, texts(REPORTS), fmt, engine=Here(stopping))
    assert len(records(tmp_path, fmt)) == 3
    assert len(run(tmp_path, texts(REPORTS), fmt).made) == 4
    assert len(records(tmp_path, fmt)) == 7


def test_a_model_that_is_damaged_ends_the_run_and_loses_nothing(tmp_path: Path) -> None:
    def failing(task: Task) -> None:
        if task.key == "albi-1954":
            raise ImportError("no spacy")

    with pytest.raises(ImportError):
        run(tmp_path, texts(REPORTS), engine=Here(failing))
    assert len(run(tmp_path, texts(REPORTS)).made) == 3

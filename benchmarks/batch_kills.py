"""Runs killed by ``kill -9`` at random moments and taken up again, until nothing is left to do.

    python -m benchmarks.batch_kills [--kills 300] [--reports 300] [--format jsonl.zst] [--seed 1]

Killed are the command, one of its workers, or all of its processes at once. Whenever a folder is finished,
its records must be those of a run that nobody disturbed, byte for byte, and none may be there twice; what a
killed command had started must end by itself. Linux alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.processes import is_alive, tree
from extractor.batch.shards import KINDS

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "from extractor.cli.main import run; run()"
VICTIMS = ("command", "command", "worker", "all")
SHARD = 20
_FIRST = ("Louis", "Jean", "Paul", "Luc", "Henri", "Zoé")
_LAST = ("Marchal", "Tavernier", "Orsini", "Morel", "Varnier", "Lacaze")
_WITHIN = 0.7  # of an undisturbed run's time: later, most runs have come to their end
_ENDS = 120.0  # seconds in which what a killed command has started must be gone; loading a model takes some


def write_reports(folder: Path, count: int, chance: random.Random) -> None:
    """Write short reports into folders, in each of which they have the same names."""
    drivers = [f"{first} {last}" for first in _FIRST for last in _LAST]
    for number in range(count):
        winner, second, third = chance.sample(drivers, 3)
        path = folder / str(1950 + number // 50) / f"manche-{number % 50}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"Grand Prix de Brumeval\n\n{winner} a gagné la course devant {second}. {third} a abandonné au"
            f" {chance.randint(2, 40)}e tour sur une panne d'embrayage.\n",
            encoding="utf-8",
        )


@dataclass(slots=True)
class Trial:
    """One archive that is read again and again.

    Attributes:
        reports: The archive.
        fmt: Form of the output.
        chance: When and what to kill.
        killed: What was killed how often.
    """

    reports: Path
    fmt: str
    chance: random.Random
    killed: Counter[str] = field(default_factory=Counter)

    def start(self, out: Path) -> subprocess.Popen[bytes]:
        """Start the command."""
        arguments = ["extract", str(self.reports), "-o", str(out), "--format", self.fmt, "--processes", "2"]
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments, "--shard-size", str(SHARD), "--model", "none"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def undisturbed(self, out: Path) -> tuple[dict[str, str], float]:
        """Run once without killing; return the records, and how long it took."""
        began = time.monotonic()
        process = self.start(out)
        said = process.communicate()[1]
        if process.returncode:
            raise RuntimeError(said.decode())
        return records(out, self.fmt), time.monotonic() - began

    def disturbed(self, out: Path, within: float, most: int) -> None:
        """Run and kill until a run comes to its end, or there was enough killing and it is left to."""
        kills = 0
        while True:
            process = self.start(out)
            if kills < most and self._kill_within(process, within):
                kills += 1
            said = process.communicate()[1].decode()
            if process.returncode == 0:
                return
            if process.returncode != -signal.SIGKILL:
                raise RuntimeError(f"ended with {process.returncode}: {said}")

    def _kill_within(self, process: subprocess.Popen[bytes], within: float) -> bool:
        """Kill at some moment; say whether there still was something to kill."""
        with suppress(subprocess.TimeoutExpired):
            process.wait(self.chance.uniform(0.05, within))
            return False
        kind = self.chance.choice(VICTIMS)
        started = tree(process.pid)
        # The command starts two helpers of Python's own; workers come of one of these.
        workers = [one for one in started if one != process.pid and _parent(one) not in (0, process.pid)]
        victims = {"command": [process.pid], "worker": workers[:1], "all": started}[kind]
        for victim in victims:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        if victims:
            self.killed[kind] += 1
        if kind != "worker":
            process.wait()
            _must_end(started)
        return bool(victims)


def _parent(process: int) -> int:
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[1])


def _must_end(processes: list[int]) -> None:
    """Wait until processes have ended by themselves."""
    deadline = time.monotonic() + _ENDS
    while left := [one for one in processes if is_alive(one)]:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{left} outlive the command that started them")
        time.sleep(0.02)


def records(out: Path, fmt: str) -> dict[str, str]:
    """Return the records of a folder by their ids, as they are written; none may be there twice."""
    found: dict[str, str] = {}
    for path in sorted(out.glob(f"*.{fmt}")):
        for record in [path.read_text(encoding="utf-8")] if fmt == "json" else KINDS[fmt]().read(path):
            name = json.loads(record)["document"]["id"]
            if name in found:
                raise RuntimeError(f"{name} is there twice ({path.name})")
            found[name] = record
    return found


def trials(kills: int, reports: int, fmt: str, seed: int, folder: Path) -> Iterator[str]:
    """Kill so often; yield a line about each folder that came to its end all the same.

    Raises:
        RuntimeError: Something is lost, there twice, or other than it should be.
    """
    chance = random.Random(seed)
    write_reports(folder / "reports", reports, chance)
    trial = Trial(folder / "reports", fmt, chance)
    whole, seconds = trial.undisturbed(folder / "undisturbed")
    if len(whole) != reports:
        raise RuntimeError(f"{len(whole)} records of {reports} reports")
    yield f"undisturbed: {len(whole)} records in {seconds:.1f} s"
    while (so_far := trial.killed.total()) < kills:
        out = folder / "out"
        trial.disturbed(out, _WITHIN * seconds, kills - so_far)
        made = records(out, fmt)
        if made != whole:
            other = [name for name in whole if made.get(name) != whole[name]]
            raise RuntimeError(f"{len(made)} records, {len(other)} missing or other, such as {other[:3]}")
        shutil.rmtree(out)
        told = ", ".join(f"{kind} {count}" for kind, count in sorted(trial.killed.items()))
        yield f"{trial.killed.total()} kills ({told}): the same {len(made)} records"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do it, and return 1 where something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch_kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--format", default="jsonl.zst", choices=("json", "jsonl.zst", "parquet"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="parcferme-kills-") as folder:
        try:
            for line in trials(options.kills, options.reports, options.format, options.seed, Path(folder)):
                print(line, flush=True)
        except RuntimeError as error:
            print(f"failed: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Words a second, memory and cold start, beside a spaCy pipeline of the size of ``fr_core_news_sm``.

    python -m benchmarks.peer_speed --peer FOLDER [--treebank ud_french.tar.xz]
                                    [--newspapers newspaper_ner.tar.xz] [--rounds 5]

Both read the same reports (``corpus/``, train and dev, each once) on one core, each in a process of its own
with one thread, and take turns: what a busy machine does to one it does to the other. Ours tells who drove
where and what became of them, the peer tells parts of speech, heads and names; what is compared is what
reading costs. The peer is trained when ``--peer`` has none yet, and kept there. Memory is the most that a
process ever held.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.startup import COMMAND, SAMPLE

ROOT = Path(__file__).resolve().parent.parent
PEER, RULES, MODEL = "peer", "rules", "rules and model"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
SCORES = "scores.json"  # as benchmarks.peer_training writes it
# Texts that the peer reads at once: of 1, 4, 16 and 256 it is fastest with 4 and 16, and holds less with 4.
_AT_ONCE = 4
_WARM = 3  # texts read before the clock starts
_LOAD_AND_READ = """
import sys, spacy
nlp = spacy.load(sys.argv[1])
doc = nlp(open(sys.argv[2], encoding="utf-8").read())
print([(token.text, token.pos_, token.dep_, token.head.i, token.ent_type_) for token in doc])
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a process says of its reading.

    Attributes:
        words: How many it read.
        wall: Seconds on the clock.
        processor: Seconds of processor time.
        memory: The most that it held, in MiB.
    """

    words: int
    wall: float
    processor: float
    memory: float


def texts(limit: int = 0) -> list[str]:
    """Return the reports of the corpus that everybody may read."""
    found = []
    for split in ("train", "dev"):
        with (ROOT / "corpus" / "data" / f"{split}.jsonl").open(encoding="utf-8") as rows:
            found += [str(json.loads(row)["text"]) for row in rows]
    return found[: limit or None]


# ------------------------------------------------------------------------------------------ in the process


def read_here(reader: str, folder: str, limit: int) -> Reading:
    """Read all texts in this process, once.

    Args:
        reader: ``PEER`` or another.
        folder: Of the peer, or of the model that ours works with.
        limit: So many texts alone; 0 is all.
    """
    read = _peer(folder) if reader == PEER else _ours(folder)
    reports = texts(limit)
    read(reports[:_WARM])
    wall, processor = time.perf_counter(), time.process_time()
    read(reports)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return Reading(sum(len(report.split()) for report in reports), wall, processor, peak_memory())


def _ours(model: str) -> Callable[[Sequence[str]], None]:
    import extractor

    def read(reports: Sequence[str]) -> None:
        for _ in extractor.pipe(reports, model=model):
            pass

    return read


def _peer(folder: str) -> Callable[[Sequence[str]], None]:
    import spacy

    nlp = spacy.load(folder)

    def read(reports: Sequence[str]) -> None:
        for _ in nlp.pipe(reports, batch_size=_AT_ONCE):
            pass

    return read


def peak_memory() -> float:
    """Return the most memory that this process ever held, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says counts the process that started this one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


# ------------------------------------------------------------------------------------------- taking turns


def readings(readers: dict[str, str], rounds: int, limit: int) -> dict[str, list[Reading]]:
    """Let each reader read in turns.

    Args:
        readers: The folder of each one's model.
        rounds: How often each reads.
        limit: So many texts alone; 0 is all.
    """
    found: dict[str, list[Reading]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, folder in readers.items():
            told = _python("-m", "benchmarks.peer_speed", "--read", name, folder, "--texts", str(limit))
            found[name].append(Reading(**json.loads(told.splitlines()[-1])))
    return found


def starts(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[float]]:
    """Return how many seconds each command takes from its start, in turns; the disk's cache is warm."""
    for command in commands.values():
        _python(*command)
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            began = time.perf_counter()
            _python(*command)
            found[name].append(time.perf_counter() - began)
    return found


def _python(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | dict.fromkeys(_THREADS, "1"),
        check=True,
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
    )
    return done.stdout


def _stay_on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


# ------------------------------------------------------------------------------------------------ printing


def _print_speeds(found: dict[str, list[Reading]]) -> None:
    peer = _speeds(found[PEER])
    print(f"{found[PEER][0].words} words, {len(found[PEER])} rounds; in brackets: times as fast as the peer")
    print(f"{'words/s':16}{'best':>16}{'median':>16}{'processor time':>18}{'peak memory':>15}")
    for name, rows in found.items():
        speeds = zip(_speeds(rows), peer, strict=True)
        cells = [f"{ours:8,.0f} ({ours / theirs:4.2f})" for ours, theirs in speeds]
        print(f"{name:16}{cells[0]:>16}{cells[1]:>16}{cells[2]:>18}{max(r.memory for r in rows):11,.0f} MiB")


def _speeds(rows: Sequence[Reading]) -> tuple[float, float, float]:
    """Return words a second: best and median by the clock, and best by processor time."""
    wall = [row.words / row.wall for row in rows]
    return max(wall), statistics.median(wall), max(row.words / row.processor for row in rows)


def _print_starts(found: dict[str, list[float]]) -> None:
    peer = found[PEER]
    print("one file, from start to end; in brackets: times as long as the peer")
    print(f"{'seconds':16}{'best':>16}{'median':>16}")
    for name, seconds in found.items():
        best, median = min(seconds), statistics.median(seconds)
        ratios = best / min(peer), median / statistics.median(peer)
        print(f"{name:16}{best:9.2f} ({ratios[0]:4.2f}){median:9.2f} ({ratios[1]:4.2f})")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the peer where there is none, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peer_speed", description=__doc__)
    parser.add_argument("--peer", type=Path, help="folder of the peer, made if it is not there")
    parser.add_argument("--treebank", type=Path, help="ud_french.tar.xz, to train the peer on")
    parser.add_argument("--newspapers", type=Path, help="newspaper_ner.tar.xz, for the peer's names")
    parser.add_argument("--epochs", type=int, default=5, help="rounds of the peer's training")
    parser.add_argument("--model", default="", help="model that ours works with, instead of the shipped one")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=int, default=0, help="so many texts alone")
    parser.add_argument("--read", nargs=2, metavar=("READER", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.read:
        print(json.dumps(asdict(read_here(options.read[0], options.read[1], options.texts))))
        return
    if options.peer is None:
        parser.error("--peer is needed")
    _stay_on_one_core()
    folder = options.peer.absolute()
    if not (folder / SCORES).is_file():
        if options.treebank is None:
            parser.error(f"there is no peer in {folder}, and without --treebank none can be trained")
        _train(options, folder)
    print("the peer, in per cent:", (folder / SCORES).read_text(encoding="utf-8").strip(), flush=True)
    models = {RULES: "none"} | ({MODEL: model} if (model := _model(options.model)) else {})
    _print_speeds(readings({PEER: str(folder)} | models, options.rounds, options.texts))
    commands: dict[str, list[str]] = {PEER: ["-c", _LOAD_AND_READ, str(folder), str(SAMPLE)]}
    for name, model in models.items():
        commands[name] = ["-c", COMMAND, "extract", str(SAMPLE), "--model", model]
    _print_starts(starts(commands, options.rounds))


def _train(options: argparse.Namespace, folder: Path) -> None:
    names = ["--newspapers", str(options.newspapers.absolute())] if options.newspapers else []
    treebank = str(options.treebank.absolute())
    _python("-m", "benchmarks.peer_training", treebank, str(folder), "--epochs", str(options.epochs), *names)


def _model(asked: str) -> str:
    """Return the folder of the model; nothing where there is none."""
    from extractor.pipeline.model.location import find_bundle

    found = find_bundle(asked or None)
    return str(found) if found else ""


if __name__ == "__main__":
    main()

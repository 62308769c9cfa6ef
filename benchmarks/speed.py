"""Words per second on one core, beside spaCy's bare French tokenizer, and whether length costs extra.

    python -m benchmarks.speed [--rounds 5] [--reports 200] [--check]

The texts are the sample report and the golden reports. The pipeline and the tokenizer take turns, so that
both meet the same machine. Linearity: one file of 200 reports against the same 200 one by one, in seconds
per character. ``--check`` fails under 20,000 words a second or above a ratio of 1.2.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEAST_WORDS_PER_SECOND = 20_000
MOST_COST_OF_LENGTH = 1.2


def texts() -> list[str]:
    """Return the reports that everybody has."""
    paths = [*sorted(ROOT.glob("examples/*.txt")), *sorted(ROOT.glob("tests/golden/**/*.txt"))]
    return [path.read_text(encoding="utf-8") for path in paths]


def distinct(reports: Sequence[str], count: int) -> list[str]:
    """Return ``count`` reports of which no two share a paragraph.

    What is printed twice in a text is read once.
    """
    return [
        "\n".join(f"{line} ({number})" if line.strip() else line for line in report.split("\n"))
        for number, report in enumerate(islice(cycle(reports), count))
    ]


def words_per_second(read: Callable[[str], object], reports: Sequence[str]) -> float:
    """Return how many words a second ``read`` takes in."""
    words = sum(len(report.split()) for report in reports)
    return words / _seconds(read, reports)


def cost_of_length(read: Callable[[str], object], reports: Sequence[str]) -> tuple[float, float]:
    """Return microseconds per character for the reports one by one, and for all of them as one text."""
    singles = _seconds(read, reports) / sum(map(len, reports))
    whole = "\n\n".join(reports)
    return singles * 1e6, _seconds(read, [whole]) / len(whole) * 1e6


def _seconds(read: Callable[[str], object], reports: Sequence[str]) -> float:
    started = time.perf_counter()
    for report in reports:
        read(report)
    return time.perf_counter() - started


def _stay_on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 1 where ``--check`` was asked for and a limit is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    _stay_on_one_core()

    import extractor

    started = time.perf_counter()
    extractor.load()
    print(f"loading           {time.perf_counter() - started:8.2f} s")
    import spacy

    tokenizer = spacy.blank("fr").tokenizer
    reports = texts()
    for read in (extractor.extract, tokenizer):
        _seconds(read, reports)  # warm up

    pipeline_speed, tokenizer_speed = 0.0, 0.0
    for _ in range(options.rounds):
        pipeline_speed = max(pipeline_speed, words_per_second(extractor.extract, reports))
        tokenizer_speed = max(tokenizer_speed, words_per_second(tokenizer, reports))
    print(f"texts             {len(reports):8} of {sum(len(r.split()) for r in reports)} words")
    print(f"extract           {pipeline_speed:8,.0f} words/s on one core")
    times = tokenizer_speed / pipeline_speed
    print(f"spaCy's tokenizer {tokenizer_speed:8,.0f} words/s, {times:.1f} times as fast")

    many = distinct(reports, options.reports)
    singles, whole = min(
        (cost_of_length(extractor.extract, many) for _ in range(2)), key=lambda costs: costs[1] / costs[0]
    )
    print(f"{options.reports} reports singly {singles:8.2f} µs per character")
    print(f"and as one text   {whole:8.2f} µs per character, ratio {whole / singles:.2f}")
    kept = pipeline_speed >= LEAST_WORDS_PER_SECOND and whole / singles <= MOST_COST_OF_LENGTH
    return 0 if kept or not options.check else 1


if __name__ == "__main__":
    sys.exit(main())

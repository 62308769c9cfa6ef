"""Generated reports per second on one core, and how much they say.

    python -m benchmarks.generate [--reports 400] [--noise mixed]

Processor time, best of three rounds over the same seeds; composing, telling, noise, compiling and JSON all
count. The target is for a quiet machine and is printed beside the figure, not asserted.
"""

from __future__ import annotations

import argparse
import time
from typing import cast

from extractor.corpus.generator.report import NOISES, NoiseChoice, generate

TARGET = 200  # reports a second
ROUNDS = 3


def measured(reports: int, noise: NoiseChoice) -> tuple[float, float, float]:
    """Return reports a second, words a report, and facts a report."""
    seconds, words, facts = [], 0, 0
    for _ in range(ROUNDS):
        words = facts = 0
        began = time.process_time()
        for report in generate(1, reports, noise=noise):
            report.record.to_json()
            words += len(report.record.document.text.split())
            facts += sum(1 for _ in report.record.facts())
        seconds.append(time.process_time() - began)
    return reports / min(seconds), words / reports, facts / reports


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--noise", choices=NOISES, default="mixed")
    options = parser.parse_args()
    rate, words, facts = measured(options.reports, cast("NoiseChoice", options.noise))
    print(f"{rate:.0f} reports a second (target {TARGET}), {words:.0f} words and {facts:.0f} facts a report")


if __name__ == "__main__":
    main()

"""Measure how many damaged words restoring gives back, on pairs of OCR and truth that were set aside.

    python -m tools.measure_restoring FILE [--wrong]

where FILE is ``ICDAR2017_fre_periodical_test.tsv``, from which :mod:`tools.build_misreadings` takes nothing.
Neighbouring pairs are put together to pages, since whether a text is damaged is told from a page.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from extractor.lexicon.fold import fold
from extractor.lexicon.spelling import ordinary
from extractor.pipeline.reading import read
from extractor.pipeline.tokens import Tokens

PAGE = 2500  # characters
_PARTED = re.compile(r"([a-zß-öø-ÿ]+)-([a-zß-öø-ÿ]+)")
WORST = 0.25  # share of misread characters beyond which a pair is no pair


def pages(path: Path) -> Iterator[tuple[str, str]]:
    """Yield OCR and truth of about a page each."""
    ocr, truth = "", ""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) != 5 or float(cells[3]) > WORST:
            continue
        ocr, truth = f"{ocr}\n{_on_one_line(cells[1])}", f"{truth}\n{_on_one_line(cells[2])}"
        if len(truth) > PAGE:
            yield ocr, truth
            ocr = truth = ""


def _on_one_line(text: str) -> str:
    """Take out the hyphens of lines' ends, which the pairs keep without the lines."""

    def joined(parts: re.Match[str]) -> str:
        both = fold(parts[1]) in ordinary() and fold(parts[2]) in ordinary()
        return parts[0] if both else parts[1] + parts[2]

    return _PARTED.sub(joined, text)


def stretches(truth: list[str], read_as: list[str]) -> dict[int, tuple[str, str]]:
    """Return the stretches in which words differ, by their first word in the truth."""
    return {
        step.src_start: (
            " ".join(truth[step.src_start : step.src_end]),
            " ".join(read_as[step.dest_start : step.dest_end]),
        )
        for step in Levenshtein.opcodes(truth, read_as)
        if step.tag != "equal"
    }


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what is read wrongly that was right")
    options = parser.parse_args()
    count: Counter[str] = Counter()
    for ocr, truth in pages(options.file):
        tokens = read(ocr)
        right = _words(Tokens(truth))
        before, after = stretches(right, _words(Tokens(ocr))), stretches(right, _words(tokens))
        count["pages"] += 1
        count["pages restored"] += tokens.view is not None
        count["words"] += len(right)
        count["damaged"] += len(before)
        if tokens.view is None:
            continue
        count["damaged on restored pages"] += len(before)
        count["given back"] += len(before.keys() - after.keys())
        count["changed, still wrong"] += sum(before[k] != after[k] for k in before.keys() & after.keys())
        count["characters wrong before"] += _wrong(truth, ocr)
        count["characters wrong after"] += _wrong(truth, tokens.source)
        spoilt = after.keys() - before.keys()
        count["spoilt"] += len(spoilt)
        if options.wrong:
            for k in sorted(spoilt):
                print("\t".join(after[k]))
    for name, number in count.items():
        print(f"{number:8} {name}")


def _wrong(truth: str, read_as: str) -> int:
    """Return how many letters and digits are wrong, whatever stands between them."""
    one, other = ("".join(filter(str.isalnum, fold(text))) for text in (truth, read_as))
    return Levenshtein.distance(one, other)


def _words(tokens: Tokens) -> list[str]:
    return [norm for norm in tokens.norm if norm[0].isalnum()]


if __name__ == "__main__":
    main()

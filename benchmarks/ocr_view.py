"""How much nearer to what is printed the view of a scanned page is than what the machine read.

    python -m benchmarks.ocr_view SOURCE [--wrong] [--learnt]

SOURCE is the archive of the pairs, or a folder of its files; see :mod:`tools.ocr_pairs`. Measured is the
fifth that is set aside. Neighbouring pairs of one file are put together to pages, since whether a text is
damaged is told from a page. Words are compared folded and in order, letters and digits folded, whatever
stands between them. Pages that were not taken for damaged count as well: they are read as they stand.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from extractor.lexicon.fold import fold
from extractor.lexicon.spelling import known
from extractor.pipeline.reading import read
from extractor.pipeline.tokens import Tokens
from tools.ocr_pairs import Pair, pairs

PAGE = 2500  # characters
_PARTED = re.compile(r"([a-zß-öø-ÿ]+)- ?([a-zß-öø-ÿ]+)")
_EVERY = 12  # of the pairs that are learnt from, one page in so many is looked at


def pages(chosen: Iterator[Pair]) -> Iterator[tuple[str, str, str]]:
    """Yield the file's name, and OCR and truth of about a page each."""
    for file, group in groupby(chosen, key=lambda pair: pair.file):
        read_as, truth = "", ""
        for pair in group:
            read_as, truth = f"{read_as}\n{_on_one_line(pair.read)}", f"{truth}\n{_on_one_line(pair.truth)}"
            if len(truth) > PAGE:
                yield file, read_as, truth
                read_as = truth = ""


def _on_one_line(text: str) -> str:
    """Take out the hyphens of lines' ends, which the pairs keep without the lines."""

    def joined(parts: re.Match[str]) -> str:
        both = fold(parts[1]) in known() and fold(parts[2]) in known()
        return parts[0] if both and fold(parts[1] + parts[2]) not in known() else parts[1] + parts[2]

    return _PARTED.sub(joined, text)


def stretches(truth: list[str], read_as: list[str]) -> dict[int, tuple[int, str, str]]:
    """Return where words differ: by the first word in the truth, how many they are there, and both.

    A word in pieces on one side alone does not differ: the truth has blanks at the ends of lines, too.
    """
    found: dict[int, tuple[int, str, str]] = {}
    steps = Levenshtein.opcodes(truth, read_as)
    for differ, group in groupby(steps, key=lambda step: step.tag != "equal"):
        if not differ:
            continue
        run = list(group)
        one = truth[run[0].src_start : run[-1].src_end]
        other = read_as[run[0].dest_start : run[-1].dest_end]
        if not _in_pieces(one, other):
            found[run[0].src_start] = len(one), " ".join(one), " ".join(other)
    return found


def _in_pieces(one: list[str], other: list[str]) -> bool:
    return "".join(one) == "".join(other) and "".join(one) in known()


def wrong_words(truth: list[str], read_as: list[str]) -> set[int]:
    """Return which words of the truth are not read."""
    return {
        k for first, (count, _, _) in stretches(truth, read_as).items() for k in range(first, first + count)
    }


def measure(read_as: str, truth: str, count: Counter[str]) -> list[str]:
    """Add what a page yields to the counts, and return what was right and is read wrongly."""
    tokens, before = read(read_as), Tokens(read_as)
    right = _words(Tokens(truth))
    damaged, after = wrong_words(right, _words(before)), wrong_words(right, _words(tokens))
    count["pages"] += 1
    count["pages taken for damaged"] += tokens.restored
    count["words"] += len(right)
    count["words wrong before"] += len(damaged)
    count["words wrong after"] += len(after)
    count["words mended"] += len(damaged - after)
    count["words spoilt"] += len(after - damaged)
    letters = len(_letters(truth))
    count["letters"] += letters
    count["letters wrong before"] += Levenshtein.distance(_letters(truth), _letters(read_as))
    count["letters wrong after"] += Levenshtein.distance(_letters(truth), _letters(tokens.source))
    spoilt = after - damaged
    wrong = stretches(right, _words(tokens)) if spoilt else {}
    return [f"{is_} -> {read_}" for k, (_, is_, read_) in wrong.items() if k in spoilt]


def report(count: Counter[str]) -> Iterator[str]:
    """Yield the lines that tell the counts."""
    for name, number in count.items():
        yield f"{number:8} {name}"
    words, letters = count["words"] or 1, count["letters"] or 1
    sound = words - count["words wrong before"]
    for when in ("before", "after"):
        yield (
            f"agreement {when}: words {1 - count[f'words wrong {when}'] / words:.4f},"
            f" letters {1 - count[f'letters wrong {when}'] / letters:.4f}"
        )
    yield f"damaged words mended: {count['words mended'] / max(1, count['words wrong before']):.3f}"
    yield f"right words spoilt: {count['words spoilt'] / max(1, sound):.5f}"


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what is read wrongly that was right")
    parser.add_argument(
        "--learnt", action="store_true", help="look at some pages that are learnt from instead"
    )
    options = parser.parse_args()
    count: Counter[str] = Counter()
    chosen = (pair for pair in pairs(options.source) if pair.set_aside != options.learnt)
    for number, (_, read_as, truth) in enumerate(pages(chosen)):
        if options.learnt and number % _EVERY:
            continue
        spoilt = measure(read_as, truth, count)
        if options.wrong:
            print("\n".join(spoilt))
    print("\n".join(report(count)))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def _words(tokens: Tokens) -> list[str]:
    return [norm.strip("'") for norm in tokens.norm if norm[0].isalnum()]


if __name__ == "__main__":
    main()

"""Build the table of misreadings and of the letters of French by which damaged text is read.

Both are counted from pairs of OCR and truth: the ICDAR 2017 and 2019 competitions on post-OCR correction
(CC BY 4.0); see :mod:`tools.ocr_pairs`, which says what is set aside. What letters stand together is
counted from the words of the lexicon, too.

    python -m tools.build_misreadings SOURCE

where SOURCE is the archive of the pairs, or a folder of its files ``ICDAR*_fre_*.tsv``.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from extractor.lexicon.fold import fold
from extractor.lexicon.spelling import ordinary, runs
from tools.build_name_lists import write
from tools.ocr_pairs import LOOKED_AT, pairs

TABLE = Path(__file__).parent.parent / "extractor" / "lexicon" / "misreadings.toml"
LETTERS_FROM = "ICDAR2017"  # the pairs of 2019 have medieval French among them
LEAST_MISREADINGS = 6
# What the engines of today read and those of the pairs seldom did: letters that touch are one.
TYPICAL = {("rn", "m"): 8.0, ("cl", "d"): 8.5, ("ri", "n"): 8.0, ("in", "m"): 8.0, ("nn", "m"): 8.5}
LEAST_LETTERS = {3: 12, 4: 3}  # how often a run of that many letters is found, in two words or more
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"[a-z]{1,2}").fullmatch
_MARKS = re.compile(r"[a-z0-9&' ]{0,2}").fullmatch


def lines_to_learn_from(source: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the file's name, the OCR and the truth, folded, of each pair but those set aside."""
    for pair in pairs(source):
        if not pair.set_aside and pair.file != LOOKED_AT:
            yield pair.file, fold(pair.read), fold(pair.truth)


def misreadings(lines: Iterable[tuple[str, str, str]]) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Count what was read for what, and how often each character and pair of them was printed."""
    read: Counter[tuple[str, str]] = Counter()
    printed: Counter[str] = Counter()
    for _, ocr, truth in lines:
        printed.update(truth)
        printed.update(truth[k : k + 2] for k in range(len(truth) - 1))
        for block in _changes(truth, ocr):
            read[block] += 1
    return read, printed


def _changes(truth: str, ocr: str) -> Iterator[tuple[str, str]]:
    """Yield the changed stretches: neighbouring edits are one."""
    printed = read = ""
    for step in Levenshtein.opcodes(truth, ocr):
        if step.tag == "equal":
            if printed or read:
                yield printed, read
            printed = read = ""
        else:
            printed += truth[step.src_start : step.src_end]
            read += ocr[step.dest_start : step.dest_end]
    if printed or read:
        yield printed, read


def letters(lines: Iterable[tuple[str, str, str]]) -> set[str]:
    """Return the runs of three and of four letters that French words have, ``^`` and ``$`` at their ends."""
    words: Counter[str] = Counter()
    for file, _, truth in lines:
        if file.startswith(LETTERS_FROM):
            words.update(_WORD.findall(truth))
    found: set[str] = set()
    for size, least in LEAST_LETTERS.items():
        seen: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for word, count in words.items():
            for run in runs(word, size):
                seen[run] += count
                kinds[run] += 1
        found |= {run for run, count in seen.items() if count >= least and kinds[run] > 1}
        found.update(run for word in ordinary() if word.isalpha() for run in runs(word, size))
    return {run for run in found if run.isascii()}


def main() -> None:
    """Write the tables."""
    lines = list(lines_to_learn_from(Path(sys.argv[1])))
    read, printed = misreadings(lines)
    costs: dict[str, dict[str, float]] = {}
    for (right, wrong), count in read.most_common():
        if count >= LEAST_MISREADINGS and _LETTERS(right) and _MARKS(wrong):
            costs.setdefault(right, {})[wrong] = round(-math.log(count / printed[right]), 1)
    for (right, wrong), cost in TYPICAL.items():
        costs.setdefault(right, {}).setdefault(wrong, cost)
    body = [
        "# Made by tools/build_misreadings.py from the French pairs of the ICDAR 2017 and 2019 competitions",
        "# on post-OCR correction (CC BY 4.0). Folded characters: what was printed, what was read instead,",
        "# and how unlikely that is (minus the logarithm of its share). The empty string: a lost character.",
        "",
        "[misread]",
    ]
    for right in sorted(costs):
        wrongs = ", ".join(f'"{wrong}" = {cost}' for wrong, cost in costs[right].items())
        body.append(f'"{right}" = {{ {wrongs} }}')
    TABLE.write_text("\n".join([*body, ""]), encoding="utf-8")
    print(
        sum(map(len, costs.values())),
        "misreadings,",
        write("letters.txt.gz", letters(lines)),
        "runs of letters",
    )


if __name__ == "__main__":
    main()

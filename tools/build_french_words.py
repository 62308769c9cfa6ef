"""Build the list of French words, by how often they stand in print, against which a damaged page is held.

Counted are words in small letters in a hundred novels (ELTeC-fra, CC BY 4.0) and in the truth of the pairs
of OCR and truth that are learnt from (:mod:`tools.ocr_pairs`). The list holds words and how frequent they
are, as facts; no text.

    python -m tools.build_french_words NOVELS PAIRS

where NOVELS is a text, compressed by xz or not, and PAIRS as in :mod:`tools.build_misreadings`.
"""

from __future__ import annotations

import gzip
import lzma
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from extractor.lexicon.fold import fold
from tools.build_name_lists import LEXICON
from tools.ocr_pairs import LOOKED_AT, pairs

PARTS = 100  # stretches of the novels; one novel is about one
LEAST, LEAST_PARTS = 4, 3
LEAST_IN_PAIRS = 4
MODERN = "ICDAR2017"  # the pairs of 2019 have medieval French among them
_WORD = re.compile(r"[^\W\d_]{3,}")


def counts(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each folded word stands in small letters, and in how many texts."""
    often: Counter[str] = Counter()
    texts_with: Counter[str] = Counter()
    for text in texts:
        here: Counter[str] = Counter()
        for word, number in Counter(_WORD.findall(text)).items():
            if word.islower():
                here[fold(word)] += number
        often.update(here)
        texts_with.update(here.keys())
    return often, texts_with


def by_frequency(often: Counter[str]) -> list[list[str]]:
    """Return the words by class: of those of class ``k`` one stands for ``exp(k)`` of the first."""
    most = max(often.values())
    classes: list[list[str]] = []
    for word in sorted(often):
        k = round(math.log(most / often[word]))
        classes += [[] for _ in range(k + 1 - len(classes))]
        classes[k].append(word)
    return classes


def main() -> None:
    """Write the list."""
    path = Path(sys.argv[1])
    novels = lzma.decompress(path.read_bytes()).decode() if path.suffix == ".xz" else path.read_text("utf-8")
    size = len(novels) // PARTS + 1
    often, parts = counts(novels[k : k + size] for k in range(0, len(novels), size))
    learnt = (p for p in pairs(Path(sys.argv[2])) if not p.set_aside and p.file != LOOKED_AT)
    printed, _ = counts([" ".join(pair.truth for pair in learnt if pair.file.startswith(MODERN))])
    kept = {
        word: number + printed[word]
        for word, number in (often + printed).items()
        if (often[word] >= LEAST and parts[word] >= LEAST_PARTS) or printed[word] >= LEAST_IN_PAIRS
    }
    body = "\n\n".join("\n".join(words) for words in by_frequency(Counter(kept)))
    (LEXICON / "french_words.txt.gz").write_bytes(gzip.compress(body.encode(), 9, mtime=0))
    print(len(kept), "French words")


if __name__ == "__main__":
    main()

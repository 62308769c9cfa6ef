"""Build the list of ordinary words by which text all in capitals is told from names.

The words are those that reports of the split ``train`` write in small letters. A word that is a surname
as well is taken only where many reports write it so.

    python -m tools.build_common_words
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from extractor.corpus.library import load_split
from extractor.lexicon.fold import fold
from extractor.lexicon.tokenize import TOKEN
from extractor.lexicon.words import names
from tools.build_name_lists import write

CORPUS = Path(__file__).parent.parent / "corpus"
LEAST_REPORTS = 1
LEAST_REPORTS_OF_SURNAME = 3


def ordinary_words(corpus: Path) -> list[str]:
    """Return the folded words of three letters or more that are ordinary."""
    seen: Counter[str] = Counter()
    for report in load_split(corpus, "train"):
        if report.metadata.noise.startswith("ocr"):
            continue
        words = {match[0] for match in TOKEN.finditer(report.draft.marked.text)}
        seen.update({fold(word) for word in words if word.islower() and word.isalpha() and len(word) > 2})
    surnames = names("surnames") | names("first_names")
    return [
        word
        for word, count in seen.items()
        if count >= (LEAST_REPORTS_OF_SURNAME if word in surnames else LEAST_REPORTS)
    ]


def main() -> None:
    """Write the list."""
    print(write("common_words.txt.gz", ordinary_words(CORPUS)), "ordinary words")


if __name__ == "__main__":
    main()

"""Text search that any database can do: the words of a document, folded, each once, looked through with LIKE.

Measured on 100,000 reports of 350 words (benchmarks/review_queue.py): full-text indexes of SQLite and
PostgreSQL would save a fraction of a second of the search, and cost as much space as the texts and two ways
of doing one thing.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_SPLIT = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})

#: A text of a whole book has no more different words than this that anybody would look for.
_MOST_WORDS = 20_000
_LONGEST_WORD = 40
_MOST_ASKED = 12


def folded_words(text: str) -> list[str]:
    """Return the words of a text in lower case and without accents, in their order."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_SPLIT))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return [word[:_LONGEST_WORD] for word in _WORD.findall(bare)]


def words_of(*texts: str) -> str:
    """Return the different words of some texts, a space before each."""
    different: dict[str, None] = {}
    for text in texts:
        for word in folded_words(text):
            different[word] = None
    return "".join(f" {word}" for word in list(different)[:_MOST_WORDS])


def patterns(asked: str) -> list[str]:
    """Return for each word asked for what LIKE must find; words hold no wildcard."""
    return [f"% {word}%" for word in dict.fromkeys(folded_words(asked))][:_MOST_ASKED]

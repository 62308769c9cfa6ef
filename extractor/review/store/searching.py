"""Text search by beginnings of words: the words of a document, folded, each once, in one column.

SQLite looks through the column with LIKE; PostgreSQL, which takes several times as long for that, has an
index of the same words. Figures are in decision 0015.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, TextClause, and_, or_, select, text

from extractor.review.store.schema import searches

_WORD = re.compile(r"[^\W_]+")
_SPLIT = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})

#: No text, be it a whole book, has more different words that anybody would look for; in bytes, since
#: PostgreSQL's index takes a megabyte of a document at most, words and names together.
_MOST_BYTES: Final = 400_000
_LONGEST_WORD: Final = 40
_MOST_ASKED: Final = 12

#: The index of words in PostgreSQL, and what it is of. Words are taken as they are: nothing of the server's
#: locale or dictionaries has a say in it.
WORD_INDEX: Final = "ix_searches_lexemes"
LEXEMES: Final = "array_to_tsvector(string_to_array(btrim(words || names), ' '))"


def folded_words(text: str) -> list[str]:
    """Return the words of a text in lower case and without accents, in their order."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_SPLIT))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return [word[:_LONGEST_WORD] for word in _WORD.findall(bare)]


def words_of(*texts: str) -> str:
    """Return the different words of some texts, a space before each."""
    different: dict[str, None] = {}
    room = _MOST_BYTES
    for one in texts:
        for word in folded_words(one):
            if word not in different:
                room -= len(word.encode()) + 1
                if room < 0:
                    break
                different[word] = None
    return "".join(f" {word}" for word in different)


def found(connection: Connection, asked: str) -> Select[int] | None:
    """Return the numbers of documents that hold every word; ``None`` where there is no word."""
    words = list(dict.fromkeys(folded_words(asked)))[:_MOST_ASKED]
    if not words:
        return None
    number = select(searches.c.document_id)
    if connection.dialect.name != "postgresql":
        return number.where(_by_looking(words))
    # The planner does not know how dear it is to cut a row into words, and would rather do that for every
    # row (4.9 s for 100,000 of them) than ask the index. Apart from the rest of the query, and until the end
    # of this transaction, it has no choice.
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    hits = number.where(_by_index(words)).cte("hits").prefix_with("MATERIALIZED")
    return select(hits.c.document_id)


def _by_index(words: Sequence[str]) -> TextClause:
    # Words are letters and digits: there is nothing in them that a query could mean something by.
    query = " & ".join(f"'{word}':*" for word in words)
    return text(f"{LEXEMES} @@ CAST(:lexemes AS tsquery)").bindparams(lexemes=query)


def _by_looking(words: Sequence[str]) -> ColumnElement[bool]:
    wanted = [f"% {word}%" for word in words]
    return and_(*(or_(searches.c.words.like(word), searches.c.names.like(word)) for word in wanted))

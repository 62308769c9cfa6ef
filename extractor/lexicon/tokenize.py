"""Splitting text into the words that the lexicon and the pipeline compare.

Hyphens split, elisions split after the apostrophe, times and decimals stay whole. One rule for lexicon and
text, whatever tokenizer the surrounding spaCy pipeline uses; offsets are code points of the text itself.
"""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""
    \d+(?:(?:''|’’|['’"”″′.,:])\d+)+(?:''|’’|["”″′'’](?!\w))?   # 25'12"345  1.44.419  1,5''  10:34
  | \d+(?:''|’’|["”″])(?!\w)                                     # 12''
  | (?i:jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|entr|qu|[cdjlmnst])['’](?=\w)    # l'  qu'
  | \w+(?:['’]\w+)*                                              # mot  BR2S  2ème  DN’S  aujourd’hui
  | \.\.\.
  | [^\w\s]
    """,
    re.VERBOSE,
)


def split_words(text: str) -> list[str]:
    """Return the tokens of a short text."""
    return [match.group() for match in TOKEN.finditer(text)]

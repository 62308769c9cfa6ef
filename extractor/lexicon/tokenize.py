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
  | [^\W\d_]+(?:[-‐¬]\n[^\S\n]*(?=[a-zß-öø-ÿœ])[^\W\d_]{2,})+(?:['’]\w+)*  # a word parted by the line
  | \w+(?:['’]\w+)*                                              # mot  BR2S  2ème  DN’S  aujourd’hui
  | \.\.\.
  | [^\w\s]
    """,
    re.VERBOSE,
)


_JOINT = re.compile(r"[-‐¬]\n\s*")


def joined(word: str) -> str:
    """Return a word as it would stand on one line."""
    return _JOINT.sub("", word) if "\n" in word else word


def split_words(text: str) -> list[str]:
    """Return the tokens of a short text."""
    return [match.group() for match in TOKEN.finditer(text)]

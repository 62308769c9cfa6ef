"""Numbers as a typewriter writes them, which has no 1, and as they are read for letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.pipeline.view import Edit

# Only where nothing else can be meant: "2l" may be litres, "1o" an ordinal, "O2" a name.
_AMONG_DIGITS = re.compile(
    r"""(?<![^\W\d])l(?=[\dlO]*\d)      # l2  l9l2
      | (?<=\d)[lIO](?=\d)              # 1O5  2I3
      | (?<=\d)l(?=(?:e|ème|°)(?!\w))   # 2le
      | (?<=\d)O+(?![^\W\d_])           # 1O
      | (?<!\w)O(?=\d?['’:hH]\s?\d)     # O1:25
      | (?<=\d["”″'’])O(?!\w)          # 1'57"O
    """,
    re.VERBOSE,
)
# Digits are rare, so that looking from them is quick.
_BESIDE = re.compile(r"""[0-9](?:["”″'’]?[lIO]|(?<=[lO].)|(?<=O[:'’hH].))""")
_READ = str.maketrans("lIO", "110")
_FIRSTS = ("ler", "l er", "Ier", "I er", "lère", "l ère", "Ière", "I ère")
_FIRST = re.compile(r"[lI](?= ?(?:er|ère)(?!\w))(?<![\w'’].)")  # ler  l er  Ière


def digits(text: str) -> Iterator[Edit]:
    """Yield what digits are meant by letters in numbers."""
    if _BESIDE.search(text):
        for match in _AMONG_DIGITS.finditer(text):
            yield Edit(match.start(), match.end(), match[0].translate(_READ))
    for match in _FIRST.finditer(text) if any(map(text.__contains__, _FIRSTS)) else ():
        yield Edit(match.start(), match.end(), "1")

"""Words for where somebody comes from that no list holds: "le Lausannois Paul X", "la Fontenaisienne Y"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.lexicon.words import Term, word_set
from extractor.lexicon.words import names as name_list
from extractor.pipeline.tokens import Tokens

_BEFORE = word_set("names_words", "before_demonym")
_ENDING = re.compile(r"[a-z]{3}(?:ois|oise|ais|aise|ien|ienne|een|eenne|ain|aine|asque)$")


def unlisted_demonyms(tokens: Tokens, known: Mapping[int, list[Term]]) -> dict[int, list[Term]]:
    """Return the words that an article, their ending and the name behind them show to be demonyms.

    Args:
        tokens: The tokens of a text.
        known: The name terms found in it: what is listed as anything else is left alone.
    """
    norm, shape = tokens.norm, tokens.shape
    found: dict[int, list[Term]] = {}
    for i in range(1, len(norm) - 1):
        if shape[i] != "C" or norm[i - 1] not in _BEFORE or shape[i + 1] not in "CU" or i in known:
            continue
        given = norm[i] in name_list("first_names")
        if (
            _ENDING.search(norm[i])
            and not given
            and not tokens.source[tokens.end[i] : tokens.start[i + 1]].strip()
        ):
            found[i] = [Term(i, i + 1, "nation", "")]
    return found

"""Capitals to whom something happens: "Leverne avait fait un tonneau" is about a competitor."""

from __future__ import annotations

from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.tokens import Tokens

# In these frames the words in front are about somebody; nouns and parts tell nothing of them.
_VERBAL = frozenset(("own", "dead", "out", "outneg", "mutual", "hit", "leaves", "penal", "park", "finish"))
_LIGHT = word_set("names_words", "before_mishap")
_BREAKING = word_tuple("names_words", "breaking")
_OF = frozenset(("de", "d'", "du", "des", "a", "au", "en"))
_STATES = ("é", "ée", "és", "ées")  # "Triangle cassé": what became of a thing
_SETTINGS_OFF = (",", "(")
_CLOSING = {",": ",", "(": ")"}
_APPOSITION = 12  # tokens between the commas of "X, quatrième à cet instant, abandonne"
_MOST_LIGHT = 5


def meets_mishap(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether the name at ``first`` to ``last`` is the subject of a verb that tells of an incident."""
    if first and (tokens.norm[first - 1] in _OF or tokens.shape[first - 1] in "CUI"):
        return (
            False  # "à Brumont, heurte le parapet", "le Team Brumont prend feu": no subject, or part of one
        )
    return _verb_at(tokens, last) or _verb_at(tokens, _behind_apposition(tokens, last))


def _behind_apposition(tokens: Tokens, last: int) -> int:
    """Return where the sentence goes on behind what is set off by commas or brackets, else the end."""
    end = len(tokens)
    if last >= end or tokens.text[last] not in _SETTINGS_OFF:
        return end
    closing = _CLOSING[tokens.text[last]]
    for i in range(last + 1, min(end, last + _APPOSITION)):
        if tokens.text[i] == closing:
            return i + 1
        if tokens.text[i] in ".;:!?":
            return end
    return end


def _verb_at(tokens: Tokens, i: int) -> bool:
    terms = tokens.terms("incidents")
    for j in range(i, min(len(tokens), i + _MOST_LIGHT)):
        verb = tokens.norm[j].startswith(_BREAKING) or any(t.category in _VERBAL for t in terms.get(j, ()))
        if verb:
            return j > i or not tokens.text[j].endswith(_STATES)
        if tokens.norm[j] not in _LIGHT:
            return False
    return False

"""The words around speech, as sets of folded forms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extractor.lexicon.fold import fold
from extractor.lexicon.words import Term, layer, table

SPEECH = layer("speech")


def _words(category: str) -> frozenset[str]:
    """Return the single words of a category, elided ones ("j'") included."""
    elided = (fold(word) for word in table("speech")[category]["words"] if word.endswith("'"))
    return SPEECH.words(category) | frozenset(elided)


VERBS = SPEECH.words("verb")
WEAK = SPEECH.words("weak")
SAYING = VERBS | WEAK
ONWARD = SPEECH.words("onward")
ADDING = SPEECH.words("adding")
AUXILIARY = _words("auxiliary")
BETWEEN = _words("between")
CLITIC = _words("clitic")
FIRST_PERSON = _words("first_person")
FINITE = _words("finite")
NOUNS = SPEECH.words("noun")
WINNERS = SPEECH.words("winner")
RUNNERS_UP = SPEECH.words("runner_up")
NAMING = SPEECH.words("naming")
NATIONS = layer("names").words("nation")
EVENT_WORDS = layer("names").words("event_word") | layer("names").words("class")

STOPS = frozenset(".!?…") | {"..."}
SINGULAR = _words("singular")
PRONOUNS = _words("pronoun")
DETERMINERS = _words("determiner")
FEMININE = _words("feminine")
LAST_NAMED = _words("last_named")
#: A name behind one of these is no subject.
PREPOSITIONS = _words("preposition") | frozenset("(/")
#: A clause, and so speech, begins with one of these rather than an apposition.
CLAUSE_STARTS = _words("clause_start")
ARTICLES = _words("article")
#: What the narrator adds behind the speaker's name begins with one of these rather than speech.
ASIDES = _words("aside")


@lru_cache(maxsize=1 << 14)
def verbal(word: str) -> bool:
    """Tell whether a word could be a finite verb in the third person, by its ending."""
    return word.endswith(("e", "ait", "ent", "it", "a", "ut", "t", "int", "d")) and len(word) > 3


def speaks(norms: Sequence[str]) -> int:
    """Count the words in which somebody speaks of themselves."""
    return sum(norm in FIRST_PERSON for norm in norms)


def terms(norms: Sequence[str], category: str) -> list[Term]:
    """Return the longest terms of one category, from left to right."""
    found: list[Term] = []
    until = 0
    for start, candidates in SPEECH.find_all(norms).items():
        if start >= until:
            term = next((t for t in candidates if t.category == category), None)
            if term is not None:
                found.append(term)
                until = term.end
    return found

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
AUXILIARY = _words("auxiliary")
BETWEEN = _words("between")
CLITIC = _words("clitic")
FIRST_PERSON = _words("first_person")
FINITE = _words("finite")
NOUNS = SPEECH.words("noun")
NAMING = SPEECH.words("naming")
REACTIONS = SPEECH.words("reactions")
NATIONS = layer("names").words("nation")
EVENT_WORDS = layer("names").words("event_word") | layer("names").words("class")

STOPS = frozenset(".!?…") | {"..."}
SINGULAR = frozenset("je j' jai javais jetais jy mon ma mes me m' moi suis".split())
PRONOUNS = frozenset("il elle ils elles on".split())
DETERMINERS = frozenset("le la l' les son sa ses leur leurs un une ce cet cette notre nos".split())
LAST_NAMED = frozenset("interesse interessee interesses dernier derniere celui celle".split())
#: A name behind one of these is no subject.
PREPOSITIONS = frozenset(
    "de d' du des a au aux devant derriere par pour avec sur contre chez face sans selon entre sous malgre outre hors apres avant comme que"
    " qu' ( / et doublant devancant depassant precedant passant battant suivant talonnant".split()
)
#: A clause, and so speech, begins with one of these rather than an apposition.
CLAUSE_STARTS = frozenset(
    "je j' on nous il ils elle elles c' ca cela ce et mais car donc que qu' alors puis ensuite si s' quand comme parce puisque puisqu' or"
    " ni tu vous moi mon ma mes notre nos y qui n' ne pour pas meme surtout maintenant franchement ici le la les l' un une des il".split()
)
#: What the narrator adds behind the speaker's name begins with one of these rather than speech.
ASIDES = frozenset(
    "qui dont tout toute avant apres visiblement les l' le la sourire a au encore toujours pas peu tres plutot a en dans sous sur avec sans"
    " comme non lui elle casque heureux heureuse ravi ravie decu decue beau bon fier fiere radieux aux un une son sa ses".split()
)


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

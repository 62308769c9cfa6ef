"""Spelling: what a word that nobody knows may have been before it was misread.

A scanned page is read with errors, and nearly all of them are of a few kinds: one letter for another, a
letter lost, ``rn`` for ``m``, a blank lost or put in. ``misreadings.toml`` says how likely each is. A word is
looked up by undoing one of them at every place, so that the cost depends on its length alone, not on the
lexicon's size.
"""

from __future__ import annotations

import gzip
from collections.abc import Container, Iterator, Set
from functools import cache, lru_cache
from importlib import resources

from extractor.lexicon.fold import fold
from extractor.lexicon.tokenize import split_words
from extractor.lexicon.words import layer, names, table, word_set

_LAYERS = (
    "boilerplate", "incident_context", "incidents", "racing", "results", "roles", "sessions",
    "speech", "stopwords", "syntax",
)  # fmt: skip
_PROPER_LAYERS = ("codes", "names")
_WORD_FILES = (
    "findings_words", "grammar_words", "incident_words", "names_words", "people_words", "results_words",
    "sessions_words",
)  # fmt: skip
_ADDED_LETTER = 8.5  # what a letter costs that the page has not
_WORST_SHORT, _WORST_LONG, _LONG = 8.6, 10.5, 6
_CLEAR = 0.8  # by how much the best spelling must be better than the next
_CLEAR_SHORT = 1.5
_SHORT = 3
# What a word may cost at most, its bonus taken off, by how odd the word is for which it is read.
_LIMIT_VERY_ODD, _LIMIT_ODD, _LIMIT_PLAUSIBLE = 10.5, 8.5, 4.5
_STRICTER = 2.0  # by how much less a word may cost that tells nothing of a race
_BONUS_COMMON, _BONUS_OFTEN, _BONUS_SMALL, _BONUS_HERE = 1.5, 1.5, 5.0, 1.5
_BONUS_FREQUENT, _RARE = 0.3, 10  # for each class by which a word is more frequent than the rarest


@cache
def ordinary() -> frozenset[str]:
    """Return every folded word, proper names apart, that the lexicon holds."""
    found = set(names("common_words"))
    for group in table("french").values():
        found.update(map(fold, group["words"]))
    for name in _LAYERS:
        found |= layer(name).vocabulary()
    for name in _WORD_FILES:
        found |= _listed(table(name))
    return frozenset({word for word in found if len(word) > _SHORT} | word_set("spelling_words", "short"))


@cache
def frequency() -> dict[str, int]:
    """Return the words of French, folded, of three letters or more, by how rare they are.

    A word of class ``k`` is as frequent in print as ``exp(-k)`` of the most frequent one. The list is large
    and only needed where a page is damaged.
    """
    packed = resources.files("extractor.lexicon").joinpath("names", "french_words.txt.gz").read_bytes()
    classes = gzip.decompress(packed).decode().split("\n\n")
    return {word: k for k, words in enumerate(classes) for word in words.split("\n") if word}


@cache
def known() -> frozenset[str]:
    """Return every folded word, proper names apart, that the lexicon holds or French print has."""
    return ordinary().union(frequency())


@cache
def proper() -> frozenset[str]:
    """Return the folded words of makes, circuits, places and series."""
    return frozenset().union(*(layer(name).vocabulary() for name in _PROPER_LAYERS))


@cache
def all_names() -> frozenset[str]:
    """Return the folded names of people, makes, circuits and places."""
    return proper() | names("first_names") | names("surnames")


@cache
def small_words() -> frozenset[str]:
    """Return the words that stand everywhere: "le", "de", "qui"."""
    return word_set("spelling_words", "small")


def _listed(tables: dict[str, object]) -> set[str]:
    found: set[str] = set()
    for key, value in tables.items():
        if isinstance(value, dict):
            found |= _listed(value)
        elif key == "words" and isinstance(value, list):
            words = set(map(fold, value))
            plain = {word for word in words if word.isalpha()}
            found |= plain
            found.update(piece for word in words - plain for piece in split_words(word))
    return found


def runs(word: str, size: int) -> list[str]:
    """Return the runs of ``size`` letters of a word, ``^`` and ``$`` standing for its ends."""
    framed = f"^{word}$"
    return [framed[k : k + size] for k in range(len(framed) - size + 1)]


@lru_cache(maxsize=1 << 14)
def odd(word: str) -> int:
    """Return in how many places a folded word has four letters that stand together in no French word."""
    known = names("letters")
    return sum(run not in known for run in runs(word, 4))


@lru_cache(maxsize=1 << 14)
def very_odd(word: str) -> bool:
    """Tell whether a folded word has three letters that hardly stand together in any French word."""
    known = names("letters")
    return any(run not in known for run in runs(word, 3))


_ENDINGS = (
    "", "s", "x", "e", "es", "ee", "ees", "er", "ez", "ent", "ait", "ais", "aient", "ant", "a", "erent",
    "ons", "aux", "al", "ale", "if", "ive", "eur", "euse", "eurs", "i", "it", "is", "ir", "ie", "ies",
    "issait", "issent", "ement", "era", "erait", "able", "ment",
)  # fmt: skip
_LEAST_STEM = 4
_LONG_TAIL = 5
_BEFORE_E = "trnlsdiu"


@lru_cache(maxsize=1 << 14)
def inflected(word: str) -> bool:
    """Tell whether a folded word is a form of one that is known: "ailerons" of "aileron"."""
    known = ordinary()
    if word + "s" in known or word + "x" in known or (word[-1] in _BEFORE_E and word + "e" in known):
        return True
    for ending in _ENDINGS[1:]:
        stem = word[: -len(ending)]
        if (
            len(stem) >= _LEAST_STEM
            and word.endswith(ending)
            and any(stem + other in known for other in _ENDINGS)
        ):
            return True
    return False


Undo = dict[str, tuple[tuple[str, float], ...]]


@cache
def _undo() -> Undo:
    """Return, for what was read, what may have been printed and how unlikely that is."""
    found: dict[str, list[tuple[str, float]]] = {}
    for printed, wrongs in table("misreadings")["misread"].items():
        for read, cost in wrongs.items():
            found.setdefault(read, []).append((printed, cost))
    return {read: tuple(sorted(printed, key=lambda pair: pair[1])) for read, printed in found.items()}


def spellings(word: str) -> Iterator[tuple[str, float]]:
    """Yield every string of which the folded word may be a misreading, with its cost."""
    undo = _undo()
    lost = undo.get("", ())
    for i in range(len(word) + 1):
        head = word[:i]
        for printed, cost in lost:
            yield head + printed + word[i:], cost
        for n in (1, 2):
            read = word[i : i + n]
            if len(read) == n:
                rest = word[i + n :]
                for printed, cost in undo.get(read, ()):
                    yield head + printed + rest, cost
        if i < len(word):
            yield head + word[i + 1 :], _ADDED_LETTER


Ranked = tuple[tuple[float, str], ...]


def candidates(word: str, known: Container[str], worst: float) -> Ranked:
    """Return the known words of which a folded word may be a misreading, the likeliest first."""
    best: dict[str, float] = {}
    for candidate, cost in spellings(word):
        if cost <= worst and candidate in known and candidate != word:
            best[candidate] = min(cost, best.get(candidate, cost))
    return tuple(sorted((cost - _bonus(candidate), candidate) for candidate, cost in best.items()))


def clearest(ranked: Ranked, clear: float, here: Set[str] = frozenset()) -> str | None:
    """Return the likeliest of several spellings; ``None`` where none is clearly the likeliest.

    Args:
        ranked: The spellings, with their costs.
        clear: By how much the best must be better than the next that is not of the same word.
        here: Words that the text itself has: they are preferred.
    """
    if here:
        ranked = tuple(sorted((cost - _BONUS_HERE * (word in here), word) for cost, word in ranked))
    if not ranked:
        return None
    cost, best = ranked[0]
    if any(other - cost < clear and not _akin(best, word) for other, word in ranked[1:3]):
        return None
    return best


def _akin(one: str, other: str) -> bool:
    """Tell whether two words are most likely forms of one: "terminait", "terminaient"."""
    stem = min(len(one), len(other)) - 2
    return stem >= _LEAST_STEM and one[:stem] == other[:stem]


def ordinary_spelling(word: str, here: Set[str] = frozenset()) -> str | None:
    """Return the ordinary word of which a folded word is most likely a misreading.

    Args:
        word: The word as read; one that nobody knows.
        here: Words that the text itself has.
    """
    limit = _LIMIT_VERY_ODD if very_odd(word) else _LIMIT_ODD if odd(word) else _LIMIT_PLAUSIBLE
    ranked = _ordinary_candidates(word)
    if not ranked or ranked[0][0] > limit:
        return None
    best = clearest(ranked, _CLEAR if len(word) > _SHORT else _CLEAR_SHORT, here)
    if best is None or best in ordinary() or best in here:
        return best
    cost = next(cost for cost, candidate in ranked if candidate == best)
    return best if cost <= limit - _STRICTER else None


@lru_cache(maxsize=1 << 14)
def _ordinary_candidates(word: str) -> Ranked:
    if len(word) < 2 or (len(word) > _LEAST_STEM and inflected(word) and not odd(word)):
        return ()
    if len(word) <= _SHORT:
        return candidates(word, small_words(), _WORST_SHORT)
    return candidates(word, known(), _WORST_LONG if len(word) >= _LONG else _WORST_SHORT)


def _bonus(word: str) -> float:
    if word in small_words():
        return _BONUS_SMALL
    if word in names("common_words"):
        return _BONUS_COMMON + _BONUS_OFTEN * (word in _often())
    return _BONUS_FREQUENT * max(0, _RARE - frequency().get(word, _RARE))


@cache
def _often() -> frozenset[str]:
    """Return the words of which reports are full."""
    return frozenset(layer("stopwords").vocabulary())


@lru_cache(maxsize=1 << 14)
def parted(word: str) -> int:
    """Return where a folded word falls into two, the blank between them lost; 0 where nowhere."""
    small = small_words()
    if not odd(word):  # "police", and not "poli ce"; but "dela"
        return next((k for k in range(2, len(word) - 1) if word[:k] in small and word[k:] in small), 0)
    places = [k for k in range(1, len(word) - 1) if _two_words(word[:k], word[k:])]
    return max(places, key=lambda k: (max(k, len(word) - k), k), default=0)


def _two_words(head: str, tail: str) -> bool:
    """Tell whether two pieces are two words, and not one with a prefix: "dansla", not "devenu"."""
    words, small = known(), small_words()
    if head not in words or tail not in words:
        return False
    if tail in small:
        return len(head) > 2 or (head in small and len(head) + len(tail) > _SHORT)
    if head in word_set("spelling_words", "prefixes"):
        return len(head) > 1 and len(tail) >= _LONG_TAIL and tail in names("common_words")
    return (head in small and len(tail) > 2) or min(len(head), len(tail)) >= _LEAST_STEM


def respelt(written: str, folded: str) -> str:
    """Return a written word with the letters of a folded spelling; case and accents stay where they fit."""
    from rapidfuzz.distance import Levenshtein

    old = fold(written)
    capitals = written.isupper() and len(written) > 1
    if len(old) != len(written):
        return folded.upper() if capitals else folded
    pieces = []
    for step in Levenshtein.opcodes(old, folded):
        read, printed = slice(step.src_start, step.src_end), slice(step.dest_start, step.dest_end)
        kept = step.tag == "equal"
        pieces.append(written[read] if kept else _cased(folded[printed], written[read], capitals))
    return "".join(pieces)


def _cased(letters: str, read: str, capitals: bool) -> str:
    """Return what was printed in the case of what was read; an accent that was read as 6 comes back."""
    if letters == "e" and read == "6":
        return "é"
    return letters.upper() if capitals or (read and read[0].isupper()) else letters


@lru_cache(maxsize=1 << 12)
def proper_spelling(word: str) -> str | None:
    """Return the make, circuit or place of which a folded word is most likely a misreading."""
    return clearest(candidates(word, proper(), _WORST_SHORT), _CLEAR)


@lru_cache(maxsize=1 << 12)
def given_name(word: str) -> str | None:
    """Return the first name of which a folded word is most likely a misreading."""
    worst = _WORST_LONG if len(word) >= _LONG and odd(word) else _WORST_SHORT
    return clearest(candidates(word, names("first_names"), worst), _CLEAR_SHORT)


@lru_cache(maxsize=1 << 12)
def entrant_word(word: str) -> str | None:
    """Return the word of an entrant's name of which a folded word is most likely a misreading: "Écurte"."""
    return clearest(candidates(word, word_set("names_words", "strong_team"), _WORST_SHORT), _CLEAR)


def letter_between(head: str, tail: str) -> str | None:
    """Return the letter that makes one known word of two pieces, a blank read in its place."""
    words = known() if head else small_words()
    fitting = [head + letter + tail for letter, _ in _undo().get(" ", ()) if head + letter + tail in words]
    best = max(fitting, key=_bonus, default=None)
    return best[len(head) : len(head) + 1] if best else None


def ending_spelling(ending: str, known: Container[str]) -> str | None:
    """Return the known ending of an ordinal of which a folded one is a misreading."""
    return clearest(candidates(ending, known, _WORST_SHORT), _CLEAR)


@lru_cache(maxsize=1 << 14)
def parted_by_letter(word: str) -> int:
    """Return where a letter was read in the place of the blank between two words; 0 where nowhere."""
    words, small = known(), small_words()
    if not odd(word):
        return 0
    for k in range(3, len(word) - 2):
        head, tail = word[:k], word[k + 1 :]
        if (
            head in words
            and tail in words
            and (tail in small or head in small or min(len(head), len(tail)) >= 4)
        ):
            return k
    return 0

"""French at the seams: elision, contraction, agreement, ordinals."""

from __future__ import annotations

from extractor.lexicon.fold import fold

_ASPIRATED = (
    "hasselb",
    "hans",
    "harri",
    "hallamsh",
    "hakk",
    "heike",
    "hiss",
    "heurt",
    "harpon",
    "huit",
    "haut",
    "hollande",
    "hors",
)
_CONTRACTED = {
    ("de", "le"): "du ",
    ("de", "les"): "des ",
    ("à", "le"): "au ",
    ("à", "les"): "aux ",
}
_ORDINALS = [
    "premier",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
]
_NUMBERS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]


def begins_with_vowel(text: str) -> bool:
    """Tell whether words before the text are elided."""
    word = fold(text[:12].lstrip('«“" '))
    if not word:
        return False
    if word[0] == "h":
        return not word.startswith(_ASPIRATED)
    if word[0] == "y":
        return len(word) > 1 and word[1] not in "aeiou"
    return word[0] in "aeiou"


def article(word: str, text: str) -> str:
    """Return an article as it stands before the text, blank included."""
    if not word:
        return ""
    if word in ("le", "la", "l'") and (word == "l'" or begins_with_vowel(text)):
        return "l'"
    return f"{word} "


def before(preposition: str, word: str, text: str) -> str:
    """Return preposition and article as they stand before the text.

    Args:
        preposition: ``de``, ``à``, ``que`` or nothing.
        word: The article, or nothing.
        text: What comes after.
    """
    if not preposition:
        return article(word, text)
    written = article(word, text)
    if written.endswith(" ") and (preposition, word) in _CONTRACTED:
        return _CONTRACTED[preposition, word]
    elided = preposition in ("de", "que") and begins_with_vowel(written or text)
    return (preposition[:-1] + "'" if elided else preposition + " ") + written


def parted(name: str) -> tuple[str, str]:
    """Part a place's article from its name: ``Le Mans``, ``La Châtre``, ``Les Teillets``."""
    first, _, rest = name.partition(" ")
    return (first.lower(), rest) if first in ("Le", "Les") and rest else ("", name)


def suffix(feminine: bool, plural: bool) -> str:
    """Return what agreement adds to a participle."""
    return ("e" if feminine else "") + ("s" if plural else "")


def ordinal(number: int, style: str, *, feminine: bool = False) -> str:
    """Write a place: ``3e``, ``3ème``, ``troisième``."""
    if number <= len(_ORDINALS) and style == "words":
        return "première" if number == 1 and feminine else _ORDINALS[number - 1]
    if number == 1:
        return "1re" if feminine else "1er"
    return f"{number}{'ème' if style == 'ème' else 'e'}"


def number_word(number: int) -> str:
    """Write a small number in words."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def enumerated(names: list[str], last: str = " et ") -> str:
    """Join words as in speech."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + last + names[-1]


def key_of(text: str, taken: set[str]) -> str:
    """Return a key for a name that is not taken yet."""
    base = "".join(c for c in fold(text) if c.isascii() and c.isalpha())[:16] or "x"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}{number}", number + 1
    taken.add(key)
    return key

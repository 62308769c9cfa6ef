"""Verbs in the third person: the tenses that reports are told in."""

from __future__ import annotations

from functools import cache

from extractor.corpus.generator.grammar import begins_with_vowel, suffix
from extractor.corpus.generator.words import table

# What each tense of the telling makes of the main line, of what was before, and of what lasts.
TENSES = {
    "present": {"": "present", "<": "perfect", "~": "present"},
    "simple": {"": "simple", "<": "pluperfect", "~": "imperfect"},
    "perfect": {"": "perfect", "<": "pluperfect", "~": "imperfect"},
    "imperfect": {"": "imperfect", "<": "pluperfect", "~": "imperfect"},
}
_AVOIR = {"perfect": ("a", "ont"), "pluperfect": ("avait", "avaient")}
_ETRE = {"perfect": ("est", "sont"), "pluperfect": ("était", "étaient")}


@cache
def conjugated(lemma: str, tense: str, feminine: bool, plural: bool) -> str:
    """Return a verb, pronoun included.

    Args:
        lemma: Infinitive, "se " or "s'" before it for reflexive verbs.
        tense: ``present``, ``simple``, ``perfect``, ``pluperfect`` or ``imperfect``.
        feminine: The subject's gender.
        plural: The subject's number.
    """
    for negation in ("pas", "rien", "plus"):
        if lemma.startswith(f"ne {negation} "):
            return _negated(conjugated(lemma[len(negation) + 4 :], tense, feminine, plural), negation)
    for clitic in ("l'", "en ", "y "):
        if lemma.startswith(clitic):
            text = conjugated(lemma.removeprefix(clitic), tense, feminine, plural)
            return clitic + text
    reflexive = lemma.startswith(("se ", "s'"))
    text = _finite(lemma.removeprefix("se ").removeprefix("s'"), tense, feminine, plural, reflexive=reflexive)
    if not reflexive:
        return text
    return ("s'" if begins_with_vowel(text) else "se ") + text


def _finite(verb: str, tense: str, feminine: bool, plural: bool, *, reflexive: bool) -> str:
    forms = _forms(verb)
    if tense == "imperfect":
        return forms[4] + ("aient" if plural else "ait")
    if tense not in _AVOIR:
        return forms[(0 if tense == "present" else 2) + plural]
    lists = table("verbs")["lists"]
    with_etre = reflexive or verb in lists["essential"]
    auxiliary = (_ETRE if with_etre else _AVOIR)[tense][plural]
    if not with_etre or verb in lists["silent"]:
        return f"{auxiliary} {forms[5]}"
    ending = suffix(feminine, plural)
    return f"{auxiliary} {forms[5]}{'' if forms[5].endswith('s') and ending == 's' else ending}"


def _negated(text: str, negation: str) -> str:
    first, blank, rest = text.partition(" ")
    if first in ("se", "en") and rest:
        second, blank, rest = rest.partition(" ")
        first = f"{first} {second}"
    return f"{'n' + chr(39) if begins_with_vowel(first) else 'ne '}{first} {negation}{blank}{rest}"


@cache
def _forms(verb: str) -> tuple[str, ...]:
    irregular = table("verbs")["forms"].get(verb)
    if irregular is not None:
        return tuple(irregular.split())
    if not verb.endswith("er"):
        raise ValueError(f"no forms for {verb}")
    stem = verb[:-2]
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    present = table("verbs")["present"].get(verb, f"{stem}e {stem}ent").split()
    return (*present, f"{soft}a", f"{stem}èrent", soft, f"{stem}é")

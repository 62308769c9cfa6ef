"""Classes named by a common noun or a number: "chez les dames", "en grand tourisme", "classe 4"."""

from __future__ import annotations

import re

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names.runs import Tagged

_NOUNS = word_set("names_words", "class_nouns")
_KINDS = word_set("names_words", "class_kinds")
_CLASS_NOUNS = frozenset(["classe", "groupe", "gr", "division", "cl"])
_BEFORE_NOUN = word_set("names_words", "before_class_noun")
_NO_CLASS = word_set("names_words", "no_class_codes")
_CODE = re.compile(r"(?:[A-Z]{1,2}\d{1,2}|GT[A-Z0-9]|[A-Z]{2}[A-Z]?)$")
_BEFORE_ARTICLE = word_set("names_words", "before_class_article")
_BEFORE_KIND = word_set("names_words", "before_class_kind")


def find_common_classes(tagged: Tagged) -> list[Name]:
    """Return the classes that a common noun names behind words that lead to a class."""
    norm, shape, text = tagged.tokens.norm, tagged.tokens.shape, tagged.tokens.text
    found = []
    for i in range(1, len(norm)):
        if norm[i - 1] == "en" and _CODE.match(text[i]) and not tagged.tags(i) and norm[i] not in _NO_CLASS:
            found.append(Name(i, i + 1, "class", text[i], sure=0.7))
        if shape[i] != "l":
            continue
        first = i - 1 if norm[i] == "tourisme" and norm[i - 1] in ("grand", "grands") else i
        before = norm[first - 1] if first else ""
        led = before not in ("les", "des") or (first > 1 and norm[first - 2] in _BEFORE_ARTICLE)
        people = norm[i] in _NOUNS and before in _BEFORE_NOUN and led
        kind = norm[i] in _KINDS and before in _BEFORE_KIND
        if people or kind:
            found.append(Name(first, i + 1, "class", tagged.tokens.surface(first, i + 1), sure=0.7))
    return found


def find_numbered_classes(tagged: Tagged) -> list[Name]:
    """Return classes that a number or letter names: "classe 4", "groupe R", "gr. N", "division 2"."""
    tokens = tagged.tokens
    found = []
    for i, norm in enumerate(tokens.norm):
        if norm not in _CLASS_NOUNS or i + 1 >= len(tokens):
            continue
        j = i + 2 if tokens.text[i + 1] == "." and i + 2 < len(tokens) else i + 1
        text = tokens.text[j]
        if (
            (text.isdecimal() and len(text) <= 2)
            or tokens.shape[j] == "I"
            or (tokens.shape[j] == "U" and len(text) <= 5 and any(c.isdecimal() for c in text))
        ):
            end = j + 1
            if tokens.text[end : end + 1] == ["/"] and tokens.shape[end + 1 : end + 2] in (["I"], ["d"]):
                end += 2
            found.append(Name(i, end, "class", tokens.surface(i, end)))
    return found

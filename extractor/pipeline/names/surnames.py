"""A surname that the lists know, standing where people do: at the head of a sentence, behind a comma."""

from __future__ import annotations

from bisect import bisect_right

from extractor.lexicon.words import names as name_list
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Block, Name
from extractor.pipeline.names.runs import Tagged, ordinary_words

_OPENING = 2.1  # outweighs that a capital says nothing at the head of a sentence
_INSIDE = 0.6
_BEFORE = frozenset((",", ";", "(", "|", "/", ":"))
_ENDS = frozenset((".", ";", "—", "–", "/", "|", "…", "...", "["))
_NO_PERSON_BEFORE = word_set("names_words", "behind_places")
_BEFORE_PERSON = word_set("names_words", "before_person")
_HEADS = ("title", "heading")
_PRAISING = ("able", "ible", "ant", "ante", "eux", "euse")
_PARTICIPLE = ("ant", "é", "ée", "és", "ées", "ment")
_VERBS = word_set("names_words", "what_people_do")
_DONE_TO = word_set("names_words", "what_is_done_to_people")
_ADVERBS = word_set("names_words", "between_given_and_to")
_HANDED = word_set("names_words", "handed_over")
_HANDING = word_set("names_words", "handing_over")
_NEAR = 6  # tokens between "contre" or a verb and the "à" of what is handed over


def known_surname(tagged: Tagged, name: Name) -> float:
    """Weigh a single capital that is a known surname and no ordinary word, by what stands beside it.

    At the head of a sentence the words behind must go on as they do behind a person; within one, the
    mark before must open an item or a clause.
    """
    tokens, first = tagged.tokens, name.first
    if name.last - first != 1 or tokens.norm[first] not in name_list("surnames"):
        return 0.0
    if tokens.norm[first] in ordinary_words() or _joined(tagged, first):
        return 0.0
    if first and tokens.shape[first - 1] == "d" and not tokens.text[first - 1].isdecimal():
        return 0.0  # "3D Brumel"
    if name.sure > 0:
        led = first and (tokens.text[first - 1] in _BEFORE or _praised(tagged, first))
        return _INSIDE if led else 0.0
    return _OPENING if _goes_on(tagged, first) else 0.0


def given_to(norm: list[str], i: int) -> bool:
    """Tell whether "à" at token ``i`` leads to a person: "passe le volant à X", "contre 28 à X"."""
    k = i - 1
    while k > 0 and norm[k] in _ADVERBS:
        k -= 1
    before = norm[max(0, k - _NEAR) : k]
    if norm[k] in _HANDED:
        return bool(_HANDING & set(before))
    if norm[k].isdecimal() or norm[k] == "points":
        return "contre" in before
    return norm[k] in _DONE_TO


def capitals(tagged: Tagged, first: int, before: str) -> float:
    """Weigh that a word is in capitals: in a text that is not, a surname; else "devant" speaks for one."""
    near = tagged.tokens.shape[max(0, first - 6) : first + 7]
    if near.count("U") <= 2 * (near.count("l") + near.count("C")) + 2:
        return 0.8
    return -0.3 if before in ("de", "d'") else 0.3 if before in _BEFORE_PERSON else 0.0


def _praised(tagged: Tagged, first: int) -> bool:
    """Tell whether an adjective with its article stands before: "l'intouchable Brumel"."""
    norm = tagged.tokens.norm
    return first > 1 and norm[first - 2] in ("l'", "le", "la") and norm[first - 1].endswith(_PRAISING)


def _joined(tagged: Tagged, i: int) -> bool:
    """Tell whether a hyphen joins a word to another: "Brumeval-en-Sillage"."""
    text, glued = tagged.tokens.text, tagged.tokens.glued
    return (text[i - 1 : i] == ["-"] and glued(i)) or (text[i + 1 : i + 2] == ["-"] and glued(i + 1))


def _goes_on(tagged: Tagged, first: int) -> bool:
    """Tell whether what follows the head of a sentence follows people: a verb, a comma, "et"."""
    tokens = tagged.tokens
    block = _block(tagged, first)
    i = first + 1
    if tokens.text[first].endswith(_PARTICIPLE):  # "Dépassé au freinage, ...": only a verb shows a person
        return tokens.norm[i : i + 1] != [] and tokens.norm[i] in _VERBS
    if block is None:
        return False
    if i >= block.last:
        return first > block.first and block.kind in ("list", "table")
    text, shape = tokens.text[i], tokens.shape[i]
    if text == ",":
        return first > block.first or not _dateline(tagged, i + 1)
    if text == ":":
        return block.kind not in _HEADS and tokens.text[i + 1 : i + 2] in (["«"], ["“"], ['"'])
    if text in _ENDS:
        return first > block.first
    if shape in "Ue" and tokens.norm[i] in ordinary_words():
        shape = "l"  # text all in capitals
    led = tokens.norm[i] in _NO_PERSON_BEFORE and text not in ("a", "A")  # "Brumel a gagné"
    return shape in "le" and not led and block.kind not in _HEADS


def _dateline(tagged: Tagged, i: int) -> bool:
    """Tell whether a date or an article follows: "Brumeval, 23 juin. –", "Brumeval, la finale"."""
    tokens = tagged.tokens
    if tokens.shape[i : i + 1] == ["d"]:
        return "month" in tagged.tags(i + 1)
    return tokens.norm[i : i + 1] != [] and (
        "month" in tagged.tags(i) or tokens.norm[i] in ("la", "le", "les")
    )


def _block(tagged: Tagged, token: int) -> Block | None:
    blocks = tagged.layout.blocks
    k = bisect_right(blocks, token, key=lambda block: block.first) - 1
    return blocks[k] if k >= 0 else None

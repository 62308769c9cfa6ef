"""Marks of a damaged page: stops, commas, apostrophes, hyphens, numbers, and the ranks of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.lexicon import spelling
from extractor.lexicon.fold import fold
from extractor.lexicon.words import word_set
from extractor.pipeline.restoring.page import Page
from extractor.pipeline.view import Edit

OPENERS = word_set("spelling_words", "openers")
ELIDED = frozenset("ldnsjmc")
VOWELS = tuple("aeiouyh")
_MISREAD_A = frozenset("iou")
STOPS = frozenset('.!?:;–—-•*«"“(')
_LONGEST_NAME = 3
_UNITS = word_set("spelling_words", "units")
_BEFORE_NAME = word_set("spelling_words", "before_name")
_ENDINGS = word_set("spelling_words", "ordinal_endings")
_FIRST_ENDINGS = ("er", "ere", "re")
_ORDINAL = re.compile(r"(\d{1,2})([^\W_]{2,4})$")
_NUMBER_AND_WORD = re.compile(r"(\d{1,4}(?:e|er|ème)?)([^\W\d_]{2,})$")


def _opens(page: Page, i: int) -> bool:
    """Tell whether a sentence begins at a token: a small word with a capital, and a word without one."""
    return page.shape(i) == "C" and page.tokens.norm[i] in OPENERS and page.shape(i + 1) in ("l", "e")


def stop_behind(page: Page, i: int) -> Iterator[Edit]:
    """Put a full stop between two sentences that have lost it: "deuxième Le pilote"."""
    tokens = page.tokens
    if _opens(page, i + 1) and page.gap(i + 1) == " " and tokens.norm[i] not in _BEFORE_NAME:
        yield Edit(tokens.end[i], tokens.end[i], ".")


def _announces(page: Page, i: int) -> bool:
    """Tell whether somebody is given the word: "X : « ..."."""
    j = i
    while page.shape(j) == "C" and j - i < _LONGEST_NAME:
        j += 1
    return j > i and "".join(page.tokens.text[j : j + 2]) in (":«", ":“", ':"')


def comma(page: Page, i: int) -> Iterator[Edit]:
    """Read a comma before a sentence as a full stop, and before a name that announces speech."""
    if i > 0 and page.gap(i + 1) in (" ", "\n") and (_opens(page, i + 1) or _announces(page, i + 1)):
        yield page.read(i, ".")


def lone_letter(page: Page, i: int) -> Iterator[Edit]:
    """Give a lone consonant its apostrophe back, "l équipe", and read "i 11 s" as "à 11 s"."""
    tokens = page.tokens
    following = page.shape(i + 1)
    if following == "d" and tokens.text[i] in _MISREAD_A and page.shape(i - 1) == "p":
        yield page.read(i, "à")
        return
    if (
        tokens.norm[i] not in ELIDED
        or following not in ("l", "C")
        or (page.shape(i) == "I" and following == "C")
    ):
        return
    word = tokens.norm[i + 1]
    if page.gap(i + 1) == " " and word.startswith(VOWELS) and len(word) > 2:
        yield Edit(tokens.end[i], tokens.start[i + 1], "'")


def hyphen(page: Page, i: int) -> Iterator[Edit]:
    """Take the hyphen of a line's end out of a word, "classe-ment"; read one in a blank's place as such."""
    tokens = page.tokens
    if page.shape(i - 1) == "U" and page.shape(i + 1) == "U" and tokens.glued(i) and page.gap(i + 1) == "\n":
        if _capitals_parted(page, i):
            yield Edit(tokens.start[i], tokens.start[i + 1], "")
        return
    if not (0 < i < len(tokens) - 1 and tokens.glued(i) and tokens.glued(i + 1)):
        return
    head, tail, before, behind = tokens.norm[i - 1], tokens.norm[i + 1], page.shape(i - 1), page.shape(i + 1)
    if tokens.text[i - 1] in ",;:." and behind in "CUI" and page.shape(i - 2) != "I":
        yield page.read(i, " ")  # "2. X, à 1 s.,-Y"
    elif behind == "l" and before in "lC" and _parts_of_a_word(page, head, tail):
        yield page.read(i, "")
        page.done = i + 1


def _capitals_parted(page: Page, i: int) -> bool:
    """Tell whether the end of a line parts a name in capitals: "GLA-/CET", and not "JEAN-/PIERRE"."""
    head, tail = page.tokens.norm[i - 1], page.tokens.norm[i + 1]
    if head + tail in page.places:
        return True
    return head not in page.given and not (page.known_to_all(head) and page.known_to_all(tail))


def _parts_of_a_word(page: Page, head: str, tail: str) -> bool:
    """Tell whether two pieces are a word together and not each by itself."""
    by_itself = spelling.ordinary()  # print has "ment" and "tent" as words, too
    if min(len(head), len(tail)) == 1 or (head in by_itself and tail in by_itself):
        return False
    return head + tail in page.known or not spelling.odd(head + tail)


def numeral(page: Page, i: int) -> Iterator[Edit]:
    """Read the ending of an ordinal, "2ène", and part a number from the word that has run into it."""
    text, start = page.tokens.text[i], page.tokens.start[i]
    together = _NUMBER_AND_WORD.match(text)
    if together and fold(together[2]) in page.known and fold(together[2]) not in _UNITS:
        yield page.cut(i, together.end(1))
        return
    ordinal = _ORDINAL.match(text)
    ending = fold(ordinal[2]) if ordinal else ""
    if ordinal is None or ending in _ENDINGS or ending in _UNITS or ending in page.known:
        return
    spelt = spelling.ending_spelling(ending, _ENDINGS)
    if spelt and (spelt in _FIRST_ENDINGS) == (ordinal[1] == "1"):
        yield Edit(start + ordinal.start(2), page.tokens.end[i], spelling.respelt(ordinal[2], spelt))


# --- what is read otherwise for its place on the page

_ITEM = r"(?:(?<=\n)|(?<=\A)|(?<=[;:–] ))"  # where an item of a list begins
_FIRST_RANK = re.compile(_ITEM + r"[lI|!](?=[.)] ?[A-ZÀ-Þ«])")
_SECOND_RANK = re.compile(r"(?:\n|[;:–,-] ?)2[.),]")
_FIRST_ORDINAL = re.compile(r"(?<!\w)(?:[lI](?:er|cr|ct)|1(?:cr|ct))(?= )")
_RANK_AND_COMMA = re.compile(_ITEM + r"(\d{1,2}),(?= ?[A-ZÀ-Þ])")
_TIME = re.compile(
    r"(?<!\w)(?:[\dOoIlS]{1,2}[hH])?[\dOoIlS]{1,2} ?['’] ?[\dOoIlS]{2} ?(?:[\"”″]|''|’’)[\dOoIlS]{0,3}(?!\w)"
)
_NO_DIGITS = str.maketrans("OoIlS", "00115")
_NEAR = 400  # characters around a rank in which its neighbours stand


def places_on_the_page(source: str) -> Iterator[Edit]:
    """Yield the edits of ranks of lists, of first places and of times: "l. X", "1, X", "ler", "1'O2"3"."""
    for match in _FIRST_RANK.finditer(source):
        if _SECOND_RANK.search(source, match.end(), match.end() + _NEAR):
            yield Edit(match.start(), match.end(), "1")
    for match in _RANK_AND_COMMA.finditer(source):
        if _has_neighbour(source, match):
            yield Edit(match.end(1), match.end(1) + 1, ".")
    for match in _FIRST_ORDINAL.finditer(source):
        yield Edit(match.start(), match.end(), "1er")
    for match in _TIME.finditer(source):
        digits = match[0].translate(_NO_DIGITS)
        if digits != match[0] and any(map(str.isdecimal, match[0])):
            yield Edit(match.start(), match.end(), digits)


def _has_neighbour(source: str, rank: re.Match[str]) -> bool:
    """Tell whether the place before or behind is told in the same list, with its full stop."""
    place = int(rank[1])
    around = source[max(0, rank.start() - _NEAR) : rank.end() + _NEAR]
    return any(re.search(rf"(?:\A|\n|[;:–] ){n}[.)]", around) for n in (place - 1, place + 1))

"""Words in small letters: misread, run together, or fallen apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.lexicon import spelling
from extractor.lexicon.fold import fold
from extractor.pipeline.restoring.capitals import in_capitals, lost_capital, mixed, run_together
from extractor.pipeline.restoring.marks import ELIDED, VOWELS, lone_letter, stop_behind
from extractor.pipeline.restoring.page import Page
from extractor.pipeline.view import Edit

_LEAST_JOINED = 5
_WORD_AND_NUMBER = re.compile(r"([^\W\d_]{1,4})\d+$")
_PIECE, _LETTERS_OF_PIECE = 4, 3  # the longest known word that may be a piece of the next


def small_word(page: Page, i: int) -> Iterator[Edit]:
    """Yield how a word in small letters is to be read."""
    norm = page.tokens.norm[i]
    if capitals := in_capitals(page, i) or lost_capital(page, i):
        yield capitals
        return
    yield from stop_behind(page, i)
    if len(norm) == 1 and not _joined(page, i):
        yield from lone_letter(page, i)
    elif _links_names(page, i):
        yield page.read(i, "et")
    elif lost := _first_letter_lost(page, i):
        yield lost
    else:
        yield from _unknown(page, i)


def _unknown(page: Page, i: int) -> Iterator[Edit]:
    norm = page.tokens.norm[i]
    if norm in page.known or "'" in norm:
        if not _may_be_a_piece(page, i):
            return
    elif mixed(page.tokens.text[i]):
        yield from run_together(page, i)
        return
    if joined := _joined(page, i):
        yield joined
        page.done = i + 1
    elif number := _WORD_AND_NUMBER.match(page.tokens.text[i]):
        if fold(number[1]) in spelling.small_words():
            yield page.cut(i, number.end(1))  # "en16:48.905"
    elif norm not in page.known and norm.isalnum() and not page.part_of_another(i):
        yield from _respelt(page, i)


def _links_names(page: Page, i: int) -> bool:
    """Tell whether a word of two letters between two names is a misread "et"."""
    norm = page.tokens.norm[i]
    between = len(norm) == 2 and norm not in page.known and (norm[0] == "e" or norm[1] == "t")
    return between and page.shape(i - 1) in ("C", "U") and page.shape(i + 1) in ("C", "U")


def _first_letter_lost(page: Page, i: int) -> Edit | None:
    """Put the first letter back where a second blank stands in its place: "les  eux manches"."""
    start, source = page.tokens.start[i], page.tokens.source
    if page.gap(i) != "  " or source[start - 3 : start - 2] in ("", "\n"):
        return None
    norm = page.tokens.norm[i]
    name = page.headless.get(norm)
    letter = name[0].upper() if name else spelling.letter_between("", norm)
    return Edit(start - 1, start, letter) if letter else None


def _may_be_a_piece(page: Page, i: int) -> bool:
    """Tell whether a known short word may be a piece of the next, which nobody knows."""
    norm = page.tokens.norm[i]
    if len(norm) > _PIECE or norm in spelling.small_words() or page.shape(i + 1) != "l":
        return False
    following = page.tokens.norm[i + 1]
    return len(following) > 1 and following not in page.known


def _joined(page: Page, i: int) -> Edit | None:
    """Put a word together into which a blank was read, in the place of a letter or of none."""
    tokens = page.tokens
    if page.shape(i + 1) != "l" or not tokens.norm[i + 1].isalpha():
        return None
    head, tail, gap = tokens.norm[i], tokens.norm[i + 1], page.gap(i + 1)
    if (tail in spelling.small_words() and len(tail) > 1) or (head in page.known and tail in page.known):
        return None
    if not gap.isspace() or gap.count("\n") > 1:
        return None
    if len(head + tail) >= _LEAST_JOINED and (head + tail in page.known or _unknown_word(page, head, tail)):
        return Edit(tokens.end[i], tokens.start[i + 1], "")
    pieces = (head not in page.known or len(head) <= _LETTERS_OF_PIECE) and tail not in page.known
    if pieces and len(head + tail) >= _LEAST_JOINED - 1 and (letter := spelling.letter_between(head, tail)):
        return Edit(tokens.end[i], tokens.start[i + 1], letter)
    return None


def _unknown_word(page: Page, head: str, tail: str) -> bool:
    """Tell whether two pieces that are no words make one that may be: "volon tiers"."""
    if head in page.known or tail in page.known:
        return False
    return bool(spelling.odd(head) or spelling.odd(tail)) and not spelling.odd(head + tail)


def _respelt(page: Page, i: int) -> Iterator[Edit]:
    """Yield how a word is to be read that nobody knows."""
    norm, written = page.tokens.norm[i], page.tokens.text[i]
    if (
        norm[0] in ELIDED
        and norm[1:].startswith(VOWELS)
        and len(norm) >= _LEAST_JOINED
        and norm[1:] in page.known
    ):
        yield page.read(i, f"{written[0]}'{written[1:]}")
        return
    cut = spelling.parted(norm) if page.plain(i) else 0
    spelt = spelling.ordinary_spelling(norm, page.here)
    if cut and not (spelt and spelling.odd(norm) and min(cut, len(norm) - cut) == 1):
        yield page.cut(i, cut)
    elif spelt:
        yield page.spelt(i, spelt)
    elif page.plain(i) and (at := spelling.parted_by_letter(norm)):
        yield page.cut(i, at, 1)

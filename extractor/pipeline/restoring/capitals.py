"""Words with a capital: names, openings of sentences, words that have lost their capitals or run together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from extractor.lexicon import spelling
from extractor.lexicon.fold import fold
from extractor.pipeline.restoring.marks import OPENERS, STOPS
from extractor.pipeline.restoring.page import Page
from extractor.pipeline.view import Edit

_TOGETHER = re.compile(r"([^\W\d_]*[a-zß-öø-ÿ])([A-ZÀ-Þ](?:[a-zß-öø-ÿ]+|[A-ZÀ-Þ]+))$")
_LEAST = 5  # letters of a word that is respelt
_LEAST_NAME = 4


def capital_word(page: Page, i: int, namesakes: Mapping[str, str]) -> Iterator[Edit]:
    """Yield how a word with a capital is to be read."""
    tokens = page.tokens
    norm = tokens.norm[i]
    if capitals := in_capitals(page, i):
        yield capitals
    elif (
        page.shape(i) == "C" and mixed(tokens.text[i]) and norm not in page.family and norm not in page.proper
    ):
        yield from run_together(page, i)
    elif norm in namesakes:
        yield page.spelt(i, namesakes[norm])
    elif (
        norm.isalnum()
        and len(norm) >= _LEAST_NAME
        and page.nobody_knows(norm)
        and not page.part_of_another(i)
    ):
        if cut := _name_and_word(page, i) or _opener_and_word(page, i):
            yield page.cut(i, cut)
        elif spelt := _opening(page, i) or _name(page, i):
            yield page.spelt(i, spelt)


def mixed(written: str) -> bool:
    """Tell whether a word has a capital inside."""
    return not written[1:].islower() and any(map(str.isupper, written[1:]))


def in_capitals(page: Page, i: int) -> Edit | None:
    """Read a word in capitals of which one was read as a small letter: "DEREGNAu"."""
    written = page.tokens.text[i]
    if not written.isalpha() or not written[1:2].isupper() or sum(map(str.islower, written)) != 1:
        return None
    if not page.plain(i) or (len(written) < _LEAST and fold(written) not in page.proper):
        return None
    straight = written.replace("l", "I").upper()
    known = fold(straight) in page.known or fold(straight) in page.places
    return page.read(i, straight if known else written.upper())


def lost_capital(page: Page, i: int) -> Edit | None:
    """Give a name its capital back: the page has it elsewhere, or a first name or a rank stands before it."""
    tokens = page.tokens
    norm, written = tokens.norm[i], tokens.text[i]
    if len(norm) < _LEAST or not norm.isalpha() or norm in page.known or mixed(written):
        return None
    if norm in page.places or _behind_given_name(page, i) or _behind_stop(page, i):
        return Edit(tokens.start[i], tokens.start[i] + 1, written[0].upper())
    if norm in page.headless:
        return Edit(tokens.start[i], tokens.start[i], page.headless[norm][0].upper())
    return None


def _behind_given_name(page: Page, i: int) -> bool:
    """Tell whether a surname stands behind a first name: "Yves lebourg"."""
    return (
        page.shape(i - 1) == "C"
        and page.tokens.norm[i - 1] in page.given
        and page.tokens.norm[i] in page.family
    )


def _behind_stop(page: Page, i: int) -> bool:
    """Tell whether an initial or a rank stands before a word: "J.-L. grognart", "8. sikora"."""
    tokens = page.tokens
    if i < 2 or tokens.text[i - 1] != ".":
        return False
    if page.shape(i - 2) == "I":
        return True
    ranked = tokens.text[i - 2].isdecimal() and tokens.glued(i - 1)
    return ranked and spelling.ordinary_spelling(tokens.norm[i]) is None


def run_together(page: Page, i: int) -> Iterator[Edit]:
    """Part a word from the name behind it: "devantDurand", "cheztGrimbert", "LucDurand"."""
    match = _TOGETHER.match(page.tokens.text[i])
    if match is None or not page.plain(i):
        return
    small, head, tail = match[1].islower(), fold(match[1]), fold(match[2])
    if len(head) < 2:
        return
    named = tail in page.places or head in page.places or tail in page.family or tail in page.known
    known = head in page.known or (len(head) > 2 and (head in page.given or head in page.family))
    if (small and known) or (
        not small and len(head) > 2 and named and (known or tail in page.places or head in page.places)
    ):
        yield page.cut(i, match.end(1))
    elif len(head) > 3 and (
        head[:-1] in page.known if small else head[:-1] in page.given or head[:-1] in page.places
    ):
        yield page.cut(i, match.end(1) - 1, 1)


def _name_and_word(page: Page, i: int) -> int:
    """Return where a name of this page ends into which the next word has run: "Latournerieet"."""
    norm = page.tokens.norm[i]
    if not page.plain(i):
        return 0
    ends = (k for k in range(len(norm) - 2, _LEAST_NAME - 1, -1) if norm[k:] in spelling.small_words())
    return next((k for k in ends if norm[:k] in page.places), 0)


def _opener_and_word(page: Page, i: int) -> int:
    """Return where the word ends with which a sentence begins: "Laseconde"."""
    norm = page.tokens.norm[i]
    if page.shape(i) != "C" or not page.plain(i) or spelling.inflected(norm):
        return 0
    heads = (k for k in range(2, len(norm) - 3) if norm[:k] in OPENERS)
    return next((k for k in heads if norm[k:] in page.known), 0)


def _opening(page: Page, i: int) -> str | None:
    """Return the ordinary word that opens a sentence or stands in a line of capitals."""
    norm = page.tokens.norm[i]
    if page.shape(i) == "U":
        return (
            spelling.ordinary_spelling(norm, page.here) if len(norm) > _LEAST and spelling.odd(norm) else None
        )
    opens = i == 0 or page.tokens.text[i - 1] in STOPS or "\n" in page.gap(i)
    return (
        spelling.ordinary_spelling(norm, page.here)
        if opens and page.shape(i + 1) in ("l", "e", "d")
        else None
    )


def _name(page: Page, i: int) -> str | None:
    """Return the first name, make, place or word of an entrant that a word with a capital most likely is."""
    norm = page.tokens.norm[i]
    odd = spelling.odd(norm)
    if len(norm) < _LEAST or not (odd or len(norm) > _LEAST):
        return None
    if page.shape(i + 1) in ("C", "U") and page.shape(i - 1) not in ("C", "U"):
        given = spelling.given_name(norm)
        if given and (odd or given[:2] != norm[:2] or len(given) != len(norm)):
            return given
    return spelling.proper_spelling(norm) if odd else spelling.entrant_word(norm)

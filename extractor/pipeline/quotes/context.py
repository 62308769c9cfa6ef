"""What stands around a region: the words before it, behind it, and the lines above and below."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.pipeline.annotations import Ref
from extractor.pipeline.quotes.incises import Incise, Subject, incise_at, subject_at
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.vocabulary import (
    CLITIC,
    EVENT_WORDS,
    NAMING,
    ONWARD,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
    STOPS,
    VERBS,
    terms,
    verbal,
)
from extractor.pipeline.quotes.winner import place_meant

_SKIP = frozenset(',.!?…-–—;»”"') | {"..."}
_REACH = 45  # tokens of the clause before a quote that are looked at
_NAME_LINE = 18  # tokens of a line that gives a name and who that is


@dataclass(slots=True)
class After:
    """The narrator's words behind a region: up to token ``end``."""

    subject: Subject
    end: int
    strong: bool
    route: str
    incise: Incise | None = None


@dataclass(slots=True)
class Lead:
    """The narrator's words before a region, from token ``first``."""

    first: int
    subject: Subject | None = None
    colon: bool = False
    strong: bool = False
    onward: bool = False
    naming: bool = False
    boundary: bool = False  # a sentence or line begins with the region
    route: str = "none"


def words_after(page: Page, right: int, block: int, stopped: bool) -> After | None:
    """Read what follows the closing mark at offset ``right``."""
    k = page.token_after(right)
    limit = _after_limit(page, right, k, block)
    i = k
    while i < limit and page.text[i] in _SKIP and i - k < 3:
        i += 1
    if i >= limit:
        return None
    skipped = page.text[k:i]
    if page.text[i] == ":" and i + 1 < limit:  # "« ... » : X n'en revenait pas"
        ref = page.ref_at(i + 1)
        return (
            After(Subject("ref", i + 1, ref.last, ref), ref.last, False, "line") if ref is not None else None
        )
    if page.text[i] == "(":
        ref = page.ref_at(i + 1)
        closed = ref is not None and ref.last < limit and page.text[ref.last] in "),-–"
        return (
            After(Subject("ref", i + 1, ref.last, ref), ref.last, True, "line", None)
            if ref is not None and closed
            else None
        )
    lead = _lead_noun(page, i, limit)
    if lead is not None:
        return After(lead, lead.last, True, "verb")
    trailing = _trailing(page, i, limit, "\n" in page.source[right : page.tokens.start[i]])
    if trailing is not None:
        return After(trailing, trailing.last, True, "line")
    if page.norm[i] in ("voila", "ainsi", "tels", "telles") and page.shape[i] == "C":
        ref = page.ref_in(i + 1, min(limit, i + 10))
        return (
            After(Subject("ref", ref.first, ref.last, ref), ref.last, False, "verb")
            if ref is not None
            else None
        )
    if page.shape[i] in "CUI" or ("." in skipped and "," not in skipped):
        return None
    incise = incise_at(page, i, limit, strict="," not in skipped and not stopped)
    if incise is not None:
        return After(incise.subject, incise.last, incise.strong, "verb", incise)
    if page.shape[i] == "l" and verbal(page.norm[i]) and page.norm[i] not in PREPOSITIONS and i + 1 < limit:
        ref = page.ref_at(i + 1)
        if ref is not None:
            return After(Subject("ref", i + 1, ref.last, ref), ref.last, False, "verb")
    return None


def _after_limit(page: Page, right: int, k: int, block: int) -> int:
    """Return the token up to which the words behind a region are read."""
    if k >= len(page.tokens):
        return k
    here = page.block_at(page.tokens.start[k])
    if here < 0:
        return k
    gap = page.source[right : page.tokens.start[k]]
    if "\n" in gap and (gap.count("\n") > 1 or not (page.text[k] in ",(–—" or page.shape[k] == "l")):
        return k
    if (
        here > block
        and page.paragraph[here] != page.paragraph[block]
        and page.text[k] not in ",(–—"
        and page.shape[k] != "l"
    ):
        return k
    return min(page.blocks[here].last, k + 40)


def _lead_noun(page: Page, i: int, limit: int) -> Subject | None:
    for term in terms(page.norm[i : min(limit, i + 5)], "lead"):
        return subject_at(page, i + term.end, limit, strict=False) if term.start == 0 else None
    return None


def _trailing(page: Page, i: int, limit: int, below: bool) -> Subject | None:
    """Read a name with which the line ends: "« ... » – X (Team)"."""
    ref = page.ref_at(i)
    if ref is None or ref.form != "name":
        return None
    end = max(ref.outer, ref.last)
    rest = page.norm[end:limit]
    if len(rest) > 10 or (below and rest and rest[0] not in (",", "(", "-", "–", ".")):
        return None
    if (
        not rest
        or rest == ["."]
        or (rest[0] in (",", "(", "-", "–", "/") and not set(rest) & SAYING and rest[-1] not in STOPS)
    ):
        return Subject("ref", i, ref.last, ref)
    return None


def words_before(page: Page, left: int, block: int, floor: int) -> Lead:
    """Read what stands before the opening mark at offset ``left``, from token ``floor`` on."""
    k = page.token_after(left)
    first = max(page.blocks[block].first, floor)
    if k <= page.blocks[block].first:
        above = block - 1
        while above >= 0 and page.blocks[above].kind == "boilerplate":
            above -= 1
        if above < 0 or page.text[page.blocks[above].last - 1] != ":" or page.blocks[above].last <= floor:
            return Lead(k, boundary=True)
        first = max(page.blocks[above].first, floor)
        if page.blocks[above].last - first > _REACH:
            first = page.blocks[above].last - _REACH
    p = k - 1
    if p < first:
        return Lead(k, boundary=True)
    c = p
    while c > first and k - c < _REACH and not _ends_sentence(page, c - 1):
        c -= 1
    if page.text[p] in STOPS or page.text[p] in '«»“”"„;–—-•*)':
        dash = page.text[p] in "–—-•*" and p > first
        return Lead(k, boundary=not dash, naming=False)
    return _clause(page, c, p)


def _ends_sentence(page: Page, i: int) -> bool:
    return page.text[i] in STOPS and not (page.text[i] == "." and page.shape[i - 1] == "I" and i > 0)


def _clause(page: Page, c: int, p: int) -> Lead:
    """Read the clause of tokens ``c`` to ``p`` that leads to a quote."""
    norm = page.norm
    colon = page.text[p] == ":"
    lead = Lead(c, colon=colon, boundary=colon)
    last = p if colon or page.text[p] == "," else p + 1
    lead.naming = not colon and any(_names(norm, i) for i in range(max(c, last - 2), last))
    lead.onward = any(norm[i] in ONWARD for i in range(max(c, last - 8), last))
    heads = [t for t in terms(norm[c : min(c + 6, last)], "lead") if t.start <= 1]
    if heads:
        lead.subject = subject_at(page, c + heads[0].end, last, strict=False)
        lead.strong = lead.subject is not None and (colon or page.text[p] == ",")
        lead.route = "colon"
        if lead.strong:
            return lead
    if norm[c] == "pour" and page.text[p] == "," and p - c <= 8:  # "Pour X, « ... »"
        ref = page.ref_at(c + 1)
        if ref is not None:
            lead.subject, lead.strong = Subject("ref", ref.first, ref.last, ref), True
            return lead
    verb = _verb(page, c, last)
    if verb >= 0:
        _by_verb(page, lead, c, verb, last)
    elif colon:
        _by_colon(page, lead, c, last)
    return lead


def _names(norm: list[str], i: int) -> bool:
    """Tell whether a name or title follows: "surnommé", "le prix"; not "s'est dit"."""
    return norm[i] in NAMING and not (
        norm[i] in ("dit", "dite") and i > 0 and norm[i - 1] in ("se", "est", "etait", "a", "avait")
    )


def _verb(page: Page, c: int, last: int) -> int:
    """Return the last verb of saying of a clause, or -1."""
    for i in range(last - 1, c - 1, -1):
        if (
            page.norm[i] in VERBS
            and page.shape[i] == "l"
            and (i == c or page.norm[i - 1] not in ("le", "la", "un", "une", "de", "du", "au"))
        ):
            return i
        if page.norm[i] in SAYING and last - i <= 2 and page.text[last - 1] != ":":
            return i
    return -1


def _by_verb(page: Page, lead: Lead, c: int, verb: int, last: int) -> None:
    norm = page.norm
    start = verb
    while start > c and (
        norm[start - 1] in CLITIC or norm[start - 1] in ("a", "avait", "ont", "est", "t", "-")
    ):
        start -= 1
    near = last - verb <= 12
    incise = incise_at(page, verb, last, strict=True)
    if incise is not None and incise.subject.kind in ("ref", "pronoun") and lead.colon:
        lead.subject = incise.subject
    else:
        lead.subject = clause_subject(page, c, verb)
        if lead.subject is None and lead.colon:
            lead.subject = clause_subject(page, verb, last)
    lead.strong = near and norm[verb] in VERBS and (lead.colon or last - verb <= 4)
    lead.route = "verb"
    if lead.subject is None and any(norm[i] in PRONOUNS for i in range(c, verb)):
        at = next(i for i in range(c, verb) if norm[i] in PRONOUNS)
        lead.subject = Subject("pronoun", at, at + 1)


def clause_subject(page: Page, c: int, last: int) -> Subject | None:
    """Return the first name of a clause that is no complement, else what else could be its subject."""
    fallback: Ref | None = None
    for ref in page.refs_in(c, last):
        if ref.first > 0 and ref.first > c and page.norm[ref.first - 1] in PREPOSITIONS:
            fallback = fallback or ref
            continue
        return Subject("ref", ref.first, ref.last, ref)
    if c < last:
        subject = subject_at(page, c, last, strict=True)
        if subject is not None and subject.kind in ("nominal", "latest"):
            return subject
        if place_meant(page, c, min(c + 2, last)) is not None:  # "Le deuxième n'a pas d'excuse :"
            return Subject("nominal", c, min(c + 2, last))
    if fallback is not None:
        return Subject("ref", fallback.first, fallback.last, fallback)
    return None


def _by_colon(page: Page, lead: Lead, c: int, last: int) -> None:
    """Read "X (Team) :" and "X hérite de la victoire :"."""
    lead.route = "colon"
    subject = clause_subject(page, c, last)
    if subject is None and last > c:
        capital = page.shape[c] in "CUI" and page.norm[c] not in EVENT_WORDS and last - c <= 6
        if terms(page.norm[c:last], "role"):
            subject = Subject("nominal", c, last)
        elif (
            capital
            and last - c >= 2
            and all(page.shape[i] in "CUI" or page.text[i] in "-'" for i in range(c, last))
        ):
            subject = Subject("name", c, last)
        elif page.norm[c] in PRONOUNS:
            subject = Subject("pronoun", c, c + 1)
    lead.subject = subject
    complement = (
        subject is not None and subject.first > c and norm_before(page, subject.first) in PREPOSITIONS
    )
    lead.strong = subject is not None and subject.kind in ("ref", "name") and not complement


def norm_before(page: Page, i: int) -> str:
    """Return the folded token before token ``i``."""
    return page.norm[i - 1] if i > 0 else ""


def name_line(page: Page, b: int) -> Subject | None:
    """Return who is named in a block that says nothing else: "X (Team)", "Réaction de X"."""
    if not 0 <= b < len(page.blocks):
        return None
    block = page.blocks[b]
    if block.last - block.first > _NAME_LINE or page.text[block.last - 1] in STOPS:
        return None
    ref = page.ref_in(block.first, min(block.first + 4, block.last))
    if ref is None or ref.form != "name":
        return None
    before = page.norm[block.first : ref.first]
    if before and not _introduces(page, block.first, ref.first):
        return None
    end = max(ref.outer, ref.last)
    if end < block.last and page.norm[end] not in (",", "(", "-", "–", "—", ":", "/", "[", "#"):
        return None
    if any(word in VERBS or (word[0].isdecimal() and len(word) > 3) for word in page.norm[end : block.last]):
        return None
    return Subject("ref", ref.first, ref.last, ref)


def _introduces(page: Page, first: int, last: int) -> bool:
    """Tell whether the tokens before a name only introduce it: a dash, "Réaction de", "Le pilote"."""
    if all(not page.text[i][0].isalnum() for i in range(first, last)):
        return True
    words = page.norm[first:last]
    return any(t.end == last - first for category in ("lead", "role") for t in terms(words, category))

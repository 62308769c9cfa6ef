"""Runs of capitals: the raw material of names.

A run is a stretch of capitalised words held together by blanks, hyphens and particles ("Piet van der Brum",
"Orange 1 Racing Team"). It is cut into units, a unit being words joined by hyphens ("Paul-Adrien").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from extractor.lexicon.words import Term, layer, names, word_set
from extractor.pipeline.annotations import Block, Layout
from extractor.pipeline.names.demonyms import unlisted_demonyms
from extractor.pipeline.tokens import Tokens

PARTICLES = word_set("names_words", "particles")
_SMALL = frozenset(("de", "du", "des", "d'", "van", "von", "der"))
LETTERED = word_set("names_words", "lettered")
_SHORT = word_set("names_words", "short_first_names")
_LONGEST_INITIAL = 3  # letters: "Chr."

# Categories that keep a unit out of a person's name.
THINGS = frozenset(
    (
        *("make", "model", "tyre", "series_cue", "event_cue", "circuit_cue"),
        *("place", "nation", "month", "class", "event_word", "title"),
    )
)
_LINKS = frozenset(("by", "&", "of", "and"))
_LEADS = frozenset(
    ("team_lead", "person_lead", "class_lead", "official")
)  # what stands before a name is no part of it: "du Team X"
_MAX_GAP = 3
_LONGEST_TERM = 8  # units
_LONGEST_RUN = 60  # tokens: no name is that long


@dataclass(slots=True)
class Unit:
    """Tokens ``first`` to ``last`` of one hyphenated word, with what the lexicon knows of it."""

    first: int
    last: int
    norms: tuple[str, ...]
    upper: bool
    initial: bool = False
    particle: bool = False
    digit: bool = False
    given: bool = False
    tags: frozenset[str] = frozenset()


@dataclass(slots=True)
class Run:
    """A stretch of capitals; ``opens`` tells that it begins a sentence, where a capital says nothing."""

    units: list[Unit]
    opens: bool
    block: int
    shouted: bool = False

    @property
    def first(self) -> int:
        """The first token."""
        return self.units[0].first

    @property
    def last(self) -> int:
        """The token behind the last."""
        return self.units[-1].last


@dataclass(slots=True)
class Tagged:
    """A layout with the name terms found in it."""

    layout: Layout
    terms: dict[int, list[Term]] = field(default_factory=dict)
    stops: frozenset[str] = frozenset()
    tokens: Tokens = field(init=False)

    def __post_init__(self) -> None:
        """Take the tokens of the layout: they are asked for at every step."""
        self.tokens = self.layout.tokens

    def tags(self, i: int, last: int | None = None) -> frozenset[str]:
        """Return the categories of the terms that begin at token ``i`` (and end at ``last``, where given)."""
        terms = self.terms.get(i)
        if not terms:
            return frozenset()
        return frozenset(t.category for t in terms if last is None or t.end == last)


def tag(layout: Layout) -> Tagged:
    """Look the name terms up."""
    terms = layout.tokens.terms("names")
    found = unlisted_demonyms(layout.tokens, terms)
    return Tagged(layout, {**terms, **found} if found else terms, layer("stopwords").words("stop"))


def runs(tagged: Tagged) -> Iterator[Run]:
    """Yield the runs of a layout in reading order."""
    openings = {sentence.first for sentence in tagged.layout.sentences}
    shapes = tagged.tokens.shape
    for number, block in enumerate(tagged.layout.blocks):
        if block.kind == "boilerplate":
            continue
        shouted = is_shouted(tagged.tokens, block)
        i = block.first
        while i < block.last:
            if shapes[i] not in "CUIe":
                i += 1
                continue
            end = _run_end(tagged, i, block.last, shouted)
            if end > i:
                units = _merged(tagged, list(_units(tagged, i, end)))
                if shouted:
                    _small_in_capitals(tagged.tokens, units)
                yield Run(units, _opens(tagged.tokens, i, openings), number, shouted)
                i = end
            else:
                i += 1


def _small_in_capitals(tokens: Tokens, units: list[Unit]) -> None:
    """Let "DE" and "DU" join names in text all in capitals as they do elsewhere; "LE GOFF" keeps its own."""
    for unit in units[1:]:
        if unit.last == unit.first + 1 and unit.norms[0] in _SMALL and tokens.shape[unit.first] == "U":
            unit.particle, unit.upper = True, False


def is_shouted(tokens: Tokens, block: Block) -> bool:
    """Tell whether a block is written in capitals, so that capitals mean nothing."""
    shapes = tokens.shape[block.first : block.last]
    upper = sum(shape in "UI" for shape in shapes)
    lower = sum(shape in "lC" for shape in shapes)
    return upper >= 3 and upper > 3 * lower


def _opens(tokens: Tokens, i: int, openings: set[int]) -> bool:
    return i in openings or tokens.text[i - 1] in '«“"„:–-—•*!?.' or tokens.shape[i - 1] == "d"


def is_initial(tokens: Tokens, i: int) -> bool:
    """Tell whether a token stands for a first name: a letter, or "Ph" and "Ch" before a full stop."""
    if tokens.shape[i] == "I":
        return True
    return (
        tokens.shape[i] in "CU"
        and len(tokens.text[i]) <= _LONGEST_INITIAL
        and tokens.norm[i] in _SHORT
        and tokens.text[i + 1 : i + 2] == ["."]
    )


def _is_capital(tagged: Tagged, i: int, shouted: bool) -> bool:
    shape = tagged.tokens.shape[i]
    if shape not in "CUI":
        return False
    if not shouted:
        return True
    norm = tagged.tokens.norm[i]
    return norm not in tagged.stops and norm not in _common()


@cache
def ordinary_words() -> frozenset[str]:
    """Return the words that are hardly names: those that open sentences, those of race reports."""
    return layer("stopwords").words("stop") | _common()


@cache
def _common() -> frozenset[str]:
    return layer("stopwords").words("common") | names("common_words")


def _run_end(tagged: Tagged, i: int, limit: int, shouted: bool) -> int:
    """Return the end of the run that begins at ``i``, or ``i`` where none does."""
    tokens = tagged.tokens
    if (
        tokens.shape[i] == "e"
        and tokens.text[i][0].isupper()
        and i + 1 < limit
        and _is_capital(tagged, i + 1, shouted)
    ):
        return (
            _run_end(tagged, i + 1, limit, shouted) if tokens.norm[i] in ("l'", "d'", "o'", "n'", "m'") else i
        )
    if not _is_capital(tagged, i, shouted):
        return i
    end = i + 1
    while end < limit and end - i < _LONGEST_RUN:
        j = _next_capital(tagged, end, limit, shouted)
        if j < 0:
            break
        end = j + 1
    return end


def _next_capital(tagged: Tagged, end: int, limit: int, shouted: bool) -> int:
    """Return the index of the capital that goes on with the run, or -1."""
    tokens = tagged.tokens
    text, shape = tokens.text[end], tokens.shape[end]
    if _is_capital(tagged, end, shouted):
        return end
    if text == "." and is_initial(tokens, end - 1) and end + 1 < limit:
        if (
            text == "."
            and tokens.text[end + 1] == "-"
            and end + 2 < limit
            and _is_capital(tagged, end + 2, shouted)
        ):
            return end + 2
        if tokens.norm[end + 1] in tagged.stops and not tokens.glued(end + 1):
            return -1  # "en finale A. Un envol ..."
        if end > 1 and tokens.norm[end - 2] in LETTERED:
            return -1  # "le groupe A. Brumel ..."
        return end + 1 if _is_capital(tagged, end + 1, shouted) else -1
    if text == "-" and tokens.glued(end) and end + 1 < limit and tokens.glued(end + 1):
        if _is_capital(tagged, end + 1, shouted):
            return end + 1
        if (
            end + 3 < limit
            and tokens.norm[end + 1] in PARTICLES
            and tokens.text[end + 2] == "-"
            and tokens.shape[end + 3] in "CU"
        ):
            return end + 3
        return -1
    if shape == "d" and tokens.text[end].isalnum() and len(text) <= 4 and text[-1:].isdecimal():
        follows = end + 1 < limit and _is_capital(tagged, end + 1, shouted) and not tokens.glued(end + 1)
        return end + 1 if follows else -1
    return _through_particles(tagged, end, limit, shouted)


def _through_particles(tagged: Tagged, end: int, limit: int, shouted: bool) -> int:
    tokens = tagged.tokens
    j = end
    while j < limit and j - end < _MAX_GAP and (tokens.norm[j] in PARTICLES or tokens.norm[j] in _LINKS):
        j += 1
    if j > end and j < limit and _is_capital(tagged, j, shouted):
        return j
    return -1


def _units(tagged: Tagged, first: int, end: int) -> Iterator[Unit]:
    tokens = tagged.tokens
    i = first
    while i < end:
        j = i + 1
        while j < end and tokens.text[j] == "-" and tokens.glued(j) and j + 1 < end:
            j += 2
            if tokens.norm[j - 1] in PARTICLES and j + 1 < end and tokens.text[j] == "-":
                j += 2
        if j < end and tokens.text[j] == "." and is_initial(tokens, i):
            j += 1
            while j + 1 < end and tokens.text[j] == "-" and tokens.shape[j + 1] == "I":
                j += 3 if j + 2 < end and tokens.text[j + 2] == "." else 2
        yield _unit(tagged, i, min(j, end))
        i = min(j, end)


def _merged(tagged: Tagged, units: list[Unit]) -> list[Unit]:
    """Join the units of a term of several words into one: "Grand Prix", "Aston Martin"."""
    merged: list[Unit] = []
    k = 0
    while k < len(units):
        unit = units[k]
        if unit.first not in tagged.terms:
            merged.append(unit)
            k += 1
            continue
        ends = {u.last: n for n, u in enumerate(units[k + 1 : k + _LONGEST_TERM], k + 1)}
        terms = [
            t
            for t in tagged.terms.get(unit.first, ())
            if t.end in ends and t.end > unit.last and t.category not in _LEADS
        ]
        if terms:
            longest = max(t.end for t in terms)
            whole = _unit(tagged, unit.first, longest)
            whole.tags = frozenset(t.category for t in terms if t.end == longest)
            whole.given = False
            merged.append(whole)
            k = ends[longest] + 1
        else:
            merged.append(unit)
            k += 1
    return merged


def _unit(tagged: Tagged, first: int, last: int) -> Unit:
    tokens = tagged.tokens
    norms = tuple(n for n in tokens.norm[first:last] if n not in "-.") or (tokens.norm[first],)
    tags = tagged.tags(first, last) or (tagged.tags(first, first + 1) if last == first + 1 else frozenset())
    head = norms[0]
    return Unit(
        first,
        last,
        norms,
        upper=tokens.shape[first] == "U",
        initial=is_initial(tokens, first),
        particle=len(norms) == 1 and (head in PARTICLES or head in _LINKS) and tokens.shape[first] in "le",
        digit=tokens.shape[first] == "d",
        given=head in names("first_names"),
        tags=tags,
    )

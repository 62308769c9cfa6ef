"""The lexicon's words, read from TOML and found in text.

Each TOML file is a *layer*; within a layer the longest term wins, layers do not see each other. A table with
``words`` is a category; a table of tables is a category whose terms carry the inner table's name as value::

    [neutral]
    words = ["drapeau{x} jaune{s}"]          # category "neutral", value "neutral"

    [trigger.spin]
    words = ["tête-à-queue"]                  # category "trigger", value "spin"

The files ``<component>_words.toml`` are no layers: each of their tables is a small set that one rule asks
about, read by ``word_set`` and never looked for in text.
"""

from __future__ import annotations

import gzip
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, reduce
from importlib import resources
from itertools import compress
from typing import Any, NamedTuple

from extractor.lexicon.fold import fold
from extractor.lexicon.paradigms import expand, inflect, is_reflexive
from extractor.lexicon.tokenize import split_words


class Term(NamedTuple):
    """A lexicon term found in text: token offsets, half-open."""

    start: int
    end: int
    category: str
    value: str


Words = tuple[str, ...]
_Family = tuple[Words, list[Words], str, str]  # a beginning, its ends, category, value
_NO_TAILS: list[Words] = [()]
_Candidate = tuple[Words, str, str]
_term = tuple.__new__  # millions are made: a named tuple's own constructor takes twice the time


class Layer:
    """The terms of one TOML file."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._single: dict[str, list[tuple[str, str]]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._longer: dict[str, list[_Family]] = {}  # by the first word
        self._seconds: set[str] = set()
        # What follows is put together when a text has the words: by first, then second word.
        self._families: dict[str, dict[str, list[_Family]]] = {}
        self._candidates: dict[tuple[str, str], list[_Candidate]] = {}
        self._longest = 2
        for category, value, entries in _categories(tables):
            for entry in entries:
                self._add(*_families(fold(entry)), category, value)
        self._opens = frozenset((*self._single, *self._longer)).__contains__  # most tokens open no term

    def _add(self, heads: list[Words], tails: list[Words], category: str, value: str) -> None:
        single, longer, seconds = self._single, self._longer, self._seconds
        for head in heads:
            if len(head) > 1:
                seconds.add(head[1])
            elif tails is _NO_TAILS:
                single.setdefault(head[0], []).append((category, value))
                continue
            longer.setdefault(head[0], []).append((head, tails, category, value))
        if tails is not _NO_TAILS and min(map(len, heads)) == 1:
            seconds.update(tail[0] for tail in tails)
        self._longest = max(self._longest, max(map(len, heads)) + max(map(len, tails)))

    def _by_second(self, first: str) -> dict[str, list[_Family]]:
        """Return what begins with a word, by its second word."""
        found = self._families.get(first)
        if found is None:
            found = {}
            for family in self._longer.get(first, ()):
                head, tails, category, value = family
                if len(head) > 1:
                    found.setdefault(head[1], []).append(family)
                    continue
                for tail in tails:
                    found.setdefault(tail[0], []).append((head + tail, _NO_TAILS, category, value))
            self._families[first] = found  # when it is whole: several threads may read
        return found

    def _beginning(self, first: str, second: str) -> list[_Candidate]:
        """Return the terms that begin with two words, longest first."""
        found = self._candidates.get((first, second))
        if found is None:
            families = self._by_second(first).get(second, ())
            found = [
                (head + tail, category, value) for head, tails, category, value in families for tail in tails
            ]
            found.sort(key=lambda candidate: -len(candidate[0]))
            self._candidates[first, second] = found
        return found

    def _at(self, norms: Sequence[str], i: int) -> list[Term]:
        """Return the terms that begin at a token, longest first."""
        norm = norms[i]
        found: list[Term] = []
        if norm in self._longer and i + 1 < len(norms) and norms[i + 1] in self._by_second(norm):
            for words, category, value in self._beginning(norm, norms[i + 1]):
                n = len(words)
                if n == 2 or tuple(norms[i : i + n]) == words:
                    found.append(_term(Term, (i, i + n, category, value)))
        for category, value in self._single.get(norm, ()):
            found.append(_term(Term, (i, i + 1, category, value)))
        return found

    def find(self, norms: Sequence[str]) -> list[Term]:
        """Return the longest terms from left to right; no two overlap.

        Args:
            norms: The folded tokens of a text.
        """
        found: list[Term] = []
        until = 0
        single, longer = self._single, self._longer
        for i, norm in enumerate(norms):
            if i < until or (norm not in single and norm not in longer):
                continue
            terms = self._at(norms, i)
            if terms:
                found.append(terms[0])
                until = terms[0].end
        return found

    def find_all(self, norms: Sequence[str]) -> dict[int, list[Term]]:
        """Return every term, overlapping ones too, longest first, by its first token."""
        found: dict[int, list[Term]] = {}
        single, longer, seconds = self._single, self._longer, self._seconds
        last = len(norms) - 1
        for i in compress(range(len(norms)), map(self._opens, norms)):
            norm = norms[i]
            if norm in longer and i < last and norms[i + 1] in seconds:
                terms = self._at(norms, i)
                if terms:
                    found[i] = terms
            elif norm in single:
                meanings = single[norm]
                if len(meanings) == 1:  # nearly always
                    found[i] = [_term(Term, (i, i + 1, *meanings[0]))]
                else:
                    found[i] = [_term(Term, (i, i + 1, category, value)) for category, value in meanings]
        return found

    def find_loose(
        self, norms: Sequence[str], light: frozenset[str], known: Mapping[int, list[Term]]
    ) -> dict[int, list[Term]]:
        """Return every term, also those that light words part: "hérite donc de la victoire".

        Args:
            norms: The folded tokens of a text.
            known: What :meth:`find_all` finds in them; it stays as it is.
            light: Words that may stand inside a term that does not have them; adverbs in -ment count, too.
        """
        kept = [i for i, norm in enumerate(norms) if norm not in light and not _is_adverb(norm)]
        found = dict(known)
        longer, seconds, longest, starts = self._longer, self._seconds, self._longest, -1
        for gap in range(len(kept) - 1):
            if kept[gap + 1] - kept[gap] == 1:
                continue  # only a term with a light word inside is new
            for place in range(max(starts + 1, gap - longest + 2), gap + 1):
                starts = place
                if norms[kept[place]] in longer and norms[kept[place + 1]] in seconds:
                    for term in self._parted(norms, kept, place):
                        # what is known stays as it is: it belongs to others as well
                        found[term.start] = sorted([*found.get(term.start, ()), term], key=lambda t: -t.end)
        return found

    def _parted(self, norms: Sequence[str], kept: list[int], place: int) -> Iterator[Term]:
        """Yield the terms that begin at a place among the words kept and have light words inside."""
        first, second = norms[kept[place]], norms[kept[place + 1]]
        if second not in self._by_second(first):
            return
        for words, category, value in self._beginning(first, second):
            n = len(words)
            if place + n > len(kept):
                continue
            spread = kept[place + n - 1] + 1 - kept[place]
            if (
                n < spread <= n + _MOST_LIGHT
                and tuple(norms[kept[k]] for k in range(place, place + n)) == words
            ):
                yield Term(kept[place], kept[place] + spread, category, value)

    def vocabulary(self) -> set[str]:
        """Return the folded words that stand alone or open a term, and those that come second in one."""
        return {*self._single, *self._longer, *self._seconds}

    def words(self, category: str) -> frozenset[str]:
        """Return the single-word forms of a category, folded."""
        if not self._words:
            gathered: dict[str, set[str]] = defaultdict(set)
            for word, terms in self._single.items():
                for name, _ in terms:
                    gathered[name].add(word)
            self._words = {name: frozenset(words) for name, words in gathered.items()}
        return self._words.get(category, frozenset())


_MOST_LIGHT = 3  # light words inside one term


def _is_adverb(norm: str) -> bool:
    """Tell whether a folded word is an adverb in -ment, and no noun in -ement."""
    return len(norm) > 6 and norm.endswith("ment") and norm.endswith(_ADVERB_ENDINGS)


# "finalement", "rapidement", "facilement"; not "classement", "commandement", "dépassement".
_ADVERB_ENDINGS = (
    "alement",
    "idement",
    "ilement",
    "iquement",
    "ivement",
    "amment",
    "emment",
    "itement",
    "eusement",
    "ablement",
    "iblement",
    "airement",
    "inement",
    "iellement",
    "etement",
)

_PLAIN = re.compile(r"[a-z]+(?:[ -][a-z]+)*").fullmatch
_ELIDED = re.compile(r"([cdjlmnst]|qu)'([a-z]+(?:[ -][a-z]+)*)").fullmatch


_BLANK = re.compile(r" (?![^{}]*\})")  # and none inside a slot


def _families(entry: str) -> tuple[list[Words], list[Words]]:
    """Return the tokens with which the forms of a folded entry begin, and those with which they go on.

    Every beginning goes with every end: "f{aire} {deux,trois} tours" has some sixty forms of three pieces.
    There are ten times as many forms as a report can need, and putting them together would be most of what
    starting costs. What is one word, and nothing more, is among the beginnings and has no end.
    """
    first, *rest = _pieces(entry)
    heads = [_split(form) for form in expand(first)] if "{" in first else [_split(first)]
    if not rest:
        return heads, _NO_TAILS
    *inner, last = rest
    tails = reduce(_joined, [*map(_forms, inner), _last_forms(last)])
    if all(tails) and all(heads):
        return heads, tails
    return _joined(heads, tails), _NO_TAILS  # a piece that may be left out: "{,encore }"


def _joined(heads: list[Words], tails: list[Words]) -> list[Words]:
    return [head + tail for head in heads for tail in tails]


def _pieces(entry: str) -> list[str]:
    """Cut an entry at its blanks; a reflexive verb stays whole up to its first slot, which inflects it."""
    if "{" not in entry:
        return [entry]
    pieces = _BLANK.split(entry)
    if not is_reflexive(entry):
        return pieces
    first = next(i for i, piece in enumerate(pieces) if "{" in piece) + 1
    return [" ".join(pieces[:first]), *pieces[first:]]


@lru_cache(maxsize=1 << 11)
def _forms(piece: str) -> list[Words]:
    """Return the tokens of the forms of a piece that stands inside an entry."""
    return [_split(form) for form in inflect(piece)]


@lru_cache(maxsize=1 << 11)
def _last_forms(piece: str) -> list[Words]:
    """Return the tokens of the forms of a piece that ends an entry."""
    return [_split(form, at_end=True) for form in inflect(piece)]


def _split(form: str, *, at_end: bool = False) -> tuple[str, ...]:
    """Split a folded form into tokens; the common shapes without the tokenizer, which matters at start-up.

    Args:
        form: A form, or a piece of one between blanks.
        at_end: It is a piece that ends a form of several.
    """
    if form.isalpha():
        return (form,)
    if _PLAIN(form):
        return tuple(form.replace("-", " - ").split())
    elided = _ELIDED(form)
    if elided:
        return (f"{elided.group(1)}'", *elided.group(2).replace("-", " - ").split())
    if form.endswith("'") and (at_end or " " in form):  # "victime d'": the tokenizer would part what ends so
        return tuple(split_words(form + "a")[:-1])
    return tuple(split_words(form))


def _categories(tables: Mapping[str, Any]) -> Iterable[tuple[str, str, list[str]]]:
    for category, table in tables.items():
        if "words" in table:
            yield category, category, table["words"]
        for value, inner in table.items():
            if isinstance(inner, dict):
                yield category, value, inner["words"]


@cache
def layer(name: str) -> Layer:
    """Return the layer of ``lexicon/<name>.toml``, read once."""
    return Layer(table(name))


@cache
def table(name: str) -> dict[str, Any]:
    """Return ``lexicon/<name>.toml`` as it is."""
    return tomllib.loads(
        resources.files("extractor.lexicon").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    )


@cache
def word_set(file: str, name: str, *, folded: bool = True) -> frozenset[str]:
    """Return the words of one table of ``lexicon/<file>.toml``: a small set that a rule asks about.

    Args:
        file: The file's name without its suffix.
        name: The table's name; ``"cast.articles"`` for a table in a group.
        folded: Fold the words; ``False`` where capitals and accents count.
    """
    words = _written(file, name)
    return frozenset(map(fold, words) if folded else words)


@cache
def word_tuple(file: str, name: str) -> tuple[str, ...]:
    """Return the folded words of such a table in their order, for ``startswith`` and ``endswith``."""
    return tuple(map(fold, _written(file, name)))


def _written(file: str, name: str) -> list[str]:
    found = table(file)
    for part in name.split("."):
        found = found[part]
    words: list[str] = found["words"]
    return words


@cache
def names(name: str) -> frozenset[str]:
    """Return a list of folded names, such as ``first_names``."""
    packed = resources.files("extractor.lexicon").joinpath("names", f"{name}.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split("\n"))

"""Who is the same person: spellings, surnames, initials and slips of the pen, one entity each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from extractor.lexicon.words import names as name_list
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name, Person
from extractor.pipeline.names.runs import is_initial
from extractor.pipeline.tokens import Tokens

_SMALL = word_set("people_words", "particles")
_RELATIVES = word_set("people_words", "relatives")

_RANK_MARKS = frozenset((".", ")", "-", "–", "|", "/"))
_BESIDE = (["et"], ["devant"], ["derriere"], ["/"], [","])
_EDIT_PER = 6  # one edit in six characters, as in the scoring of names


@dataclass(slots=True)
class Form:
    """One written form of a name: its folded words, hyphens and dots left out."""

    words: tuple[str, ...]
    surface: str
    initial: bool = False

    @property
    def core(self) -> tuple[str, ...]:
        """The words without particles."""
        return tuple(w for w in self.words if w not in _SMALL) or self.words


@dataclass(slots=True)
class Entity:
    """A person in the making."""

    forms: dict[str, Form] = field(default_factory=dict)
    count: int = 0

    def person(self) -> Person:
        """Return the finished person: the fullest form is the name."""
        surfaces = sorted(self.forms.values(), key=_fullness, reverse=True)
        name = surfaces[0].surface
        return Person(name, [f.surface for f in surfaces[1:] if f.surface != name])


def _fullness(form: Form) -> tuple[int, int, bool]:
    return len(form.core), len("".join(form.words)), not form.surface.isupper()


def form_of(tokens: Tokens, name: Name) -> Form:
    """Return the form that a name has in the text."""
    words = tuple(n for n in tokens.norm[name.first : name.last] if n not in ".-'")
    words = words or tuple(tokens.norm[name.first : name.last])  # never nothing
    return Form(words, tokens.surface(name.first, name.last), initial=is_initial(tokens, name.first))


class Clusters:
    """Assigns each name to an entity, full names first, then initials, then what is only part of one."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.entities: list[Entity] = []
        self._by_words: dict[frozenset[str], int] = {}
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_surname: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._last_seen: dict[int, int] = {}
        self._variants: dict[tuple[str, ...], int] = {}
        self._rivals: dict[str, set[int]] = {}

    def assign(self, found: Iterable[Name]) -> dict[int, int]:
        """Return the entity number of each person's name, by the index of its first token."""
        forms = [(name, form_of(self.tokens, name)) for name in found]
        self._rivals = _ranked_together(self.tokens, forms)
        of: dict[int, int] = {}
        for name, form in forms:
            if len(form.core) >= 2 and not form.initial:
                of[name.first] = self._full(form)
        self._share_surnames(forms, of)
        self._kin(forms, of)
        for name, form in forms:  # "G. Brumel" before the title's "Brumel", which may be he
            if name.first not in of and form.initial and len(form.core) >= 2:
                of[name.first] = self._partial(form)
        for name, form in forms:
            if name.first in of:
                self._last_seen[of[name.first]] = name.first
                continue
            entity = self._partial(form)
            of[name.first] = entity
            self._last_seen[entity] = name.first
        for name, form in forms:
            self.entities[of[name.first]].forms.setdefault(form.surface, form)
            self.entities[of[name.first]].count += 1
        return of

    def _share_surnames(self, forms: list[tuple[Name, Form]], of: dict[int, int]) -> None:
        """Give the first name in "Thierry et Mathis Gaudron" its surname."""
        for (name, form), (full_name, full) in pairwise(forms):
            if (
                name.first in of
                or len(form.core) != 1
                or len(full.core) < 2
                or form.core[0] not in name_list("first_names")
            ):
                continue
            if name.first and self.tokens.norm[name.first - 1] in _RELATIVES:
                continue  # "son frère Freddy et Paul Martin"
            if self.tokens.norm[name.last : full_name.first] != ["et"] or full.core[0] not in name_list(
                "first_names"
            ):
                continue
            surname = self.tokens.source[
                self.tokens.start[full_name.first] : self.tokens.end[full_name.last - 1]
            ].split(" ", 1)
            if len(surname) == 2:
                whole = Form((*form.words, *full.words[1:]), f"{form.surface} {surname[1]}")
                of[name.first] = self._full(whole)

    def _kin(self, forms: list[tuple[Name, Form]], of: dict[int, int]) -> None:
        """Give a relative the surname: "Beat Gruber et sa fille Nadia"."""
        norm = self.tokens.norm
        for (full_name, full), (name, form) in pairwise(forms):
            if name.first in of or len(form.core) != 1 or len(full.core) < 2 or full.initial:
                continue
            between = norm[full_name.outer if full_name.outer > 0 else full_name.last : name.first]
            if (
                2 <= len(between) <= 5
                and between[-1] in _RELATIVES
                and set(between) & {"son", "sa"}
                and set(between) & {"et", "avec", "devant", "derriere"}
            ):
                surname = self.tokens.surface(full_name.first, full_name.last).split(" ", 1)
                if len(surname) == 2 and form.core[0] not in full.core:
                    whole = Form((*form.words, *full.words[1:]), f"{form.surface} {surname[1]}")
                    of[name.first] = self._new(whole)
                    self.entities[of[name.first]].forms[whole.surface] = whole

    def _new(self, form: Form) -> int:
        number = len(self.entities)
        self.entities.append(Entity({form.surface: form}))
        self._by_words[frozenset(form.core)] = number
        for word in set(form.core):
            self._by_word[word].append(number)
        for k in range(len(form.words)):
            self._by_surname[form.words[k:]].append(number)
        return number

    def _full(self, form: Form) -> int:
        known = self._by_words.get(frozenset(form.core))
        if known is not None:
            return known
        variant = self._variant(form)
        if variant is not None:
            self._by_words[frozenset(form.core)] = variant
            return variant
        return self._new(form)

    def _variant(self, form: Form) -> int | None:
        """Return the entity of which this full form is a slip or a longer or shorter version."""
        candidates = {n for word in form.core for n in self._by_word.get(word, ())}
        for number in sorted(candidates):
            for other in self.entities[number].forms.values():
                if len(other.core) < 2:
                    continue
                mine, theirs = set(form.core), set(other.core)
                if mine < theirs or theirs < mine:
                    return (
                        number if form.core[0] == other.core[0] or form.core[-1] == other.core[-1] else None
                    )
                rest_a = [w for w in form.core if w not in theirs]
                rest_b = [w for w in other.core if w not in mine]
                if (
                    len(rest_a) == len(rest_b) == 1
                    and _slip(rest_a[0], rest_b[0])
                    and not self._told_together(rest_a[0], rest_b[0])
                    and (
                        close(rest_a[0], rest_b[0])
                        or (form.core[0] == other.core[0] and _one_edit(rest_a[0], rest_b[0]))
                    )
                ):
                    return number
        return None

    def _partial(self, form: Form) -> int:
        """Return the entity of a surname, a first name or an initial with surname, a new one at need."""
        if form.initial and len(form.core) >= 2:
            matches = [
                n
                for n in self._by_surname.get(form.words[-1:], ())
                if any(
                    f.core[0].startswith(form.core[0]) and len(f.core) > 1
                    for f in self.entities[n].forms.values()
                )
            ]
            return (
                matches[0]
                if len(set(matches)) == 1
                else self._by_words.get(frozenset(form.core), -1)
                if frozenset(form.core) in self._by_words
                else self._new(form)
            )
        for key in (form.words, form.core):
            matches = list(dict.fromkeys(self._by_surname.get(key, ())))
            if matches:
                return self._nearest(matches)
        suffix = [
            n
            for words, ns in (
                (form.core[k:], self._by_surname.get(form.core[k:], ())) for k in range(1, len(form.core))
            )
            for n in ns
        ]
        if suffix and len(form.core) > 1:
            return self._nearest(list(dict.fromkeys(suffix)))
        given = [n for n in self._by_word.get(form.core[0], ()) if len(form.core) == 1]
        if given:
            return self._nearest(list(dict.fromkeys(given)))
        slip = self._surname_slip(form)
        return slip if slip is not None else self._new(form)

    def _surname_slip(self, form: Form) -> int | None:
        """Return the entity whose surname is this word with a slip: "Lorenço" for "Lourenço"."""
        word = "".join(form.core)
        if len(form.core) > 1 or len(word) < 6 or word in name_list("first_names"):
            return None
        for surname, numbers in self._near(word):
            if close(word, surname) and len(set(numbers)) == 1 and not self._told_together(word, surname):
                return numbers[0]
        return None

    def _told_together(self, one: str, other: str) -> bool:
        """Tell whether two surnames stand in one list or side by side: they are two people, however alike."""
        return bool(self._rivals.get(one, set()) & self._rivals.get(other, set()))

    def _near(self, word: str) -> list[tuple[str, list[int]]]:
        return [
            (key, ns)
            for key, ns in self._by_word.items()
            if key[0] == word[0] and abs(len(key) - len(word)) <= 2 and key not in name_list("first_names")
        ]

    def _nearest(self, numbers: list[int]) -> int:
        """Of several bearers of a surname return the one named last."""
        return (
            max(numbers, key=lambda n: (self._last_seen.get(n, -1), -n)) if len(numbers) > 1 else numbers[0]
        )


def _ranked_together(tokens: Tokens, forms: list[tuple[Name, Form]]) -> dict[str, set[int]]:
    """Return in which ordered lists and pairs a surname stands: two of one are two people, however alike."""
    lists: dict[str, set[int]] = defaultdict(set)
    number, last = 0, 0
    for name, form in forms:
        i = name.first - 1
        i -= i > 0 and tokens.text[i] in _RANK_MARKS
        if i < 0 or not tokens.text[i].isdecimal() or len(tokens.text[i]) > len("99"):
            continue
        rank = int(tokens.text[i])
        number += rank <= last
        last = rank
        lists[form.core[-1]].add(number)
    for k, ((name, form), (following, other)) in enumerate(pairwise(forms)):
        # "Pierre Lambert et Pierre Lombert"
        if tokens.norm[name.last : following.first] in _BESIDE and form.core[-1] != other.core[-1]:
            lists[form.core[-1]].add(-k - 1)
            lists[other.core[-1]].add(-k - 1)
    return lists


def close(a: str, b: str) -> bool:
    """Tell whether two words differ by no more than one edit in six characters."""
    longest = max(len(a), len(b))
    return (
        longest >= _EDIT_PER
        and Levenshtein.distance(a, b, score_cutoff=longest // _EDIT_PER) <= longest // _EDIT_PER
    )


def _one_edit(a: str, b: str) -> bool:
    """Tell whether two shorter words differ by one edit, which counts where the first names are the same."""
    return min(len(a), len(b)) >= 4 and Levenshtein.distance(a, b, score_cutoff=1) <= 1


def _slip(a: str, b: str) -> bool:
    """Two real first names are two people (Michel, Michèle), however close."""
    first = name_list("first_names")
    return not (a in first and b in first)

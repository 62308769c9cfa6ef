"""Who follows whom in an enumeration: "A et la Porsche n° 4 de B, puis C", "A, remonté du fond, et B"."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, Sentence
from extractor.pipeline.results.telling import Telling
from extractor.values.numbers import ordinal_at

_BE = word_set("grammar_words", "be")
_ASIDES = word_set("results_words", "chain_asides")
_NO_VERBS = word_set("results_words", "chain_no_verbs")
_STOPS = word_set("results_words", "chain_stops")
_CREW_LINKS = frozenset((",", "et", "/", "&", "-", "–", "de", "d'", "m", ".", "mme", "mlle"))
_TO_CAR = 9  # tokens from a connective to a name: "et la Renault 5 Turbo n° 22 de X"
_LONGEST_ASIDE = 20
_SHORTEST_ASIDE = 2
_VERBS = ("win", "podium", "light", "top", "takes", "leads", "champion", "goes", "second")
_VERB_ENDINGS = ("e", "ent", "t", "a", "ont")  # of the third person


class Link(NamedTuple):
    """One car of a chain: its people, its last reference, where it begins and ends."""

    people: tuple[int, ...]
    ref: Ref
    first: int
    end: int


class Chains(Telling):
    """Enumerations of cars."""

    def chain(self, ref: Ref, sentence: Sentence) -> list[Link]:
        """Return the cars enumerated from a reference on, in the order in which they are told."""
        refs = self.discourse.refs
        k = bisect_left(refs, ref.first, key=lambda r: r.first)
        links: list[Link] = []
        while k < len(refs) and refs[k].first < sentence.last:
            link, after = self._link(k, sentence)
            if links and (set(link.people) & {p for known in links for p in known.people}):
                break
            links.append(link)
            if after >= len(refs) or not self._goes_on_with(link, refs[after], sentence):
                break
            k = after
        return links

    def _link(self, k: int, sentence: Sentence) -> tuple[Link, int]:
        """Return the car that begins with reference number ``k``, and the number of the next reference."""
        refs = self.discourse.refs
        ref, people = refs[k], refs[k].people
        first, end = ref.first, _end(ref)
        k += 1
        while k < len(refs) and refs[k].first < sentence.last:
            other = refs[k]
            own = set(other.people) <= set(people)
            if other.first >= end:
                between = self.tokens.norm[end : self.discourse.head(other)]
                mate = all(n in _CREW_LINKS for n in between) and (
                    self._same_crew(people, other.people) or self._shares_car(ref, other, between)
                )
                if not mate and not (own and other.first - end <= _TO_CAR and "," not in between):
                    break
            if not own and other.first >= end:
                people = tuple(dict.fromkeys(people + other.people))
            ref, end = (other, max(end, _end(other))) if other.first >= end else (ref, end)
            k += 1
        end += end < sentence.last and self.tokens.text[end] == ")"  # "l'Alpine n° 4 (A / B)"
        return Link(people, ref, first, end), k

    def _shares_car(self, ref: Ref, other: Ref, between: list[str]) -> bool:
        """Tell whether two men share one car: "celle de A et B", where crews race and neither has another."""
        if between[:1] != ["et"] or not self.crews or {*ref.people, *other.people} & self.crews.keys():
            return False
        owned = ref.first in self.discourse.owners or self.tokens.norm[ref.first - 2] in ("celle", "celui")
        return owned and self.discourse.head(other) == other.first and other.outer <= other.last

    def _goes_on_with(self, link: Link, ref: Ref, sentence: Sentence) -> bool:
        """Tell whether an enumeration goes on with a reference, over what is said of the one before."""
        if ref.first >= sentence.last:
            return False
        ends = (
            self._connective(link.end, sentence),
            self._connective(self._aside(link.end, sentence), sentence),
            self._apposition(link.end, ref),
        )
        return any(end and self._named_at_once(end, ref) for end in ends) and not self._opens_clause(
            ref, sentence
        )

    def _connective(self, i: int, sentence: Sentence) -> int:
        """Return where a connective that stands at a token ends, 0 where none does."""
        norm = self.tokens.norm
        start = i
        while i < sentence.last and i - start < len("xxx") and norm[i] in (",", "et", "puis", "enfin", "&"):
            i += 1
        if norm[i : i + 1] and norm[i].startswith(("suivi", "lui-meme", "elle-meme")):
            i += 1
            while i < sentence.last and norm[i].startswith(("suivi", "par", "de", "d'", "du")):
                i += 1
            return i
        if norm[i : i + 1] == ["devant"] and i < sentence.last:
            return i + 1
        return i if i > start else 0

    def _aside(self, i: int, sentence: Sentence) -> int:
        """Return where what stands behind a name ends: a gap, a car, a place of its own."""
        norm, text = self.tokens.norm, self.tokens.text
        start = i
        i += norm[i : i + 1] == [","] and ordinal_at(norm, i + 1) is not None
        found = ordinal_at(norm, i)
        if found is not None:
            return found[1]
        if i >= sentence.last or norm[i] not in _ASIDES:
            return start
        while i < sentence.last and i - start < _TO_CAR:
            i += 1
            if i < sentence.last and (text[i] in ",;" or norm[i] in ("et", "puis")):
                return i
        return start

    def _apposition(self, i: int, ref: Ref) -> int:
        """Return where an apposition in commas ends, if "et" or "puis" goes on behind it, else 0."""
        norm = self.tokens.norm
        last = self.discourse.head(ref)
        inside = norm[i + 1 : last]
        if norm[i : i + 1] != [","] or not _SHORTEST_ASIDE <= len(inside) <= _LONGEST_ASIDE:
            return 0
        if set(inside) & _STOPS:
            return 0
        for k in range(last - 1, i + _SHORTEST_ASIDE, -1):
            if norm[k] in ("et", "puis") and norm[k - 1] == "," and last - k <= _TO_CAR:
                return k + 1
            if norm[k] == "puis":
                return k + 1
        return 0

    def _named_at_once(self, end: int, ref: Ref) -> bool:
        """Tell whether nothing but an article or a car stands before a reference."""
        if self.discourse.head(ref) <= end:
            return ref.first >= end
        between = self.tokens.norm[end : ref.first]
        opens = between[0] in (
            "le",
            "la",
            "l'",
            "les",
            "celle",
            "celles",
            "celui",
            "son",
            "sa",
            "une",
            "notre",
            "nos",
        )
        return opens and len(between) <= _TO_CAR and self._adjacent(end, ref)

    def _opens_clause(self, ref: Ref, sentence: Sentence) -> bool:
        """Tell whether a reference is the subject of a verb of its own: "devant A, B est troisième"."""
        k = bisect_left(self.discourse.refs, ref.first, key=lambda r: r.first)
        link, _ = self._link(k, sentence)
        i = link.end
        if i >= sentence.last:
            return False
        norm, text = self.tokens.norm[i], self.tokens.text[i]
        if norm in _BE or norm in ("n'", "ne", "y"):
            return True
        if self.context.found(i, i + 1, *_VERBS):
            return True
        return (
            self.tokens.shape[i] == "l"
            and text.endswith(_VERB_ENDINGS)
            and norm not in _NO_VERBS
            and ordinal_at(self.tokens.norm, i) is None
        )


def _end(ref: Ref) -> int:
    return ref.outer if ref.outer > 0 else ref.last

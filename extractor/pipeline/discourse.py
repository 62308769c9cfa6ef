"""Who the sentence speaks of: subjects, objects and groups, without a parser.

French race prose is regular enough: a name that no preposition and no transitive verb governs is a subject; a
relative pronoun takes the name before it; a sentence without a subject goes on with the one before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import pairwise

from extractor.lexicon.words import Term, layer, word_set
from extractor.pipeline.annotations import Layout, People, Ref, Sentence

_TEAM_ARTICLES = frozenset(("le", "la", "l'", "les"))
_NEAR_VERB = 4
_APPOSITION = word_set("grammar_words", "apposition")
_CONJUNCTIONS = word_set("grammar_words", "conjunctions")
_ADJECTIVES = (
    "able",
    "ible",
    "ant",
    "ante",
    "eux",
    "euse",
    "ique",
    "if",
    "ive",
)  # "derrière l'intouchable X"
_BE = word_set("grammar_words", "be")
_ROLES = word_set("grammar_words", "roles")
_TITLED = word_set("grammar_words", "titled")
_NO_PARTICIPLES = word_set("grammar_words", "no_participles")
_PRE_NAME = word_set("grammar_words", "before_name")
_SINGULAR = word_set("grammar_words", "singular_verbs")
_PLURAL = word_set("grammar_words", "plural_verbs")
_LETTING = ("permet", "permis", "permit")
_RELATIVE = 8  # tokens of a relative clause in which its verb is looked for

_AGAIN = frozenset(("de", "d'", "du", "m", "mm", "mlle", "mme", "."))
_LINK = frozenset((",", "et", "/", "&", "puis", "-", "–"))


class Discourse:
    """Questions about who does what to whom, answered by token positions."""

    def __init__(self, layout: Layout, people: People) -> None:
        self.layout = layout
        self.tokens = layout.tokens
        self.people = people
        self.terms: dict[int, list[Term]] = layer("syntax").find_all(self.tokens.norm)
        self._ends: dict[int, set[str]] = {}
        for terms in self.terms.values():
            for term in terms:
                self._ends.setdefault(term.end, set()).add(term.category)
        self.ends: Mapping[int, set[str]] = self._ends
        self._sentence_starts = [s.first for s in layout.sentences]
        self._firsts = frozenset(self._sentence_starts)
        for start in self._sentence_starts:
            self._ends.pop(start, None)  # nothing governs over a full stop: "Finale A", then a name
        self.focus: list[tuple[int, ...]] = [()] * len(layout.sentences)
        self.owners: dict[int, int] = {}
        self.reindex()

    def set_owners(self, owners: dict[int, int]) -> None:
        """Tell where a car's phrase begins, for those named as its drivers ("l'Audi du Team X de A et B").

        Such people stand for the car: they are subject or object where it is.
        """
        self.owners = owners

    def reindex(self) -> None:
        """Take in references that were added to ``people.refs``."""
        self.people.refs.sort(key=lambda ref: (ref.first, -ref.last))
        self.refs = self.people.refs
        self._starts = [ref.first for ref in self.refs]
        self._nested = {
            inner.first
            for k, ref in enumerate(self.refs)
            if ref.form == "name" and ref.outer > ref.last
            for inner in self.refs[k + 1 : bisect_left(self._starts, ref.outer)]
            if inner.first >= ref.last and inner.form == "car"
        }
        self._by_outer = {ref.outer if ref.outer > 0 else ref.last: ref for ref in self.refs}

    # --- places -----------------------------------------------------------------------------------------

    def sentence_at(self, token: int) -> int:
        """Return the number of the sentence that holds a token (the last one before it, where none does)."""
        return max(0, bisect_right(self._sentence_starts, token) - 1)

    def refs_between(self, first: int, last: int) -> list[Ref]:
        """Return the references that begin in a token range, in reading order."""
        return self.refs[bisect_left(self._starts, first) : bisect_left(self._starts, last)]

    def ref_at(self, token: int) -> Ref | None:
        """Return the reference that begins at a token."""
        i = bisect_left(self._starts, token)
        return self.refs[i] if i < len(self.refs) and self.refs[i].first == token else None

    def ref_ending(self, token: int) -> Ref | None:
        """Return the reference that, with its bracket, ends where ``token`` begins."""
        return self._by_outer.get(token)

    # --- grammar ----------------------------------------------------------------------------------------

    def head(self, ref: Ref) -> int:
        """Return where the noun phrase of a reference begins: "le Suisse Urs Brumeli" begins at "le"."""
        owned = self.owners.get(ref.first)
        if owned is not None:
            return owned - 1 if owned and self.tokens.norm[owned - 1] in _APPOSITION else owned
        i = ref.first
        floor = max(0, i - 5)
        nation = False
        while i > floor and i not in self._firsts:  # a heading above ends with its line
            norm, shape = self.tokens.norm[i - 1], self.tokens.shape[i - 1]
            if norm in _APPOSITION:
                i -= 1
                break
            if (
                (shape == "C" and "governor" not in self.ends.get(i, ()))  # "Pour Untel"
                or norm in _PRE_NAME
                or (norm in _TIMES and self.tokens.norm[i] in _TITLED)  # "le double champion X"
            ):
                nation = True
                i -= 1
                continue
            if (
                i == ref.first
                and shape == "l"
                and norm.endswith(_ADJECTIVES)
                and self.tokens.norm[i - 2] in _APPOSITION
            ):
                i -= 2
                nation = True
            break
        if i == ref.first or self.tokens.norm[i] in _APPOSITION or (nation and i > floor):
            return i
        return ref.first

    def governed(self, ref: Ref) -> bool:
        """Tell whether a preposition stands before the reference."""
        if ref.first in self.owners:
            return "governor" in self._ends.get(self.head(ref), ())
        return self._governs(self.head(ref)) or self._governs(ref.first)

    def _governs(self, end: int) -> bool:
        """Tell whether a governor ends at a token that is no part of "tandis que", "alors que"."""
        if "governor" not in self._ends.get(end, ()):
            return False
        return not (
            end > 1
            and self.tokens.norm[end - 1] in ("que", "qu'")
            and self.tokens.norm[end - 2] in _CONJUNCTIONS
        )

    def is_object(self, ref: Ref) -> bool:
        """Tell whether a transitive verb stands right before the reference."""
        return "transitive" in self._ends.get(self.head(ref), ()) or "transitive" in self._ends.get(
            ref.first, ()
        )

    def group(self, ref: Ref) -> list[Ref]:
        """Return the references that are enumerated together with this one, from the first to the last."""
        i = bisect_left(self._starts, ref.first)
        if i >= len(self.refs) or self.refs[i].first != ref.first:
            return [ref]
        refs = [self.refs[i]]
        link = nearest = ""
        k = i
        while (before := self._neighbour(k, -1)) >= 0 and (
            joint := self._linked(self.refs[before], self.refs[k])
        ):
            if joint == "et" and link:
                break  # "A et B, C ...": the enumeration ended with B
            refs.insert(0, self.refs[before])
            k, link, nearest = before, joint, nearest or joint
        link, k = nearest, i
        while (after := self._neighbour(k, 1)) >= 0 and (
            joint := self._linked(self.refs[k], self.refs[after])
        ):
            if link == "et":
                break
            refs.append(self.refs[after])
            k, link = after, joint
        return refs

    def _neighbour(self, k: int, step: int) -> int:
        """Return the next reference that is no car number in a name's bracket, or -1: "A (#1) et B (#2)"."""
        k += step
        while 0 <= k < len(self.refs) and self.refs[k].first in self._nested:
            k += step
        return k if k < len(self.refs) else -1

    def _linked(self, left: Ref, right: Ref) -> str:
        """Return the word or mark that joins two neighbours of an enumeration, ``""`` where none does."""
        start = left.outer if left.outer > 0 else left.last
        if right.first - start > 13 or right.first < start:
            return ""
        between = (
            self.tokens.norm[start : self.head(right)]
            if self.head(right) > start
            else self.tokens.norm[start : right.first]
        )
        if (
            len(between) > 2
            and "et" in between[:2]
            and between[0] in (",", "et")
            and set(between) & _ROLES
            and len(between) <= 12
        ):
            return "et"  # "A, et le champion en titre, B"
        if between == [","] and self._opens_clause(left, right):
            return ""
        if between[:1] == ["et"] and len(between) <= 4 and all(n in _AGAIN for n in between[1:]):
            return "et"  # "de M. A et de M. B"
        return between[-1] if between and all(n in _LINK for n in between) and len(between) <= 2 else ""

    def _opens_clause(self, left: Ref, right: Ref) -> bool:
        """Tell whether the right one begins a clause of its own: "revient à A, B est deuxième"."""
        end = right.outer if right.outer > 0 else right.last
        following = self.tokens.norm[end] if end < len(self.tokens) else "."
        participle = following.endswith("ant") and following not in _NO_PARTICIPLES
        return (following in _BE or participle) and self.governed(left)

    def subject(self, token: int, sentence: Sentence) -> tuple[int, ...]:
        """Return the persons who are the subject of the verb at ``token``, or ``()``.

        Looks left in the sentence; falls back on a reference right of the verb's clause ("Parti 10e, le
        Français ..."), then on whom the sentence before spoke of.
        """
        found = self.subject_ref(token, sentence)
        if found is not None:
            return tuple(dict.fromkeys(p for ref in found for p in ref.people))
        return ()

    def subject_ref(self, token: int, sentence: Sentence) -> list[Ref] | None:
        """Return the references that are the subject of the verb at ``token``."""
        i = token - 1
        while i >= sentence.first:
            categories = self._ends.get(i + 1, ())
            if "relative" in categories:
                ref = self._antecedent(i)
                if ref is not None:
                    several = self.tokens.norm[i] == "qui" and not self.governed(ref)
                    return self.group(ref) if several and not self._singular(i + 1, token) else [ref]
            if "subject_pronoun" in categories and not self._impersonal(i):
                ref = self.ref_at(i)
                if ref is not None and ref.people:
                    return [ref]
                return None
            ref = self.ref_ending(i + 1)
            if (
                ref is not None
                and i + 1 == token
                and self.is_object(ref)
                and self.tokens.norm[token].endswith(("er", "ir", "re", "s'", "se"))
            ):
                return [ref]  # "laissant X s'emparer", "voit X gagner"
            if ref is not None and ref.last <= token:
                found = self._subjects(ref, i + 1, token)
                if found:
                    return found
                i = ref.first - 1
                continue
            i -= 1
        return None

    def _subjects(self, ref: Ref, end: int, token: int) -> list[Ref]:
        """Return those enumerated up to a reference who are the subject of the verb at a token."""
        group = self.group(ref)
        together = [r for r in group if r.first <= ref.first]
        if self._allowed(ref, end):
            return together
        if self.governed_group(ref) or self.is_object(ref):
            return []
        if self.governed(group[0]):
            return [ref]
        if not self.is_object(group[0]):
            return together
        # "A double B et C prend la tête"
        return [ref] if _GOING_ON.isdisjoint(self.tokens.norm[ref.last : token]) else []

    def _allowed(self, ref: Ref, end: int) -> bool:
        """Tell whether somebody is told to be let do what follows: "permet à X de monter sur le podium"."""
        norm = self.tokens.norm
        if norm[end : end + 1] not in (["de"], ["d'"]) or norm[end + 1 : end + 2] == []:
            return False
        head = self.head(self.group(ref)[0])
        return norm[head - 1] in ("a", "au") and norm[head - 2].startswith(_LETTING)

    def is_teams(self, token: int, sentence: Sentence) -> bool:
        """Tell whether a team is the subject of the verb at a token: with no crew told, nobody is meant."""
        norm, teams = self.tokens.norm, self.people.team_refs
        k = bisect_left(teams, (token,)) - 1
        if k < 0:
            return False
        first, last, _ = teams[k]
        if first < sentence.first or not last <= token <= last + _NEAR_VERB:
            return False
        head = first - 1 if first and norm[first - 1] in _TEAM_ARTICLES else first
        governed = "governor" in self._ends.get(head, ()) or norm[first - 1] in ("du", "au")
        return not governed and "," not in self.tokens.text[last:token]

    def _singular(self, first: int, verb: int) -> bool:
        """Tell whether the words from a relative pronoun to its verb are in the singular: "qui doit"."""
        words = self.tokens.norm[first : min(verb + 3, first + _RELATIVE)]
        return bool(_SINGULAR & set(words)) and not any(w in _PLURAL or w.endswith("ent") for w in words)

    def governed_group(self, ref: Ref) -> bool:
        """Tell whether a preposition governs the enumeration that the reference stands in."""
        group = self.group(ref)
        if (
            len(group) > 1
            and group[-1] is ref
            and all(self._linked(*pair) == "," for pair in pairwise(group))
        ):
            return self.governed(ref)  # "Après l'abandon de A, B ...": no enumeration ends with a comma
        return self.governed(group[0]) or self.governed(ref)

    def _antecedent(self, relative: int) -> Ref | None:
        """Return the reference right before a relative pronoun, over a comma and a preposition."""
        end = relative
        while end > 0 and self.tokens.text[end - 1] in (",", "–", "-", ")"):
            ref = self.ref_ending(end)
            if ref is not None:
                return ref
            end -= 1
        return self.ref_ending(end)

    def _impersonal(self, i: int) -> bool:
        return any(
            t.category == "impersonal" for k in (i, i - 1, i - 2) for t in self.terms.get(k, ()) if t.end > i
        )

    def after(self, token: int, sentence: Sentence, reach: int = 12) -> Ref | None:
        """Return the first reference behind a token, within its sentence and ``reach`` tokens."""
        refs = self.refs_between(token, min(sentence.last, token + reach))
        return refs[0] if refs else None

    def break_between(self, first: int, last: int) -> bool:
        """Tell whether a new clause begins between two tokens."""
        return any(t.category == "break" for i in range(first, last) for t in self.terms.get(i, ()))


_GOING_ON = frozenset(["et", "puis", "pour", ",", "avant", "mais"])
_TIMES = frozenset(["double", "triple", "quadruple", "quintuple"])

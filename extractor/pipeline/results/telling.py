"""What every way of telling needs: who is meant, what a place counts in, and the words of the result."""

from __future__ import annotations

import re

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.annotations import People, Ref, ResultFact, Sentence
from extractor.pipeline.people.links import Link
from extractor.pipeline.results.context import Context
from extractor.values.numbers import ordinal_at

_DEBUTS = word_set("results_words", "before_debut")
_CLASS_NOUN = re.compile(r"(?:gr(?:oupe)?|cl(?:asse)?|cat(?:égorie)?)\b\.?\s*(?=\S)", re.IGNORECASE)
_ADJECTIVES = 2  # between the article and "première": "une superbe première"


class Telling:
    """What every way of telling needs."""

    def __init__(self, context: Context, people: People, links: list[Link]) -> None:
        self.context = context
        self.tokens = context.tokens
        self.discourse = context.discourse
        self.people = people
        self.earlier: list[ResultFact] = []
        self.won_here = False  # a win is told in the sentence that is being read
        self._class_told: set[int] = set()  # words of order that told a class
        self.classes_of: dict[int, list[str]] = {}
        for link in links:
            for person in link.people:
                self.classes_of.setdefault(person, []).extend(link.classes)
        self.crews: dict[int, frozenset[int]] = {}
        for ref in people.refs:
            if ref.form == "name" and len(ref.people) > 1:
                for person in ref.people:
                    self.crews.setdefault(person, frozenset(ref.people))
        for link in links:
            if len(link.people) > 1:
                for person in link.people:
                    self.crews.setdefault(person, frozenset(link.people))

    def won(self, sentence: Sentence) -> bool:
        """Tell whether a win was told of this sentence's session."""
        return any(
            f.kind == "final" and f.position == 1 and f.session == sentence.session for f in self.earlier
        )

    def _ending(self, sentence: Sentence, token: int) -> Ref | None:
        """Return the reference of this sentence that ends where ``token`` begins."""
        ref = self.discourse.ref_ending(token)
        return ref if ref is not None and ref.first >= sentence.first else None

    def units(self, refs: list[Ref]) -> list[tuple[tuple[int, ...], Ref]]:
        """Cut an enumeration into cars: members of one crew count as one."""
        found: list[tuple[tuple[int, ...], Ref]] = []
        for ref in refs:
            if found and self._same_crew(found[-1][0], ref.people):
                people, _ = found[-1]
                found[-1] = (tuple(dict.fromkeys(people + ref.people)), ref)
            elif not (found and set(ref.people) <= set(found[-1][0])):
                found.append((ref.people, ref))
        return found

    def _same_crew(self, left: tuple[int, ...], right: tuple[int, ...]) -> bool:
        crew = self.crews.get(left[-1]) if left else None
        return crew is not None and bool(right) and set(right) <= crew

    def who(self, token: int, sentence: Sentence) -> tuple[tuple[int, ...], Ref] | None:
        """Return the subject at a token, as one crew."""
        refs = self.discourse.subject_ref(token, sentence)
        if refs:
            people = tuple(dict.fromkeys(p for ref in refs for p in ref.people))
            return people, refs[0]
        return None

    def subject_or_focus(self, token: int, sentence: Sentence) -> tuple[tuple[int, ...], Ref | None] | None:
        """Return the subject of the verb at a token, or else whom the sentence before spoke of."""
        found = self.who(token, sentence)
        if found is not None:
            return found
        for ahead in self.discourse.refs_between(token, min(sentence.last, token + 16)):
            if self.tokens.text[self.discourse.head(ahead) - 1] == "," and not self.discourse.governed(ahead):
                group = [
                    r
                    for r in self.discourse.group(ahead)
                    if (r.first >= ahead.first and self.tokens.text[r.first - 1] != ",") or r is ahead
                ]
                people = tuple(dict.fromkeys(p for r in group for p in r.people))
                return people, ahead  # "Vainqueur en 2021, X ...": told of the subject to come
        number = self.discourse.sentence_at(token)
        focus = self.discourse.focus[number]
        return (focus, None) if focus and not self.discourse.is_teams(token, sentence) else None

    def _fact(
        self,
        sentence: Sentence,
        kind: str,
        people: tuple[int, ...],
        position: int | None,
        first: int,
        last: int,
        rule: str,
        scope: str,
    ) -> ResultFact:
        session = self.context.session_at(first, max(last, first + 1), sentence, kind)
        fact = ResultFact(session, kind, people, position, scope, rule=rule)
        fact.evidence = [self.tokens.chars(first, max(last, first + 1))]
        return fact

    def _spread(self, term_first: int, term_last: int, ref: Ref | None) -> tuple[int, int]:
        if ref is None:
            return term_first, term_last
        return min(term_first, ref.first), max(term_last, ref.last)

    def _adjacent(self, end: int, ref: Ref) -> bool:
        """Tell whether a reference follows at once, articles, adjectives and a car in between at most."""
        if self.discourse.head(ref) <= end:
            return True
        between = self.tokens.norm[end : ref.first]
        if "titre" in between:  # "le champion de France en titre X"
            between = [word for word in between if word not in ("en", "titre")]
        return (
            len(between) <= 7
            and not set(between) & {",", ";", ":", "qui", "et", "mais", "sur", "dans", "en", "a"}
        ) or all(n in ("le", "la", "l'", ":", "au", "a", "pour", "de") for n in between)

    def _adjacent_loose(self, end: int, ref: Ref) -> bool:
        between = self.tokens.norm[end : ref.first]
        return len(between) <= 8 and not set(between) & {".", ";", "qui", "mais", ","}

    def _told_last(self, sentence: Sentence) -> str | None:
        """Return the kind of the last place told in this block, if it is one that goes on.

        Final, grid, qualifying.
        """
        last = next((f for f in reversed(self.earlier[-4:]) if f.rule != "poleman"), None)
        if last is None or not last.evidence:
            return None
        block = self.context.layout.blocks[sentence.block]
        here = block.start <= last.evidence[0][0] < block.end
        return last.kind if here and last.kind in ("final", "grid", "qualifying") else None

    def _debut(self, first: int) -> bool:
        """Tell whether "première" is what is done for the first time: "une grande première"."""
        norm = self.tokens.norm
        i = first - 1
        while i > 0 and first - i <= _ADJECTIVES and self.tokens.shape[i] == "l" and norm[i] not in _DEBUTS:
            i -= 1
        return norm[first] == "premiere" and norm[i] in _DEBUTS

    def _covering(self, token: int) -> Ref | None:
        for ref in self.discourse.refs_between(max(0, token - 3), token + 1):
            if ref.first <= token < ref.last:
                return ref
        return None

    def context_names(self, token: int) -> list[Term]:
        """Return the terms of the lexicon of names that begin at a token."""
        return [t for t in self.tokens.terms("names").get(token, ()) if t.end <= token + 4]

    def _own_class(self, end: int, people: tuple[int, ...]) -> str | None:
        """Return the holder's class or group for "3e de classe", "2e de groupe"."""
        norm = self.tokens.norm
        if norm[end : end + 1] not in (["de"], ["du"], ["dans"]) or (
            norm[end + 1 : end + 2] == ["la"] and norm[end + 2 : end + 3] != ["classe"]
        ):
            return None
        at = end + 1
        while norm[at : at + 1] in (["sa"], ["son"], ["la"]):
            at += 1
        noun = norm[at] if at < len(norm) else ""
        if noun not in ("classe", "groupe", "categorie") or self.context.classes_between(at, at + 3):
            return None
        if self.tokens.shape[at + 1 : at + 2] in (["C"], ["U"]) and self.discourse.ref_at(at + 1) is None:
            return self.tokens.surface(at, at + 2)  # "4e du groupe Amateurs"
        return self._own_name(noun, people, at)

    def _own_name(self, noun: str, people: tuple[int, ...], at: int) -> str:
        """Return the name of the class or group that people drive in.

        ``noun`` where the report does not give it.
        """
        own = next((c for p in people for c in self.classes_of.get(p, ())), None)
        if own is None:
            return self._topic(at) or noun
        own = _CLASS_NOUN.sub("", own)
        if noun == "groupe":
            match = re.match(r"F2000|GT|[A-Z]+", own.upper())
            letters = match.group() if match else own
            return f"groupe {letters[1:] if len(letters) == 2 and letters[0] == 'F' else letters}"
        return own

    def _topic(self, token: int) -> str | None:
        """Return the class that a paragraph is about: "Chez les 350, ... 7e au général, 2e de classe"."""
        block = self.context.layout.sentences[self.discourse.sentence_at(token)].block
        scoped = self.context.scopes.get(block)
        return scoped[1] if scoped is not None and scoped[0] < token else None

    def _year(self, token: int) -> bool:
        """Tell whether a year stands at a token."""
        text = self.tokens.text[token] if token < len(self.tokens) else ""
        return len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")

    def _own_place(self, ref: Ref) -> bool:
        """Tell whether the place of an enumerated name is told beside it: "devant A (2e), B (3e)"."""
        return (
            any(ordinal_at(self.tokens.norm, i) for i in range(ref.last, ref.outer))
            if ref.outer > ref.last
            else False
        )

    def _class_won(self, term: Term, sentence: Sentence, people: tuple[int, ...]) -> str | None:
        """Return the class for "s'imposent dans la classe".

        As in "vainqueurs de classe", where no name says which.
        """
        norm = self.tokens.norm
        for i in range(term.end, min(sentence.last, term.end + 6)):
            if norm[i] in (",", ";", "devant", "et", "."):
                return None
            if norm[i] in ("classe", "categorie", "groupe"):
                if self.context.classes_between(i, i + 3):
                    return None
                return self._own_name(norm[i], people, i)
        return None

    def _no_subject_before(self, sentence: Sentence, first: int) -> bool:
        """Tell whether no subject of the same clause stands before the ordinal."""
        start, _ = self.context.clause(first, sentence)
        if any(
            t.category == "subject_pronoun"
            for i in range(start, first)
            for t in self.discourse.terms.get(i, ())
        ):
            return False
        refs = [r for r in self.discourse.refs_between(start, first) if not self.discourse.governed(r)]
        return not refs

    def _enclosing(self, sentence: Sentence, token: int) -> Ref | None:
        """Return the reference in whose bracket a token stands: "X (3e)"."""
        for ref in self.discourse.refs_between(max(0, token - 25), token):
            if ref.outer > ref.last <= token < ref.outer:
                return ref
        text = self.tokens.text
        if (
            token
            and text[token - 1] == "("
            and token + 1 < len(text)
            and (")" in text[token : token + 3] or "," in text[token : token + 3])
        ):
            return self._ending(sentence, token - 1)
        return None

    def _next_in_order(self, term: Term, sentence: Sentence) -> Ref | None:
        """Return who comes behind.

        Right after "devant", or after a verb and a measure ("devance de 3 secondes X").
        """
        ref = self.discourse.after(term.end, sentence, 14)
        if ref is None:
            return None
        if self._adjacent(term.end, ref):
            return ref
        norm = self.tokens.norm
        if norm[term.start] == "devant":
            return (
                ref
                if self.tokens.text[ref.first - 1] == ","
                and norm[term.end] in ("le", "la", "l'", "son", "sa")
                and len(norm[term.end : ref.first]) <= 8
                else None
            )
        between = norm[term.end : self.discourse.head(ref)]
        return (
            ref
            if not set(between) & {";", "qui", "mais", ":", "et"}
            or "dauphin" in between
            or "equipier" in between
            else None
        )

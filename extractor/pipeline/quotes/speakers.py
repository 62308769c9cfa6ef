"""Who speaks: from the narrator's words to a person."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from extractor.lexicon.fold import fold
from extractor.lexicon.tokenize import split_words
from extractor.pipeline.annotations import Ref
from extractor.pipeline.quotes.incises import Subject
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.vocabulary import (
    DETERMINERS,
    FEMININE,
    LAST_NAMED,
    PREPOSITIONS,
    STOPS,
    WINNERS,
    terms,
)
from extractor.pipeline.quotes.winner import Winners, means_winner, place_meant

_SENTENCES_BACK = 8
_REACH = 400  # tokens before a quote within which somebody stays in focus
_HEADINGS = ("heading", "title")
_HEADING = 7  # words of a heading that announces speech
_AROUND = 9  # tokens beside a name in which its office is looked for


@dataclass(slots=True)
class Speaker:
    """Somebody who speaks, and by which route that is known."""

    person: int | None = None
    name: str | None = None
    role: str = "unknown"
    route: str = "none"
    place: int | None = None  # "le vainqueur", "le deuxième": the place that the words name


class Speakers:
    """Finds speakers; keeps what has been spoken so far, as names within speech are not in focus."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.spoken: list[tuple[int, int]] = []
        self.last: Speaker | None = None
        self.last_at = -1
        self._by_word: dict[str, set[int]] | None = None
        self.winners = Winners(page)

    def note(self, first: int, last: int, speaker: Speaker | None, at: int) -> None:
        """Remember that tokens ``first`` to ``last`` are speech, and by whom."""
        self.spoken.append((first, last))
        if speaker is not None and (speaker.person is not None or speaker.name):
            self.last, self.last_at = speaker, at

    def resolve(self, subject: Subject, route: str, at: int) -> Speaker:
        """Return who a subject is.

        Args:
            subject: The speaker in the narrator's words.
            route: How it was found.
            at: The token at which the speech begins, for whoever is in focus there.
        """
        page = self.page
        if subject.kind == "ref" and subject.ref is not None:
            ref = subject.ref
            if ref.form == "nominal" and means_winner(page, ref.first, ref.last):
                return self._winner(ref.first, ref.last, at) or self._of_ref(ref, route)
            return self._of_ref(ref, route)
        surface = page.tokens.surface(subject.first, subject.last)
        if subject.kind == "name":
            return self._of_name(subject, surface, route, at)
        if subject.kind == "nominal":
            return self._of_nominal(subject, surface, route, at)
        inside = next((r for r in page.refs_in(subject.first, subject.last) if r.people), None)
        if inside is not None:
            return self._of_ref(inside, "pronoun")
        return self._named(
            self._meant(subject, min(at, subject.first), subject.kind == "latest", "pronoun"), None
        )

    def _winner(self, first: int, last: int, at: int) -> Speaker | None:
        """Return who has won, for words that mean the winner."""
        winner = self.winners.before(min(at, first))
        if winner is None:
            return None
        return Speaker(winner, self.page.tokens.surface(first, last), "driver", "nominal", place=1)

    def _of_ref(self, ref: Ref, route: str) -> Speaker:
        page = self.page
        name = page.tokens.surface(ref.first, ref.last)
        if not ref.people:
            return Speaker(None, name, "unknown", route)
        person = page.people.persons[ref.people[0]]
        role = self._office(ref.first, max(ref.last, ref.outer), ref.last)
        if not person.competes or (role not in ("", "driver")):
            return Speaker(None, person.name, role if role not in ("", "driver") else "other", route)
        if ref.form != "name" and route == "verb":
            route = "nominal" if ref.form == "nominal" else "pronoun"
        place = place_meant(page, ref.first, ref.last) if ref.form == "nominal" else None
        return Speaker(ref.people[0], name, "driver", route, place)

    def _office(self, first: int, outer: int, last: int) -> str:
        """Return the office that stands beside a name: "" for none, "driver" for one who drives besides."""
        norm = self.page.norm
        start = first
        while (
            start > 0
            and first - start < 6
            and norm[start - 1] not in STOPS
            and norm[start - 1] not in (",", ":", ";", ")")
        ):
            start -= 1
        roles = [
            t.value
            for t in terms(norm[start:first], "role")
            if not set(norm[start + t.end : first]) & {"et", "que", "qui", "a", "pour", "par"}
        ]
        if not roles and start > 0 and norm[start - 1] == ",":
            roles = self._office_before(start - 1)
        behind = range(last, min(last + _AROUND, len(norm)))
        if behind and norm[last : last + 1] in (["("], [","], ["–"], ["-"], ["["]):
            stop = next((i for i in behind if norm[i] in STOPS or norm[i] in (":", ";", "»")), behind.stop)
            roles += [t.value for t in terms(norm[last + 1 : max(stop, outer)], "role") if t.start <= 4]
        if not roles:
            return ""
        return "driver" if "driver" in roles else roles[0]

    def _office_before(self, comma: int) -> list[str]:
        """Read "Le team manager de l'écurie, X": the office that a comma parts from the name."""
        norm = self.page.norm
        start = comma
        while (
            start > 0
            and comma - start < 10
            and norm[start - 1] not in STOPS
            and norm[start - 1] not in (",", ":", ";", "»")
        ):
            start -= 1
        found = terms(norm[start:comma], "role")
        if not found or found[0].start > 1 or (found[0].start == 1 and norm[start] not in DETERMINERS):
            return []
        rest = norm[start + found[0].end : comma]
        return [found[0].value] if not rest or rest[0] in ("de", "d'", "du", "des") else []

    def _of_name(self, subject: Subject, surface: str, route: str, at: int) -> Speaker:
        person = self._known(surface)
        if person is not None:
            return Speaker(person, surface, "driver", route)
        if subject.first > 0 and self.page.text[subject.first - 1] in "«“\"‘'":  # a nickname
            return self._named(self.focus(at, False, "nominal"), surface)
        role = self._office(subject.first, subject.last, subject.last)
        return Speaker(None, surface, role if role not in ("", "driver") else "unknown", route)

    def _known(self, surface: str) -> int | None:
        """Return the one competitor in whose name all words of ``surface`` occur."""
        if self._by_word is None:
            self._by_word = {}
            for i, person in enumerate(self.page.people.persons):
                for form in (person.name, *person.aliases):
                    for word in split_words(form):
                        self._by_word.setdefault(fold(word), set()).add(i)
        words = [fold(word) for word in split_words(surface) if word[0].isalnum()]
        if not words:
            return None
        found = set.intersection(*(self._by_word.get(word, set()) for word in words))
        return found.pop() if len(found) == 1 else None

    def _of_nominal(self, subject: Subject, surface: str, route: str, at: int) -> Speaker:
        page = self.page
        if means_winner(page, subject.first, subject.last):
            winner = self._winner(subject.first, subject.last, at)
            if winner is not None:
                return winner
        for ref in page.refs_in(subject.first, subject.last):
            complement = ref.form == "name" and page.norm[ref.first - 1] in PREPOSITIONS
            if ref.people and not complement:
                return self._of_ref(ref, "nominal")
        roles = [t.value for t in terms(page.norm[subject.first : subject.last], "role")]
        if subject.last + 1 < len(page.tokens) and page.text[subject.last] == ",":
            apposed = page.ref_at(subject.last + 1)
            if apposed is not None and apposed.form == "name":
                speaker = self._of_ref(apposed, "verb")
                if roles and roles[0] != "driver":
                    return Speaker(None, speaker.name, roles[0], "verb")
                return speaker
        if roles and roles[0] != "driver":
            return Speaker(None, surface, roles[0], route)
        latest = bool({page.norm[i] for i in range(subject.first, subject.last)} & LAST_NAMED)
        meant = self._named(self._meant(subject, at, latest, "nominal"), surface)
        meant.place = place_meant(page, subject.first, subject.last)
        return meant

    @staticmethod
    def _named(speaker: Speaker, surface: str | None) -> Speaker:
        return (
            Speaker(speaker.person, surface or speaker.name, speaker.role, speaker.route)
            if speaker.person is not None
            else speaker
        )

    def _meant(self, subject: Subject, at: int, latest: bool, route: str) -> Speaker:
        """Return whom "elle", "le vainqueur" or "ce dernier" means, where no other component has said so."""
        if self.page.norm[subject.first] in FEMININE:
            ref = self._she(at)
            if ref is not None:
                return self._focused(ref, route)
        return self.focus(at, latest, route)

    def _she(self, at: int) -> Ref | None:
        """Return whom the last "elle" before a token means: whoever is named before it in its sentence."""
        page = self.page
        i = bisect_right(page.sentence_starts, at - 1) - 1
        for sentence in page.layout.sentences[max(0, i - 1) : i + 1][::-1]:
            first = max(sentence.first, at - _REACH, self.last_at)
            for k in range(min(sentence.last, at) - 1, first, -1):
                if page.norm[k] == "elle" and not self._is_spoken(k):
                    meant = page.ref_at(k)
                    if meant is not None and meant.people:
                        return meant
                    named = [r for r in page.refs_in(first, k) if r.people and not self._is_spoken(r.first)]
                    return named[-1] if named else None
        return None

    def focus(self, at: int, latest: bool, route: str) -> Speaker:
        """Return the person in focus before token ``at``.

        The subject of the nearest sentence that has one, or whoever spoke last, if that is nearer.

        Args:
            at: A token.
            latest: Whether the person named last is meant, subject or not.
            route: The route to give.
        """
        announced = self._announced(at)
        if announced is None:
            return self._focus(at, latest, route)
        winner = self.winners.before(announced)
        if winner is None:
            winner = self._focus(at, latest, route).person
        return Speaker(
            winner,
            None if winner is None else self.page.people.persons[winner].name,
            "unknown" if winner is None else "driver",
            "nominal",
            place=1,
        )

    def _focus(self, at: int, latest: bool, route: str) -> Speaker:
        page = self.page
        sentences = page.layout.sentences
        i = bisect_right(page.sentence_starts, at - 1) - 1
        fallback: Ref | None = None
        for n in range(_SENTENCES_BACK):
            if i - n < 0:
                break
            sentence = sentences[i - n]
            if sentence.last <= self.last_at:
                break
            refs = [
                r
                for r in page.refs_in(max(sentence.first, at - _REACH), min(sentence.last, at))
                if r.people and not self._is_spoken(r.first)
            ]
            refs = [
                r
                for r in refs
                if page.people.persons[r.people[0]].competes
                and r.first > self.last_at
                and (r.form != "car" or r.first <= sentence.first + 2)
            ]
            if page.blocks[sentence.block].kind in ("title", "table", "list"):
                fallback = fallback or (refs[0] if refs else None)
                continue
            if latest and refs:
                return self._focused(refs[-1], route)
            subject = next(
                (r for r in refs if r.first == sentence.first or page.norm[r.first - 1] not in PREPOSITIONS),
                None,
            )
            if subject is not None:
                return self._focused(subject, route)
            if fallback is None and refs:
                fallback = refs[-1]
        if self.last is not None and at - self.last_at < 200 and fallback is None:
            return Speaker(self.last.person, self.last.name, self.last.role, "carried")
        return self._focused(fallback, route) if fallback is not None else Speaker()

    def _announced(self, at: int) -> int | None:
        """Return the token of the heading or sentence that announces the winner's words before a token."""
        page = self.page
        i = bisect_right(page.sentence_starts, at - 1) - 1
        for sentence in page.layout.sentences[max(0, i - 1) : i + 1]:
            words = page.norm[sentence.first : sentence.last]
            heading = page.blocks[sentence.block].kind in _HEADINGS and len(words) <= _HEADING
            announced = heading and bool(WINNERS & set(words)) and at - sentence.last <= 2
            subject = sentence.last >= at and means_winner(page, sentence.first, sentence.first + 2)
            if sentence.first < at and (announced or subject):
                return sentence.first
        return None

    def _focused(self, ref: Ref, route: str) -> Speaker:
        return Speaker(ref.people[0], self.page.tokens.surface(ref.first, ref.last), "driver", route)

    def _is_spoken(self, token: int) -> bool:
        i = bisect_right(self.spoken, (token, len(self.page.tokens))) - 1
        return i >= 0 and self.spoken[i][0] <= token < self.spoken[i][1]

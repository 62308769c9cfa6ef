"""Poles, best times, who leads the race and who leads the championship."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractor.lexicon.words import Term
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.telling import Telling
from extractor.values.numbers import ordinal_at
from extractor.values.times import clock_at

_GIVES = frozenset(("est", "fut", "etait", "revient", "revenait", "revint", "va", "echoit"))

_HANDED = _GIVES | frozenset(("revenue", "allee", "allait", "etait", "samedi", "dimanche", "vendredi"))
_TIMED = 12  # tokens from a pole to its time


_TITLE_REACH = 5  # tokens of "le titre honorifique de vice-champion"


class Grids(Telling):
    """Poles, best times, who leads the race and who leads the championship."""

    def _poles(self, sentence: Sentence) -> Iterator[ResultFact]:
        done = -1
        for term in self.context.found(sentence.first, sentence.last, "pole"):
            if (
                term.start < done
                or self.context.negated(term.start, sentence, before=5, after=1)
                or self.context.past(max(sentence.first, term.start - 5), term.end + 4)
            ):
                continue
            done = term.end
            norm = self.tokens.norm
            if norm[term.start] == "poleman" or norm[term.start : term.end] == ["pole", "man"]:
                ref = (
                    self.discourse.ref_at(term.end)
                    or self._ending(
                        sentence, term.start - 1 if self.tokens.text[term.start - 1] == "," else term.start
                    )
                    or self._covering(term.start)
                )
                if ref is not None:
                    yield self._fact(
                        sentence,
                        "grid",
                        ref.people,
                        1,
                        min(ref.first, term.start),
                        max(ref.last, term.end),
                        "poleman",
                        self.context.scope(term.start, sentence),
                    )
                continue
            right = self._pole_right(term, sentence)
            found = (
                (right.people, right) if right is not None else self.subject_or_focus(term.start, sentence)
            )
            if found is None:
                continue
            people, ref = found
            a, b = self._spread(term.start, term.end, ref)
            yield self._fact(
                sentence,
                "grid",
                people,
                1,
                a,
                b,
                "pole" if ref else "pole_focus",
                self.context.scope(term.start, sentence),
            )

    def _timed_poles(self, sentence: Sentence, facts: list[ResultFact]) -> Iterator[ResultFact]:
        """Take a pole that is told with its time for the best time of qualifying as well."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "pole"):
            reach = range(term.end, min(sentence.last, term.end + _TIMED))
            time = next((i for i in reach if clock_at(norm, i) is not None), None)
            if time is None or {",", ";"} & set(norm[term.end : time - 1]):
                continue
            start, end = self.tokens.chars(term.start, term.end)
            for fact in facts:
                if (fact.kind, fact.position) == ("grid", 1) and any(
                    a <= start and end <= b for a, b in fact.evidence
                ):
                    yield replace(fact, kind="qualifying", evidence=list(fact.evidence))

    def _pole_right(self, term: Term, sentence: Sentence) -> Ref | None:
        """Read "la pole de X", "pole pour X", "Auteur de la pole, X", "parti de la pole, X"."""
        norm = self.tokens.norm
        after = norm[term.end : term.end + 1]
        if after in (["de"], ["d'"], ["pour"], [":"], ["revient"], ["a"]):
            ref = self.discourse.after(term.end, sentence, 6)
            return ref if ref is not None and self._adjacent(term.end + 1, ref) else None
        i = term.end
        while i < sentence.last and norm[i] in _HANDED:
            i += 1
        if i > term.end and norm[i : i + 1] in (["a"], ["pour"]):
            ref = self.discourse.after(i, sentence, 5)
            return ref if ref is not None and self._adjacent(i + 1, ref) else None
        named = self.discourse.ref_at(term.end)
        if named is not None and norm[term.start - 2 : term.start] == ["de", "la"]:
            return named  # "les auteurs de la pole X et Y"
        if after == [","] and self._no_subject_before(sentence, term.start):
            return self.discourse.after(term.end, sentence, 8)
        return None

    def _best_times(self, sentence: Sentence) -> Iterator[ResultFact]:
        for term in self.context.found(sentence.first, sentence.last, "best_time", "fastest_lap", "scratch"):
            if self.context.negated(term.start, sentence, before=5, after=1) or self.context.past(
                max(sentence.first, term.start - 5), term.end + 4
            ):
                continue
            norm = self.tokens.norm
            if term.category == "best_time" and ordinal_at(norm, term.start - 1):
                continue
            if term.category == "scratch" and norm[term.start - 1] in ("au", "du"):
                continue  # "deuxième au scratch"
            kind = self._time_kind(term, sentence)
            if kind is None:
                continue
            right = self._time_holder(term, sentence)
            if (
                right is None
                and norm[term.end : term.end + 1] in (["du"], [":"])
                and norm[term.end + 1 : term.end + 2] != ["jour"]
            ):
                continue  # somebody's, but nobody knows whose
            found = (
                (right.people, right) if right is not None else self.subject_or_focus(term.start, sentence)
            )
            if found is None:
                continue
            people, ref = found
            a, b = self._spread(term.start, term.end, ref)
            yield self._fact(
                sentence, kind, people, 1, a, b, term.category, self.context.scope(term.start, sentence)
            )

    def _time_holder(self, term: Term, sentence: Sentence) -> Ref | None:
        """Read "meilleur temps de X", "le meilleur temps est pour X", "le meilleur temps revient à X"."""
        norm, i = self.tokens.norm, term.end
        given = norm[i : i + 1] and norm[i] in _GIVES
        i += bool(given)
        if norm[i : i + 1] not in (["de"], ["d'"], ["du"], ["pour"], [":"]) and not (
            given and norm[i : i + 1] in (["a"], ["au"])
        ):
            return None
        ref = self.discourse.after(i, sentence, 10)
        return ref if ref is not None and self._adjacent(i + 1, ref) else None

    def _time_kind(self, term: Term, sentence: Sentence) -> str | None:
        if term.category == "fastest_lap":
            return "fastest_lap"
        if sentence.local >= 0 and self.context.sessions[sentence.local].kind == "stage":
            return "final"
        if term.category == "scratch":
            return None
        if self.context.run_of(sentence) is not None and term.category == "best_time":
            return "final"
        session = self.context.sessions[sentence.session].kind if sentence.session >= 0 else "race"
        words = [t.value for t in self.context.found(sentence.first, sentence.last, "kind")]
        if session in ("qualifying", "practice") or "qualifying" in words:
            return "qualifying"
        return None

    def _leads(self, sentence: Sentence) -> Iterator[ResultFact]:
        done = -1
        for term in self.context.found(sentence.first, sentence.last, "leads"):
            if term.start < done or self.context.negated(term.start, sentence, before=4, after=1):
                continue
            done = term.end
            after = self.tokens.norm[term.end : term.end + 5]
            if (
                "championnat" in after
                or "general" in after
                or (self.tokens.norm[term.start] == "tete" and "a" in after[:1])
            ):
                continue
            if (self.tokens.norm[term.start] == "en" and after[:2] == ["a", "queue"]) or after[:1] == ["-"]:
                continue
            if set(self.tokens.norm[max(sentence.first, term.start - 3) : term.start]) & {
                "lutte",
                "bataille",
                "duel",
                "bagarre",
                "peloton",
                "hommes",
            }:
                continue
            found = self.who(term.start, sentence)
            if found is None:
                continue
            people, ref = found
            if len(ref.people) != len(people) and not self._same_crew(ref.people, people):
                continue
            if self._at_the_line(term, sentence):
                a, b = self._spread(term.start, term.end, ref)
                yield self._fact(
                    sentence, "final", people, 1, a, b, "win", self.context.scope(term.start, sentence)
                )
                continue
            yield self._fact(
                sentence,
                "running",
                people,
                1,
                min(ref.first, term.start),
                term.end,
                "leads",
                self.context.scope(term.start, sentence),
            )

    def _is_a_title(self, i: int) -> bool:
        """Tell "une option sur le titre" from "enfin titré"; capitals often lack the accent."""
        written = self.tokens.text[i]
        return not written.isupper() and "é" not in written.lower()

    def _at_the_line(self, term: Term, sentence: Sentence) -> bool:
        """Tell whether the lead was held at the finish: "franchit en tête la ligne d'arrivée"."""
        norm = self.tokens.norm
        around = norm[max(sentence.first, term.start - 4) : min(sentence.last, term.end + 4)]
        crossing = any(n.startswith(("franchi", "coup", "pass")) for n in around[:4])
        return crossing and "ligne" in around and "droite" not in around and norm[term.start] == "en"

    def _standings(self, sentence: Sentence) -> Iterator[ResultFact]:
        norm = self.tokens.norm
        if "championnat" in norm[sentence.first : sentence.last]:
            for i in range(sentence.first + 1, sentence.last):
                before = i - (norm[i - 1] in ("toujours", "nouveau", "nouvelle", "actuel"))
                if norm[i] in ("leader", "leaders") and self.tokens.text[before - 1] == ",":
                    ref = self._ending(sentence, before - 1) or self._ending(sentence, before)
                    if ref is not None:
                        yield self._fact(
                            sentence,
                            "championship",
                            ref.people,
                            1,
                            ref.first,
                            i + 1,
                            "champion",
                            self.context.scope(i, sentence),
                        )
                        return
        for term in self.context.found(sentence.first, sentence.last, "champion"):
            if self.context.negated(term.start, sentence, before=5, after=1) or self.context.past(
                max(sentence.first, term.start - 5), term.end + 3
            ):
                continue
            if norm[term.start : term.end] == ["titre"] and self._is_a_title(term.start):
                continue
            ref = (
                self._ending(sentence, term.start)
                or self._ending(sentence, term.start - 1)
                or self.discourse.ref_at(term.end)
                or self._covering(term.start)
            )
            if self.tokens.text[term.end : term.end + 1] == [","] and ref is None:
                ref = self.discourse.ref_at(term.end + 1)
            found = (ref.people, ref) if ref is not None else self.who(term.start, sentence)
            if found is None:
                continue
            people, ref = found
            if people:
                a, b = self._spread(term.start, term.end, ref)
                vice = "vice" in norm[term.end : min(sentence.last, term.end + _TITLE_REACH)]
                yield self._fact(
                    sentence,
                    "championship",
                    people,
                    2 if vice else 1,
                    a,
                    b,
                    "champion",
                    self.context.scope(term.start, sentence),
                )
                return

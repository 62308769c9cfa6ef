"""Results told in sentences: all the ways of telling, tried on one sentence after another."""

from __future__ import annotations

from dataclasses import replace

from extractor.pipeline.annotations import ResultFact, Sentence
from extractor.pipeline.results.beside import Beside
from extractor.pipeline.results.classes import Classes
from extractor.pipeline.results.classwins import ClassWins
from extractor.pipeline.results.context import OVERALL
from extractor.pipeline.results.grids import Grids
from extractor.pipeline.results.heats import Heats
from extractor.pipeline.results.orders import Orders
from extractor.pipeline.results.places import Places
from extractor.pipeline.results.podiums import Podiums
from extractor.pipeline.results.shares import Shares
from extractor.pipeline.results.timed import Timed
from extractor.pipeline.results.verbless import Verbless
from extractor.pipeline.results.wins import Wins
from extractor.values.numbers import cardinal

_OWN_CLASS = frozenset(("classe", "groupe", "categorie"))
_RACES = ("courses", "manches", "epreuves")


def _inserted(fact: ResultFact, facts: list[ResultFact]) -> bool:
    """Tell whether an overall place is put in beside a class win: "succès de X, 11e au général, devant Y"."""
    return fact.scope == OVERALL and any(
        other.scope != OVERALL
        and other.rule.startswith("win")
        and other.people == fact.people
        and other.evidence[0] < fact.evidence[0]
        for other in facts
        if other.evidence and fact.evidence and fact.rule.startswith("place")
    )


def _placed_otherwise(fact: ResultFact, facts: list[ResultFact]) -> bool:
    """Tell whether another place is told beside the name: "devant X, quatorzième"."""
    return any(
        other.rule.startswith(("place_apposition", "place_bracket"))
        and (other.people, other.kind, other.scope) == (fact.people, fact.kind, fact.scope)
        and other.position != fact.position
        for other in facts
    )


class Teller(
    Wins, Heats, Classes, ClassWins, Shares, Places, Timed, Podiums, Grids, Orders, Verbless, Beside
):
    """Reads results out of sentences."""

    def read(self, sentence: Sentence) -> list[ResultFact]:
        """Return the results that a sentence tells."""
        facts: list[ResultFact] = []
        self._class_told = set()
        facts += self._wins(sentence)
        facts += self._light_wins(sentence)
        facts += self._handed_out(sentence)
        facts += self._noun_wins(sentence)
        facts += self._heats_go(sentence)
        facts = self._respective(facts, sentence)
        if not facts:
            facts += self._verbless(sentence)
        facts += self._line_wins(sentence)
        facts += self._left_to(sentence)
        facts += self._groups_go(sentence)
        facts += self._class_leaders(sentence)
        facts += list(self._shared_classes(facts, sentence))
        facts += self._tops(sentence)
        facts += self._tops_right(sentence)
        facts += self._class_orders(sentence)
        facts += self._class_bests(sentence)
        self.won_here = any(f.rule.startswith("win") and f.kind == "final" for f in facts)
        facts += self._ordinals(sentence)
        facts += self._handed_places(sentence)
        facts += self._podiums(sentence)
        facts += self._named_podium(sentence)
        facts += self._poles(sentence)
        facts += self._best_times(sentence)
        facts += self._leads(sentence)
        facts += self._standings(sentence)
        self._widen(facts)
        won = any(f.rule.startswith("win") and f.kind == "final" for f in facts)
        bases = [
            f
            for f in facts
            if f.position is not None
            and not _inserted(f, facts)
            and not (won and f.rule == "champion")  # "le leader du championnat l'emporte devant X"
        ]
        facts += list(self._ahead_of(facts, sentence))
        facts += list(self._others_placed(facts, sentence))
        ordered = [
            f
            for base in bases
            for f in (
                *self._orders(base, sentence),
                *self._trailing(base, sentence),
                *self._by_margin(base, sentence),
            )
        ]
        ordered = [f for f in ordered if not _placed_otherwise(f, facts)]
        if not ordered:
            ordered = list(self._told_before(sentence, self.earlier)) or list(self._duels(sentence))
        facts += ordered
        facts += list(self._followers(sentence, facts))
        facts += list(self._by_gaps(sentence, facts))
        facts += list(self._neighbours(sentence, facts))
        facts += list(self._by_times(sentence, facts))
        facts += list(self._timed_poles(sentence, facts))
        facts = self._for_all(sentence, facts)
        self.earlier += facts
        for fact in facts:
            if not fact.evidence:
                fact.evidence = [(self.tokens.start[sentence.first], self.tokens.end[sentence.last - 1])]
        return facts

    def _widen(self, facts: list[ResultFact]) -> None:
        """Count a place beside the win of a class overall: "Le groupe N revient à X, sixième"."""
        won = {(f.scope, p) for f in facts if f.position == 1 and f.kind == "final" for p in f.people}
        for fact in facts:
            if fact.scope == OVERALL or (fact.position or 1) == 1 or not fact.rule.startswith("place"):
                continue
            if all((fact.scope, p) in won for p in fact.people):
                fact.scope = OVERALL
            elif any(p in fact.people and scope != OVERALL for scope, p in won):
                end = self.tokens.at_or_after(fact.evidence[0][1])
                if not self.context.classes_between(end, end + 4) and not _OWN_CLASS & set(
                    self.tokens.norm[end : end + 4]
                ):
                    fact.scope = OVERALL

    def _for_all(self, sentence: Sentence, facts: list[ResultFact]) -> list[ResultFact]:
        """Repeat what is said of several sessions at once: "remporte les deux courses"."""
        if self._some_of_many(sentence):
            return [f for f in facts if not (f.rule.startswith("win") and f.kind == "final")]
        races = list(sentence.together)
        if not races and self.context.found(sentence.first, sentence.last, "together"):
            races = [
                k
                for k, s in enumerate(self.context.sessions)
                if s.kind == self.context.sessions[sentence.session].kind and s.number is not None
            ]
            races.sort(key=lambda k: self.context.sessions[k].number or 0)
            races = races[:2]
        repeated = list(facts)
        for fact in facts:
            if (
                fact.kind not in ("final", "grid")
                or len(races) < 2
                or (fact.session not in races and fact.session != sentence.session)
            ):
                continue
            if not sentence.together and not fact.rule.startswith(("win", "pole")):
                continue  # who came behind is told of one of them
            fact.session = races[0]
            repeated += [replace(fact, session=race, evidence=list(fact.evidence)) for race in races[1:]]
        return repeated

    def _some_of_many(self, sentence: Sentence) -> bool:
        """Tell whether races are won of which the words do not say which: "deux des quatre courses"."""
        norm = self.tokens.norm
        for i in range(sentence.first + 2, sentence.last):
            if norm[i] not in _RACES:
                continue
            few, of, many = norm[i - 3 : i] if i - sentence.first > 2 else ("", *norm[i - 2 : i])
            behind = norm[i + 1 : i + 3] if i + 2 < sentence.last else []
            if of in ("des", "sur") and cardinal(few) and cardinal(many):
                return True
            if cardinal(many) and behind[:1] == ["sur"] and cardinal(behind[1]):
                return True
        return False

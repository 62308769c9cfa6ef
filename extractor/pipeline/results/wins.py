"""Wins.

As in "s'impose", "signe son premier succès", "la victoire revient à", "vainqueur", "franchit en tête la
ligne".
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.context import OVERALL
from extractor.pipeline.results.handed import Handed
from extractor.values.numbers import ordinal_at

_LEAD_REACH = 14  # tokens of "sous le damier dans la Lola n° 50 avec 14 secondes d'avance"
_PAST_REACH = 4
_NOUN_REACH = 14  # tokens of "vainqueur de son troisième Raid des Dunes la semaine dernière,"
_DEFINITE = frozenset(("le", "la", "les", "l'"))
_BEFORE_CLASS = word_set("results_words", "before_class")
_ROLES = word_set("grammar_words", "roles")
_WIN_NOUNS = word_set("results_words", "win_nouns")
_NOT_TO_WHOM = word_set("results_words", "not_to_whom")


class Wins(Handed):
    """Wins."""

    def _wins(self, sentence: Sentence) -> Iterator[ResultFact]:
        done = -1
        for term in self.context.found(sentence.first, sentence.last, "win_right", "win"):
            if term.start < done:
                continue
            if self.context.past(
                max(sentence.first, term.start - 6), min(sentence.last, term.end + self._reach(term))
            ):
                continue
            if term.category == "win" and self.context.negated(term.start, sentence):
                continue
            if self.tokens.norm[term.end : term.end + 1] in (["en"], ["de"]) and self._year(term.end + 1):
                continue  # "vainqueur en 2019"
            if term.category == "win_right" and self._conditional(term, sentence):
                continue
            fact = (
                self._win_right(term, sentence) if term.category == "win_right" else self._win(term, sentence)
            )
            if fact is not None:
                done = term.end
                yield fact

    def _reach(self, term: Term) -> int:
        """Return how far off another day may be told: "vainqueur de son 3e Raid la semaine dernière"."""
        norm = self.tokens.norm
        if not norm[term.start].startswith(("vainqueur", "laureat", "victorieu")):
            return _PAST_REACH
        behind = norm[term.end : term.end + _NOUN_REACH]
        return behind.index(",") if "," in behind[1:] and behind[0] != "," else _PAST_REACH

    def _light_wins(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read light verbs with the noun: "signe son premier succès", "renoue avec la victoire"."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "takes"):
            if self._class_object(term, sentence) is not None:
                yield from self._light_win(term, self._class_object(term, sentence), sentence)
        for term in self.context.found(sentence.first, sentence.last, "light"):
            noun = next(
                (
                    i
                    for i in range(term.end, min(sentence.last, term.end + 7))
                    if norm[i] in _WIN_NOUNS or norm[i] in (",", ";", "et")
                ),
                None,
            )
            if noun is None or norm[noun] not in _WIN_NOUNS:
                noun = self._raced_object(term, sentence)
            yield from self._light_win(term, noun, sentence)

    def _light_win(self, term: Term, noun: int | None, sentence: Sentence) -> Iterator[ResultFact]:
        """Yield the win of a verb and the token of what is won, if it is told of this day."""
        if (
            noun is None
            or self.context.negated(term.start, sentence)
            or self.context.past(max(sentence.first, term.start - 6), min(sentence.last, noun + 5))
        ):
            return
        found = self.subject_or_focus(term.start, sentence)
        if found is None:
            return
        people, ref = found
        scope = self.context.scope(noun, sentence, ahead=10)
        a, b = self._spread(term.start, noun + 1, ref)
        yield self._fact(sentence, "final", people, 1, a, b, "win" if ref else "win_focus", scope)

    def _line_wins(self, sentence: Sentence) -> Iterator[ResultFact]:
        r"""Read "X coupait la ligne 2\"8 devant Y"."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "crosses"):
            ahead = next(
                (
                    i
                    for i in range(term.end, min(sentence.last, term.end + _LEAD_REACH))
                    if norm[i] in ("devant", ",", "en", "avance", "marge")
                ),
                None,
            )
            if (
                ahead is None
                or norm[ahead] not in ("devant", "avance", "marge")
                or (norm[ahead] != "devant" and norm[ahead + 1 : ahead + 2] != ["sur"])
                or any(
                    ordinal_at(norm, i) and not norm[i].startswith("seconde") for i in range(term.end, ahead)
                )
            ):
                continue
            found = self.subject_or_focus(term.start, sentence)
            if found is None or self.context.negated(term.start, sentence):
                continue
            people, ref = found
            a, b = self._spread(term.start, ahead, ref)
            yield self._fact(
                sentence,
                "final",
                people,
                1,
                a,
                b,
                "win" if ref else "win_focus",
                self.context.scope(term.end, sentence, overall_before=False),
            )

    def _win_right(self, term: Term, sentence: Sentence) -> ResultFact | None:
        ref = self.discourse.after(term.end, sentence, 8)
        if ref is None or not (self._adjacent(term.end, ref) or self._role_named(term.end, ref)):
            return None
        between = self.tokens.norm[term.end : ref.first]
        if self.context.found(term.end, ref.first, "order", "behind", "face") or set(between) & _NOT_TO_WHOM:
            return None  # "son premier succès de la saison devant X", "la victoire après l'abandon de X"
        norm = self.tokens.norm[term.start : term.end]
        if (
            "victoire" not in norm
            and "succes" not in norm
            and "doubl" not in norm[0]
            and norm[0]
            in (
                "est",
                "profite",
                "a",
                "tombe",
                "tombait",
                "tomba",
                "tourne",
                "tournait",
                "au",
            )
            and not self._about_win(term, sentence)
        ):
            return None
        people = self._winners(ref)
        kind, scope = self._win_kind(term, sentence)
        if kind is None:
            return None
        scope = self._class_given(term, sentence) or scope
        return self._fact(sentence, kind, people, 1, term.start, ref.last, "win_right", scope)

    def _role_named(self, start: int, ref: Ref) -> bool:
        """Tell whether a role stands before the name: "succès du leader du championnat, X"."""
        norm, head = self.tokens.norm, self.discourse.head(ref)
        return (
            norm[start] in _ROLES
            and self.tokens.text[head - 1] == ","
            and all(mark == "l" for mark in self.tokens.shape[start : head - 1])
        )

    def _win(self, term: Term, sentence: Sentence) -> ResultFact | None:
        norm = self.tokens.norm
        word = norm[term.start]
        kind, scope = self._win_kind(term, sentence)
        if kind is None:
            return None
        if word in (
            "vainqueur",
            "vainqueurs",
            "laureat",
            "laureats",
            "laureate",
            "victorieux",
            "victorieuse",
        ):
            return self._winner_noun(term, sentence, kind, scope)
        if word in (
            "remporte",
            "remportees",
            "remportee",
            "remportes",
            "gagne",
            "gagnee",
            "gagnes",
            "enlevee",
            "enleve",
        ) and norm[term.end : term.end + 1] == ["par"]:
            ref = self.discourse.after(term.end, sentence, 8)
            if ref is None:
                return None
            scope = self._class_subject(term, sentence) if scope == OVERALL else scope
            return self._fact(sentence, kind, self._winners(ref), 1, term.start, ref.last, "win_by", scope)
        found = self.subject_or_focus(term.start, sentence)
        inverted = self._inverted(term)
        if inverted is not None and self.who(term.start, sentence) is None:
            found = inverted
        if found is None:
            return None
        people, ref = found
        scope = self._class_won(term, sentence, people) or scope
        first, last = self._spread(term.start, term.end, ref)
        return self._fact(sentence, kind, people, 1, first, last, "win" if ref else "win_focus", scope)

    def _inverted(self, term: Term) -> tuple[tuple[int, ...], Ref] | None:
        """Read "C'est X qui l'emporte" the wrong way round: "l'emporte X", "que remporte X"."""
        ref = self.discourse.ref_at(term.end) or (
            self.discourse.ref_at(term.end + 1)
            if self.tokens.norm[term.end : term.end + 1] in (["le"], ["l'"])
            else None
        )
        return (ref.people, ref) if ref is not None else None

    def _winner_noun(self, term: Term, sentence: Sentence, kind: str, scope: str) -> ResultFact | None:
        norm, text = self.tokens.norm, self.tokens.text
        right = self.discourse.after(term.end, sentence, 6)
        if right is not None and self._named_in_passing(term, right):
            last = right.last
            return self._fact(sentence, kind, self._winners(right), 1, term.start, last, "winner_noun", scope)
        if (
            right is not None
            and (
                (text[term.end : term.end + 1] in ([":"], [","]) and right.first <= term.end + 3)
                or self.discourse.head(right) <= term.end
            )
            and (text[term.end] != "," or term.start - sentence.first <= 3)
        ):
            return self._fact(sentence, kind, right.people, 1, term.start, right.last, "winner_noun", scope)
        if (
            term.start
            and norm[term.start - 1]
            in (
                "le",
                "du",
                "au",
                "les",
                "un",
                "des",
                "ancien",
                "futur",
                "dernier",
                "aucun",
                "son",
                "quel",
                "de",
            )
            and norm[term.start - 2 : term.start - 1] != ["est"]
        ):
            if self.discourse.ref_at(term.start - 1) is not None:
                return None
            if not (
                norm[term.start - 1] == "le" and self.tokens.text[term.start - 2 : term.start - 1] == [","]
            ):
                return None
        found = self.who(term.start, sentence)
        left = self._ending(sentence, term.start) or (
            self._ending(sentence, term.start - 1) if text[term.start - 1] in ",–-:" else None
        )
        if left is not None:
            return self._fact(
                sentence,
                kind,
                left.people,
                1,
                left.first,
                term.end,
                "winner_noun",
                self._class_won(term, sentence, left.people) or scope,
            )
        if found is None:
            found_focus = self.subject_or_focus(term.start, sentence)
            if found_focus is None:
                return None
            people, ref = found_focus
        else:
            people, ref = found
        first, last = self._spread(term.start, term.end, ref)
        return self._fact(
            sentence,
            kind,
            people,
            1,
            first,
            last,
            "winner_noun",
            self._class_won(term, sentence, people) or scope,
        )

    def _named_in_passing(self, term: Term, right: Ref) -> bool:
        """Tell whether a name explains who the winner is: "à 14 secondes des vainqueurs, X et Y"."""
        norm, text = self.tokens.norm, self.tokens.text
        if norm[term.start - 1] not in ("du", "des", "le", "les", "au", "aux") or text[term.end] != ",":
            return False
        end = max(right.last, right.outer)
        return self.discourse.head(right) == term.end + 1 and (
            text[end : end + 1] in ([","], ["."], [";"], ["("]) or norm[end : end + 1] == ["et"]
        )

    def _raced_object(self, term: Term, sentence: Sentence) -> int | None:
        """Return the token of the race that "s'offre les deux premières courses" names, if it does."""
        norm = self.tokens.norm
        won = self._class_object(term, sentence)
        if won is not None:
            return won
        if norm[term.start] not in ("s'", "se", "remporte", "remportait", "empoche", "rafle", "enleve"):
            return None
        for i in range(term.end, min(sentence.last, term.end + 12)):
            if norm[i] in ("tete", "commandement", "commandes", "pole", "place", "point", "points"):
                return None
            if norm[i] in ("course", "courses", "manche", "manches", "epreuve", "finale"):
                return (
                    i
                    if set(norm[i - 3 : i])
                    & {
                        "la",
                        "les",
                        "premiere",
                        "premieres",
                        "deux",
                        "deuxieme",
                        "seconde",
                        "cette",
                        "l'",
                        "2",
                        "derniere",
                    }
                    else None
                )
            if norm[i] in (",", ";", "mais", "pour", "dans", "devant"):
                return None
        return None

    def _class_object(self, term: Term, sentence: Sentence) -> int | None:
        """Return the token of the class that "s'adjuge le groupe N" names, if it does."""
        norm = self.tokens.norm
        for name in self.context.classes_between(term.end, min(sentence.last, term.end + 5)):
            between = norm[term.end : name.first]
            if between and between[0] in _DEFINITE and all(n in _BEFORE_CLASS for n in between):
                return name.first
        return None

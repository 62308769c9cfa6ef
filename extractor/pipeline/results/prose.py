"""Results told in sentences: winning, places by ordinal, podiums, orders ("devant A et B"), poles, leads, standings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.lexicon.fold import fold
from extractor.lexicon.words import Term
from extractor.pipeline.annotations import People, Ref, ResultFact, Sentence
from extractor.pipeline.people.links import Link
from extractor.pipeline.results.context import NOT_PLACES, OVERALL, PLACE_NOUNS, TIME_NOUNS, Context
from extractor.values.numbers import cardinal, ordinal_at

_REACH_RIGHT = 14
_CHAIN_GAP = 9


class Teller:
    """Reads the results of one sentence after the other."""

    def __init__(self, context: Context, people: People, links: list[Link]) -> None:
        self.context = context
        self.tokens = context.tokens
        self.discourse = context.discourse
        self.people = people
        self.earlier: list[ResultFact] = []
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

    def _ending(self, sentence: Sentence, token: int) -> Ref | None:
        """Return the reference of this sentence that ends where ``token`` begins."""
        ref = self.discourse.ref_ending(token)
        return ref if ref is not None and ref.first >= sentence.first else None

    # --- who ----------------------------------------------------------------------------------------------------

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
        found = self.who(token, sentence)
        if found is not None:
            return found
        for ahead in self.discourse.refs_between(token, min(sentence.last, token + 16)):
            if self.tokens.text[self.discourse.head(ahead) - 1] == "," and not self.discourse.governed(ahead):
                group = [
                    r
                    for r in self.discourse.group(ahead)
                    if r.first >= ahead.first and self.tokens.text[r.first - 1] != "," or r is ahead
                ]
                people = tuple(dict.fromkeys(p for r in group for p in r.people))
                return people, ahead  # "Vainqueur en 2021, X ...": told of the subject to come
        number = self.discourse.sentence_at(token)
        focus = self.discourse.focus[number]
        return (focus, None) if focus else None

    # --- sentences ----------------------------------------------------------------------------------------------

    def read(self, sentence: Sentence, *, heading: bool, quoted: bool = False) -> list[ResultFact]:
        """Return the results that a sentence tells."""
        facts: list[ResultFact] = []
        self._class_told: set[int] = set()
        facts += self._wins(sentence, heading)
        facts += self._light_wins(sentence)
        facts += self._handed_out(sentence)
        facts += self._noun_wins(sentence)
        facts += self._line_wins(sentence)
        facts += self._tops(sentence)
        facts += self._class_orders(sentence)
        facts += self._class_bests(sentence)
        facts += self._ordinals(sentence, heading)
        facts += self._podiums(sentence)
        facts += self._poles(sentence)
        facts += self._best_times(sentence)
        facts += self._leads(sentence)
        facts += self._standings(sentence)
        bases = [f for f in facts if f.position is not None]
        facts += list(self._ahead_of(facts, sentence))
        ordered = [
            f for base in bases for f in (*self._orders(base, sentence), *self._trailing(base, sentence))
        ]
        if not ordered:
            ordered = list(self._told_before(sentence, self.earlier))
        facts += ordered
        facts = self._for_all(sentence, facts)
        self.earlier += facts
        for fact in facts:
            if not fact.evidence:
                fact.evidence = [(self.tokens.start[sentence.first], self.tokens.end[sentence.last - 1])]
        return facts

    def _for_all(self, sentence: Sentence, facts: list[ResultFact]) -> list[ResultFact]:
        """Repeat what is said of several sessions at once: "remporte les deux courses"."""
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
                or fact.session not in races
                and fact.session != sentence.session
            ):
                continue
            fact.session = races[0]
            repeated += [replace(fact, session=race, evidence=list(fact.evidence)) for race in races[1:]]
        return repeated

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

    # --- winning ------------------------------------------------------------------------------------------------

    def _wins(self, sentence: Sentence, heading: bool) -> Iterator[ResultFact]:
        done = -1
        for term in self.context.found(sentence.first, sentence.last, "win_right", "win"):
            if term.start < done:
                continue
            if self.context.past(max(sentence.first, term.start - 6), min(sentence.last, term.end + 4)):
                continue
            if term.category == "win" and self.context.negated(term.start, sentence):
                continue
            if self.tokens.norm[term.end : term.end + 1] in (["en"], ["de"]) and self._year(term.end + 1):
                continue  # "vainqueur en 2019"
            if term.category == "win_right" and self._conditional(term, sentence):
                continue
            fact = (
                self._win_right(term, sentence)
                if term.category == "win_right"
                else self._win(term, sentence, heading)
            )
            if fact is not None:
                done = term.end
                yield fact

    def _year(self, token: int) -> bool:
        """Tell whether a year stands at a token."""
        text = self.tokens.text[token] if token < len(self.tokens) else ""
        return len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")

    def _light_wins(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read light verbs with the noun: "signe son premier succès", "renoue avec la victoire"."""
        norm = self.tokens.norm
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
            if noun is None:
                continue
            if self.context.negated(term.start, sentence) or self.context.past(
                max(sentence.first, term.start - 6), min(sentence.last, noun + 5)
            ):
                continue
            if (
                norm[noun + 1 : noun + 2] in (["de"], ["d'"])
                and norm[noun + 2 : noun + 3] in (["etape"], ["classe"], ["groupe"], ["categorie"])
                and False
            ):
                continue
            found = self.subject_or_focus(term.start, sentence)
            if found is None:
                continue
            people, ref = found
            scope = self.context.scope(noun, sentence, ahead=10)
            a, b = self._spread(term.start, noun + 1, ref)
            yield self._fact(sentence, "final", people, 1, a, b, "win" if ref else "win_focus", scope)

    def _line_wins(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "X coupait la ligne 2\"8 devant Y"."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "crosses"):
            ahead = next((i for i in range(term.end, min(sentence.last, term.end + 7)) if norm[i] in ("devant", ",", "en")), None)
            if ahead is None or norm[ahead] != "devant" or any(ordinal_at(norm, i) for i in range(term.end, ahead)):
                continue
            found = self.subject_or_focus(term.start, sentence)
            if found is None or self.context.negated(term.start, sentence):
                continue
            people, ref = found
            a, b = self._spread(term.start, ahead, ref)
            yield self._fact(sentence, "final", people, 1, a, b, "win" if ref else "win_focus", self.context.scope(term.end, sentence, overall_before=False))

    def _tops(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "A et B complètent le top 5": places four and five."""
        for term in self.context.found(sentence.first, sentence.last, "top"):
            text = self.tokens.text[term.end] if term.end < len(self.tokens) else ""
            if text == "-" and term.end + 1 < len(self.tokens):
                text = self.tokens.text[term.end + 1]
            size = cardinal(fold(text)) if text else None
            refs = self.discourse.subject_ref(term.start, sentence)
            if size is None or not 3 <= size <= 10 or not refs:
                continue
            units = self.units(refs)
            kind = "final" if self.context.kind(term.start, sentence)[0] != "running" or self._told_last(sentence) == "final" else "running"
            for position, (people, ref) in enumerate(units, size - len(units) + 1):
                if position > 0:
                    yield self._fact(sentence, kind, people, position, ref.first, term.end, "podium", self.context.scope(term.start, sentence))

    def _class_orders(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "X devançait Y chez les Gentlemen": first and second of the class."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "order"):
            if norm[term.start] in ("devant", "suivi", "suivis", "suivie") or norm[term.start].endswith("ant"):
                continue
            ref = self._next_in_order(term, sentence)
            subject = self.who(term.start, sentence)
            if ref is None or subject is None:
                continue
            end = ref.outer if ref.outer > 0 else ref.last
            named = self.context.classes_between(end, min(sentence.last, end + 5))
            if not named or norm[end : end + 1] not in (["chez"], ["en"], ["dans"], ["pour"], ["au"]):
                continue
            scope = self.context.label(named[0])
            yield self._fact(sentence, "final", subject[0], 1, subject[1].first, named[0].last, "order", scope)
            yield self._fact(sentence, "final", ref.people, 2, term.start, named[0].last, "order", scope)
            self._class_told.add(term.start)

    def _noun_wins(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "première victoire scratch pour X", "le succès final de X"."""
        norm = self.tokens.norm
        for i in range(sentence.first, sentence.last):
            if (
                norm[i] not in _WIN_NOUNS
                or self.context.negated(i, sentence, before=5, after=1)
                or self.context.past(max(sentence.first, i - 4), i + 4)
            ):
                continue
            to = next(
                (k for k in range(i + 1, min(sentence.last, i + 5)) if norm[k] in ("pour", "de", "d'", "du")),
                None,
            )
            if (
                to is None
                or "," in norm[i:to]
                or norm[to + 1 : to + 2] in (["suite"], ["la"])
                and norm[to] != "pour"
            ):
                continue
            ref = self.discourse.after(to + 1, sentence, 6)
            if ref is None or self.discourse.head(ref) > to + 1:
                continue
            units = self.units([r for r in self.discourse.group(ref) if r.first >= ref.first])
            yield self._fact(
                sentence,
                "final",
                units[0][0],
                1,
                i,
                ref.last,
                "win_right",
                self.context.scope(i + 1, sentence, overall_before=False),
            )

    def _raced_object(self, term: Term, sentence: Sentence) -> int | None:
        """Return the token of the race that "s'offre les deux premières courses" names, if it does."""
        norm = self.tokens.norm
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

    def _handed_out(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "la victoire revient à X", "les honneurs de la catégorie B reviennent une fois encore à X"."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "goes"):
            to = next(
                (
                    i
                    for i in range(term.end, min(sentence.last, term.end + 6))
                    if norm[i] in ("a", "au", "aux")
                ),
                None,
            )
            if (
                to is None
                or "," in norm[term.end : to]
                and to - term.end > 3
                or not self._about_win(term, sentence)
                or self._conditional(term, sentence)
            ):
                continue
            ref = self.discourse.after(to + 1, sentence, 9)
            if ref is None or not self._adjacent(to + 1, ref):
                continue
            kind, scope = self._win_kind(term, sentence)
            if kind is None:
                continue
            if scope == OVERALL:
                start, _ = self.context.clause(term.start, sentence)
                named = self.context.classes_between(start, term.start)
                scope = self.context.label(named[-1]) if named else scope
            units = self.units([r for r in self.discourse.group(ref) if r.first >= ref.first])
            yield self._fact(sentence, kind, units[0][0], 1, term.start, ref.last, "win_right", scope)

    def _class_bests(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "le meilleur des Rookies", "première féminine": first of a class, told beside a name."""
        norm = self.tokens.norm
        for term in self.context.found(sentence.first, sentence.last, "class_best"):
            i = term.end
            while i < sentence.last and norm[i] in (
                "des",
                "de",
                "la",
                "les",
                "du",
                "“",
                '"',
                "«",
                "pilote",
                "pilotes",
                "en",
                "categorie",
                "classe",
            ):
                i += 1
            name = next((n for n in self.context.classes_between(i, i + 1)), None)
            if name is None or self.context.past(max(sentence.first, term.start - 5), term.end + 4):
                continue
            ref = (
                self._ending(sentence, term.start - 1)
                if self.tokens.text[term.start - 1] in ",("
                else self._ending(sentence, term.start)
            )
            ref = ref or self._enclosing(sentence, term.start)
            people: tuple[int, ...]
            if ref is not None:
                people = ref.people
            else:
                right = self.discourse.ref_at(name.last)
                subject = self.who(term.start, sentence)
                if right is not None:
                    people, ref = right.people, right
                elif subject is not None:
                    people, ref = subject
                else:
                    continue
            kind, said = self.context.kind(term.start, sentence)
            kind = kind if said and kind in ("qualifying", "grid", "championship") else "final"
            a, b = self._spread(term.start, name.last, ref)
            yield self._fact(sentence, kind, people, 1, a, b, "class_best", self.context.label(name))

    def _win_right(self, term: Term, sentence: Sentence) -> ResultFact | None:
        ref = self.discourse.after(term.end, sentence, 8)
        if ref is None or not self._adjacent(term.end, ref):
            return None
        norm = self.tokens.norm[term.start : term.end]
        if "victoire" not in norm and "succes" not in norm and "doubl" not in norm[0]:
            if norm[0] in ("est", "profite", "a", "tombe", "tourne", "tournait") and not self._about_win(term, sentence):
                return None
        group = [r for r in self.discourse.group(ref) if r.first >= ref.first]
        units = self.units(group)
        people = units[0][0]
        if len(units) > 1 and len(group) == len(units) and self._plural_win(term):
            people = tuple(dict.fromkeys(p for u, _ in units for p in u))
        kind, scope = self._win_kind(term, sentence)
        if kind is None:
            return None
        return self._fact(sentence, kind, people, 1, term.start, ref.last, "win_right", scope)

    def _conditional(self, term: Term, sentence: Sentence) -> bool:
        """Tell whether the words only wish or deny it."""
        window = self.tokens.norm[max(sentence.first, term.start - 4) : min(sentence.last, term.end + 2)]
        return bool(
            set(window)
            & {
                "pas",
                "aurait",
                "devrait",
                "pourrait",
                "pouvait",
                "semblait",
                "promise",
                "espoir",
                "espoirs",
                "sans",
                "course",
                "candidats",
                "prive",
                "privee",
            }
            - {"course"}
        )

    def _plural_win(self, term: Term) -> bool:
        return False

    def _about_win(self, term: Term, sentence: Sentence) -> bool:
        """Tell whether a win is what "revient à X" hands out."""
        words = self.tokens.norm[max(sentence.first, term.start - 9) : term.start]
        if set(words) & {"place", "marche", "position", "pole", "temps", "scratch", "rang"}:
            return False
        return bool(
            set(words)
            & {
                "victoire",
                "succes",
                "course",
                "manche",
                "finale",
                "honneurs",
                "honneur",
                "classe",
                "groupe",
                "couronne",
                "laurier",
                "lauriers",
                "epreuve",
                "coupe",
                "premiere",
                "demi",
                "trophee",
            }
        )

    def _adjacent(self, end: int, ref: Ref) -> bool:
        """Tell whether a reference follows at once, articles, adjectives and a car in between at most."""
        if self.discourse.head(ref) <= end:
            return True
        between = self.tokens.norm[end : ref.first]
        return (
            len(between) <= 7
            and not set(between) & {",", ";", ":", "qui", "et", "mais", "sur", "dans", "en", "a"}
            or all(n in ("le", "la", "l'", ":", "au", "a", "pour", "de") for n in between)
        )

    def _win(self, term: Term, sentence: Sentence, heading: bool) -> ResultFact | None:
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
            return self._winner_noun(term, sentence, kind, scope, heading)
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
            return (
                self._fact(sentence, kind, ref.people, 1, term.start, ref.last, "win_by", scope)
                if ref
                else None
            )
        found = self.subject_or_focus(term.start, sentence)
        inverted = self._inverted(term, sentence)
        if inverted is not None and self.who(term.start, sentence) is None:
            found = inverted
        if found is None:
            return None
        people, ref = found
        scope = self._class_won(term, sentence, people) or scope
        first, last = self._spread(term.start, term.end, ref)
        return self._fact(sentence, kind, people, 1, first, last, "win" if ref else "win_focus", scope)

    def _class_won(self, term: Term, sentence: Sentence, people: tuple[int, ...]) -> str | None:
        """Return the class for "s'imposent dans la classe", "vainqueurs de classe", where no name says which."""
        norm = self.tokens.norm
        for i in range(term.end, min(sentence.last, term.end + 6)):
            if norm[i] in (",", ";", "devant", "et", "."):
                return None
            if norm[i] in ("classe", "categorie", "groupe"):
                if self.context.classes_between(i, i + 3):
                    return None
                return self._own_name(norm[i], people)
        return None

    def _inverted(self, term: Term, sentence: Sentence) -> tuple[tuple[int, ...], Ref] | None:
        """Read "C'est X qui l'emporte" the wrong way round: "l'emporte X", "que remporte X"."""
        ref = self.discourse.ref_at(term.end) or (
            self.discourse.ref_at(term.end + 1)
            if self.tokens.norm[term.end : term.end + 1] in (["le"], ["l'"])
            else None
        )
        return (ref.people, ref) if ref is not None else None

    def _winner_noun(
        self, term: Term, sentence: Sentence, kind: str, scope: str, heading: bool
    ) -> ResultFact | None:
        norm, text = self.tokens.norm, self.tokens.text
        right = self.discourse.after(term.end, sentence, 6)
        if right is not None and (
            text[term.end : term.end + 1] in ([":"], [","])
            and right.first <= term.end + 3
            or self.discourse.head(right) <= term.end
        ):
            if text[term.end] != "," or term.start - sentence.first <= 3:
                return self._fact(
                    sentence, kind, right.people, 1, term.start, right.last, "winner_noun", scope
                )
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
            return self._fact(sentence, kind, left.people, 1, left.first, term.end, "winner_noun", self._class_won(term, sentence, left.people) or scope)
        if found is None:
            found_focus = self.subject_or_focus(term.start, sentence)
            if found_focus is None:
                return None
            people, ref = found_focus
        else:
            people, ref = found
        first, last = self._spread(term.start, term.end, ref)
        return self._fact(sentence, kind, people, 1, first, last, "winner_noun", self._class_won(term, sentence, people) or scope)

    def _win_kind(self, term: Term, sentence: Sentence) -> tuple[str | None, str]:
        """Return what was won, read off the object: a race, a championship, a stage; ``None`` for what is no race."""
        norm = self.tokens.norm
        scope = self.context.scope(term.end, sentence, ahead=9, overall_before=False)
        after = norm[term.end : min(sentence.last, term.end + 9)]
        stop = next(
            (k for k, n in enumerate(after) if n in (",", ";", "devant", "et", ".", "avec", "grace")),
            len(after),
        )
        objects = set(after[:stop])
        if norm[term.start].startswith(("vainqueur", "laureat")) and (
            objects & {"coupe", "challenge", "trophee", "edition", "championnat"}
            or norm[term.start - 1] in ("autres", "autre", "ancien", "dernier")
        ):
            return None, scope
        if norm[term.start].startswith("triomphe") and norm[term.start - 1] in (
            "un",
            "ce",
            "le",
            "son",
            "du",
            "de",
            "ieme",
        ):
            return None, scope
        if (
            norm[term.start].endswith(("ee", "ees", "es"))
            and term.end - term.start == 1
            and norm[term.end : term.end + 1] != ["par"]
            and norm[term.start - 1] not in ("ont", "a", "avaient", "avait", "sont", "est")
        ):
            if not norm[term.start].endswith("es") or norm[term.start].endswith("ees"):
                return None, scope
        if objects & {"titre", "championnat", "couronne", "titres"} and not objects & {
            "course",
            "manche",
            "epreuve",
            "etape",
            "rallye",
        }:
            return "championship", scope
        if objects & {"scratch", "speciale", "chrono", "temps"}:
            stage = sentence.local >= 0 and self.context.sessions[sentence.local].kind == "stage"
            return ("final" if stage else None), scope
        if (
            norm[term.start].startswith("gagn")
            and after[:1] != ["avec"]
            and set(after[:3])
            & {"places", "rangs", "positions", "temps", "terrain", "secondes", "du", "confiance", "une"}
            and not objects & {"course", "manche", "finale"}
        ):
            return None, scope
        if (
            norm[term.start].startswith(("remport", "enl"))
            and objects & {"bataille", "duel", "pole", "point", "points", "coupe", "prix"}
            and not objects & {"grand"}
        ):
            return None, scope
        if norm[term.start].startswith("enl") and not objects & {
            "course",
            "manche",
            "epreuve",
            "finale",
            "victoire",
            "categorie",
            "classe",
            "groupe",
            "rallye",
        }:
            return None, scope
        return "final", scope

    # --- ordinals -----------------------------------------------------------------------------------------------

    def _ordinals(self, sentence: Sentence, heading: bool) -> Iterator[ResultFact]:
        i = sentence.first
        norm = self.tokens.norm
        self._told: tuple[int, tuple[int, ...]] = (-99, ())
        while i < sentence.last:
            found = ordinal_at(norm, i) if norm[i][0] in _ORDINAL_INITIALS else None
            if found is None or found[1] > sentence.last:
                i += 1
                continue
            value, end = found
            fact = self._place(sentence, value, i, end)
            if fact is not None:
                self._told = (end, fact.people)
                yield fact
            i = end

    def _place(self, sentence: Sentence, value: int, first: int, end: int) -> ResultFact | None:
        norm = self.tokens.norm
        noun = norm[end] if end < len(norm) else ""
        if noun in NOT_PLACES or noun == "-" and norm[end + 1 : end + 2] == ["end"]:
            return None
        if (
            norm[first]
            in (
                "premier",
                "premiere",
                "premiers",
                "premieres",
                "second",
                "seconde",
                "secondes",
                "seconds",
                "1ere",
                "1er",
            )
            and noun not in PLACE_NOUNS
        ):
            if not self._bare_place(first, end):
                return None
        if (
            norm[first].endswith("s")
            and noun not in PLACE_NOUNS
            and not norm[first - 1].endswith(("ent", "ont", "ents"))
            and not norm[first][0].isdecimal()
            and norm[end : end + 2] not in (["de", "classe"], ["de", "groupe"])
        ):
            return None
        timed = noun in TIME_NOUNS
        if (
            noun
            and noun not in PLACE_NOUNS
            and not timed
            and self.tokens.shape[end] == "l"
            and noun not in _AFTER_PLACE
            and not any(t.category == "class" for t in self.context_names(end))
        ):
            return None
        if norm[first].startswith(("dixieme", "centieme", "millieme")) and norm[first - 1] in (
            "un",
            "petit",
            "d'",
            "deux",
            "trois",
            "quatre",
            "quelques",
            "cinq",
            "huit",
            "sept",
        ):
            return None
        if first and norm[first - 1].isdecimal() and norm[first] in ("seconde", "secondes"):
            return None
        if (
            norm[first - 1] in ("une", "un", "autre", "chaque", "cette", "ce")
            and noun not in PLACE_NOUNS
            and not timed
        ):
            return None
        holder = self._holder(sentence, value, first, end)
        if holder is None:
            return None
        people, ref, rule = holder
        kind, said = self.context.kind(first, sentence)
        if timed:
            kind, said = "qualifying", True
        if kind == "final" or not said:
            if self.context.negated(first, sentence, before=6, after=1):
                return None
        if (
            not said
            and kind == "running"
            and self._told_last(sentence) in (None, "final")
            and (self._final_context(sentence) or self._opens_sentence(sentence, first, rule))
        ):
            kind = "final"
        if not said and kind == "running":
            kind = self._told_last(sentence) or kind
        if self.context.past(max(sentence.first, first - 5), min(sentence.last, end + 5)):
            return None
        if kind == "final" and self._on_the_road(first, end, sentence):
            kind = "running"
        scope = self._own_class(end, people) or self.context.scope(first, sentence)
        last = end + (noun in PLACE_NOUNS)
        a, b = self._spread(first, last, ref)
        fact = self._fact(
            sentence, kind, people, value, a, b, f"place_{rule}" + ("" if said else "_bare"), scope
        )
        fact.overrides = bool(
            self.context.found(max(sentence.first, first - 12), first, "cancel")
        ) or self._falls_by_ruling(sentence, first)
        return fact

    def _falls_by_ruling(self, sentence: Sentence, first: int) -> bool:
        """Tell whether a penalty moved the holder down: "écope de dix secondes et tombe 9e"."""
        norm = self.tokens.norm
        if not any(n.startswith(("tomb", "chut", "descend", "redescend", "glisse")) for n in norm[max(sentence.first, first - 3) : first]):
            return False
        block = self.context.layout.blocks[sentence.block]
        return bool(set(norm[max(block.first, first - 40) : first]) & _RULINGS)

    def _on_the_road(self, first: int, end: int, sentence: Sentence) -> bool:
        """Tell whether the place was held before the stewards spoke: "qui avait franchi la ligne quatrième", "2e sur la route"."""
        norm = self.tokens.norm
        if norm[end : end + 3] in (["sur", "la", "route"], ["sur", "la", "piste"], ["sous", "le", "drapeau"]):
            return True
        window = norm[max(sentence.first, first - 6) : first]
        return (
            bool(set(window) & {"avait", "avaient"}) and "qui" in norm[max(sentence.first, first - 8) : first]
        )

    def _own_class(self, end: int, people: tuple[int, ...]) -> str | None:
        """Return the holder's class or group for "3e de classe", "2e de groupe"."""
        norm = self.tokens.norm
        if (
            norm[end : end + 1] not in (["de"], ["du"], ["dans"])
            or norm[end + 1 : end + 2] == ["la"]
            and norm[end + 2 : end + 3] not in (["classe"],)
        ):
            return None
        at = end + 1
        while norm[at : at + 1] in (["sa"], ["son"], ["la"]):
            at += 1
        noun = norm[at] if at < len(norm) else ""
        if noun not in ("classe", "groupe", "categorie") or self.context.classes_between(at, at + 3):
            return None
        return self._own_name(noun, people)

    def _own_name(self, noun: str, people: tuple[int, ...]) -> str:
        """Return the name of the class or group that people drive in, ``noun`` where the report does not give it."""
        own = next((c for p in people for c in self.classes_of.get(p, ())), None)
        if own is None:
            return noun
        if noun == "groupe":
            match = re.match(r"F2000|GT|[A-Z]+", own.upper())
            letters = match.group() if match else own
            return f"groupe {letters[1:] if len(letters) == 2 and letters[0] == 'F' else letters}"
        return own

    def context_names(self, token: int) -> list[Term]:
        from extractor.lexicon.words import layer

        return layer("names").find_all(self.tokens.norm[token : token + 4]).get(0, [])

    def _bare_place(self, first: int, end: int) -> bool:
        """Tell whether "premier" or "second" stands alone as a place: "termine premier", "X, second,"."""
        following = self.tokens.norm[end] if end < len(self.tokens) else "."
        if following in (
            ".",
            ",",
            ";",
            "!",
            "et",
            "devant",
            "a",
            "de",
            "du",
            "au",
            "en",
            "mais",
            "puis",
            ")",
            "des",
            "chez",
            "d'",
        ):
            before = self.tokens.norm[first - 1]
            return (
                before
                not in (
                    "le",
                    "la",
                    "son",
                    "sa",
                    "ce",
                    "cette",
                    "un",
                    "une",
                    "du",
                    "des",
                    "les",
                    "au",
                    "en",
                    "de",
                    "nos",
                    "ses",
                    "dans",
                )
                or following in (",", ")")
                and before == ","
            )
        return self.tokens.shape[end] in "CU"

    def _final_context(self, sentence: Sentence) -> bool:
        kind = self.context.layout.blocks[sentence.block].kind
        headed = self.context.layout.blocks[0].kind in _HEADS
        if (
            sentence.block <= headed
            and kind == "paragraph"
            and sentence.block < len(self.context.layout.blocks) - 2
        ):
            return True  # the chapô tells outcomes
        if kind in ("title", "heading", "list", "table", "bullet", "lead"):
            return True
        return bool(
            self.context.found(sentence.first, sentence.last, "win", "win_right", "podium", "podium_right")
        ) or any(t.value == "final" for t in self.context.found(sentence.first, sentence.last, "kind"))

    def _told_last(self, sentence: Sentence) -> str | None:
        """Return the kind of the last place told in this block, if it is one that goes on: final, grid, qualifying."""
        if not self.earlier or not self.earlier[-1].evidence:
            return None
        last = next((f for f in reversed(self.earlier[-4:]) if f.rule != "poleman"), self.earlier[-1])
        block = self.context.layout.blocks[sentence.block]
        here = block.start <= last.evidence[0][0] < block.end
        return last.kind if here and last.kind in ("final", "grid", "qualifying") else None

    def _opens_sentence(self, sentence: Sentence, first: int, rule: str) -> bool:
        """Tell whether "Troisième, X ..." opens the sentence: so are arrivals told."""
        return rule == "right" and (first - sentence.first <= 1 or self.tokens.text[first - 1] in ",;")

    def _holder(
        self, sentence: Sentence, value: int, first: int, end: int
    ) -> tuple[tuple[int, ...], Ref | None, str] | None:
        """Return who holds the place, and how that is said."""
        text, norm = self.tokens.text, self.tokens.norm
        told_end, told = self._told
        if (
            first - told_end <= 5
            and not self.discourse.refs_between(told_end, first)
            and set(norm[told_end:first]) & {",", "et"}
        ):
            ahead_ref = self.discourse.ref_at(end)
            if ahead_ref is None:
                return told, None, "apposition"  # "9e, 3e de groupe et second de classe"
        enclosing = self._enclosing(sentence, first)
        if enclosing is not None:
            return enclosing.people, enclosing, "bracket"
        noun = end < len(norm) and norm[end] in PLACE_NOUNS | TIME_NOUNS
        right = self._right_holder(sentence, first, end, noun)
        if right is not None:
            return right.people, right, "right"
        before = first - 1
        while before > sentence.first and norm[before] in (
            "a",
            "la",
            "l'",
            "en",
            "au",
            "le",
            "une",
            "belle",
            "tres",
            "une",
            "superbe",
            "magnifique",
            "finalement",
            "excellent",
            "seulement",
            "respectivement",
        ):
            before -= 1
        if text[before] == ",":
            ref = self._ending(sentence, before)
            if ref is not None and not noun:
                return ref.people, ref, "apposition"
        ref = self._ending(sentence, first)
        if ref is not None and not noun:
            return ref.people, ref, "apposition"
        found = self.who(first, sentence)
        if found is not None:
            return found[0], found[1], "subject"
        if self._verbless(sentence, first):
            return None
        number = self.discourse.sentence_at(first)
        focus = self.discourse.focus[number]
        ahead = self.discourse.after(end, sentence, 12)
        if ahead is not None and "," in text[end : ahead.first] and not self.discourse.governed(ahead):
            return ahead.people, ahead, "ahead"
        return (focus, None, "focus") if focus else None

    def _verbless(self, sentence: Sentence, first: int) -> bool:
        return False

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

    def _right_holder(self, sentence: Sentence, first: int, end: int, noun: bool) -> Ref | None:
        """Read "3e X", "troisième, X", "la 3e place revient à X", "en 3e position, on retrouve X"."""
        norm, text = self.tokens.norm, self.tokens.text
        i = end + 1 if noun else end
        ref = self.discourse.ref_at(i)
        if (
            ref is not None
            and not noun
            and (
                text[first - 1] in ",;.(:–-"
                or first == sentence.first
                or norm[first - 1] in ("et", "puis", "du", "au", "le", "la", "ensuite")
            )
        ):
            return ref
        opens = (
            first - sentence.first <= 3
            or text[first - 1] in ",;:"
            or norm[first - 1] in ("en", "la", "a", "et")
            and first - sentence.first <= 4
        )
        if opens and i < sentence.last and text[i] in (",", ":") and self._no_subject_before(sentence, first):
            ref = self.discourse.ref_at(i + 1) or self._after_article(i + 1)
            if ref is not None:
                return ref
        words = norm[i : i + 7]
        for k, word in enumerate(words):
            if word in (",", ";", "mais", "et", "qui"):
                break
            if word in (
                "revient",
                "revenant",
                "revenait",
                "echoit",
                "revint",
                "reviennent",
                "pour",
                "est",
                "retrouve",
                "retrouvait",
                "trouve",
                "trouvait",
                "va",
                "sourit",
                "echoue",
                "allant",
                "arrive",
                "termine",
                "pointe",
                "complete",
                "grace",
                "signee",
                "occupee",
                "prise",
                "finit",
                "vient",
                "suit",
                "de",
                "d'",
                "du",
                "par",
            ):
                if word in ("est", "pour", "de", "d'", "du") and not noun:
                    break
                ref = self.discourse.after(i + k + 1, sentence, 9)
                if (
                    ref is not None
                    and self._adjacent_loose(i + k + 1, ref)
                    and self._no_subject_before(sentence, first)
                ):
                    return ref
                if word not in ("du", "de", "d'", "podium", "est"):
                    break
        return None

    def _after_article(self, i: int) -> Ref | None:
        for k in range(i, min(i + 4, len(self.tokens))):
            ref = self.discourse.ref_at(k)
            if ref is not None:
                return ref if self.discourse.head(ref) <= i or k == i else None
        return None

    def _adjacent_loose(self, end: int, ref: Ref) -> bool:
        between = self.tokens.norm[end : ref.first]
        return len(between) <= 8 and not set(between) & {".", ";", "qui", "mais", ","}

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

    # --- podium, foot of the podium -----------------------------------------------------------------------------

    def _podiums(self, sentence: Sentence) -> Iterator[ResultFact]:
        for term in self.context.found(
            sentence.first, sentence.last, "podium", "podium_right", "second", "foot"
        ):
            if self.context.negated(term.start, sentence, before=6, after=0) or self.context.past(
                max(sentence.first, term.start - 5), term.end + 4
            ):
                continue
            if term.category == "podium" and ordinal_at(self.tokens.norm, term.start) is not None:
                continue  # told by its ordinal
            refs, first, last = self._podium_refs(term, sentence)
            if not refs:
                continue
            units = self.units(refs)
            scope = self.context.scope(term.start, sentence)
            if term.category == "foot":
                places = [4]
            elif term.category == "second":
                places = [2]
            else:
                places = [2, 3] if len(units) == 2 and not self._one_step(term) else [3]
            for (people, ref), position in zip(units, places, strict=False):
                yield self._fact(
                    sentence,
                    "final",
                    people,
                    position,
                    min(first, ref.first),
                    max(last, ref.last),
                    "podium",
                    scope,
                )

    def _one_step(self, term: Term) -> bool:
        return bool(
            set(self.tokens.norm[term.start : term.end]) & {"marche", "place", "bronze", "ferme", "homme"}
        )

    def _ahead_of(self, facts: list[ResultFact], sentence: Sentence) -> Iterator[ResultFact]:
        """Read "prend le bronze derrière X": X is one place ahead."""
        norm = self.tokens.norm
        for fact in facts:
            if fact.position is None or fact.position < 2 or fact.kind != "final" or fact.rule == "order":
                continue
            last = self.tokens.at_or_after(fact.evidence[0][1])
            for i in range(max(sentence.first, last - 1), min(sentence.last, last + 4)):
                if norm[i] != "derriere":
                    continue
                ref = self.discourse.after(i + 1, sentence, 9)
                if ref is None or not self._adjacent(i + 1, ref) and ref.first not in self.discourse.owners:
                    break
                units = self.units([r for r in self.discourse.group(ref) if r.first >= ref.first])
                if len(units) < fact.position:
                    for (people, unit), position in zip(
                        reversed(units), range(fact.position - 1, 0, -1), strict=False
                    ):
                        yield self._fact(
                            sentence, "final", people, position, i, unit.last, "order", fact.scope
                        )
                break

    def _podium_refs(self, term: Term, sentence: Sentence) -> tuple[list[Ref], int, int]:
        if term.category == "podium_right" or self.tokens.norm[term.end : term.end + 2] == ["est", "pour"]:
            ref = self.discourse.after(term.end, sentence, 10)
            refs = [r for r in self.discourse.group(ref) if r.first >= ref.first] if ref else []
            return refs, term.start, term.end
        following = self.tokens.norm[term.end : term.end + 4]
        if (
            set(following) & {"revient", "revenant", "revenait", "revint", "echoit", "pour", "a"}
            and "," not in following
        ):
            ref = self.discourse.after(term.end, sentence, 18)
            if ref is not None and self.discourse.head(ref) - term.end <= 5:
                return [r for r in self.discourse.group(ref) if r.first >= ref.first], term.start, term.end
        left = self.discourse.subject_ref(term.start, sentence)
        if left:
            return left, term.start, term.end
        ref = self.discourse.after(term.end, sentence, 8)
        if ref is not None and not self.discourse.governed(ref):
            return [r for r in self.discourse.group(ref) if r.first >= ref.first], term.start, term.end
        return [], term.start, term.end

    # --- grid and qualifying ------------------------------------------------------------------------------------

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
            if norm[term.start] in ("poleman",) or norm[term.start : term.end] == ["pole", "man"]:
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

    def _covering(self, token: int) -> Ref | None:
        for ref in self.discourse.refs_between(max(0, token - 3), token + 1):
            if ref.first <= token < ref.last:
                return ref
        return None

    def _pole_right(self, term: Term, sentence: Sentence) -> Ref | None:
        """Read "la pole de X", "pole pour X", "Auteur de la pole, X", "parti de la pole, X"."""
        norm = self.tokens.norm
        after = norm[term.end : term.end + 1]
        if after in (["de"], ["d'"], ["pour"], [":"], ["revient"], ["a"]):
            ref = self.discourse.after(term.end, sentence, 6)
            return ref if ref is not None and self._adjacent(term.end + 1, ref) else None
        named = self.discourse.ref_at(term.end)
        if named is not None and norm[term.start - 2 : term.start] == ["de", "la"]:
            return named  # "les auteurs de la pole X et Y"
        if after == [","] and self._no_subject_before(sentence, term.start):
            ref = self.discourse.after(term.end, sentence, 8)
            return ref
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
            kind = self._time_kind(term, sentence)
            if kind is None:
                continue
            right = None
            if norm[term.end : term.end + 1] in (["de"], ["d'"], ["du"], ["pour"], [":"]):
                candidate = self.discourse.after(term.end, sentence, 5)
                right = (
                    candidate if candidate is not None and self._adjacent(term.end + 1, candidate) else None
                )
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

    def _time_kind(self, term: Term, sentence: Sentence) -> str | None:
        if term.category == "fastest_lap":
            return "fastest_lap"
        if sentence.local >= 0 and self.context.sessions[sentence.local].kind == "stage":
            return "final"
        if term.category == "scratch":
            return None
        session = self.context.sessions[sentence.session].kind if sentence.session >= 0 else "race"
        words = [t.value for t in self.context.found(sentence.first, sentence.last, "kind")]
        if session in ("qualifying", "practice") or "qualifying" in words:
            return "qualifying"
        return None

    # --- running order and standings ----------------------------------------------------------------------------

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
                or "tete" == self.tokens.norm[term.start]
                and "a" in after[:1]
            ):
                continue
            if self.tokens.norm[term.start] == "en" and after[:2] == ["a", "queue"] or after[:1] == ["-"]:
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
                yield self._fact(sentence, "final", people, 1, a, b, "win", self.context.scope(term.start, sentence))
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
                        yield self._fact(sentence, "championship", ref.people, 1, ref.first, i + 1, "champion", self.context.scope(i, sentence))
                        return
        for term in self.context.found(sentence.first, sentence.last, "champion"):
            if self.context.negated(term.start, sentence, before=5, after=1) or self.context.past(
                max(sentence.first, term.start - 5), term.end + 3
            ):
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
                yield self._fact(
                    sentence,
                    "championship",
                    people,
                    1,
                    a,
                    b,
                    "champion",
                    self.context.scope(term.start, sentence),
                )
                return

    # --- orders -------------------------------------------------------------------------------------------------

    def _orders(self, base: ResultFact, sentence: Sentence) -> Iterator[ResultFact]:
        """Yield those who came behind: "X s'impose devant A, B et C"."""
        if base.position is None or base.rule == "leads" or base.rule == "podium" and base.position != 3:
            return
        behind = ("order", "face") if base.rule.startswith("win") and base.kind == "final" else ("order",)
        start = base.evidence[0][0] if base.evidence else 0
        first = max(sentence.first, self.tokens.at_or_after(start))
        end_offset = base.evidence[0][1] if base.evidence else 0
        last = self.tokens.at_or_after(end_offset)
        for term in self.context.found(first, min(sentence.last, last + _CHAIN_GAP + 8), *behind):
            if base.kind == "grid" and self.tokens.norm[term.start] != "devant" or term.start in self._class_told:
                continue
            if term.start - last > _CHAIN_GAP + 6 or term.start < first:
                continue
            gap = self.tokens.norm[last : term.start] if term.start > last else []
            stops = {";", ".", "mais", "tandis", "alors"} | (
                {"qui"} if self.tokens.norm[term.start] == "devant" else set()
            )
            if set(gap) & stops or self.context.found(last, term.start, "leads", "pole"):
                return
            if any(
                r.first >= last and not self.discourse.governed(r) and set(r.people) != set(base.people)
                for r in self.discourse.refs_between(last, term.start)
            ):
                return
            ref = self._next_in_order(term, sentence)
            if ref is None:
                return
            group = [r for r in self.discourse.group(ref) if r.first >= ref.first]
            position = base.position
            for people, unit in self.units(group):
                if set(people) & set(base.people):
                    return
                if self._own_place(unit):
                    position += 1
                    continue
                position += 1
                fact = self._fact(
                    sentence, base.kind, people, position, term.start, unit.last, "order", base.scope
                )
                fact.session = base.session
                yield fact
            return

    def _next_in_order(self, term: Term, sentence: Sentence) -> Ref | None:
        """Return who comes behind: right after "devant", or after a verb and a measure ("devance de 3 secondes X")."""
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

    def _trailing(self, base: ResultFact, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "s'impose avec A et B dans son sillage"."""
        if base.rule not in ("win", "win_focus", "winner_noun") or base.position != 1:
            return
        norm = self.tokens.norm
        last = self.tokens.at_or_after(base.evidence[0][1])
        for i in range(last, min(sentence.last - 2, last + 4)):
            if norm[i] not in ("avec", "entrainant", "emmenant"):
                continue
            ref = self.discourse.after(i + 1, sentence, 5)
            if ref is None:
                return
            group = [r for r in self.discourse.group(ref) if r.first >= ref.first]
            tail = norm[group[-1].last : group[-1].last + 5]
            if set(tail) & {"sillage", "roues", "roue", "derriere", "cotes", "trousses", "chasse"}:
                for position, (people, unit) in enumerate(self.units(group), 2):
                    yield self._fact(sentence, base.kind, people, position, i, unit.last, "order", base.scope)
            return

    def _told_before(self, sentence: Sentence, earlier: list[ResultFact]) -> Iterator[ResultFact]:
        """Read orders that go on with an earlier result: "Il devance X" after "Il s'est imposé"."""
        for term in self.context.found(sentence.first, sentence.last, "order"):
            norm = self.tokens.norm
            if (
                norm[term.start] in ("devant", "suivi", "suivis", "suivie")
                or norm[term.start].endswith(("ant", "d'"))
                or self.context.negated(term.start, sentence, before=4, after=1)
                or set(norm[max(sentence.first, term.start - 2) : term.start]) & {"ne", "n'"}
                and "que" not in norm[term.end : sentence.last]
            ):
                continue
            subject = self.who(term.start, sentence)
            if subject is None:
                continue
            standings = bool(set(norm[sentence.first : sentence.last]) & {"points", "championnat"})
            near = [
                f
                for f in earlier[-12:]
                if f.kind in (("championship",) if standings else ("final", "grid", "qualifying"))
                and f.position is not None
                and set(f.people) & set(subject[0])
            ]
            base = next(
                (f for f in reversed(near) if f.session == sentence.session and f.kind == "final"),
                near[-1] if near and near[-1].kind != "final" else None,
            )
            if (
                base is None
                or self.context.found(term.start - 6, term.end + 8, "leads")
                or [t.value for t in self.context.found(sentence.first, term.start, "kind")][-1:] == ["running"]
            ):
                continue
            ref = self._next_in_order(term, sentence)
            if ref is None:
                continue
            position = base.position or 1
            for people, unit in self.units([r for r in self.discourse.group(ref) if r.first >= ref.first]):
                if set(people) & set(base.people):
                    break
                position += 1
                fact = self._fact(
                    sentence, base.kind, people, position, term.start, unit.last, "order", base.scope
                )
                fact.session = base.session
                yield fact

    def _own_place(self, ref: Ref) -> bool:
        """Tell whether the place of an enumerated name is told beside it: "devant A (2e), B (3e)"."""
        return (
            any(ordinal_at(self.tokens.norm, i) for i in range(ref.last, ref.outer))
            if ref.outer > ref.last
            else False
        )


_RULINGS = frozenset("penalite penalites penalise penalisee sanction sanctions commissaires verdict reclamation tapis".split())
_HEADS = ("title", "heading")
_WIN_NOUNS = frozenset("victoire victoires succes triomphe lauriers bouquet gain".split())
_ORDINAL_INITIALS = frozenset("123456789pdtqcshnoviux")
_AFTER_PLACE = frozenset(
    "et devant a au aux en de du des d' dans derriere apres avec sur mais pour puis finalement l' la le tandis alors ou lors chez qui est sous grace malgre son sa ses "
    "ce cette a l' sans par entre meilleur scratch general overall feminine feminin rookie junior pilote resiste termine finit se s' prend revient ferme complete dont "
    "revenait aurait voit sera etait n' ne il elle".split()
)

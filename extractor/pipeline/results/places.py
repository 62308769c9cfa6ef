"""Places told by an ordinal: "termine 3e", "Deuxième, X ...", "X (4e)"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.context import NOT_PLACES, OVERALL, PLACE_NOUNS, TIME_NOUNS
from extractor.pipeline.results.holders import Holders
from extractor.values.numbers import cardinal, ordinal_at

_LOST = word_set("results_words", "place_lost")
_FOUGHT = word_set("results_words", "place_fought")
_COMING = ("revenu", "remont", "venu", "surgi", "grimp")  # beginnings of verbs that leave a place
_AFTER_PLACE = word_set("results_words", "after_place")
_OWN_FEATS = frozenset(("son", "sa", "leur", "un", "une"))
_SPANS = frozenset(("saison", "annee", "carriere", "suite", "affilee", "exercice"))
_RANKING = word_set("results_words", "ranking_verbs")
_FRACTIONS = ("dixieme", "centieme", "millieme")
_A_FEW = frozenset(("un", "petit", "petits", "d'", "quelques"))


class Places(Holders):
    """Places told by an ordinal."""

    def _ordinals(self, sentence: Sentence) -> Iterator[ResultFact]:
        i = sentence.first
        norm, ordinals = self.tokens.norm, self.tokens.ordinals
        self._told: tuple[int, tuple[int, ...]] = (-99, ())
        dealt_out = self._dealt_out(sentence)
        shared = list(self._respectively(dealt_out, sentence)) or list(self._paired(sentence))
        yield from shared
        if shared or len(dealt_out) > 1:
            return  # where it is not clear whose which place is, nobody's is told
        while i < sentence.last:
            found = ordinals.get(i)
            if found is None or found[1] > sentence.last:
                i += 1
                continue
            value, end = found
            if self.tokens.text[i][0] in "IVX" and norm[i] not in ("ier", "iere"):
                i = end  # "le IVe Grand Prix"
                continue
            fact = self._place(sentence, value, i, end)
            if fact is not None:
                self._told = (end, fact.people)
                yield fact
            i = end

    def _respectively(self, places: list[tuple[int, int, int]], sentence: Sentence) -> Iterator[ResultFact]:
        """Read "A et B terminent respectivement deuxième et troisième"."""
        if not places:
            return
        refs = self.discourse.subject_ref(places[0][1] - 1, sentence)
        units = self.units(refs) if refs else []
        if refs and len(places) - len(units) > 0:
            units = [*self._named_before(refs[0], sentence, len(places) - len(units)), *units]
        if not 2 <= len(units) == len(places):
            return
        kind = self.context.kind(places[0][1], sentence)[0]
        for (people, ref), (value, first, end) in zip(units, places, strict=True):
            a, b = self._spread(first, end, ref)
            scope = self.context.scope(places[-1][2] - 1, sentence)
            yield self._fact(sentence, kind, people, value, a, b, "place_subject", scope)

    def _dealt_out(self, sentence: Sentence) -> list[tuple[int, int, int]]:
        """Return (place, first token, end) of what "respectivement" shares among several."""
        norm, ordinals = self.tokens.norm, self.tokens.ordinals
        if "respectivement" not in norm[sentence.first : sentence.last]:
            return []
        at = norm.index("respectivement", sentence.first, sentence.last)
        behind = range(at + 1, min(sentence.last, at + 14))
        return [(found[0], i, found[1]) for i in behind if (found := ordinals.get(i)) is not None]

    def _named_before(self, ref: Ref, sentence: Sentence, count: int) -> list[tuple[tuple[int, ...], Ref]]:
        """Return who stands before an enumeration that a clause interrupts: "A, qui a tenu bon, B et C"."""
        earlier = [
            one
            for one in self.discourse.refs_between(sentence.first, ref.first)
            if one.form == "name" and not self.discourse.governed(one) and not self.discourse.is_object(one)
        ]
        return self.units(earlier[-count:]) if len(earlier) == count else []

    def _place(self, sentence: Sentence, value: int, first: int, end: int) -> ResultFact | None:
        if first in self.context.laps:
            return None
        if not self._tells_place(first, end) or not self._is_no_measure(first, end):
            return None
        norm = self.tokens.norm
        noun = norm[end] if end < len(norm) else ""
        holder = None if self._is_fought_for(first, sentence) else self._holder(sentence, first, end)
        if holder is None:
            return None
        people, ref, rule = holder
        kind, said = self._place_kind(sentence, value, first, end, rule)
        if kind is None:
            return None
        if self.context.past(max(sentence.first, first - 5), min(sentence.last, end + 5)):
            return None
        if kind == "final" and self._on_the_road(first, end, sentence):
            kind = "running"
        scope = self._own_class(end, people) or self.context.scope(first, sentence)
        if self._in_all(first, end):
            scope = OVERALL
        last = end + (noun in PLACE_NOUNS)
        a, b = self._spread(first, last, ref)
        fact = self._fact(
            sentence, kind, people, value, a, b, f"place_{rule}" + ("" if said else "_bare"), scope
        )
        fact.overrides = bool(
            self.context.found(max(sentence.first, first - 12), first, "cancel")
        ) or self._falls_by_ruling(sentence, first)
        return fact

    def _tells_place(self, first: int, end: int) -> bool:
        """Tell whether an ordinal stands for a place by the noun behind it, or for want of one."""
        norm = self.tokens.norm
        noun = norm[end] if end < len(norm) else ""
        if self._counts_cars(first, end):
            return False
        if noun in NOT_PLACES or (noun == "-" and norm[end + 1 : end + 2] == ["end"]):
            return False
        if noun not in PLACE_NOUNS | TIME_NOUNS and self._lap_or_heat(first):
            return False
        if self._left_behind(first, end) or set(norm[max(0, first - 3) : first]) & _LOST:
            return False
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
        ) and not self._bare_place(first, end):
            return False
        return not (
            norm[first].endswith("s")
            and noun not in PLACE_NOUNS
            and not norm[first - 1].endswith(("ent", "ont", "ents"))
            and self.tokens.text[first - 1] not in ",("
            and not norm[first][0].isdecimal()
            and norm[end : end + 2] not in (["de", "classe"], ["de", "groupe"])
        )

    def _is_fought_for(self, first: int, sentence: Sentence) -> bool:
        """Tell whether nobody holds the place yet: "en lutte depuis hier pour la troisième place"."""
        norm = self.tokens.norm
        start = first - 1 - (norm[first - 1] in ("la", "une", "cette"))
        if norm[start - 3 : start + 1] == ["pour", "le", "gain", "de"]:
            start -= 3
        if start < sentence.first or norm[start] != "pour":
            return False
        return not _FOUGHT.isdisjoint(norm[self.context.clause(start, sentence)[0] : start])

    def _counts_cars(self, first: int, end: int) -> bool:
        """Tell whether an ordinal counts the cars of a make: "au volant de la troisième Mercedes"."""
        return self.tokens.norm[first - 1] in ("la", "une", "sa") and any(
            t.category == "make" for t in self.context_names(end)
        )

    def _left_behind(self, first: int, end: int) -> bool:
        """Tell whether somebody came from this place: "revenu de la 7e place", "de la 3e à la 2e"."""
        norm = self.tokens.norm
        start = first - 1 - (norm[first - 1] == "la")
        if norm[start] not in ("de", "du", "depuis"):
            return False
        if norm[end : end + 1] == ["a"] or norm[end : end + 1] == ["au"]:
            return any(ordinal_at(norm, i) for i in (end + 1, end + 2))
        return norm[start - 1].startswith(_COMING)

    def _lap_or_heat(self, first: int) -> bool:
        """Tell whether the ordinal is a lap's or a heat's: "au douzième, X", "se venge dans la deuxième"."""
        before = self.tokens.norm[max(0, first - 2) : first]
        return before[-1:] == ["au"] or before == ["dans", "la"]

    def _is_no_measure(self, first: int, end: int) -> bool:
        """Tell whether an ordinal is no fraction, no second of time and no mere one among several."""
        norm = self.tokens.norm
        noun = norm[end] if end < len(norm) else ""
        timed = noun in TIME_NOUNS
        if (
            noun
            and noun not in PLACE_NOUNS
            and not timed
            and not self._in_all(first, end)
            and self.tokens.shape[end] == "l"
            and noun not in _AFTER_PLACE
            and not any(t.category == "class" for t in self.context_names(end))
        ):
            return False
        if first and norm[first].startswith(_FRACTIONS) and self._counts(first - 1):
            return False
        if self.tokens.text[first - 1] == "/" or self._counts_feats(first, end):
            return False  # "6/10e"
        if first and self.tokens.shape[first - 1] == "d" and norm[first] in ("seconde", "secondes"):
            return False
        return not (
            norm[first - 1] in ("une", "un", "autre", "chaque", "cette", "ce")
            and noun not in PLACE_NOUNS
            and not timed
        )

    def _in_all(self, first: int, end: int) -> bool:
        """Tell whether a place counts among all: "termine 5e scratch"."""
        norm = self.tokens.norm
        return norm[end : end + 1] == ["scratch"] and norm[first - 1] in _RANKING

    def _counts_feats(self, first: int, end: int) -> bool:
        """Tell whether feats are counted: "son 3e scratch", "une victoire, sa quatrième de la saison"."""
        norm = self.tokens.norm
        if norm[first - 1] not in _OWN_FEATS:
            return False
        return norm[end : end + 1] == ["scratch"] or bool(
            norm[end : end + 1] in (["de"], ["en"], ["cette"], ["d'"])
            and _SPANS & set(norm[end + 1 : end + 4])
        )

    def _counts(self, i: int) -> bool:
        """Tell whether a word counts what follows it: "2 dixième", "trois centièmes", "un petit dixième"."""
        norm = self.tokens.norm[i]
        return norm in _A_FEW or self.tokens.text[i].isdecimal() or cardinal(norm) is not None

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
            "avec",
        ):
            before = self.tokens.norm[first - 1]
            if self._debut(first):
                return False
            return before not in (
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
            ) or (following in (",", ")") and before == ",")
        return self.tokens.shape[end] in "CU"

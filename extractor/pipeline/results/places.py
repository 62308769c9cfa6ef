"""Places told by an ordinal: "termine 3e", "Deuxième, X ...", "X (4e)"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.context import NOT_PLACES, PLACE_NOUNS, TIME_NOUNS
from extractor.pipeline.results.sequences import Sequences
from extractor.values.numbers import ordinal_at

_RULINGS = word_set("results_words", "rulings")
_HEADS = ("title", "heading")
_ORDINAL_INITIALS = frozenset("123456789pdtqcshnoviux")
_AFTER_PLACE = word_set("results_words", "after_place")


class Places(Sequences):
    """Places told by an ordinal."""

    def _ordinals(self, sentence: Sentence) -> Iterator[ResultFact]:
        i = sentence.first
        norm = self.tokens.norm
        self._told: tuple[int, tuple[int, ...]] = (-99, ())
        shared = list(self._respectively(sentence)) or list(self._paired(sentence))
        yield from shared
        if shared:
            return
        while i < sentence.last:
            found = ordinal_at(norm, i) if norm[i][0] in _ORDINAL_INITIALS else None
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

    def _respectively(self, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "A et B terminent respectivement deuxième et troisième"."""
        norm = self.tokens.norm
        if "respectivement" not in norm[sentence.first : sentence.last]:
            return
        at = norm.index("respectivement", sentence.first, sentence.last)
        refs = self.discourse.subject_ref(at, sentence)
        places = [
            (found[0], i, found[1])
            for i in range(at + 1, min(sentence.last, at + 14))
            if norm[i][0] in _ORDINAL_INITIALS and (found := ordinal_at(norm, i)) is not None
        ]
        units = self.units(refs) if refs else []
        if not 2 <= len(units) == len(places):
            return
        kind = self.context.kind(places[0][1], sentence)[0]
        for (people, ref), (value, first, end) in zip(units, places, strict=True):
            a, b = self._spread(first, end, ref)
            scope = self.context.scope(places[-1][2] - 1, sentence)
            yield self._fact(sentence, kind, people, value, a, b, "place_subject", scope)

    def _place(self, sentence: Sentence, value: int, first: int, end: int) -> ResultFact | None:
        if not self._tells_place(first, end) or not self._is_no_measure(first, end):
            return None
        norm = self.tokens.norm
        noun = norm[end] if end < len(norm) else ""
        timed = noun in TIME_NOUNS
        holder = self._holder(sentence, first, end)
        if holder is None:
            return None
        people, ref, rule = holder
        kind, said = self.context.kind(first, sentence)
        if timed:
            kind, said = "qualifying", True
        if (kind == "final" or not said) and self.context.negated(first, sentence, before=6, after=1):
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
        if not said and kind == "running" and value == 1 and self._heads_class(end):
            kind = "final"
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

    def _heads_class(self, end: int) -> bool:
        """Tell whether a class stands right behind an ordinal: "premier des 1600"."""
        return any(
            set(self.tokens.norm[end : n.first]) <= {"des", "du", "de", "la", "en", "les"}
            for n in self.context.classes_between(end, end + 4)
        )

    def _tells_place(self, first: int, end: int) -> bool:
        """Tell whether an ordinal stands for a place by the noun behind it, or for want of one."""
        norm = self.tokens.norm
        noun = norm[end] if end < len(norm) else ""
        if noun in NOT_PLACES or (noun == "-" and norm[end + 1 : end + 2] == ["end"]):
            return False
        if noun not in PLACE_NOUNS | TIME_NOUNS and self._lap_or_heat(first):
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
            and not norm[first][0].isdecimal()
            and norm[end : end + 2] not in (["de", "classe"], ["de", "groupe"])
        )

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
            and self.tokens.shape[end] == "l"
            and noun not in _AFTER_PLACE
            and not any(t.category == "class" for t in self.context_names(end))
        ):
            return False
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
            return False
        if first and self.tokens.shape[first - 1] == "d" and norm[first] in ("seconde", "secondes"):
            return False
        return not (
            norm[first - 1] in ("une", "un", "autre", "chaque", "cette", "ce")
            and noun not in PLACE_NOUNS
            and not timed
        )

    def _falls_by_ruling(self, sentence: Sentence, first: int) -> bool:
        """Tell whether a penalty moved the holder down: "écope de dix secondes et tombe 9e"."""
        norm = self.tokens.norm
        if not any(
            n.startswith(("tomb", "chut", "descend", "redescend", "glisse"))
            for n in norm[max(sentence.first, first - 3) : first]
        ):
            return False
        block = self.context.layout.blocks[sentence.block]
        return bool(set(norm[max(block.first, first - 40) : first]) & _RULINGS)

    def _on_the_road(self, first: int, end: int, sentence: Sentence) -> bool:
        """Tell whether the place was held before the stewards spoke.

        As in "qui avait franchi la ligne quatrième", "2e sur la route".
        """
        norm = self.tokens.norm
        if norm[end : end + 3] in (["sur", "la", "route"], ["sur", "la", "piste"], ["sous", "le", "drapeau"]):
            return True
        window = norm[max(sentence.first, first - 6) : first]
        if not set(window) & {"avait", "avaient"}:
            return False
        return "qui" in norm[max(sentence.first, first - 8) : first] or any(
            n.startswith(("franchi", "coupe", "passe", "fini", "termine")) for n in window
        )

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

    def _opens_sentence(self, sentence: Sentence, first: int, rule: str) -> bool:
        """Tell whether "Troisième, X ..." opens the sentence: so are arrivals told."""
        return rule == "right" and (first - sentence.first <= 1 or self.tokens.text[first - 1] in ",;")

    def _holder(
        self, sentence: Sentence, first: int, end: int
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
        number = self.discourse.sentence_at(first)
        focus = self.discourse.focus[number]
        ahead = self.discourse.after(end, sentence, 12)
        if ahead is not None and "," in text[end : ahead.first] and not self.discourse.governed(ahead):
            return ahead.people, ahead, "ahead"
        return (focus, None, "focus") if focus else None

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
            or (norm[first - 1] in ("en", "la", "a", "et") and first - sentence.first <= 4)
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

"""Parts that failed: "bielle coulée", "problème de boîte", "casse un triangle"."""

from __future__ import annotations

from extractor.lexicon.words import Term, word_set, word_tuple
from extractor.pipeline.incidents.scene import PAUSES, STOPS
from extractor.pipeline.incidents.trigger import Reader, Trigger

_PUNCTURED = word_set("incident_words", "triggers.punctured")
_TYRES = word_set("incident_words", "triggers.tyres")
_LOSABLE = word_set("incident_words", "triggers.losable")
_ENGINE = word_set("incident_words", "triggers.engine")
_DEADLY = word_tuple("incident_words", "triggers.deadly")
_MUTE = word_set("incident_words", "triggers.mute")
_VERBAL = word_set("incident_words", "triggers.aside_verbs")
_PART_LINK = word_set("incident_words", "triggers.part_link")
_TYRE_BREAKS = word_tuple("incident_words", "triggers.tyre_breaks")
_LACK_LINK = word_set("incident_words", "parts.lack_link")
_GEARLESS = word_set("incident_words", "parts.gearless")
_PLACES = word_set("incident_words", "parts.places")
_HELD = word_set("incident_words", "parts.held")
_TYRED = word_set("incident_words", "parts.tyred")
_POSSESSIVE = frozenset(("son", "sa", "ses", "leur", "leurs", "toute"))
_RULING = ("arret", "stopp", "interrom", "annul", "neutralis")
_NEVER = frozenset(("n'", "ne", "avait", "ayant"))
_NO_AGENT = word_set("incident_words", "parts.no_agent")
_OPENS = word_set("incident_words", "parts.opens")
_BARE_BEFORE = frozenset((",", ":", "–", "—", "("))
_BARE_BEHIND = frozenset((",", ".", ";", "!", ":", ")", "et", "–", "—"))
_NAMED_AFTER = frozenset(("des", "du", "aux"))  # "Pont des Morts"
_CLEFT = frozenset(("fut", "est", "etait", "c'est"))
_TELEGRAM = word_set("incident_words", "triggers.telegram")


def _fatal(part: list[str], state: list[str]) -> bool:
    """Tell whether nobody drives on with this part in that state."""
    return (part[0] in _ENGINE or part[0].removesuffix("s") in _ENGINE) and any(
        n.startswith(_DEADLY) or n in ("travers", "ame", "usage") or n in _MUTE for n in state
    )


class PartReader(Reader):
    """Reads two words that make one: a part and what became of it."""

    def _part(self, term: Term, number: int) -> Trigger | None:
        if self.norm[term.start] == "direction" and "".join(self.norm[term.end : term.end + 1]).startswith(
            _RULING
        ):
            return None  # "la direction stoppe l'ES5": those who run the race
        return (
            self._failed(term, number)
            or self._betrayed(term, number)
            or self._part_broke(term, number)
            or self._broke_part(term, number)
            or self._shed(term, number)
            or self._changed(term, number)
            or self._lacking(term, number)
            or self._stopping(term, number)
            or self._bare(term, number)
            or self._telegram(term, number)
        )

    def _gear(self, term: Term, number: int) -> Trigger | None:
        """Read "privé de quatrième": what is a part only where it is missing."""
        return None if self.scene.quote_at(term.start) is not None else self._lacking(term, number)

    def _lacking(self, term: Term, number: int) -> Trigger | None:
        """Read "sans freins", "n'a plus d'embrayage", "privé de quatrième"."""
        around, norm = self.scene.around(number), self.norm
        without = [norm[term.start - 1], *norm[term.end : term.end + 1]] == ["sans", "depuis"]
        if term.value != "mechanical" and not (without and term.value == "bodywork"):
            return None
        lack = around.ending("lacking", term.start)
        if lack is None and norm[term.start - 1] in _LACK_LINK:
            lack = around.ending("lacking", term.start - 1)
        if lack is None or (term.category == "gear" and not self._gearless(term, norm[lack.start])):
            return None
        if norm[lack.start].startswith("perd") and (term.category != "gear" or norm[term.start - 1] != "sa"):
            return None
        if norm[lack.start] == "sans" and norm[term.start - 1] != "sans":
            return None
        if norm[lack.start] == "plus" and not (
            set(norm[max(0, lack.start - 4) : lack.start]) & _NEVER or norm[lack.start - 1] in _BARE_BEFORE
        ):
            return None
        anchor = lack.start
        while anchor > self.scene.sentence(number).first and norm[anchor - 1] in ("n'", "ne", "avait", "a"):
            anchor -= 1
        return Trigger(anchor, term.end, "own", term.value, number, anchor, sure=True)

    def _gearless(self, term: Term, lack: str) -> bool:
        """Tell whether an ordinal is a gear: "privé de quatrième", "sans troisième vitesse"."""
        if lack == "sans":
            return term.end - term.start > 1
        return lack in _GEARLESS and not set(self.norm[term.end : term.end + 1]) & _PLACES

    def _shed(self, term: Term, number: int) -> Trigger | None:
        """Read "a laissé son huile à la collectivité", "y laisse sa boîte"."""
        start = self.scene.phrase(number, term.start)
        if (
            term.value != "mechanical"
            or self.norm[start] not in _POSSESSIVE
            or self.norm[term.start] in _HELD
        ):
            return None
        shed = self.scene.around(number).ending("shedding", start)
        if shed is None:
            return None
        return Trigger(shed.start, term.end, "own", term.value, number, shed.start)

    def _changed(self, term: Term, number: int) -> Trigger | None:
        """Read "perd dix minutes à changer une bougie", "malgré un ressort changé à mi-course"."""
        if term.value != "mechanical" or self.norm[term.start] in _TYRED:
            return None
        around = self.scene.around(number)
        changing = around.ending("changing", self.scene.phrase(number, term.start))
        if changing is not None:
            return Trigger(changing.start, term.end, "own", term.value, number, changing.start)
        changed = around.starting("changed", term.end)
        if changed is not None:
            return Trigger(term.start, changed.end, "part", term.value, number, term.start)
        return None

    def _stopping(self, term: Term, number: int) -> Trigger | None:
        """Read "une soupape arrêta X", "la magnéto le laisse au bord de la route"."""
        if term.value != "mechanical":
            return None
        around, norm = self.scene.around(number), self.norm
        start = self.scene.phrase(number, term.start)
        if start == term.start or not self._opens_clause(start, number):
            return None
        for stop in around.within("stops", term.end, min(self.scene.sentence(number).last, term.end + 8)):
            if any(n in STOPS or n in _NO_AGENT for n in norm[term.end : stop.end]):
                return None
            if norm[stop.start].startswith("laiss") and not self._left_behind(stop.end, number):
                return None
            if (
                norm[stop.start].startswith(("priv", "retard"))
                and "course" not in norm[stop.end : stop.end + 6]
            ):
                return None
            return Trigger(term.start, term.end, "noun", term.value, number, term.start, out=True)
        return None

    def _opens_clause(self, start: int, number: int) -> bool:
        first = self.scene.sentence(number).first
        return start == first or self.norm[start - 1] in _OPENS or start == self.scene.clause(number, start)

    def _left_behind(self, first: int, number: int) -> bool:
        around = self.scene.around(number)
        last = min(self.scene.sentence(number).last, first + 8)
        return any(
            "bord" in self.norm[t.start : t.end] or "panne" in self.norm[t.start : t.end]
            for t in around.within("halted", first, last)
        )

    def _bare(self, term: Term, number: int) -> Trigger | None:
        """Read a part named as the reason behind a stop: "renonça au onzième tour, soupape"."""
        norm, i = self.norm, term.start
        sentence = self.scene.sentence(number)
        if term.value != "mechanical" or i <= sentence.first + 1:
            return None
        withdrawn = norm[i - 1] == "sur" and self.scene.around(number).ending("halted", i - 1) is not None
        if norm[i - 1] not in _BARE_BEFORE and not withdrawn:
            return None
        if not withdrawn and term.end < sentence.last and norm[term.end] not in _BARE_BEHIND:
            return None
        low = max(sentence.first, i - 24)
        if any(n == ";" for n in norm[low:i]):
            low = i - next(k for k, n in enumerate(reversed(norm[low:i]), 1) if n == ";")
        halted = self.scene.around(number).within("halted", low, i)
        if halted:
            return Trigger(i, term.end, "own", term.value, number, halted[-1].start, out=True)
        if norm[i - 1] == ":" and i - low > 5 and norm[term.end : term.end + 1] != [":"]:
            return Trigger(i, term.end, "own", term.value, number, i - 1)
        return None

    def _failed(self, term: Term, number: int) -> Trigger | None:
        """Read "problème de boîte", "bris de cardan", "souci moteur"."""
        around, norm = self.scene.around(number), self.norm
        i = term.start
        for _ in range(5):
            fail = around.ending("fail", i)
            if fail is not None:
                if norm[fail.start] == "perte" and norm[term.start] not in _LOSABLE:
                    return None
                kind = "puncture" if term.value == "puncture" else term.value
                trigger = Trigger(fail.start, term.end, "noun", kind, number, fail.start)
                self._suffered(trigger)
                return trigger
            if i > self.scene.sentence(number).first and norm[i - 1] in _PART_LINK:
                i -= 1
                continue
            return None
        return None

    def _betrayed(self, term: Term, number: int) -> Trigger | None:
        start = self.scene.phrase(number, term.start)
        around = self.scene.around(number)
        betrayed = around.ending("betrayed", start)
        if betrayed is None:
            return None
        return Trigger(betrayed.start, term.end, "own", term.value, number, betrayed.start)

    def _part_broke(self, term: Term, number: int) -> Trigger | None:
        """Read "son moteur casse", "le cardan de la Lotus de X a cédé", "bielle coulée"."""
        around, norm = self.scene.around(number), self.norm
        last = min(self.scene.sentence(number).last, term.end + 16)
        resume = 0
        for j in range(term.end, last):
            if j >= term.end + 10 and not resume:
                return None
            if j < resume:
                continue
            if norm[j] in PAUSES and norm[j] not in ")-":
                resume = self._over_apposition(j, number)
                if not resume:
                    return None
                continue
            broke = around.starting("broke", j)
            if broke is None:
                if j > term.end and any(t.category == "part" for t in self.scene.terms.get(j, ())):
                    return None
                continue
            if norm[j - 1] in _NAMED_AFTER or (
                any(n in ("pas", "jamais", "que", "qui", "mais", "et") for n in norm[term.end : j])
                and norm[j - 1] != "que"
                and not self._cleft(term.start, j, number)
            ):
                return None
            kind = term.value
            if kind == "puncture" and not set(norm[broke.start : broke.end]) & (_PUNCTURED | {"plat"}):
                return None
            if (
                norm[term.start] in _TYRES
                and set(norm[broke.start : broke.end]) & (_PUNCTURED | {"plat", "ame"})
                and norm[broke.start] not in ("casse", "arrachee")
            ):
                kind = "puncture"
            if (
                kind == "mechanical"
                and norm[broke.start] in ("envole", "s'", "ouvert")
                and norm[broke.end - 1].startswith("envol")
            ):
                return None
            trigger = Trigger(term.start, broke.end, "part", kind, number, term.start)
            trigger.out = kind == "mechanical" and _fatal(
                norm[term.start : term.end], norm[broke.start : broke.end]
            )
            self._suffered(trigger)
            return trigger
        return None

    def _cleft(self, part: int, verb: int, number: int) -> bool:
        """Tell of "ce fut la boîte de X qui se bloqua"."""
        start = self.scene.phrase(number, part)
        before = self.norm[max(self.scene.sentence(number).first, start - 2) : start]
        return self.norm[verb - 1] == "qui" and bool(set(before) & _CLEFT)

    def _over_apposition(self, comma: int, number: int) -> int:
        """Return where the verb goes on behind an apposition: "la chaîne de X, en tête, a sauté"."""
        norm = self.norm
        if norm[comma] == "(":  # "le pont de la n° 5 (Untel, Brumelle) a cédé"
            return next((k + 1 for k in range(comma, min(len(norm), comma + 14)) if norm[k] == ")"), 0)
        if norm[comma] != ",":
            return 0
        for k in range(comma + 1, min(self.scene.sentence(number).last - 1, comma + 9)):
            if norm[k] == ",":
                return k + 1 if norm[k + 1] in _VERBAL else 0
        return 0

    def _standin(self, term: Term, number: int) -> Trigger | None:
        """Read "celui de X a rendu l'âme" where the part was named before: "les moteurs ...: celui de X"."""
        norm = self.norm
        if term.end >= len(norm) or norm[term.end] not in ("de", "d'", "du"):
            return None
        sentence = self.scene.sentence(number)
        part = next(
            (
                t
                for k in range(term.start - 1, max(sentence.first, term.start - 40) - 1, -1)
                for t in self.scene.terms.get(k, ())
                if t.category == "part"
            ),
            None,
        )
        if part is None:
            return None
        around = self.scene.around(number)
        for j in range(term.end, min(sentence.last, term.end + 12)):
            if norm[j] in STOPS or norm[j] == ",":
                return None
            broke = around.starting("broke", j)
            if broke is not None:
                trigger = Trigger(term.start, broke.end, "part", part.value, number, term.start)
                trigger.out = part.value == "mechanical" and _fatal(
                    norm[part.start : part.end], norm[broke.start : broke.end]
                )
                return trigger
        return None

    def _broke_part(self, term: Term, number: int) -> Trigger | None:
        """Read "casse un triangle", "perd une roue", "a brisé son cardan"."""
        start = self.scene.phrase(number, term.start)
        breaks = self.scene.around(number).ending("breaks", start)
        if breaks is None or (start == term.start and self.norm[term.start - 1] != "casse"):
            return None
        word = self.norm[breaks.start]
        if word.startswith("perd") and self.norm[term.start] not in _LOSABLE:
            return None
        kind = term.value
        if kind == "puncture" or (
            self.norm[term.start] in _TYRES and word.startswith(("crev", "ecla", "perc", "dechi"))
        ):
            if not word.startswith(_TYRE_BREAKS):
                return None
            kind = "puncture"
        out = kind == "mechanical" and _fatal(self.norm[term.start : term.end], [word])
        return Trigger(breaks.start, term.end, "own", kind, number, breaks.start, out=out)

    def _telegram(self, term: Term, number: int) -> Trigger | None:
        """Read "au 4e tour, cardan de X": a part without verb or article, then whose."""
        norm, i = self.norm, term.start
        if (
            term.value == "puncture"
            or i == 0
            or term.end >= len(norm)
            or norm[term.end] not in ("de", "d'", "du", "pour")
        ):
            return None
        before = norm[i - 1]
        if before not in _TELEGRAM or (before == ":" and norm[i] in ("moteur", "huile", "essence")):
            return None
        if not self.scene.discourse.refs_between(term.end + 1, term.end + 3):
            return None
        return Trigger(i, term.end, "noun", term.value, number, i)

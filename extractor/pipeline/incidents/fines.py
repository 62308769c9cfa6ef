"""Punishments told by what they cost: "prend trente secondes", "lui ont compté dix secondes"."""

from __future__ import annotations

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.incidents.own_car import OwnCarReader
from extractor.pipeline.incidents.trigger import Trigger
from extractor.values.numbers import cardinal

_TIME_UNITS = word_set("incident_words", "triggers.time_units")
_GAINED = word_set("incident_words", "fines.gained")
_JUDGED = word_set("incident_words", "fines.judged")
_DROPS = ("recul", "retrograd")  # what follows from a punishment
_BY_JUDGES = frozenset(("vert", "commissaires"))
_PUNISHED = ("penalty", "disqualification", "jump_start")


class FineReader(OwnCarReader):
    """Reads punishments without the word."""

    def _offence(self, term: Term, number: int) -> Trigger | None:
        """Take an offence for a punishment where seconds or places are counted near by."""
        around, norm = self.scene.around(number), self.norm
        sentence = self.scene.sentence(number)
        if self._named(number):
            return None
        for amount in around.within(
            "amount", max(sentence.first, term.start - 14), min(sentence.last, term.end + 14)
        ):
            if (
                amount.start > sentence.first
                and cardinal(norm[amount.start - 1]) is not None
                and abs(amount.start - term.start) > 0
            ) and (norm[amount.start] in _TIME_UNITS or around.all("strikes")):
                frame = "noun" if self.scene.determiner(number, term.start) else "own"
                return Trigger(term.start, term.end, frame, "penalty", number, term.start)
        return None

    def _named(self, number: int) -> bool:
        """Tell whether the sentence names the punishment."""
        sentence = self.scene.sentence(number)
        return any(
            term.category in ("penal", "noun")
            and term.value in _PUNISHED
            and not self.norm[term.start].startswith(_DROPS)
            for k in range(sentence.first, sentence.last)
            for term in self.scene.terms.get(k, ())
        )

    def _fine(self, term: Term, number: int) -> Trigger | None:
        """Read "a pris trente secondes" where nothing is gained by them and a verdict is told near by."""
        norm, i = self.norm, term.end
        sentence = self.scene.sentence(number)
        while i < sentence.last and norm[i] in ("la", "veille", "apres", "encore", "aussi"):
            i += 1
        if i + 1 >= sentence.last or cardinal(norm[i]) is None or norm[i + 1] not in _TIME_UNITS:
            return None
        after = norm[i + 2 : i + 5]
        if set(after[:3]) & _GAINED or self._named(number):
            return None
        told = set(norm[sentence.first : sentence.last])
        lost = norm[term.end - 1].startswith("perd")  # time is lost in the pits as well
        if not (told & _BY_JUDGES if lost else after[:1] == ["pour"] or told & _JUDGED):
            return None
        return Trigger(term.start, i + 2, "penal", "penalty", number, term.start)

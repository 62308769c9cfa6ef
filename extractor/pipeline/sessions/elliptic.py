"""Races told by their number alone: "La seconde est allée à X", "dans la troisième, ...", "l'autre"."""

from __future__ import annotations

from collections.abc import Callable

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Layout
from extractor.pipeline.sessions.mentions import Mention
from extractor.values.numbers import ordinal_at

_AFTER_BARE = word_set("sessions_words", "after_bare")
_BEFORE_BARE = word_set("sessions_words", "before_bare")
_BEHIND_BARE = word_set("sessions_words", "behind_bare")
_JOINTS = frozenset(("et", "mais", "ou"))
_STOPS = frozenset((".", ",", ";", ":", "(", "!", "?", "–", "—"))
_COUNTED = frozenset(("race", "heat", "semi_final"))
_PARTS = word_set("sessions_words", "parts")
_NEAR = 8  # blocks: how far behind the last race told another may go without its noun
_LED = 3  # tokens: how far into a sentence its opening reaches


class Elliptic:
    """Finds races that are told by their number alone, where a race told before has the noun."""

    def __init__(self, layout: Layout, mentions: list[Mention], count: Callable[[Mention], int]) -> None:
        self.norm, self.text = layout.tokens.norm, layout.tokens.text
        self._shape = layout.tokens.shape
        self.layout = layout
        self._count = count
        self._of = [
            m
            for m in mentions
            if m.kind in _COUNTED and not m.elsewhere and (m.number is not None or m.plural)
        ]
        self._most = max((m.number or 0 for m in self._of), default=0)

    def find(self) -> list[Mention]:
        """Return the mentions that have a number but no noun, in reading order."""
        if not self._of:
            return []
        taken = {i for m in self._of for i in range(m.first, m.last)}
        found: list[Mention] = []
        known = iter([*self._of, None])
        ahead = next(known)
        model, told, total, near = self._of[0], 0, 0, 0
        for sentence in self.layout.sentences:
            if self.layout.blocks[sentence.block].kind in ("list", "table", "boilerplate"):
                continue
            named = False
            for i in range(sentence.first, sentence.last):
                while ahead is not None and ahead.first <= i:
                    model, named = ahead, ahead.first >= sentence.first
                    told, near = ahead.number or told, sentence.block
                    total = max(total, self._count(ahead)) if ahead.plural else total
                    ahead = next(known)
                if i in taken or sentence.block - near > _NEAR or not self._leads(i):
                    continue
                read = self._read(i, told, total)
                if read is None:
                    continue
                number, end = read
                if self._bare(i, end, sentence.first, named=named):
                    label = self.layout.tokens.surface(end - 1, end)
                    found.append(Mention(end - 1, end, model.kind, number, label, model.letter, bare=True))
                    told, named, near = number, True, sentence.block
        return found

    def _leads(self, i: int) -> bool:
        """Tell whether a word at ``i`` may introduce the number: "la", "l'" of "l'autre"."""
        return self.norm[i] in ("la", "l'") and i + 2 < len(self.norm)

    def _read(self, i: int, told: int, total: int) -> tuple[int, int] | None:
        """Return which race the words behind the article mean, and where they end."""
        word = self.norm[i + 1]
        if word == "suivante":
            return (told + 1, i + 2) if told else None
        if word == "autre":
            return (3 - told, i + 2) if told in (1, 2) else (2, i + 2) if total == 2 else None
        if word in ("derniere", "ultime"):
            return (total, i + 2) if total else None
        found = ordinal_at(self.norm, i + 1)
        return found if found is not None and found[0] <= max(told + 1, total, self._most) else None

    def _bare(self, i: int, end: int, start: int, *, named: bool) -> bool:
        """Tell whether no noun follows, and the words stand where a race is introduced."""
        after = self.norm[end] if end < len(self.norm) else "."
        stops = self.text[end] in _STOPS if end < len(self.text) else True
        within = i > start and self.norm[i - 1] in ("dans", "de", "lors") and named
        if i > start and self.norm[i - 1] == "dans" and (after in (",", ".", ";") or after in _JOINTS):
            return self.norm[end + 1 : end + 2] not in (["derniere"], ["ultime"])
        joined = (
            self.norm[i - 1] == "et" and after in _BEHIND_BARE
        )  # "la première manche et la troisième et ..."
        if named and (stops or joined or self._given(end)) and self._gapped(i, start):
            return True
        if self._part(i, after, stops=stops):
            return True
        opens = i == start or (i - start < _LED and self.norm[i - 1] in _BEFORE_BARE)
        if self.text[i - 1] == ";":
            opens = True
        if not (opens or within):
            return False
        return stops or self._verb(after, end) or (within and after in _BEHIND_BARE)

    def _verb(self, after: str, end: int) -> bool:
        if self._shape[end] in "CU":
            return False
        if after in ("a", "au", "aux"):
            return self._given(end) or not self.norm[end + 1].endswith(("er", "ir", "re"))
        return after in _AFTER_BARE or after.endswith(("ait", "aient"))

    def _gapped(self, i: int, start: int) -> bool:
        """Tell whether the verb is left out.

        As in "X a gagné la première manche et Y la seconde", "la première revient à X, la suivante à Y".
        """
        if i - start <= 3:
            return False
        name = self._shape[i - 1] in "CU" and self.norm[i - 1] not in _BEFORE_BARE
        return name or self.norm[i - 1] in (",", "et", "puis")

    def _given(self, end: int) -> bool:
        """Tell whether a name follows to whom the race goes: "la seconde à Beaulieu"."""
        return self.norm[end] in ("a", "pour") and (end + 1 >= len(self.norm) or self._shape[end + 1] in "CU")

    def _part(self, i: int, after: str, *, stops: bool) -> bool:
        """Tell whether a part of the race is told: "au départ de la seconde, ...", "dès la première"."""
        of = self.norm[i - 1] == "de" and self.norm[i - 2] in _PARTS
        return (of or self.norm[i - 1] == "des") and (stops or after in _BEHIND_BARE)

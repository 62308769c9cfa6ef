"""Formal lists: "Abandons : X (moteur), Y (sortie)", "Forfait : Z", and table rows marked DSQ, NP or Ab."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.lexicon.words import word_set
from extractor.pipeline.incidents.cast import Cast
from extractor.pipeline.incidents.company import Actor
from extractor.pipeline.incidents.participants import Told
from extractor.pipeline.incidents.scene import Scene
from extractor.pipeline.incidents.trigger import Trigger

_CODES = {
    **dict.fromkeys(("dsq", "dq", "exc", "excl", "disq", "disqualifie"), "disqualification"),
    **dict.fromkeys(("np", "dns", "forfait", "ff"), "did_not_start"),
    **dict.fromkeys(("ab", "abd", "aband", "abandon", "dnf", "ret", "out"), "retirement"),
}
_LABELLED = frozenset(("retirement", "did_not_start", "penalty", "disqualification", "jump_start"))
_TRAILING = word_set("incident_words", "lists.trailing")
_BEFORE_LABEL = word_set("incident_words", "lists.before_label")
_HEADINGS = word_set("incident_words", "lists.headings")
_ROWS = ("table", "list", "bullet")
_CREW = (["-"], ["–"], ["/"], ["&"])
_ALSO = frozenset(("encore", "aussi", "egalement", "ensuite"))
_SAME = frozenset(("id", "idem", "ibid"))


@dataclass(slots=True)
class Item:
    """One entry of a list: what happened, where it stands, in which sentence."""

    told: list[Told]
    sentence: int


@dataclass(slots=True)
class Label:
    """A word with a colon behind it that heads a list."""

    type: str
    first: int
    start: int


class Lists:
    """Reads the lists of a document and keeps the tokens that they cover."""

    def __init__(self, scene: Scene, cast: Cast, triggers: list[Trigger]) -> None:
        self.scene = scene
        self.cast = cast
        self.norm = scene.norm
        self.triggers = triggers
        self.covered: set[int] = set()  # tokens

    def read(self) -> list[Item]:
        """Return the items in reading order."""
        items: list[Item] = []
        for trigger in self.triggers:
            if self.covers(trigger.first):
                continue
            label = self._label(trigger)
            if label is not None:
                items += self._labelled(label, trigger.sentence)
        for start, terms in self.scene.terms.items():
            if self.covers(start) or not any(t.category == "label" for t in terms):
                continue
            term = next(t for t in terms if t.category == "label")
            number = self.scene.discourse.sentence_at(start)
            last = self.scene.sentence(number).last if number < len(self.scene.layout.sentences) else 0
            end = term.end + (term.end < last and self.norm[term.end] in _ALSO)
            if end < last and self.norm[end] == ":" and self._opens(start, number):
                items += self._labelled(Label(term.value, start, end + 1), number)
        items += self._headed()
        for number, sentence in enumerate(self.scene.layout.sentences):
            if self.scene.layout.blocks[sentence.block].kind in ("table", "list"):
                items += self._row(number)
        items += self._coded_lines()
        return items

    def _headed(self) -> list[Item]:
        """Read what stands below a heading without a colon: "Abandons", line by line or in one sentence."""
        sentences, blocks = self.scene.layout.sentences, self.scene.layout.blocks
        items: list[Item] = []
        for number in range(len(sentences) - 1):
            head = sentences[number]
            words = [n for n in self.norm[head.first : head.last] if n[:1].isalpha()]
            if (
                not 0 < len(words) <= 4
                or not set(words) & _HEADINGS
                or sentences[number + 1].block == head.block
            ):
                continue
            below = blocks[sentences[number + 1].block].kind
            if self.covers(head.first) or (blocks[head.block].kind != "heading" and below not in _ROWS):
                continue
            items += self._below(number + 1)
        return items

    def _below(self, number: int) -> list[Item]:
        """Read the lines or the sentences below a heading."""
        sentences, blocks = self.scene.layout.sentences, self.scene.layout.blocks
        kind = blocks[sentences[number].block].kind
        items: list[Item] = []
        while number < len(sentences):
            first, last = sentences[number].first, sentences[number].last
            own = blocks[sentences[number].block].kind
            if self.covers(first) or (items and (own in _ROWS) != (kind in _ROWS)):
                break
            entries = self._entries(number, first, last)
            if kind in _ROWS:
                entries = self._line_heads(entries)
            elif items and not (self.norm[first - 1] in (";", ",") and self._goes_on(number)):
                break
            if not entries and (items or kind not in _ROWS):
                break
            items += self._entered(entries, number, last)
            if entries:
                self.covered.update(range(first, last))
            number += 1
        return items

    def _entered(
        self,
        entries: list[Actor],
        number: int,
        last: int,
        kind: str = "retirement",
        before: Told | None = None,
    ) -> list[Item]:
        """Return one item for each entry, one for two whom a single cause joins: "A et B (accrochage)"."""
        items: list[Item] = []
        previous = before
        for k, actor in enumerate(entries):
            end = entries[k + 1].first if k + 1 < len(entries) else last
            told = self._told(kind, actor, number, end, previous)
            if k and items[-1].told[0].type == kind and self._share(entries[k - 1], actor, told[0]):
                earlier = items.pop().told[0]
                told[0].participants = earlier.participants + told[0].participants
                told[0].retired |= earlier.retired
                told[0].first = earlier.first
            items.append(Item(told, number))
            previous = told[-1]
        return items

    def _share(self, left: Actor, right: Actor, told: Told) -> bool:
        """Tell whether the collision told of the second of two is that of both."""
        alone = told.type == "collision" and len(told.participants) == len(right.people)
        return alone and self.norm[left.outer : right.first] == ["et"]

    def _line_heads(self, entries: list[Actor]) -> list[Actor]:
        """Return one actor for each line: its first, with those who share his cell."""
        tokens = self.scene.tokens
        heads: list[Actor] = []
        for actor in entries:
            if (
                not heads
                or "\n" in tokens.source[tokens.start[heads[-1].last - 1] : tokens.start[actor.first]]
            ):
                heads.append(actor)
        return heads

    def _coded_lines(self) -> list[Item]:
        """Read lines that begin with a code: "AB 18. X Lola 31 embrayage", whatever the block is."""
        scene, items = self.scene, list[Item]()
        ended: tuple[int, set[str]] = (-1, set())
        tokens, source = scene.tokens, scene.tokens.source
        for i, norm in enumerate(self.norm):
            kind = _CODES.get(norm)
            if kind is None or len(norm) > 4 or self.covers(i) or not tokens.text[i][0].isupper():
                continue
            start = tokens.start[i]
            line = source[source.rfind("\n", 0, start) + 1 : start]
            if line.strip(" \t|•*") or i + 1 >= len(self.norm):
                continue
            stop = source.find("\n", start)
            stop = stop if stop >= 0 else len(source)
            last = i + 1
            while last < len(self.norm) and tokens.start[last] < stop:
                last += 1
            number = scene.discourse.sentence_at(i)
            entries: list[Actor] = []
            while not entries and number < len(scene.layout.sentences):
                if scene.sentence(number).first >= last:
                    break
                entries = self._entries(number, i + 1, min(last, scene.sentence(number).last))
                number += not entries
            if entries and entries[0].first - i <= 5:
                self.covered.update(range(i, last))
                told = self._told(kind, entries[0], number, last, None)
                laps = {n for n in self.norm[entries[0].last : last] if n.isdecimal()}
                before = items[-1].told[-1] if items else None
                if (
                    before is not None
                    and before.type == told[0].type == "collision"
                    and ended == (i, laps)
                    and len(before.participants) == len(told[0].participants) == 1
                ):
                    before.participants += told[0].participants
                    before.retired |= told[0].retired
                    before.last = told[0].last
                else:
                    items.append(Item(told, number))
                ended = (last, laps)
        return items

    def covers(self, token: int) -> bool:
        """Tell whether a token was read as part of a list."""
        return token in self.covered

    def _label(self, trigger: Trigger) -> Label | None:
        if trigger.type not in _LABELLED:
            return None
        norm, i = self.norm, trigger.first
        sentence = self.scene.sentence(trigger.sentence)
        if not self._opens(i, trigger.sentence):
            return None
        j = i + 1
        while j < min(sentence.last, i + 6) and norm[j] != ":":
            if norm[j] in (",", ".", ";"):
                return None
            j += 1
        return (
            Label(trigger.type if trigger.type in _LABELLED else "retirement", i, j + 1)
            if j < sentence.last and norm[j] == ":"
            else None
        )

    def _opens(self, i: int, number: int) -> bool:
        """Tell whether a label may stand here: not in "X (car) – abandon : «", which is about X."""
        first = self.scene.sentence(number).first
        if i == first:
            return True
        tokens = self.scene.tokens
        if "\n" in tokens.source[tokens.end[i - 1] : tokens.start[i]]:
            return True
        before = self.norm[i - 1]
        if before in ("-", "–", "—") and i - 1 in self.cast.company(number).by_end:
            return False
        return before in _BEFORE_LABEL

    def _labelled(self, label: Label, number: int) -> list[Item]:
        layout = self.scene.layout
        block = layout.sentences[number].block
        items: list[Item] = []
        start = label.start
        while number < len(layout.sentences) and (
            layout.sentences[number].block == block or self._runs_on(number)
        ):
            sentence = layout.sentences[number]
            first = max(sentence.first, start)
            last, more = self._stop(first, sentence.last)
            entries = self._entries(number, first, last)
            if not entries:
                break
            previous = items[-1].told[-1] if items else None
            items += self._entered(entries, number, last, label.type, previous)
            self.covered.update(range(label.first, last))
            if (
                more
                or layout.blocks[block].kind not in ("list", "paragraph", "bullet")
                or label.type == "penalty"
            ):
                break
            number += 1
            if number < len(layout.sentences) and not self._goes_on(number):
                break
        return items

    def _runs_on(self, number: int) -> bool:
        """Tell whether a line goes on with the list of the line before, which ends in a comma."""
        return self.norm[self.scene.sentence(number).first - 1] in (",", ";") and self._goes_on(number)

    def _goes_on(self, number: int) -> bool:
        """Tell whether the next sentence is still a list: a name with a bracket or a comma behind it."""
        sentence = self.scene.sentence(number)
        actors = self.cast.between(number, sentence.first, sentence.last)
        if not actors or actors[0].first - sentence.first > 2:
            return False
        actor = actors[0]
        return actor.outer > actor.last or self.norm[actor.last : actor.last + 1] in (["("], [","], [":"])

    def _stop(self, first: int, last: int) -> tuple[int, bool]:
        """Return where the list ends: before the next label."""
        for i in range(first + 2, last - 1):
            if self.norm[i] == ":" and self.norm[i - 1] != "tour":
                j = i
                while j > first and self.norm[j - 1] not in (".", ";", ")", ","):
                    j -= 1
                if i - j <= 5:
                    return j, True
        return last, False

    def _entries(self, number: int, first: int, last: int) -> list[Actor]:
        """Return the persons of a list, those inside brackets and those that a word governs left out."""
        found: list[Actor] = []
        floor = self.scene.sentence(number).first
        for actor in self.cast.company(number).actors:
            if not actor.people or actor.loose or actor.first >= last:
                continue
            if actor.first < first and not (actor.first < floor and actor.last > first):
                continue
            depth = sum((n == "(") - (n == ")") for n in self.norm[first : actor.first])
            if depth > 0 or (found and actor.first < found[-1].outer):
                continue
            if self.norm[actor.first - 1] in ("avec", "de", "par", "sur", "contre", "d'") and found:
                continue
            if found and self.norm[found[-1].outer : actor.first] in _CREW:
                before = found.pop()
                people = tuple(dict.fromkeys((*before.people, *actor.people)))
                actor = Actor(before.first, actor.last, actor.outer, people, before.number or actor.number)
            found.append(actor)
        return found

    def _told(self, kind: str, actor: Actor, number: int, end: int, previous: Told | None) -> list[Told]:
        participants = self.cast.participant(actor, "subject")
        out = set(actor.people) if kind == "retirement" else set()
        last = max(actor.outer, actor.last)
        causes = [t for t in self.triggers if actor.last <= t.first < end]
        cause = self._cause(actor.last, end, causes)
        closing = end
        while closing > last and self.norm[closing - 1] in _TRAILING:
            closing -= 1
        if set(self.norm[actor.last : end][:3]) & _SAME and previous is not None:
            cause = previous.type
            if previous.type == "collision" and any(p.person in actor.people for p in previous.participants):
                return [Told(previous.type, [*previous.participants], actor.first, closing, retired=out)]
        told = Told(kind, participants, actor.first, closing, retired=out)
        if kind == "retirement" and cause:
            told.type = cause
            if cause == "collision":
                for other in self.cast.between(number, actor.last, end):
                    if other.people and not set(other.people) & set(actor.people):
                        told.participants += self.cast.participant(other, "subject")
        elif kind == "penalty" and cause in ("jump_start", "disqualification"):
            told.type = cause
        elif kind == "did_not_start" and cause in (
            "mechanical",
            "crash",
            "puncture",
            "collision",
            "off_track",
            "fall",
        ):
            return [
                Told(cause, list(participants), actor.first, closing),
                Told(kind, participants, actor.first, closing, caused_by=0),
            ]
        return [told]

    def _cause(self, first: int, last: int, causes: list[Trigger]) -> str:
        for trigger in causes:
            if trigger.type != "retirement":
                return trigger.type
        for i in range(first, last):
            for term in self.scene.terms.get(i, ()):
                if term.category == "part":
                    return term.value
                if term.category == "leaves" or self.norm[i] == "sortie":
                    return "off_track"
            if self.norm[i] == "sortie":
                return "off_track"
            if self.norm[i] == "accident":
                return "crash"
        return ""

    def _row(self, number: int) -> list[Item]:
        """Read a row of a table that a code marks."""
        sentence = self.scene.sentence(number)
        text = self.scene.tokens
        for i in range(sentence.first, sentence.last):
            kind = _CODES.get(self.norm[i])
            if kind is None or self.covers(i) or self.scene.in_designation(i):
                continue
            alone = (i == sentence.first or self.norm[i - 1] in ("|", ";", "-", "–")) and (
                i + 1 >= sentence.last or self.norm[i + 1] in ("|", ".", "-", "–", ")")
            )
            tabbed = "\t" in text.source[max(0, text.start[i] - 2) : text.end[i] + 2]
            if not (alone or tabbed):
                continue
            entries = self._entries(number, sentence.first, sentence.last)
            if not entries:
                return []
            self.covered.update(range(sentence.first, sentence.last))
            told = self._told(kind, entries[0], number, sentence.last, None)
            for one in told:
                one.first, one.last = sentence.first, sentence.last
            return [Item(told, number)]
        return []

"""Parts of a text about one class or plateau: headings, labels, "En MotoGP, ..."."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name, Sentence
from extractor.pipeline.sessions.apart import Apart
from extractor.pipeline.sessions.companies import Companies
from extractor.pipeline.sessions.fields import Fields
from extractor.pipeline.sessions.mentions import Mention
from extractor.pipeline.sessions.register import Register

_SHARED_CLASSES = word_set("sessions_words", "shared_classes")
_NO_SECTION = word_set("sessions_words", "no_section")
_RESULTS = word_set("sessions_words", "results_heads")
_LONGEST_HEADING = 6  # tokens
_LONGEST_CROSSHEAD = 10  # tokens of "Delaunoy sans partage en MX1."
_NO_LABEL = _NO_SECTION | word_set("sessions_words", "no_label")


class Sections(Register):
    """Parts of a text about one class or plateau."""

    _apart: Apart | None = None
    _fields: Fields
    _together = False  # the classes start together, as the text says
    _plateaux: frozenset[int] = frozenset()
    _parts: dict[int, int]  # labels of parts that tell of a class each: first token -> end
    _companies: Mapping[int, str] = MappingProxyType({})  # labels of classes known by their people

    def _find_companies(self) -> dict[int, str]:
        """Return the labels of the classes that tell of other people each, by the token they begin with."""
        if self.rally or self.climb or self.shared or self._together:
            return {}
        named = {i for m in self.mentions for i in range(m.first, m.last)}
        companies = Companies(self.layout, self.crowd, people=self._people, classes=set(self._class_starts))
        return companies.find(named, knockout=self.knockout)

    def _heading(self, first: int, last: int, here: list[Mention], *, title: bool) -> None:
        named = self._class_starts.get(first)
        distinct = [
            m
            for m in here
            if not m.plural
            and (
                m.number is not None
                or m.field
                or m.kind not in ("race", "leg")
                or self._names_race(m, first, last)
            )
        ]
        for mention in here:
            if mention.plural and mention.number is not None:
                self._all_of(mention)
        if (title and (len(here) != 1 or here[0].number is None)) or self._heads_field(first, distinct):
            return
        if not distinct and self._heads_part(first, last, title=title):
            return
        label = self._label(first)
        if label in self._labels and label is not None:
            self._turn(label)
            distinct = [m for m in distinct if m.first > first and m.kind != "race"]
            named = None
            if not distinct:
                return
        if distinct and distinct[0].kind == "stage" and self.rally:
            return
        if self.climb and first in self._event_starts:
            distinct = []
        if distinct:
            self._head(first, distinct[0])
        elif (
            section := self._section_heading(first, last, named) or self._fields.turn_at(first)
        ) is not None:
            section = self._known_as(section)
            several = bool(self._class_sections - {section})  # a cup among classes starts on its own, too
            self._announced_classes.add(section)
            self._section_at.setdefault(section, first)
            self._turn(
                section,
                classed=named is None
                or named.kind == "class"
                or first in self._plateaux
                or first in self._parts
                or several,
            )

    def _heads_field(self, first: int, distinct: list[Mention]) -> bool:
        """Turn to a class that is known by its people, and to its race where the heading goes on to one."""
        if first not in self._companies:
            return False
        self._turn(self._companies[first])
        self._section_at.setdefault(self._section, first)
        own = [m for m in distinct if m.kind != "race" or m.number is not None]
        if own:
            self._head(own[0].first, own[0])
        return True

    def _head(self, first: int, mention: Mention) -> None:
        """Turn to the session that a heading names."""
        if self._headline(first, mention):
            self._session(mention)
            return
        self._prefix(first, mention.first)
        if mention.field:
            self._turn(mention.field)
        mention.heading = True
        self._current = self._session(mention)
        self._headed = True

    def _headline(self, first: int, mention: Mention) -> bool:
        """Tell whether a headline above the text says who won the final: "X gagne la finale"."""
        if mention.kind not in ("final", "semi_final"):
            return False  # the whole text may be about "course 2"
        body = next((b.first for b in self.layout.blocks if b.kind == "paragraph"), 0)
        return first < body and any(i in self._people for i in range(first, mention.first))

    def _names_race(self, mention: Mention, first: int, last: int) -> bool:
        """Tell whether "Course" heads a race: "LA COURSE", "Course par équipages".

        Not "Notre course du 30 avril", where heats and a final are told: that is the meeting.
        """
        if mention.letter or (mention.first - first <= 1 and last - mention.last <= 1):
            return True
        return mention.first - first <= 1 and not any(
            m.kind in ("heat", "final") and not m.elsewhere for m in self.mentions
        )

    def _heads_part(self, first: int, last: int, *, title: bool) -> bool:
        """Turn to the results of all classes, or to a class that races apart, if a heading announces them."""
        classed = bool(self._announced_classes or self._class_sections)
        if classed and _RESULTS & set(self.tokens.norm[first : first + 3]):
            self._turn("")
            return True
        apart = self._apart.label(first, last) if self._apart is not None and not title else None
        if apart is None and not title:
            apart = self._fields.label_at(first)
        if apart is not None:
            self._turn(apart)
        return apart is not None

    def _section_heading(self, first: int, last: int, named: Name | None) -> str | None:
        """Return the class that a heading announces, if it is one: "SUPERBIKE", "Buggy 1600", "Cadets :"."""
        while last > first and self.tokens.text[last - 1] in ".:;!–-":
            last -= 1
        last = self._fields.before_distance(first, last)
        norm = self.tokens.norm[first:last]
        if self._together:
            return None
        if first in self._parts or (first in self._plateaux and not self.climb):
            return self.tokens.surface(first, self._parts.get(first, last))
        if self.climb and first not in self._event_starts:
            return None  # the classes share the climb
        joined = self.knockout and "et" in norm
        few = len(self._class_sections) < 2 or (len(norm) > 2 and not joined)
        if not norm or (norm[0] in _SHARED_CLASSES and few):
            return None
        if (
            named is not None
            and named.first == first
            and named.kind == "class"
            and self.tokens.text[named.last : named.last + 1] in ([":"], ["–"], ["|"], ["-"])
        ):
            return self.tokens.surface(named.first, named.last)
        event = self._event_starts.get(first)
        if event is not None and self.climb and event.last >= last - 3:
            return self.tokens.surface(first, last)  # several climbs in one text
        if self.climb:
            return None
        if len(norm) <= _LONGEST_CROSSHEAD and (told := self._told_of(first + 1, last)) is not None:
            return told
        return self._short_heading(first, last, named) if len(norm) <= _LONGEST_HEADING else None

    def _short_heading(self, first: int, last: int, named: Name | None) -> str | None:
        """Return the class that a heading of few words consists of or holds."""
        norm = self.tokens.norm[first:last]
        inside = [
            n
            for i in range(first, last)
            if (n := self._class_starts.get(i)) is not None and n.kind == "class"
        ]
        if (
            inside
            and len(norm) <= 4
            and not any(i in self._people for i in range(first, last) if i < inside[0].first)
        ):
            return self.tokens.surface(first, last)
        if named is not None and named.first == first:
            return (
                self.tokens.surface(first, last)
                if len(norm) <= 4
                else self.tokens.surface(named.first, named.last)
            )
        if (
            self.knockout
            and len(norm) <= 3
            and norm[0] not in _NO_SECTION
            and not any(t.category == "knockout" for t in self.terms.get(first, ()))
            and not any(i in self._people for i in range(first, last))
        ):
            return self.tokens.surface(first, last) if self.tokens.shape[first] in "CUde" else None
        return None

    def _prefix(self, first: int, mention: int) -> None:
        """Take the class before the session in a heading: "F3 Classic / Course 2"."""
        end = mention
        while end > first and self.tokens.text[end - 1] in "/–-:,|(":
            end -= 1
        words = range(first, end)
        if (
            0 < len(words) <= 6
            and end < mention
            and self.tokens.shape[first] in "CUde"
            and not any(i in self._people for i in words)
        ) and not set(self.tokens.norm[first:end]) & _NO_SECTION:
            self._section = self._known_as(self.tokens.surface(first, end))

    def _all_of(self, mention: Mention) -> None:
        """Read "Courses 1 et 2"."""
        norm = self.tokens.norm
        self._session(mention)
        i = mention.last
        while i + 1 < len(norm) and norm[i] in ("et", ",", "&", "-") and norm[i + 1].isdecimal():
            self._session(Mention(i + 1, i + 2, mention.kind, int(norm[i + 1]), None))
            i += 2

    def _crosshead(self, sentence: Sentence) -> str | None:
        """Return the class that a short line of its own ends with: "Delaunoy sans partage en MX1."."""
        block = self.layout.blocks[sentence.block]
        if block.first != sentence.first or sentence.last < block.last:
            return None
        if block.last - block.first > _LONGEST_CROSSHEAD:
            return None
        return self._told_of(sentence.first + 1, sentence.last)

    def _told_of(self, first: int, last: int) -> str | None:
        """Return the class that races alone and that a line says it tells of: "X sans partage en MX1"."""
        for i in range(first, last):
            if self.tokens.norm[i - 1] in ("en", "chez", "des"):
                end = self._fields.alone(i)
                if end is not None:
                    return self.tokens.surface(i, end)
        return None

    def _run_in(self, sentence: Sentence) -> str | None:
        """Return the class that opens a paragraph like a heading: "Super Buggy : Quelle finale !"."""
        block = self.layout.blocks[sentence.block]
        if block.first != sentence.first:
            return None
        if sentence.first in self._parts:
            return self.tokens.surface(sentence.first, self._parts[sentence.first])
        label = self._label(sentence.first)
        return label if label in self._labels else None

    def _label(self, first: int) -> str | None:
        """Return the words before the colon with which a block opens, if they may name a class."""
        text, norm = self.tokens.text, self.tokens.norm
        for length in range(1, 6):
            if text[first + length : first + length + 1] == [":"]:
                words = range(first, first + length)
                if (
                    self.tokens.shape[first] not in "CUdeI"
                    or any(i in self._people for i in words)
                    or set(norm[first : first + length]) & _NO_LABEL
                ):
                    return None
                return self.tokens.surface(first, first + length)
        return None

    def _find_labels(self) -> set[str]:
        """Return the labels that announce classes.

        Several, each used once, one of them known as a class at least.
        """
        found: dict[str, list[int]] = {}
        body = next((b.first for b in self.layout.blocks if b.kind == "paragraph"), 0)
        for block in self.layout.blocks:
            if (
                block.kind not in ("boilerplate", "list", "table", "quote")
                and not (block.kind in ("title", "heading") and block.first < body)  # names the meeting
                and (label := self._label(block.first)) is not None
            ):
                found.setdefault(label, []).append(block.first)
        sessions = {m.first for m in self.mentions}
        once = {
            label: starts[0]
            for label, starts in found.items()
            if len(starts) == 1
            and not any(
                i in sessions
                for i in range(starts[0], min(starts[0] + 6, len(self.tokens)))
                if self.tokens.end[i] <= self.tokens.start[starts[0]] + len(label)
            )
        }
        if self.climb or self.rally:
            return set()  # the classes share the climb
        known = [
            label
            for label, start in once.items()
            if any(i in self._class_starts for i in range(start, start + 5))
            or any(c.isdecimal() for c in label)
        ]
        if len(once) < 2 or not known:
            return set()
        return {
            label
            for label, start in once.items()
            if self.tokens.norm[start] not in _SHARED_CLASSES or self.knockout
        }

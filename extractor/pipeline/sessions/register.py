"""The sessions found so far: one for every section, kind and number."""

from __future__ import annotations

import re

from extractor.pipeline.annotations import SessionFact
from extractor.pipeline.sessions.classnames import same_field
from extractor.pipeline.sessions.mentions import UNKNOWN, Mention, Mentions

_CLOCK = re.compile(r"(\d{1,2})\s?[h:](\d{2})?$")


def _numbered(label: str | None, known: str | None) -> bool:
    """Tell whether a label has its number in figures where the one known is told in prose: "Manche 1"."""
    return (
        bool(label and known)
        and (label or "")[-1].isdecimal()
        and not any(c.isdecimal() for c in known or "")
    )


class Register(Mentions):
    """The sessions found so far."""

    def _session(self, mention: Mention) -> int:
        """Return the session that a mention names; a new one if it is the first."""
        if self._told_already(mention):
            mention.number = self._only_race[1]
        if mention.field:
            mention.field = self._known_as(mention.field)
            self._class_sections.add(mention.field)
        section = "" if mention.common else mention.field or self._section
        key = (
            section if mention.kind != "stage" else "",
            mention.kind,
            mention.number,
            mention.letter or (mention.label or "")
            if mention.kind == "stage" and mention.number is None
            else mention.letter,
        )
        index = self._index.get(key)
        known = index is not None
        if index is None:
            index = len(self.sessions)
            self._index[key] = index
            label = None if mention.plural else mention.label
            scope = section if section in self._class_sections and mention.kind != "stage" else None
            self.sessions.append(SessionFact(mention.kind, label, mention.number, scope=scope))
        session = self.sessions[index]
        if mention.heading and session.headed_at < 0:
            session.headed_at = mention.first
        if not mention.plural and (
            session.label is None
            or mention.heading
            or index in self._bare
            or _numbered(mention.label, session.label)
        ):
            session.label = mention.label
            self._bare -= {index}
        if mention.bare and not known:
            self._bare.add(index)  # until the text gives it a noun
        session.scheduled = session.scheduled or self._clock(mention.last)
        self.sessions[index].mentions.append((mention.first, mention.last))
        return index

    def _turn(self, section: str, *, classed: bool = True) -> None:
        """Turn to the part of the text about one class, or to what is about none ("")."""
        section = self._known_as(section)
        self._section, self._current, self._headed = section, UNKNOWN, False
        self._in_prose = False
        if section and classed:
            self._class_sections.add(section)

    def _known_as(self, section: str) -> str:
        """Return the name under which a class was told before: "FORMULE 1" of "F1", else its own."""
        if not section:
            return ""
        for known in self._names_of_sections:
            if same_field(known, section):
                return known
        self._names_of_sections.append(section)
        return section

    def _told_already(self, mention: Mention) -> bool:
        """Tell whether a bare "La course" is the one race that was numbered before."""
        return (
            mention.kind == "race"
            and mention.number is None
            and not mention.letter
            and 0 <= self._only_race[0] < mention.first
        )

    def _clock(self, last: int) -> str | None:
        """Return the clock time in the bracket behind a mention: "Course 1 (samedi, 13h10)"."""
        text = self.tokens.text
        if text[last : last + 1] != ["("]:
            return None
        for i in range(last + 1, min(last + 6, len(text))):
            if text[i] == ")":
                break
            match = _CLOCK.match(text[i].lower())
            if match:
                hour, minute = int(match.group(1)), int(match.group(2) or 0)
                return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
        return None

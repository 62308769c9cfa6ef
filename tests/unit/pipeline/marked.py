"""A marked French text in, facts out: the small languages in which the tests of the pipeline are written.

Names are marked in place, ``[Louis Marchal|person] ([Écurie Brume|team])``; square brackets without a bar are the text's own.
Facts are short lines: ``final 1 Louis Marchal``, ``grid 2 Junior: A + B``, ``final dnf Jean Tavernier``. A crew is joined by `` + ``. All people,
teams and places are invented.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

import extractor
from extractor.pipeline.annotations import Name
from extractor.pipeline.layout import lay_out
from extractor.pipeline.names.component import find_names
from extractor.record import RaceRecord, Result

#: A title that makes a report of a lone sentence, and says nothing else.
TITLE = "Voitures de sport sur le circuit de Brumeval, avec les pilotes au volant\n\n"

_MARK = re.compile(r"\[([^\[\]|]+)\|(\w+)\]")
_ALWAYS = {"person", "team", "number"}


def cases(table: Mapping[str, Any]) -> pytest.MarkDecorator:
    """Run a test once for each line of a table; the labels name the cases."""
    return pytest.mark.parametrize("case", table.values(), ids=table.keys())


def weak(*case: Any, because: str) -> Any:
    """Mark a case that the pipeline does not read yet."""
    values = case[0] if len(case) == 1 else case
    return pytest.param(values, marks=pytest.mark.xfail(strict=False, reason=because))


def unmark(marked: str) -> tuple[str, set[tuple[str, str, int]]]:
    """Return the plain text and the marked names: kind, surface, offset."""
    expected: set[tuple[str, str, int]] = set()
    text, at = "", 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        expected.add((match.group(2), match.group(1), len(text)))
        text += match.group(1)
        at = match.end()
    return text + marked[at:], expected


def names_in(text: str) -> tuple[list[Name], set[tuple[str, str, int]]]:
    """Return the names of a text, and the same as kind, surface, offset."""
    layout = lay_out(text)
    found = find_names(layout)
    tokens = layout.tokens
    return found, {(n.kind, tokens.surface(n.first, n.last), tokens.start[n.first]) for n in found}


def check_names(marked: str) -> None:
    """Hold the names found against the marks: people, teams and numbers always, other kinds where any is marked."""
    text, expected = unmark(marked)
    kinds = _ALWAYS | {kind for kind, _, _ in expected}
    _, found = names_in(text)
    assert sorted(n for n in found if n[0] in kinds) == sorted(expected)


@dataclass(frozen=True)
class Reading:
    """A record with its facts as short lines."""

    record: RaceRecord

    @property
    def names(self) -> dict[str, str]:
        """The name of each driver, by id."""
        return {driver.id: driver.name for driver in self.record.drivers}

    @property
    def drivers(self) -> set[str]:
        return {driver.name for driver in self.record.drivers}

    @property
    def teams(self) -> set[str]:
        return {team.name for team in self.record.teams}

    @property
    def entries(self) -> set[str]:
        """``Louis Marchal | Écurie Brume | 12 | Ligier | LMP3``; what is unknown is a dash."""
        teams = {team.id: team.name for team in self.record.teams}
        return {
            " | ".join(
                (
                    self.crew(entry.drivers),
                    teams[entry.team] if entry.team else "-",
                    entry.number or "-",
                    entry.car or "-",
                    ", ".join(entry.classes) or "-",
                )
            )
            for entry in self.record.entries
        }

    @property
    def sessions(self) -> list[str]:
        """``race 1``, ``heat``, ``final A``: kind, number and label of each."""
        return [
            " ".join(str(part) for part in (s.kind, s.number) if part is not None)
            for s in self.record.sessions
        ]

    @property
    def results(self) -> set[str]:
        return {self.line(result) for result in self.record.results}

    @property
    def told(self) -> set[str]:
        """Results with their sessions: ``race 2: final 1 Louis Marchal``."""
        of = {s.id: label for s, label in zip(self.record.sessions, self.sessions, strict=True)}
        return {f"{of[result.session]}: {self.line(result)}" for result in self.record.results}

    @property
    def incidents(self) -> set[str]:
        """``spin Jean Tavernier``: type and who took part."""
        return {
            " ".join(
                (
                    i.type,
                    " + ".join(sorted(self.names[p.driver] if p.driver else p.text for p in i.participants)),
                )
            ).strip()
            for i in self.record.incidents
        }

    @property
    def findings(self) -> set[str]:
        return {finding.code for finding in self.record.findings}

    def crew(self, ids: tuple[str, ...]) -> str:
        return " + ".join(sorted(self.names[i] for i in ids))

    def line(self, result: Result) -> str:
        scope = "" if result.scope == "overall" else f"{result.scope}: "
        return f"{result.kind} {result.position or result.status} {scope}{self.crew(result.drivers)}"

    def mentions(self, name: str, form: str = "nominal") -> list[str]:
        """Return how the text refers to a driver."""
        return [m.text for d in self.record.drivers if d.name == name for m in d.mentions if m.form == form]


def read(text: str, *, title: str = TITLE) -> Reading:
    """Read a text under a title that makes a report of it."""
    return Reading(extractor.extract(title + text))

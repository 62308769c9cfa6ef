"""A text with its record, written by hand: everything is named by its words. People and teams are invented."""

from __future__ import annotations

import re
from typing import Any

from extractor.record import RaceRecord
from tests.conftest import bare_record


class Page:
    """A text about which one fact after the other is told. Identifiers are numbered as the pipeline does."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.columns: dict[str, list[dict[str, Any]]] = {}

    def span(self, words: str, number: int = 0) -> dict[str, Any]:
        """Return where some words stand for the first time, or a later one."""
        start = [m.start() for m in re.finditer(re.escape(words), self.text)][number]
        return {"start": start, "end": start + len(words), "text": words}

    def session(self, kind: str = "race", label: str | None = None) -> str:
        return self._add(
            "sessions", "s", kind=kind, label=label, evidence=[self.span(label)] if label else []
        )

    def driver(self, name: str, *others: str, nominal: tuple[str, ...] = ()) -> str:
        """Tell of somebody, who is meant wherever one of the names or nominals stands."""
        mentions = [*self._mentions((name, *others), "name"), *self._mentions(nominal, "nominal")]
        return self._add("drivers", "d", name=name, aliases=others, mentions=mentions)

    def team(self, name: str) -> str:
        return self._add("teams", "t", name=name, mentions=self._mentions((name,), "name"))

    def entry(self, *drivers: str, said: str, **fields: Any) -> str:
        return self._fact("entries", "e", said, drivers=drivers, **fields)

    def result(
        self, kind: str, place: int | str, *drivers: str, said: str, session: str = "s1", **fields: Any
    ) -> str:
        told = {"position": place} if isinstance(place, int) else {"status": place}
        return self._fact("results", "r", said, kind=kind, drivers=drivers, session=session, **told, **fields)

    def incident(self, type_: str, *drivers: str, said: str, session: str = "s1", **fields: Any) -> str:
        people = [{"driver": driver, "text": driver} for driver in drivers]
        return self._fact("incidents", "i", said, type=type_, participants=people, session=session, **fields)

    def quote(self, *parts: str, **fields: Any) -> str:
        spans = [self.span(part) for part in parts]
        return self._add("quotes", "q", text=" ".join(parts), evidence=spans, **{"confidence": 0.8, **fields})

    def finding(self, *about: str, code: str = "two_winners") -> None:
        row = {"code": code, "severity": "warning", "message": "À vérifier.", "about": about}
        self.columns.setdefault("findings", []).append(row)

    @property
    def record(self) -> RaceRecord:
        return RaceRecord.model_validate({**bare_record(self.text).model_dump(), **self.columns})

    def _mentions(self, names: tuple[str, ...], form: str) -> list[dict[str, Any]]:
        some = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        found = re.finditer(rf"(?<!\w)(?:{some})(?!\w)", self.text) if names else ()
        return [{"start": m.start(), "end": m.end(), "text": m.group(), "form": form} for m in found]

    def _fact(self, group: str, letter: str, said: str, **fields: Any) -> str:
        return self._add(group, letter, evidence=[self.span(said)], **{"confidence": 0.8, **fields})

    def _add(self, group: str, letter: str, **fields: Any) -> str:
        rows = self.columns.setdefault(group, [])
        rows.append({"id": f"{letter}{len(rows) + 1}", **fields})
        return str(rows[-1]["id"])


def brumeval() -> Page:
    """Two in a race, a third who falls out, two teams, a class, somebody who speaks."""
    page = Page(
        "Brumeval, course de voitures de sport\n\n"
        "Louis Marchal (Écurie Brume) gagne la course devant Jean Tavernier (Team Sillage), premier Junior. "
        "Paul Ortolan abandonne, moteur cassé. Marchal reste premier.\n\n"
        "« La voiture était vraiment parfaite », dit Louis Marchal."
    )
    page.session("race", "course")
    marchal, tavernier = page.driver("Louis Marchal", "Marchal"), page.driver("Jean Tavernier")
    ortolan = page.driver("Paul Ortolan")
    brume, sillage = page.team("Écurie Brume"), page.team("Team Sillage")
    page.entry(marchal, team=brume, said="Louis Marchal (Écurie Brume)")
    page.entry(tavernier, team=sillage, said="Jean Tavernier (Team Sillage)", classes=("Junior",))
    page.result("final", 1, marchal, said="Louis Marchal (Écurie Brume) gagne la course", entry="e1")
    page.result("final", 2, tavernier, said="devant Jean Tavernier", entry="e2")
    page.result("final", 1, tavernier, said="premier Junior", scope="Junior", entry="e2")
    page.result("final", "dnf", ortolan, said="Paul Ortolan abandonne")
    page.incident("mechanical", ortolan, said="Paul Ortolan abandonne, moteur cassé")
    page.quote("La voiture était vraiment parfaite", speaker=marchal, speaker_role="driver")
    return page

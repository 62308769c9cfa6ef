"""``standOff``: people, teams, sessions, incidents, and where the text says what the record has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from extractor.exports.identities import Identity
from extractor.exports.passages import Passages
from extractor.exports.sheets import session_title
from extractor.exports.tei.body import Body
from extractor.exports.tei.build import add
from extractor.exports.tei.marks import Speakers, Stretch, probability
from extractor.exports.tei.names import TEI, XML
from extractor.exports.tei.tables import write_tables
from extractor.exports.tei.words import TeiWords
from extractor.exports.words import Words
from extractor.exports.xml_text import Identifiers
from extractor.record import Driver, Incident, RaceRecord, Session, SkippedSpan

Element = Any

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_MENTIONED = ("driver", "team")


@dataclass(slots=True)
class StandOff:
    """Writes what stands beside the text of one record.

    Attributes:
        record: It.
        words: Of the file's own language.
        ids: Of the file.
        body: The text, which gives places in it their identifiers.
        speakers: Those who speak and are no drivers.
        identities: Who drivers and teams are, as far as an authority file says.
    """

    record: RaceRecord
    words: TeiWords
    ids: Identifiers
    body: Body
    speakers: Speakers
    identities: Mapping[str, Identity]
    _spans: int = 0

    def write(
        self, passages: list[Passages], left_out: list[Stretch], told: dict[str, Element]
    ) -> Element | None:
        """Return ``standOff``, ``None`` where there is nothing to say.

        Args:
            passages: What the record says, and where.
            left_out: What could not be marked up in the text.
            told: Elements of the header that have evidence, by key.
        """
        stand_off = etree.Element(f"{TEI}standOff")
        facts = dict(told)
        self._people(stand_off, facts)
        self._teams(stand_off, facts)
        self._events(stand_off, facts)
        write_tables(stand_off, self.record, self.words, self.ids, facts)
        self._findings(stand_off, facts)
        self._evidence(stand_off, passages, left_out, facts)
        return stand_off if len(stand_off) else None

    def _people(self, stand_off: Element, facts: dict[str, Element]) -> None:
        if self.record.drivers:
            teams = self._teams_by_driver()
            people = add(stand_off, "listPerson", type="competitors")
            for driver in self.record.drivers:
                facts[driver.id] = person = self._person(people, driver)
                for name, team, confidence in teams.get(driver.id, ()):
                    add(person, "affiliation", name, ref=f"#{self.ids[team]}", cert=probability(confidence))
        if self.speakers:
            people = add(stand_off, "listPerson", type="speakers")
            for (name, role), identity in self.speakers.items():
                person = add(people, "person", id=identity, role=role)
                add(person, "persName", name)

    def _person(self, people: Element, driver: Driver) -> Element:
        person = add(people, "person", id=self.ids[driver.id], role=driver.role)
        add(person, "persName", driver.name, type="main")
        for alias in driver.aliases:
            add(person, "persName", alias, type="variant")
        self._identify(person, driver.id)
        return person

    def _teams_by_driver(self) -> dict[str, list[tuple[str, str, float]]]:
        """Return for whom everybody drives, with how sure the surest of the entries is that say so."""
        names = {team.id: team.name for team in self.record.teams}
        surest: dict[tuple[str, str], float] = {}
        for entry in self.record.entries:
            for driver in entry.drivers if entry.team is not None else ():
                key = driver, entry.team or ""
                surest[key] = max(entry.confidence, surest.get(key, 0))
        found: dict[str, list[tuple[str, str, float]]] = {}
        for (driver, team), confidence in surest.items():
            found.setdefault(driver, []).append((names[team], team, confidence))
        return found

    def _teams(self, stand_off: Element, facts: dict[str, Element]) -> None:
        if not self.record.teams:
            return
        teams = add(stand_off, "listOrg", type="teams")
        for team in self.record.teams:
            facts[team.id] = org = add(teams, "org", id=self.ids[team.id], role="team")
            add(org, "orgName", team.name, type="main")
            for alias in team.aliases:
                add(org, "orgName", alias, type="variant")
            self._identify(org, team.id)

    def _identify(self, somebody: Element, known: str) -> None:
        """Say what somebody is called in the authority file, and by others."""
        if (identity := self.identities.get(known)) is not None:
            add(somebody, "idno", identity.id, type="authority")
            for address in identity.addresses:
                add(somebody, "idno", address, type="URI")

    def _events(self, stand_off: Element, facts: dict[str, Element]) -> None:
        event = self.record.event
        known = any(value for name, value in event if name != "evidence")
        if not (known or event.evidence or self.record.sessions):
            return
        venue = None
        if event.venue:
            place = add(add(stand_off, "listPlace"), "place", id=self.ids.once("venue"))
            add(place, "placeName", event.venue)
            venue = f"#{self.ids.once('venue')}"
        begins, ends = event.starts_on, event.ends_on
        meeting = add(
            add(stand_off, "listEvent"),
            "event",
            id=self.ids.new("meeting"),
            type="meeting",
            from_=begins.isoformat() if begins else None,
            to=ends.isoformat() if ends else None,
            where=venue,
        )
        facts["event"] = meeting
        add(
            meeting,
            "label",
            event.name or event.series or self.record.document.title or self.record.document.id,
        )
        for kind, value in (("series", event.series), ("season", event.season), ("round", event.round)):
            if value is not None:
                add(meeting, "note", str(value), type=kind)
        for session in self.record.sessions:
            facts[session.id] = self._session(meeting, session)
        for incident in self.record.incidents:
            facts[incident.id] = self._incident(facts[incident.session], incident)

    def _session(self, meeting: Element, session: Session) -> Element:
        terms = Words(self.words.language)
        clock = session.scheduled if _CLOCK.fullmatch(session.scheduled or "") else None
        element = add(
            meeting,
            "event",
            id=self.ids[session.id],
            type="session",
            subtype=session.kind,
            when=f"{clock}:00" if clock else None,
            n=None if session.number is None else str(session.number),
        )
        add(element, "label", session_title(session, terms.of("session_kind", session.kind)))
        if session.status != "unknown":
            add(
                element,
                "note",
                terms.of("session_status", session.status),
                type="status",
                subtype=session.status,
            )
        return element

    def _incident(self, session: Element, incident: Incident) -> Element:
        terms = Words(self.words.language)
        causes = " ".join(f"#{self.ids[one]}" for one in incident.caused_by)
        element = add(
            session,
            "event",
            id=self.ids[incident.id],
            type="incident",
            subtype=incident.type,
            cert=probability(incident.confidence),
            ana=f"#{self.ids.once(f'incident_type.{incident.type}')}",
            source=f"#{self.ids[incident.asserted_by]}" if incident.asserted_by else None,
        )
        add(element, "label", terms.of("incident_type", incident.type))
        for one in incident.participants:
            described = add(element, "desc", type="participant", subtype=one.role)
            name = add(described, "persName" if one.driver else "rs", one.text)
            if one.driver:
                name.set("ref", f"#{self.ids[one.driver]}")
            if one.number:
                add(described, "num", one.number, type="car")
        for kind, value in (("lap", incident.lap), ("when", incident.when), ("where", incident.where)):
            if value is not None:
                add(element, "note", str(value), type=kind)
        for consequence in incident.consequences:
            add(
                element, "note", terms.of("consequence", consequence), type="consequence", subtype=consequence
            )
        if incident.standing == "inferred":
            add(element, "note", self.words("inferred"), type="standing", subtype="inferred")
        if causes:
            add(element, "ptr", target=causes, type="cause")
        return element

    def _findings(self, stand_off: Element, facts: dict[str, Element]) -> None:
        if not self.record.findings:
            return
        findings = add(stand_off, "list", type="findings")
        add(findings, "head", self.words("findings"))
        for number, one in enumerate(self.record.findings, 1):
            key = f"finding-{number}"
            about = " ".join(f"#{self.ids[known]}" for known in one.about) or None
            item = add(findings, "item", one.message, id=self.ids.new(key), n=one.code, ana=about)
            item.set("rend", one.severity)
            facts[key] = item

    def _evidence(
        self,
        stand_off: Element,
        passages: list[Passages],
        left_out: list[Stretch],
        facts: dict[str, Element],
    ) -> None:
        """Write the places of all evidence that is not marked up in the text."""
        group = etree.Element(f"{TEI}spanGrp", {"type": "evidence"})
        for one in passages:
            if one.kind in _MENTIONED:
                continue
            fact = facts.get(one.key)
            reference = None if fact is None else f"#{fact.get(f'{XML}id')}"
            if one.kind == "quote":
                reference = f"#{self.ids[one.key]}"
            reason = one.thing.reason if isinstance(one.thing, SkippedSpan) else None
            made = [
                self._span(
                    group,
                    span.start,
                    span.end,
                    one.kind,
                    reference,
                    self.body.facsimile.zones([span]),
                    reason,
                )
                for span in one.spans
            ]
            if fact is not None:
                fact.set("corresp", " ".join(f"#{name}" for name in made))
        for stretch in left_out:
            reference = stretch.mark.attributes.get("ref") or stretch.mark.attributes.get("who")
            self._span(group, stretch.start, stretch.end, stretch.mark.tag, reference, "", None)
        if len(group):
            stand_off.append(group)

    def _span(
        self,
        group: Element,
        start: int,
        end: int,
        kind: str,
        fact: str | None,
        zones: str,
        reason: str | None,
    ) -> str:
        self._spans += 1
        name = self.ids.new(f"ev{self._spans}")
        add(
            group,
            "span",
            reason,
            id=name,
            type=kind,
            n=f"{start}-{end}",
            from_=f"#{self.body.anchor(start)}",
            to=f"#{self.body.anchor(end)}",
            ana=fact,
            facs=zones or None,
        )
        return name

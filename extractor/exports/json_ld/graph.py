"""A record as a graph: the document, the meeting with its sessions, who takes part, what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.exports.identities import Identity
from extractor.exports.iris import fragment, reference_to
from extractor.exports.json_ld.results import Results
from extractor.exports.json_ld.terms import concept, context
from extractor.exports.passages import passages_of
from extractor.exports.sentences import Sentences
from extractor.exports.sheets import session_title
from extractor.exports.words import Words
from extractor.record import Driver, Entry, Quote, RaceRecord, Session, Team

Node = dict[str, Any]

MOTORSPORT = "motorsport"
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_NUMBER = re.compile(r"#?(\d{1,4})")
_STATUSES = {"cancelled": "EventCancelled", "upcoming": "EventScheduled"}
_IPTC_STATUSES = {
    "completed": "post_event",
    "shortened": "post_event",
    "cancelled": "canceled",
    "upcoming": "pre_event",
}


def graph_of(
    record: RaceRecord, address: str, words: Words, identities: Mapping[str, Identity] | None = None
) -> Node:
    """Return a record as a JSON-LD document.

    Args:
        record: It.
        address: Where the file will be; empty where that is not known, and addresses are relative.
        words: Of the language in which things are described.
        identities: Who drivers and teams are, as far as an authority file says.
    """
    graph = _Graph(record, address, words, identities or {})
    return {"@context": context(), "@graph": list(graph.nodes())}


class _Graph:
    """Makes the nodes of one record."""

    def __init__(
        self, record: RaceRecord, address: str, words: Words, identities: Mapping[str, Identity]
    ) -> None:
        self._record = record
        self._address = address
        self._words = words
        self._identities = identities
        sentences = Sentences(record, words)
        self._teams: dict[str, dict[str, None]] = {}
        self._entries: dict[str, list[Entry]] = {}
        for one in record.entries:
            if one.team is not None:
                self._entries.setdefault(one.team, []).append(one)
                for driver in one.drivers:
                    self._teams.setdefault(driver, {})[one.team] = None
        self._lines = {(one.kind, one.key): sentences(one) for one in passages_of(record)}

    def nodes(self) -> Iterator[Node]:
        record = self._record
        yield _said(self._document())
        yield _said(self._meeting())
        if record.event.series or any(one.kind == "championship" for one in record.results):
            yield _said(self._series())
        if record.event.venue:
            yield {
                "@id": self._id("venue", ""),
                "@type": ["Place", "iptc:Site"],
                "name": record.event.venue,
            }
        results = Results(record, self._words, self._id)
        for session in record.sessions:
            yield _said(self._session(session, results))
        yield from map(_said, results.classes())
        yield from (_said(self._driver(one)) for one in record.drivers)
        yield from (_said(self._team(one)) for one in record.teams)
        yield from (_said(self._entry(one)) for one in record.entries)
        yield from map(_said, results.lists())
        yield from map(_said, results.participations())
        yield from self._incidents()
        yield from (_said(self._quote(one)) for one in record.quotes)
        yield from self._evidence()

    def _id(self, kind: str, key: str) -> str:
        return f"{self._address}{fragment(kind, key) if key else f'#{kind}'}"

    def _document(self) -> Node:
        document = self._record.document
        told = {one.field: one.value for one in reversed(document.told)}
        publisher, author = told.get("publisher"), told.get("author")
        return {
            "@id": self._id("document", ""),
            "@type": "Article",
            "headline": document.title,
            "identifier": [
                {"@type": "PropertyValue", "propertyID": "record", "value": document.id},
                {"@type": "PropertyValue", "propertyID": "sha256", "value": document.sha256},
            ],
            "isBasedOn": {"@id": reference_to(document.source)} if document.source else None,
            "encodingFormat": document.media_type,
            "inLanguage": document.language,
            "datePublished": document.published_on.isoformat() if document.published_on else None,
            "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
            "author": {"@type": "Person", "name": author} if author else None,
            "about": {"@id": self._id("meeting", "")},
            "articleBody": document.text,
        }

    def _meeting(self) -> Node:
        record, event = self._record, self._record.event
        season = None if event.season is None else str(event.season)
        number = None if event.round is None else self._words("round", n=event.round)
        with_team = {driver for one in record.entries if one.team for driver in one.drivers}
        alone = [one for one in record.entries if one.team is None and not with_team.issuperset(one.drivers)]
        return {
            "@id": self._id("meeting", ""),
            "@type": ["SportsEvent", "iptc:Competition"],
            "name": event.name or event.series or record.document.title or record.document.id,
            "description": ", ".join(filter(None, (event.series, season, number))),
            "sport": MOTORSPORT,
            "startDate": event.starts_on.isoformat() if event.starts_on else None,
            "endDate": event.ends_on.isoformat() if event.ends_on else None,
            "location": {"@id": self._id("venue", "")} if event.venue else None,
            "iptc:location": {"@id": self._id("venue", "")} if event.venue else None,
            "superEvent": {"@id": self._id("series", "")} if event.series else None,
            "iptc:parent": {"@id": self._id("series", "")} if event.series else None,
            "subEvent": [{"@id": self._id("session", one.id)} for one in record.sessions],
            "competitor": [
                *({"@id": self._id("driver", one.id)} for one in record.drivers),
                *({"@id": self._id("team", one.id)} for one in record.teams),
                *({"@id": self._id("entry", one.id)} for one in alone),
            ],
        }

    def _series(self) -> Node:
        standings = [one.id for one in self._record.results if one.kind == "championship"]
        return {
            "@id": self._id("series", ""),
            "@type": ["EventSeries", "iptc:Competition"],
            "name": self._record.event.series,
            "iptc:participation": [{"@id": self._id("result", one)} for one in standings],
        }

    def _session(self, session: Session, results: Results) -> Node:
        event = self._record.event
        clock = session.scheduled if _CLOCK.fullmatch(session.scheduled or "") else None
        # Of a meeting of several days nobody says on which a session was held.
        one_day = event.starts_on is not None and event.ends_on in (None, event.starts_on)
        status = _IPTC_STATUSES.get(session.status)
        return {
            "@id": self._id("session", session.id),
            "@type": ["SportsEvent", "iptc:Event"],
            "name": session_title(session, self._words.of("session_kind", session.kind)),
            "description": self._words.of("session_status", session.status),
            "keywords": session.kind,
            "sport": MOTORSPORT,
            "startDate": {"@type": "DateTime", "@value": f"{event.starts_on}T{clock}:00"}
            if one_day and clock
            else None,
            "eventStatus": _STATUSES.get(session.status),
            "iptc:eventStatus": concept(status) if status else None,
            "superEvent": {"@id": self._id("meeting", "")},
            "iptc:eventInCompetition": {"@id": self._id("meeting", "")},
            "subEvent": [{"@id": one} for one in results.classes_of(session)],
            "iptc:participation": [{"@id": one} for one in results.of(session)],
        }

    def _driver(self, driver: Driver) -> Node:
        return {
            "@id": self._id("driver", driver.id),
            "@type": ["Person", "iptc:Athlete"],
            "name": driver.name,
            "alternateName": list(driver.aliases),
            "description": self._words.of("driver_role", driver.role),
            **self._identity(driver.id),
            "memberOf": [{"@id": self._id("team", one)} for one in self._teams.get(driver.id, ())],
        }

    def _team(self, team: Team) -> Node:
        entries = self._entries.get(team.id, [])
        athletes = dict.fromkeys(driver for one in entries for driver in one.drivers)
        return {
            "@id": self._id("team", team.id),
            "@type": ["SportsTeam", "iptc:Team"],
            "name": team.name,
            "alternateName": list(team.aliases),
            **self._identity(team.id),
            "sport": MOTORSPORT,
            "athlete": [{"@id": self._id("driver", one)} for one in athletes],
            "member": [{"@id": self._id("entry", one.id)} for one in entries],
        }

    def _identity(self, known: str) -> Node:
        """Return what somebody is called in the authority file, and by others."""
        identity = self._identities.get(known)
        if identity is None:
            return {}
        return {
            "identifier": {"@type": "PropertyValue", "propertyID": "authority", "value": identity.id},
            "sameAs": [{"@id": address} for address in identity.addresses],
        }

    def _entry(self, entry: Entry) -> Node:
        """Return an entry as a role between a team, or the meeting, and the crew: https://schema.org/Role."""
        crew = [{"@id": self._id("driver", one)} for one in entry.drivers]
        number = _NUMBER.fullmatch(entry.number or "")
        return {
            "@id": self._id("entry", entry.id),
            "@type": "OrganizationRole",
            "roleName": self._words("entry"),
            "description": self._lines["entry", entry.id],
            "numberedPosition": int(number[1]) if number else None,
            "member" if entry.team else "competitor": crew,
        }

    def _incidents(self) -> Iterator[Node]:
        for incident in self._record.incidents:
            drivers = dict.fromkeys(one.driver for one in incident.participants if one.driver)
            yield _said(
                {
                    "@id": self._id("incident", incident.id),
                    "@type": "iptc:Action",
                    "name": self._words.of("incident_type", incident.type),
                    "iptc:actionInEvent": {"@id": self._id("session", incident.session)},
                    "iptc:comment": self._lines["incident", incident.id],
                    "iptc:participation": [
                        {
                            "@type": "iptc:Participation",
                            "iptc:participationBy": {"@id": self._id("driver", one)},
                        }
                        for one in drivers
                    ],
                }
            )

    def _quote(self, quote: Quote) -> Node:
        speaker: Node | None = None
        if quote.speaker is not None:
            speaker = {"@id": self._id("driver", quote.speaker)}
        elif quote.speaker_name:
            kind = "Organization" if quote.speaker_role in ("team", "organiser") else "Person"
            speaker = {"@type": kind, "name": quote.speaker_name}
        return {
            "@id": self._id("quote", quote.id),
            "@type": "Quotation",
            "text": quote.text,
            "spokenByCharacter": speaker,
            "isPartOf": {"@id": self._id("document", "")},
        }

    def _evidence(self) -> Iterator[Node]:
        """Yield an annotation for each thing with evidence: which places of the text say it."""
        for one in passages_of(self._record):
            if one.kind in ("told", "finding", "skipped"):
                continue
            body = self._id("meeting", "") if one.kind == "event" else self._id(one.kind, one.key)
            identifying = one.kind in ("driver", "team")
            yield {
                "@type": "oa:Annotation",
                "oa:motivatedBy": {"@id": "oa:identifying" if identifying else "oa:describing"},
                "oa:hasBody": {"@id": body},
                "oa:hasTarget": [
                    {
                        "@type": "oa:SpecificResource",
                        "oa:hasSource": {"@id": self._id("document", "")},
                        "oa:hasSelector": [
                            {"@type": "oa:TextQuoteSelector", "oa:exact": span.text},
                            {
                                "@type": "oa:TextPositionSelector",
                                "oa:start": span.start,
                                "oa:end": span.end,
                            },
                        ],
                    }
                    for span in one.spans
                ],
            }


def _said(node: Node) -> Node:
    """Return a node without what nobody says."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}

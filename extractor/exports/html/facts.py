"""The facts beside the text: sessions with their sheets and incidents, entries, quotes, findings."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.exports.coverage import pages_of
from extractor.exports.figures import figure_of
from extractor.exports.html.evidence import Evidence
from extractor.exports.html.markup import Html, element, joined
from extractor.exports.sheets import (
    Names,
    Row,
    SessionSheets,
    Sheet,
    session_sheets,
    session_title,
    speaker_of,
    words_of,
)
from extractor.exports.words import Words
from extractor.record import Driver, Entry, Finding, Incident, Participant, Quote, RaceRecord, Span, Team


class FactsColumn:
    """Draws the facts of one record."""

    def __init__(self, record: RaceRecord, evidence: Evidence, words: Words) -> None:
        self._record = record
        self._evidence = evidence
        self._words = words
        self._names = Names(record)

    def draw(self) -> Html:
        """Return all sections that have something to show."""
        record, words = self._record, self._words
        sections = (
            *map(self._session, session_sheets(record)),
            self._section("quotes", self._list("quotes", [*map(self._quote, record.quotes)])),
            self._section("entries", self._entries(record.entries)),
            self._section("drivers", self._list("names", [*map(self._named, record.drivers)])),
            self._section("teams", self._list("names", [*map(self._named, record.teams)])),
            self._section(
                "findings", self._list("findings", [*map(self._finding, *_numbered(record.findings))])
            ),
        )
        shown = [section for section in sections if section]
        return joined(*shown) if shown else element("p", words("nothing"), class_="nothing")

    def _session(self, part: SessionSheets) -> Html:
        session, words = part.session, self._words
        kind = words.of("session_kind", session.kind)
        title = session_title(session, kind)
        details = (
            kind if kind.casefold() != title.casefold() else "",
            session.scheduled,
            words.of("session_status", session.status),
        )
        key = self._evidence.key(session.id)
        heading = element(
            "header",
            element("h2", self._go(key, title)),
            element("p", joined(*details, by=" · "), class_="details") if any(details) else None,
            class_="fact session",
            id=key,
        )
        incidents = self._list("incidents", [*map(self._incident, part.incidents)])
        return element(
            "section",
            heading,
            element("div", *map(self._sheet, part.sheets), class_="sheets") if part.sheets else None,
            element("h3", words("incidents")) if incidents else None,
            incidents,
            class_="card",
        )

    def _sheet(self, sheet: Sheet) -> Html:
        words = self._words
        scope = words("overall") if sheet.scope == "overall" else sheet.scope
        columns = _filled(sheet, words)
        heads = [element("th", words("position"), scope="col", class_="place")]
        heads += [element("th", words(column), scope="col", class_=column) for column in columns]
        heads.append(element("th", words("confidence"), scope="col", class_="trust"))
        return element(
            "table",
            element("caption", words.of("result_kind", sheet.kind), Html(" "), element("b", scope)),
            element("thead", element("tr", *heads)),
            element("tbody", *(self._row(row, columns) for row in sheet.rows)),
            class_=f"sheet {sheet.kind}" + ("" if sheet.scope == "overall" else " class"),
        )

    def _row(self, row: Row, columns: list[str]) -> Html:
        result, words = row.result, self._words
        key = self._evidence.key(result.id)
        place = str(result.position or "") or words.of("result_status", result.status) or "–"
        status = words.of("result_status", result.status) if result.position else ""
        cells = {
            "driver": joined(
                row.drivers or "–",
                self._tag(status),
                self._tag(words("inferred") if result.standing == "inferred" else ""),
                self._tag(words("optional") if result.optional else ""),
                by=" ",
            ),
            "team": row.team,
            "number": row.number,
            "figure": figure_of(result, words),
        }
        return element(
            "tr",
            element("td", self._go(key, place), class_="place" if result.position else "place status"),
            *(element("td", cells[column], class_=column) for column in columns),
            element("td", self._pages(result.evidence), self._trust(result.confidence), class_="trust"),
            class_="fact result" + (" first" if result.position == 1 else ""),
            id=key,
        )

    def _incident(self, incident: Incident) -> Html:
        words = self._words
        key = self._evidence.key(incident.id)
        moment = words("on_lap", n=incident.lap) if incident.lap else incident.when
        people = joined(*map(self._participant, incident.participants), by=", ")
        consequences = ", ".join(words.of("consequence", c) for c in incident.consequences)
        causes = [self._link(cause) for cause in incident.caused_by]
        claimed = self._link(incident.asserted_by) if incident.asserted_by else None
        return element(
            "li",
            element("p", self._go(key, words.of("incident_type", incident.type)), class_="what"),
            element(
                "p",
                joined(people, joined(moment, incident.where, by=", "), by=" · "),
                element("span", Html(" → "), consequences, class_="then") if consequences else None,
                self._tag(words("inferred") if incident.standing == "inferred" else ""),
                class_="who",
            ),
            element("p", words("because_of"), Html(" "), joined(*causes, by=", "), class_="why")
            if causes
            else None,
            element("p", words("asserted_by"), Html(" "), claimed, class_="why") if claimed else None,
            self._pages(incident.evidence),
            self._trust(incident.confidence),
            class_="fact incident",
            id=key,
        )

    def _participant(self, participant: Participant) -> Html:
        words = self._words
        name = self._names(participant.driver) or participant.text
        role = words.of("participant_role", participant.role)
        return joined(element("b", name), f"({role})" if role else "", by=" ")

    def _quote(self, quote: Quote) -> Html:
        words = self._words
        key = self._evidence.key(quote.id)
        role = "" if quote.speaker else words.of("speaker_role", quote.speaker_role)
        return element(
            "li",
            element(
                "p",
                self._go(key, speaker_of(quote, self._names) or words("unknown_speaker")),
                Html(" "),
                self._tag(role),
                self._tag(words("indirect") if quote.kind == "indirect" else ""),
                class_="what",
            ),
            element("blockquote", f"« {words_of(quote)} »"),
            self._pages(quote.evidence),
            self._trust(quote.confidence),
            class_="fact quote",
            id=key,
        )

    def _entries(self, entries: tuple[Entry, ...]) -> Html | None:
        if not entries:
            return None
        words = self._words
        lines = [self._entry_cells(entry) for entry in entries]
        shown = [name for name in lines[0] if name == "driver" or any(line[name] for line in lines)]
        rows = []
        for entry, line in zip(entries, lines, strict=True):
            key = self._evidence.key(entry.id)
            line["driver"] = self._go(key, line["driver"] or "–")
            cells = [element("td", line[name], class_=name) for name in shown]
            trust = element("td", self._pages(entry.evidence), self._trust(entry.confidence), class_="trust")
            rows.append(element("tr", *cells, trust, class_="fact entry", id=key))
        heads = [element("th", words(name), scope="col", class_=name) for name in shown]
        heads.append(element("th", words("confidence"), scope="col", class_="trust"))
        return element(
            "table", element("thead", element("tr", *heads)), element("tbody", *rows), class_="sheet entries"
        )

    def _entry_cells(self, entry: Entry) -> dict[str, str]:
        return {
            "number": (entry.number or "").lstrip("#"),
            "driver": self._names.crew(entry.drivers),
            "team": self._names(entry.team),
            "car": entry.car or "",
            "classes": ", ".join(entry.classes),
        }

    def _named(self, named: Driver | Team) -> Html:
        words = self._words
        key = self._evidence.key(named.id)
        aliases = ", ".join(named.aliases)
        kind, role = "team", ""
        if isinstance(named, Driver):
            kind, role = "driver", "" if named.role == "driver" else words.of("driver_role", named.role)
        return element(
            "li",
            self._go(key, named.name),
            element("span", Html(" "), f"{words('also')} {aliases}", class_="alias") if aliases else None,
            self._tag(role),
            element("span", f"×{len(named.mentions)}", class_="count", title=words("mentions")),
            class_=f"fact {kind}",
            id=key,
        )

    def _finding(self, number: int, finding: Finding) -> Html:
        words = self._words
        key = f"finding{number}"
        about = [self._link(identifier) for identifier in finding.about]
        return element(
            "li",
            element("p", self._go(key, words.of("severity", finding.severity)), class_="what"),
            self._pages(finding.evidence),
            element("p", finding.message),
            element("p", words("about"), Html("\N{NO-BREAK SPACE}: "), joined(*about, by=", "), class_="why")
            if about
            else None,
            class_=f"fact finding {finding.severity}",
            id=key,
        )

    def _section(self, title: str, inside: Html | None) -> Html | None:
        if not inside:
            return None
        return element("section", element("h2", self._words(title)), inside, class_="card")

    @staticmethod
    def _list(name: str, lines: list[Html]) -> Html | None:
        return element("ul", *lines, class_=name) if lines else None

    def _go(self, key: str, label: str) -> Html:
        """Return the link from a fact to where the text says it."""
        place = self._evidence.place(key)
        return element("a", label, href=place, class_="go") if place else element("span", label)

    def _link(self, identifier: str) -> Html:
        """Return the link to another fact."""
        return element("a", self._label(identifier), href=f"#{self._evidence.key(identifier)}", class_="see")

    def _label(self, identifier: str) -> str:
        """Return what to call a fact in half a line."""
        record, words, names = self._record, self._words, self._names
        if name := names(identifier):
            return name
        for result in record.results:
            if result.id == identifier:
                return f"{result.position or ''} {names.crew(result.drivers)}"
        for incident in record.incidents:
            if incident.id == identifier:
                return words.of("incident_type", incident.type)
        for quote in record.quotes:
            if quote.id == identifier:
                return speaker_of(quote, names) or words("quote")
        for entry in record.entries:
            if entry.id == identifier:
                return names.crew(entry.drivers) or words("entry")
        for session in record.sessions:
            if session.id == identifier:
                return session_title(session, words.of("session_kind", session.kind))
        return identifier

    @staticmethod
    def _tag(label: str) -> Html | None:
        return element("span", label, class_="tag") if label else None

    def _pages(self, evidence: Iterable[Span]) -> Html | None:
        """Return on which pages of the source a fact stands."""
        pages = pages_of(tuple(evidence), self._words)
        return element("span", pages, Html(" "), class_="page") if pages else None

    def _trust(self, confidence: float) -> Html:
        """Return a confidence as a small bar and a percentage."""
        share = self._words.share(confidence)
        bar = element(
            "svg",
            element("rect", width=32, height=4, class_="track"),
            element("rect", width=round(32 * confidence), height=4, class_="filled"),
            viewBox="0 0 32 4",
            aria_hidden="true",
        )
        label = f"{self._words('confidence')}\N{NO-BREAK SPACE}: {share}"
        return element("span", bar, element("span", share), class_="confidence", title=label)


def _filled(sheet: Sheet, words: Words) -> list[str]:
    """Return the columns that some row of a sheet fills; the driver's is always there."""
    filled = {
        "driver": True,
        "team": any(row.team for row in sheet.rows),
        "number": any(row.number for row in sheet.rows),
        "figure": any(figure_of(row.result, words) for row in sheet.rows),
    }
    return [column for column, some in filled.items() if some]


def _numbered(findings: tuple[Finding, ...]) -> tuple[range, tuple[Finding, ...]]:
    return range(len(findings)), findings

"""The document and its event in the record: what is known of them, and what was not read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import PurePath

from extractor import record as rr
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Layout
from extractor.pipeline.metadata.gather import Fact, Metadata
from extractor.pipeline.metadata.head import one_line

_FIELDS = {"title": "titre", "published_on": "date de publication"}
_FRENCH = word_set("findings_words", "french")


class Described:
    """Puts what is known of a document into the terms of the record, as the document itself writes it.

    Args:
        layout: The page.
        metadata: What is known, in offsets of the text as it is read.
        race: Whether the text speaks of motor racing.
    """

    def __init__(self, layout: Layout, metadata: Metadata, *, race: bool) -> None:
        self.layout, self.metadata, self.race = layout, metadata, race
        self.tokens = layout.tokens
        self.text = layout.tokens.document

    def span(self, start: int, end: int) -> rr.Span:
        """Return a stretch of what is read, as it stands in the document."""
        start, end = self.tokens.in_document(start, end)
        return rr.Span(start=start, end=end, text=self.text[start:end])

    def spans(self, ranges: Iterable[tuple[int, int]]) -> tuple[rr.Span, ...]:
        """Return such stretches; one that stands for nothing of the document is left out."""
        whole = (self.tokens.in_document(a, b) for a, b in ranges if b > a)
        return tuple(rr.Span(start=a, end=b, text=self.text[a:b]) for a, b in whole if b > a)

    def findings(self) -> Iterable[rr.Finding]:
        """Yield where text and container contradict each other, and what is not in French."""
        yield from self._contradictions()
        yield from self._not_french()

    def document(self, source: str | None) -> rr.Document:
        """Return the document: text, title, language, and all that is told of it."""
        return rr.Document(
            id=_identifier(source),
            source=source,
            sha256=hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest(),
            title=self._title(),
            language=self._language(),
            published_on=self.metadata.published_on,
            text=self.text,
            told=tuple(self._told(fact) for fact in self.metadata.told),
        )

    def _title(self) -> str | None:
        own = next((f for f in self.metadata.told if f.field == "title" and f.evidence), None)
        return self._written(*own.evidence[0]) if own else self.metadata.title

    def _written(self, start: int, end: int) -> str:
        """Return a stretch as the document has it, on one line."""
        return one_line(self.text[slice(*self.tokens.in_document(start, end))])

    def _told(self, fact: Fact) -> rr.Told:
        as_written = fact.evidence and fact.field not in ("published_on", "starts_on", "ends_on")
        return rr.Told(
            field=fact.field,
            value=self._written(*fact.evidence[0]) if as_written else fact.value,
            origin=fact.origin,
            standing="inferred" if fact.inferred else "stated",
            evidence=self.spans(fact.evidence),
        )

    def _language(self) -> str | None:
        if self.layout.foreign.language is not None:
            return self.layout.foreign.language
        norms = self.tokens.norm
        words = sum([norm[0].isalpha() for norm in norms])
        if not words:
            return None
        return "fr" if sum(map(_FRENCH.__contains__, norms)) > 0.06 * words or self.race else None

    def coverage(self) -> rr.Coverage:
        """Return how much of the text was read."""
        boilerplate = (self.span(b.start, b.end) for b in self.layout.blocks if b.kind == "boilerplate")
        skipped = [
            rr.SkippedSpan(start=span.start, end=span.end, text=span.text, reason="boilerplate")
            for span in boilerplate
        ]
        foreign = self.layout.foreign.stretches
        skipped += [
            rr.SkippedSpan(start=a, end=b, text=self.text[a:b], reason="not_french") for a, b in foreign
        ]
        return rr.Coverage(
            characters=len(self.text),
            characters_read=len(self.text) - sum(span.end - span.start for span in skipped),
            skipped=tuple(sorted(skipped, key=lambda span: span.start)),
        )

    def _not_french(self) -> Iterable[rr.Finding]:
        foreign = self.layout.foreign
        spans = [rr.Span(start=a, end=b, text=self.text[a:b]) for a, b in foreign.stretches]
        if spans and foreign.language is not None:
            message = f"document qui n'est pas en français (langue : {foreign.language}) : rien n'en est lu"
            yield rr.Finding(code="not_french", severity="warning", message=message)
        elif spans:
            message = "ce qui n'est pas en français n'est pas lu"
            yield rr.Finding(code="not_french", severity="info", message=message, evidence=tuple(spans))

    def event(self) -> rr.Event:
        """Return the event."""
        found = self.metadata
        return rr.Event(
            name=self._written(*found.name) if found.name else None,
            series=self._written(*found.series) if found.series else None,
            season=found.season,
            round=found.round,
            venue=self._written(*found.venue) if found.venue else None,
            starts_on=found.starts_on,
            ends_on=found.ends_on,
            evidence=self.spans(found.evidence),
        )

    def _contradictions(self) -> Iterable[rr.Finding]:
        for one in self.metadata.contradictions:
            yield rr.Finding(
                code="container_contradicts",
                severity="warning",
                message=f"{_FIELDS[one.field]} : « {one.text.value} » dans le texte, "
                f"« {one.told.value} » selon le fichier ({one.told.origin})",
                evidence=self.spans(one.text.evidence),
            )


def _identifier(source: str | None) -> str:
    """Return a document's id: the stem of its file's name."""
    if not source or source == "-":
        return "document"
    return PurePath(source).stem or "document"

"""Retext: the text itself is corrected, and every span of the record finds its place again.

What was copied from a corrected span follows it (:data:`COPIED`): a name, a label, a quote's words. What
has no place left is told: as a loose span of its thing, which stays as long as other words bear it out, else
is taken out (``unanchored``) until somebody gives it evidence or rejects it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from extractor.record import Coverage, Document, DocumentPage, Driver, Incident, Quote, Session, Span, Team
from extractor.review.anchoring import AnySpan, Correction, reanchored
from extractor.review.applying.copies import Copies
from extractor.review.applying.draft import Draft
from extractor.review.applying.editing import joined_text
from extractor.review.applying.refusals import DecisionError
from extractor.review.applying.returning import in_text, thing_of, waiting
from extractor.review.applying.things import DOCUMENT, EVENT, PARTS, Thing, spans_field, spans_of
from extractor.review.decisions import Retext
from extractor.review.reviewed import Loose

#: Fields that hold words as the text has them.
COPIED: dict[str, tuple[str, ...]] = {
    "Session": ("label",),
    "Driver": ("name", "aliases"),
    "Team": ("name", "aliases"),
    "Entry": ("number", "car", "classes"),
    "Result": ("scope", "scope_aliases"),
    "Incident": ("when", "where"),
    "Quote": ("text", "speaker_name"),
    "Event": ("name", "series", "venue"),
    "Told": ("value",),
}


def retext(draft: Draft, change: Retext) -> None:
    """Correct the text."""
    document = draft.record.document
    correction = Correction(change.start, change.end, change.old, change.new)
    if not correction.applies_to(document.text):
        raise DecisionError("decision_other_text", about=DOCUMENT)
    if change.old == change.new:
        raise DecisionError("decision_nothing_left", about=DOCUMENT)
    move = _Move(draft, correction, correction.apply(document.text))
    draft.corrections = (*draft.corrections, correction)
    draft.update(
        document=move.document(document),
        event=move.with_spans(draft.record.event, "evidence", EVENT),
        findings=tuple(
            f.model_copy(update={"evidence": move.kept(f.evidence)}) if f.evidence else f
            for f in draft.record.findings
        ),
        coverage=move.coverage(draft.record.coverage),
    )
    move.things()


class _Move:
    """A correction on its way through a record."""

    def __init__(self, draft: Draft, correction: Correction, text: str) -> None:
        self.draft = draft
        self.correction = correction
        self.text = text
        self.renamed: dict[str, dict[str, str]] = {}

    def things(self) -> None:
        """Move every thing; those that are left without a span are taken out."""
        self._waiting()
        lost = []
        for part in PARTS:
            for thing in list(self.draft.things[part].values()):
                spans, field = spans_of(thing), spans_field(thing)
                needed = not isinstance(thing, Session)
                if needed and any(map(self.touches, spans)) and not self.kept(spans):
                    self.loosen(spans, thing.id)
                    lost.append(thing.id)
                    continue
                moved = self._called(self.with_spans(thing, field, thing.id))
                if moved is not thing:
                    self.draft.put(moved, part)
        self.draft.take_out(lost, "unanchored")

    def _waiting(self) -> None:
        """Move what an earlier correction took out with something else: it still stands in the text."""
        before = self.correction.inverse.apply(self.text)
        for identifier, gone in waiting(self.draft):
            thing = in_text(thing_of(gone), before)
            spans = self.kept(spans_of(thing)) if thing is not None else ()
            if thing is None or not spans:
                continue
            shape = {**gone.thing, spans_field(thing): [span.model_dump(mode="json") for span in spans]}
            self.draft.gone[identifier] = replace(gone, thing=shape)

    def kept(self, spans: Iterable[AnySpan]) -> tuple[AnySpan, ...]:
        """Return the spans in the new text, without those that have no place there."""
        moved = (reanchored(span, self.correction, self.text) for span in spans)
        return tuple(span for span in moved if span is not None)

    def loosen(self, spans: Iterable[Span], target: str) -> None:
        """Write down the spans that have no place any more."""
        lost = tuple(
            Loose(
                target,
                Span(**{name: getattr(span, name) for name in Span.model_fields}),
                self.draft.decision.id,
            )
            for span in spans
            if reanchored(span, self.correction, self.text) is None
        )
        self.draft.loose += lost

    def with_spans(self, thing: Any, field: str, target: str) -> Any:
        """Return something with its spans in the new text, and what was copied from them."""
        before: tuple[Span, ...] = getattr(thing, field)
        if all(span.end < self.correction.start for span in before):
            return thing
        after = self.kept(before)
        if len(after) < len(before):
            self.loosen(before, target)
        update: dict[str, Any] = {field: after}
        if any(self.touches(span) for span in before):
            update |= self.followed(thing, before, after)
        return thing.model_copy(update=update)

    def touches(self, span: Span) -> bool:
        """Tell whether a correction changes a span's words, or adds letters to them."""
        return span.end >= self.correction.start and span.start <= self.correction.end

    # --- what was copied

    def followed(self, thing: BaseModel, before: tuple[Span, ...], after: tuple[Span, ...]) -> dict[str, Any]:
        """Return the fields that hold words of the spans, as they now are."""
        if isinstance(thing, Driver | Team):
            return self._names(thing)
        if isinstance(thing, Quote) and thing.text == joined_text(before):
            return {"text": joined_text(after) or thing.text}
        update: dict[str, Any] = {}
        rewrite = Copies(before, self.correction, self.text).rewritten
        for name in COPIED.get(type(thing).__name__, ()):
            value = getattr(thing, name)
            if isinstance(value, str):
                update[name] = rewrite(value)
            elif value:
                update[name] = tuple(dict.fromkeys(map(rewrite, value)))
        if isinstance(thing, Incident):
            update["participants"] = tuple(
                p.model_copy(update={"text": rewrite(p.text), "number": p.number and rewrite(p.number)})
                for p in thing.participants
            )
        return update

    def _names(self, thing: Driver | Team) -> dict[str, Any]:
        """Names follow the mentions that they were taken from; a form that others still have stays."""
        copies = Copies(thing.mentions, self.correction, self.text)
        changed = copies.changed()
        forms = []
        for form in (thing.name, *thing.aliases):
            new = changed.get(form) or copies.rewritten(form)
            if new != form and form not in copies.staying():
                self.renamed.setdefault(thing.id, {})[form] = new
            else:
                forms.append(form)
            forms.append(new)
        name, *aliases = dict.fromkeys(forms)
        return {"name": name, "aliases": tuple(aliases)}

    def _called(self, thing: Thing) -> Thing:
        """Let incidents and quotes call a driver by the name that was corrected."""
        if isinstance(thing, Quote) and thing.speaker in self.renamed and thing.speaker_name:
            names = self.renamed[thing.speaker]
            if thing.speaker_name in names:
                return thing.model_copy(update={"speaker_name": names[thing.speaker_name]})
        if isinstance(thing, Incident) and any(p.driver in self.renamed for p in thing.participants):
            called = tuple(
                p.model_copy(update={"text": self.renamed.get(p.driver or "", {}).get(p.text, p.text)})
                for p in thing.participants
            )
            return thing.model_copy(update={"participants": called})
        return thing

    # --- what belongs to the document

    def document(self, document: Document) -> Document:
        """Return the document with the new text, its pages and what is told of it."""
        told = tuple(self.with_spans(told, "evidence", DOCUMENT) for told in document.told)
        title = document.title
        at = document.text.find(title) if title else -1
        if title and at >= 0:
            copied = (Span(start=at, end=at + len(title), text=title),)
            title = Copies(copied, self.correction, self.text).rewritten(title)
        ends = {page.end for page in document.pages}
        pages = tuple(self._page(page, apart=page.start not in ends) for page in document.pages)
        return document.model_copy(update={"text": self.text, "told": told, "title": title, "pages": pages})

    def _page(self, page: DocumentPage, *, apart: bool) -> DocumentPage:
        edges = {"start": self._edge(page.start, opening=apart), "end": self._edge(page.end)}
        return page.model_copy(update=edges)

    def _edge(self, at: int, *, opening: bool = False) -> int:
        """Return where the edge of a page is.

        What is written at the beginning of a page that stands apart from the one before (``opening``) is on
        it; what is written between two that touch is the end of the first.
        """
        correction = self.correction
        stays = opening or at == 0 or correction.start < correction.end
        if at < correction.start or (at == correction.start and stays):
            return at
        if at >= correction.end:
            return at + correction.shift
        return correction.start + min(at - correction.start, len(correction.new))

    def coverage(self, coverage: Coverage) -> Coverage:
        """Return how much of the new text was read."""
        skipped = self.kept(coverage.skipped)
        unread = coverage.characters - coverage.characters_read
        unread += sum(len(s.text) for s in skipped) - sum(len(s.text) for s in coverage.skipped)
        length = len(self.text)
        read = min(length, max(0, length - unread))
        return coverage.model_copy(update={"characters": length, "characters_read": read, "skipped": skipped})

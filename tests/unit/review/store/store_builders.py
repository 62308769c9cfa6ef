"""Reports for the store, and decisions on them. People and places are invented."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count

from extractor.record import Coverage, Document, Driver, Event, Mention, RaceRecord, Result, Session, Span
from extractor.review.decisions import FIRST, Accept, Change, Decision, Reading, new_decision_id
from extractor.review.store import Store

TEXT = "Grand Prix de Valbrune : Étienne Cœurderoy gagne devant Luc Tessier."
MODEL = "0.4.0/essai"
_START = datetime(2026, 11, 23, 8, tzinfo=UTC)
_minute = count()


def report(
    text: str = TEXT,
    *,
    confidence: float = 0.9,
    series: str | None = "Coupe des Causses",
    season: int | None = 1957,
) -> RaceRecord:
    """Return a record of a report in which the first words that look like a name win."""
    start = text.index("Étienne Cœurderoy") if "Étienne Cœurderoy" in text else 0
    end = start + 17 if start else min(len(text), 8)
    span = Span(start=start, end=end, text=text[start:end])
    return RaceRecord(
        document=Document(
            id="v", source="valbrune.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), text=text
        ),
        event=Event(series=series, season=season),
        sessions=(Session(id="s1", kind="race"),),
        drivers=(Driver(id="d1", name=span.text, mentions=(Mention(**span.model_dump()),)),),
        results=(
            Result(
                id="r1",
                session="s1",
                kind="final",
                position=1,
                drivers=("d1",),
                evidence=(span,),
                confidence=confidence,
            ),
        ),
        coverage=Coverage(characters=len(text), characters_read=len(text)),
    )


def decision(
    key: str,
    change: Change | None = None,
    *,
    reviewer: str = "Odile Ferrand",
    reading: Reading = FIRST,
    text: str = TEXT,
    model: str | None = MODEL,
) -> Decision:
    """Return a decision, a minute after the one before."""
    return Decision(
        id=new_decision_id(),
        document=key,
        reading=reading,
        reviewer=reviewer,
        at=_START + timedelta(minutes=next(_minute)),
        change=change or Accept(targets=("r1",)),
        model=model,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def added(store: Store, record: RaceRecord | None = None, **options: str | None) -> str:
    """Add a report; return its key."""
    return store.add_document(record or report(), model=options.pop("model", MODEL), **options).key

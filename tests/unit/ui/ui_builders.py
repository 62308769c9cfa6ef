"""Stores and pages for tests of the review desk's pages. People and places are invented."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from streamlit.testing.v1 import AppTest

from extractor.record import (
    Coverage,
    Document,
    Driver,
    Event,
    Incident,
    Mention,
    Participant,
    RaceRecord,
    Result,
    Session,
    Span,
)
from extractor.review.decisions import Accept, Change, Decision, SetStatus, new_decision_id
from extractor.review.store import Store

MODEL = "0.4.0/essai"
_START = datetime(2026, 11, 23, 8, tzinfo=UTC)


def report(
    title: str,
    names: tuple[str, ...],
    confidences: tuple[float, ...],
    *,
    positions: tuple[int, ...] = (),
    **event: Any,
) -> RaceRecord:
    """Return a report in which the named people came one behind the other, or at the positions given."""
    text = f"{title}\n\n{', '.join(names)}."
    spans = [_span(text, name) for name in names]
    places = positions or tuple(range(1, len(names) + 1))
    return RaceRecord(
        document=Document(id="x", sha256=hashlib.sha256(text.encode()).hexdigest(), text=text),
        event=Event(**{"series": "Coupe des Alpages", "season": 1964, "venue": "Val-de-Brume", **event}),
        sessions=(Session(id="s1", kind="race"),),
        drivers=tuple(
            Driver(id=f"d{n}", name=name, mentions=(Mention(**spans[n].model_dump()),))
            for n, name in enumerate(names)
        ),
        results=tuple(
            Result(
                id=f"r{n}",
                session="s1",
                kind="final",
                position=places[n],
                drivers=(f"d{n}",),
                evidence=(spans[n],),
                confidence=confidences[n],
            )
            for n in range(len(names))
        ),
        incidents=(
            Incident(
                id="i1",
                session="s1",
                type="spin",
                participants=(Participant(driver="d0", text=names[0]),),
                evidence=(spans[0],),
                confidence=0.8,
            ),
        ),
        coverage=Coverage(characters=len(text), characters_read=len(text)),
    )


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def decide(
    store: Store, key: str, *changes: Change, reviewer: str = "Odile Ferrand", seconds: float = 30
) -> None:
    """Decide on a document, one change after the other, and have its summary made."""
    text, head = store.document(key).text_sha256, store.state(key).head
    made = [
        Decision(
            id=new_decision_id(),
            document=key,
            reviewer=reviewer,
            at=_START + timedelta(seconds=seconds * number),
            change=change,
            model=MODEL,
            text_sha256=text,
        )
        for number, change in enumerate(changes)
    ]
    store.append(made, head=head)
    store.summarise(key)


@cache
def opened(url: str) -> Store:
    """Return the store at an address, opened once: making one takes longer than drawing a page."""
    return Store.open(url)


def fill(url: str) -> None:
    """Fill a store with three documents: one new and doubtful, one with two winners, one reviewed."""
    store = opened(url)
    valmorel = report(
        "Grand Prix de Valmorel",
        ("Henri Tavel", "Luc Orsini"),
        (0.99, 0.98),
        positions=(1, 1),
        starts_on=date(1964, 5, 3),
    )
    malbosc = report("Course de côte de Malbosc", ("Anna Brac", "Ugo Lanza"), (0.3, 0.4), venue="Malbosc")
    cols = report(
        "Rallye des Trois-Cols", ("Henri TAVEL", "Jo Rivoal"), (0.9, 0.7), starts_on=date(1964, 6, 7)
    )
    cols = cols.model_copy(update={"event": cols.event.model_copy(update={"venue": "Trois-Cols"})})
    for number, record in enumerate((valmorel, malbosc, cols)):
        store.summarise(store.add_document(record, model=MODEL, origin=f"carton-{number}.txt").key)
    last = store.keys()[-1]
    decide(store, last, Accept(targets=("r0",)), SetStatus(old="new", new="reviewed"))


def page_test(name: str, url: str, language: str) -> AppTest:
    """Return a page by itself, on a store."""
    return AppTest.from_function(
        _drawn, kwargs={"name": name, "url": url, "language": language}, default_timeout=20
    )


def _drawn(name: str, url: str, language: str) -> None:
    import importlib

    from ui_builders import opened

    from extractor.ui.context import Context

    context = Context.of(opened(url), "Odile Ferrand", language)
    importlib.import_module(f"extractor.ui.{name}_page").show(context)


def table_rows(page: AppTest, number: int = 0) -> list[list[dict[str, Any]]]:
    """Return the rows of a table of the page, as the browser gets them."""
    data = json.loads(page.get("bidi_component")[number].proto.json)
    rows: list[list[dict[str, Any]]] = data["rows"]
    return rows

"""The page as a whole: one file that asks nothing of the network."""

from __future__ import annotations

from extractor.exports.coverage import document_parts, not_read, read_share
from extractor.exports.figures import day
from extractor.exports.html.evidence import COLOURS, UNDERLINES, Evidence
from extractor.exports.html.facts import FactsColumn
from extractor.exports.html.frame import asset, frame
from extractor.exports.html.markup import Html, element, joined
from extractor.exports.words import Words
from extractor.record import RaceRecord


def render_html(record: RaceRecord, lang: str = "fr", *, note: str | None = None) -> str:
    """Return a record as one self-contained page: the text with its evidence marked, beside the facts.

    Text of the record is escaped wherever it stands. Without scripting the links between facts and text
    still work.

    Args:
        record: What to show.
        lang: Language of the page's own words, ``fr`` or ``en``.
        note: A line about how the record came to be, below the event.
    """
    words = Words(lang)
    evidence = Evidence(record)
    title = record.document.title or record.document.id
    return frame(
        title,
        words.lang,
        element("a", words("skip_link"), href="#facts", class_="skip"),
        _masthead(record, evidence, words, title, note),
        element(
            "main",
            element(
                "article",
                evidence.text(words),
                class_="text",
                lang=language_of(record),
                aria_label=words("text"),
            ),
            element("div", FactsColumn(record, evidence, words).draw(), id="facts", tabindex="-1"),
        ),
        element("footer", words("made_by")),
        element("p", "", id="status", role="status", data_lit=words("lit", n="{n}")),
        style=asset("page.css"),
        script=asset("page.js"),
    )


def _masthead(record: RaceRecord, evidence: Evidence, words: Words, title: str, note: str | None) -> Html:
    return element(
        "header",
        element("h1", title),
        _event(record, evidence, words),
        _about_document(record, words),
        element("p", note, class_="note") if note else None,
        _legend(words),
        class_="masthead",
    )


def _event(record: RaceRecord, evidence: Evidence, words: Words) -> Html | None:
    event = record.event
    days = dict.fromkeys(day(d, words.lang) for d in (event.starts_on, event.ends_on) if d)
    parts = (
        event.name,
        event.series,
        str(event.season) if event.season else None,
        words("round", n=event.round) if event.round else None,
        event.venue,
        " – ".join(days),
    )
    line = " · ".join(part for part in parts if part)
    place = evidence.place("event")
    if not line:
        return None
    shown = element("a", line, href=place, class_="go") if place else element("span", line)
    return element("p", shown, class_="fact event", id="event")


def _about_document(record: RaceRecord, words: Words) -> Html:
    document = record.document
    colon = "\N{NO-BREAK SPACE}: " if words.lang == "fr" else ": "
    parts = (
        words("source") + colon + document.source if document.source else None,
        *document_parts(record, words),
        read_share(record, words),
        words("fingerprint") + " " + document.sha256[:12],
    )
    left_out = not_read(record, words)
    return joined(
        element("p", joined(*parts, by=" · "), class_="source", title=document.sha256),
        element("p", left_out, class_="source left-out") if left_out else None,
    )


def _legend(words: Words) -> Html:
    """Return what the colours mean, as switches for them."""
    kinds = (*(kind for kind in COLOURS if kind != "event"), *UNDERLINES)
    switches = [
        element(
            "label",
            Html(f'<input type="checkbox" checked value="{kind}">'),
            element("span", words(kind), class_=f"swatch {'in' if kind in COLOURS else 'is'}-{kind}"),
        )
        for kind in kinds
    ]
    return element(
        "div",
        element("div", *switches, class_="switches", role="group", aria_label=words("show")),
        element("p", words("hint"), class_="hint"),
        class_="legend",
    )


def language_of(record: RaceRecord) -> str:
    """Return the language of the text; a tag that could be none is no reason to trust it."""
    language = record.document.language or "fr"
    return language if language.replace("-", "").isalnum() and language.isascii() else "fr"

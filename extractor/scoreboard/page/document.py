"""The page of one document: its text with the errors in it, beside the facts, kind by kind."""

from __future__ import annotations

from itertools import groupby

from extractor.exports.html.frame import asset, frame
from extractor.exports.html.markup import Html, element, joined
from extractor.exports.html.page import language_of
from extractor.scoreboard.board import DIMENSIONS, ScoredDocument
from extractor.scoreboard.page.marks import SIGNS, MarkedText
from extractor.scoreboard.page.shown import STATES, ShownFact, State, shown_facts
from extractor.scoreboard.words import BoardWords
from extractor.scoring.tally import Tally

PACKAGE = "extractor.scoreboard.page"
_SAMPLES = (
    "fact-right",
    "fact-missed",
    "fact-spurious",
    "fact-mixed",
    "name-right",
    "name-missed",
    "name-spurious",
)


def document_page(document: ScoredDocument, lang: str = "fr") -> str:
    """Return the page of a document. Text of the corpus and of the reading is escaped wherever it stands.

    Args:
        document: What was read and compared.
        lang: Language of the page's own words, ``fr`` or ``en``.
    """
    words = BoardWords(lang)
    record = document.reading.report.record
    facts = shown_facts(document, words.lang)
    text = MarkedText(record.document.text, facts)
    article = element(
        "article", text.draw(words), class_="text", lang=language_of(record), aria_label=words("text")
    )
    return frame(
        document.name,
        words.lang,
        element("a", words("skip"), href="#facts", class_="skip"),
        _masthead(document, words),
        element(
            "main", article, element("div", _column(document, facts, text, words), id="facts", tabindex="-1")
        ),
        element("footer", words("made_by")),
        element("p", "", id="status", role="status", data_lit=words("lit", n="{n}")),
        style=asset("page.css") + asset("document.css", PACKAGE),
        script=asset("page.js"),
    )


def _masthead(document: ScoredDocument, words: BoardWords) -> Html:
    about = [document.split, *(document.slice_of(dimension) for dimension in DIMENSIONS)]
    score = words.pair(words("composite"), words.figure(document.composite))
    fault = document.fault
    return element(
        "header",
        element("p", element("a", words("back"), href="../index.html", class_="back")),
        element("h1", document.name),
        element("p", joined(element("b", score), *about, by=" · "), class_="source"),
        element("p", words("fault", fault=f"{fault.kind}: {fault.message}"), class_="fault")
        if fault
        else None,
        _legend(words),
        class_="masthead",
    )


def _legend(words: BoardWords) -> Html:
    """Return what the marks mean."""
    samples = (
        element("span", _sample(name, words), class_=f"sample {name}", data_label=_sign(name))
        for name in _SAMPLES
    )
    return element(
        "div",
        element("p", joined(*samples, by=" ")),
        element("p", words("letters"), class_="letters"),
        element("p", words("page_hint"), class_="hint"),
        class_="legend marks",
    )


def _sample(name: str, words: BoardWords) -> str:
    kind, _, state = name.partition("-")
    return words(f"name_{state}" if kind == "name" else state)


def _sign(name: str) -> str | None:
    kind, _, state = name.partition("-")
    if kind == "name":
        return None
    return "".join(SIGNS.values()) if state == "mixed" else SIGNS.get(state)


def _column(document: ScoredDocument, facts: list[ShownFact], text: MarkedText, words: BoardWords) -> Html:
    sections = [
        _section(kind, list(some), document.scores.tallies[kind], text, words)
        for kind, some in groupby(facts, key=lambda fact: fact.kind)
    ]
    return joined(*sections) if sections else element("p", words("nothing"), class_="nothing")


def _section(kind: str, facts: list[ShownFact], tally: Tally, text: MarkedText, words: BoardWords) -> Html:
    counts = (f"{words(state)} {n}" for state, n in zip(STATES, (tally.fn, tally.fp, tally.tp), strict=True))
    details = " · ".join((f"F1 {words.figure(tally.f1)}", *counts))
    heading = element("header", element("h2", words.kind(kind)), element("p", details, class_="details"))
    lists = (_list(state, [f for f in facts if f.state == state], text, words) for state in STATES)
    return element("section", heading, *lists, class_="card compared")


def _list(state: State, facts: list[ShownFact], text: MarkedText, words: BoardWords) -> Html | None:
    if not facts:
        return None
    lines = (_line(fact, text, words) for fact in facts)
    return joined(element("h3", words(f"{state}_list")), element("ul", *lines, class_=f"state-{state}"))


def _line(fact: ShownFact, text: MarkedText, words: BoardWords) -> Html:
    place = text.place(fact)
    return element(
        "li",
        element("span", SIGNS.get(fact.state, "="), class_="sign", aria_hidden="true"),
        element("a", fact.label, href=place, class_="go") if place else element("span", fact.label),
        _tag(words.of("reason", fact.reason) if fact.reason else ""),
        _tag(words("optional") if fact.optional else ""),
        element("span", f"{words('read_as')} {fact.other}", class_="other") if fact.other else None,
        class_="fact",
        id=fact.key,
    )


def _tag(label: str) -> Html | None:
    return element("span", label, class_="tag") if label else None

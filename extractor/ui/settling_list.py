"""Documents that are read twice: the sample, how far each has come, and how far readers agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from extractor.review.agreement import EVERY, FEWEST_DOCUMENTS, FEWEST_UNITS, Agreement, Measure
from extractor.review.decisions import SECOND, SETTLED
from extractor.review.doubling import STAGES, Bench, Measured, bench, choose, every_row, measured
from extractor.review.queue import QueueFilter, QueueRow
from extractor.ui.table import Cell, Column, Tone, table

if TYPE_CHECKING:
    from extractor.ui.context import Context
    from extractor.ui.words import Words

#: Documents shown; each is compared anew, which takes some milliseconds.
_SHOWN: Final = 100
_TONES: Final[dict[str, Tone]] = {"open": "in_review", "second": "new", "first": "new", "settled": "reviewed"}
_SIGNS: Final = {"open": "≠", "second": "◐", "first": "○", "settled": "●"}
_MEASURED: Final = "settling.measured"


def draw(context: Context) -> None:
    """Draw the list, the sample and the figures."""
    import streamlit as st

    words = context.words
    st.title(words("settling.title"))
    st.write(words("settling.list.intro"))
    _documents(context)
    sample, figures = st.columns([1, 2], gap="large")
    with sample:
        _sample(context)
    with figures:
        _agreement(context)


def _documents(context: Context) -> None:
    import streamlit as st

    words = context.words
    page = context.store.queue(QueueFilter(double=True), "touched", 0, _SHOWN)
    if not page.rows:
        st.info(words("settling.list.none"))
        return
    places = [(row, bench(context.store, row.key, context.reviewer)) for row in page.rows]
    places.sort(key=lambda one: STAGES.index(one[1].stage))
    pressed = table(
        words("settling.list.caption"),
        [
            Column(words("settling.list.stage"), width=14),
            Column(words("settling.list.document"), is_head=True),
            Column(words("settling.list.readers"), hint=words("settling.list.readers_hint"), width=16),
            Column(words("settling.list.conflicts"), "end", width=8),
        ],
        [_row(context, row, place) for row, place in places],
        key="settling.list",
        words=words.page("table"),
        tall=True,
    )
    if page.total > len(page.rows):
        st.caption(words.several("settling.list.more", page.total - len(page.rows)))
    if pressed.opened is not None:
        stage = next((place.stage for row, place in places if row.key == pressed.opened), None)
        if stage in ("open", "settled"):
            context.go("settling", key=pressed.opened, reading=str(SETTLED))
        elif stage is not None:
            context.open_document(pressed.opened, context.store.reading_for(pressed.opened, context.reviewer))


def _row(context: Context, row: QueueRow, place: Bench) -> list[Cell]:
    words = context.words
    second = place.readers[1] or (
        words("settling.list.waits", reviewer=row.second_reviewer)
        if row.second_reviewer
        else words("settling.list.nobody")
    )
    first = place.readers[0] or words("settling.list.nobody")
    can_read = place.stage == "second" and context.store.reading_for(row.key, context.reviewer) == SECOND
    tags = (words("settling.list.read"),) if can_read else ()
    return [
        Cell(words(f"settling.stage.{place.stage}"), tone=_TONES[place.stage], sign=_SIGNS[place.stage]),
        Cell(
            row.title,
            below=row.origin if row.origin and row.origin != row.title else "",
            to=row.key,
            tags=tags,
        ),
        Cell(first, below=second),
        Cell(words.number(len(place.settling.open)) if place.settling is not None else ""),
    ]


# ------------------------------------------------------------------------------------------------- the sample


def _sample(context: Context) -> None:
    import streamlit as st

    words, totals = context.words, context.store.totals()
    st.header(words("settling.sample.title"))
    st.write(words("settling.sample.how"))
    share = totals.double / totals.documents if totals.documents else 0.0
    st.caption(
        words(
            "settling.sample.now",
            double=words.number(totals.double),
            documents=words.number(totals.documents),
            share=words.percent(share),
        )
    )
    with st.form("settling.sample", border=False):
        wanted = st.number_input(
            words("settling.sample.share"), 1, 100, 10, key="settling.sample.share", width=260
        )
        seed = st.number_input(
            words("settling.sample.seed"),
            0,
            2**31 - 1,
            1,
            help=words("settling.sample.seed_help"),
            key="settling.sample.seed",
            width=260,
        )
        pressed = st.form_submit_button(words("settling.sample.draw"), type="primary")
    if pressed:
        chosen = choose(list(every_row(context.store, QueueFilter())), wanted / 100, int(seed))
        count = context.store.assign_double(chosen)
        said = words.several("settling.sample.drawn", count) if count else words("settling.sample.nothing")
        st.session_state["settling.sample.said"] = said
        st.rerun()
    if said := st.session_state.pop("settling.sample.said", None):
        st.success(said)


# ---------------------------------------------------------------------------------------------- the agreement


def _agreement(context: Context) -> None:
    import streamlit as st

    words = context.words
    st.header(words("settling.agreement.title"))
    told = _measured(context)
    if not told.documents:
        st.write(words("settling.agreement.none"))
        return
    st.write(words.several("settling.agreement.intro", told.documents))
    if told.judgments[EVERY].is_thin:
        units = words.number(FEWEST_UNITS)
        st.warning(words("settling.agreement.thin", units=units, documents=words.number(FEWEST_DOCUMENTS)))
    for name, found in (("judgments", told.judgments), ("presence", told.presence)):
        st.markdown(f"**{words(f'settling.agreement.{name}')}**")
        _figures(words, name, found)
    st.markdown(f"**{words('settling.agreement.f1')}**")
    _likeness(words, told)
    st.caption(words("settling.agreement.undefined_told"))
    st.download_button(
        words("settling.agreement.download"),
        as_csv(told),
        "agreement.csv",
        "text/csv",
        key="settling.agreement.download",
        on_click="ignore",
    )


def _measured(context: Context) -> Measured:
    """Measure again only when something was decided."""
    import streamlit as st

    state = context.store.name, context.store.totals().decisions, context.store.totals().double
    known = st.session_state.get(_MEASURED)
    if known is None or known[0] != state:
        known = (state, measured(context.store))
        st.session_state[_MEASURED] = known
    found: Measured = known[1]
    return found


def _figures(words: Words, name: str, found: dict[str, Agreement]) -> None:
    table(
        words(f"settling.agreement.{name}"),
        [
            Column(words("settling.agreement.kind"), is_head=True),
            Column(words("settling.agreement.units"), "end"),
            Column(words("settling.agreement.observed"), "end"),
            Column(words("settling.agreement.kappa"), "end"),
            Column(words("settling.agreement.alpha"), "end"),
        ],
        [
            [
                Cell(kind_word(words, kind)),
                Cell(words.number(one.units)),
                Cell(words.percent(one.observed) if one.observed is not None else "–"),
                Cell(_measure(words, one.kappa)),
                Cell(_measure(words, one.alpha)),
            ]
            for kind, one in found.items()
        ],
        key=f"settling.agreement.{name}",
        words=words.page("table"),
    )


def _likeness(words: Words, told: Measured) -> None:
    from extractor.scoring.report import HEADLINE
    from extractor.scoring.words import words_of

    kinds = words_of(words.language)["kinds"]
    rows = []
    for kind in HEADLINE:
        tally = told.likeness.total.tallies[kind]
        if tally.f1 is not None:
            figure = _measure(words, Measure(tally.f1, told.intervals.get(kind)))
            rows.append([Cell(kinds[kind]), Cell(words.number(tally.tp + tally.fp + tally.fn)), Cell(figure)])
    table(
        words("settling.agreement.f1"),
        [
            Column(words("settling.agreement.kind"), is_head=True),
            Column(words("settling.agreement.units"), "end"),
            Column("F1", "end"),
        ],
        rows,
        key="settling.agreement.f1",
        words=words.page("table"),
    )


def kind_word(words: Words, kind: str) -> str:
    """Return what a kind of fact is called."""
    return words("settling.agreement.all") if kind == EVERY else words(f"settling.part.{kind}")


def _measure(words: Words, measure: Measure) -> str:
    if measure.value is None:
        return words("settling.agreement.undefined")
    value = words.number(measure.value, 2)
    if measure.interval is None:
        return value
    low, high = (words.number(end, 2) for end in measure.interval)
    return words("settling.agreement.interval", value=value, low=low, high=high)


def as_csv(told: Measured) -> str:
    """Return the figures as a table for spreadsheets: nothing in it comes from a document."""
    lines = ["what,kind,units,documents,observed,kappa,kappa_low,kappa_high,alpha,alpha_low,alpha_high"]
    for name, found in (("judgments", told.judgments), ("presence", told.presence)):
        for kind, one in found.items():
            figures = [one.observed, *_three(one.kappa), *_three(one.alpha)]
            said = ("" if figure is None else f"{figure:.4f}" for figure in figures)
            lines.append(",".join([name, kind, str(one.units), str(one.documents), *said]))
    return "\n".join(lines) + "\n"


def _three(measure: Measure) -> tuple[float | None, float | None, float | None]:
    low, high = measure.interval or (None, None)
    return measure.value, low, high

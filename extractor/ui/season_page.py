"""A season of a series: results by driver and race, standings as stated, counts, incidents by circuit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractor.exports.html.tables import TableOfPage, tables_page
from extractor.exports.words import Words as RecordWords
from extractor.record import ResultKind
from extractor.review.season import OVERALL, Report, matrix, scopes
from extractor.review.season_reports import MOST_REPORTS, SeriesOfYear, season_reports, series_of
from extractor.review.season_tables import IncidentTable, incidents, stated_standings, tallies
from extractor.ui import charts, season_tables
from extractor.ui.keeping import kept
from extractor.ui.season_tables import Place
from extractor.ui.showing import Sheet, download, sheet_table, shown
from extractor.ui.table import Cell, Column, table

if TYPE_CHECKING:
    from extractor.ui.context import Context
    from extractor.ui.words import Words

_KINDS: Final[tuple[ResultKind, ...]] = ("final", "grid", "qualifying", "fastest_lap")
_SHOWN: Final = 60
_NAMES: Final = ("year", "series", "rest")
_ADDRESS: Final = "season.address"


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is shown: a series in a year, and which of its documents count."""

    year: int
    series: SeriesOfYear
    with_rest: bool


def show(context: Context) -> None:
    """Draw the page."""
    import streamlit as st

    words = context.words
    st.title(words("season.title"))
    chosen = _choose(context)
    if chosen is None:
        return
    with st.spinner(words("season.counting")):
        what = ("season", chosen.year, chosen.series.spellings, chosen.with_rest)
        found = kept(
            context.store,
            what,
            lambda: season_reports(
                context.store, chosen.series.spellings, chosen.year, with_rest=chosen.with_rest
            ),
        )
    if not found.reports:
        st.info(words("season.none_reviewed"))
        return
    notes = [_basis(words, found.reports)]
    if found.total > len(found.reports):
        notes.append(words("season.cut", count=words.number(MOST_REPORTS), total=words.number(found.total)))
    for note in notes:
        st.caption(note)
    sheets = [
        *_results(context, found.reports),
        _standings(context, found.reports),
        _incidents(context, found.reports),
    ]
    _whole_page(words, chosen, notes, [sheet for sheet in sheets if sheet is not None])


def _choose(context: Context) -> _Chosen | None:
    """Draw what a season is chosen with; ``None`` where there is none to choose."""
    import streamlit as st

    words = context.words
    years = [year for year, _ in kept(context.store, "facets", context.store.facets).years]
    if not years:
        st.info(words("season.nothing"))
        return None
    asked = _asked()
    first, second, third = st.columns([1, 4, 4], vertical_alignment="bottom")
    _fill_in("season.year", [int(one) for one in asked.get("year", ()) if one.isdecimal()], years)
    year = first.selectbox(words("season.year"), years, key="season.year")
    known = {one.name: one for one in series_of(context.store, year)}
    if not known:
        st.info(words("season.no_series", year=year))
        return None
    _fill_in("season.series", asked.get("series", ()), list(known))
    name = second.selectbox(words("season.series"), list(known), key="season.series")
    one = known[name]
    _fill_in("season.rest", [True for said in asked.get("rest", ()) if said == "1"], [True, False])
    with_rest = third.checkbox(
        words("season.rest", reviewed=one.reviewed, documents=one.documents),
        key="season.rest",
        help=words("season.rest_hint"),
    )
    _write_address({"year": [str(year)], "series": [name], **({"rest": ["1"]} if with_rest else {})})
    return _Chosen(year, one, with_rest)


def _asked() -> dict[str, list[str]]:
    """Return what the address asks for where it is to be followed; nothing where the fields are.

    Who comes back from another page finds the season that was left.
    """
    import streamlit as st

    state = st.session_state
    said = {name: st.query_params.get_all(name) for name in _NAMES if name in st.query_params}
    is_arriving = "season.year" not in state
    if said and (is_arriving or said != state.get(_ADDRESS)):
        return said
    return dict(state.get(_ADDRESS, {})) if is_arriving else {}


def _fill_in(key: str, wanted: Sequence[object], options: Sequence[object]) -> None:
    """Put what is asked for into a field before it is drawn; what is no option, or no longer, is left out."""
    import streamlit as st

    if wanted and wanted[-1] in options:
        st.session_state[key] = wanted[-1]
    elif key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]


def _write_address(said: dict[str, list[str]]) -> None:
    import streamlit as st

    if {name: st.query_params.get_all(name) for name in st.query_params} != said:
        st.query_params.from_dict(said)
    st.session_state[_ADDRESS] = said


def _basis(words: Words, reports: tuple[Report, ...]) -> str:
    unsettled = sum(not report.is_settled for report in reports)
    key = "season.basis_rest" if unsettled else "season.basis"
    return words(key, count=words.number(len(reports)), open=words.number(unsettled))


def _results(context: Context, reports: tuple[Report, ...]) -> list[tuple[str, str, Sheet] | None]:
    import streamlit as st

    words = context.words
    st.header(words("season.results.title"))
    kind, scope = _kind_and_scope(words, reports)
    found = matrix(reports, kind, scope)
    if not found.lines:
        st.caption(words("season.results.none"))
        return [None, _tallies(words, reports, scope)]
    columns = [
        Column(words("season.results.driver"), is_head=True),
        *(Column(season_tables.race_name(words, race), "center", width=6.5) for race in found.races),
    ]
    title = words("season.results.title")
    cells = season_tables.matrix_cells(context, found)
    pressed = table(
        title,
        columns,
        cells,
        key="season.matrix",
        words=words.page("table"),
        fit=True,
        tall=len(cells) > _SHOWN // 3,
    )
    if pressed.opened is not None:
        _open(context, season_tables.matrix_places(words, found, pressed.opened))
    base = words(
        "season.results.base", drivers=words.number(len(found.lines)), races=words.number(len(found.races))
    )
    st.caption(base)
    sheet = season_tables.matrix_sheet(words, found)
    download(words, sheet)
    return [(title, base, sheet), _tallies(words, reports, scope)]


def _kind_and_scope(words: Words, reports: tuple[Report, ...]) -> tuple[ResultKind, str]:
    import streamlit as st

    named = RecordWords(words.language)
    first, second, _ = st.columns([2, 2, 4])
    kind: ResultKind = first.selectbox(
        words("season.results.kind"),
        _KINDS,
        key="season.kind",
        format_func=lambda one: named.of("result_kind", one),
    )
    known = scopes(reports, kind) or (OVERALL,)
    scope: str = second.selectbox(
        words("season.results.scope"),
        known,
        key="season.scope",
        format_func=lambda one: words("season.results.overall") if one == OVERALL else one,
    )
    return kind, scope


def _tallies(words: Words, reports: tuple[Report, ...], scope: str) -> tuple[str, str, Sheet] | None:
    import streamlit as st

    counted = tallies(reports, scope)
    if not counted:
        return None
    title, base = words("season.tallies.title"), words("season.tallies.base")
    sheet = season_tables.tallies_sheet(words, counted)
    with st.expander(title, expanded=len(counted) <= _SHOWN):
        sheet_table(words, sheet, title)
        st.caption(base)
        download(words, sheet)
    return title, base, sheet


def _standings(context: Context, reports: tuple[Report, ...]) -> tuple[str, str, Sheet] | None:
    import streamlit as st

    words = context.words
    st.header(words("season.standings.title"))
    stated = stated_standings(reports)
    if not stated:
        st.caption(words("season.standings.none"))
        return None
    sheet = season_tables.standings_sheet(words, stated)
    columns = [
        Column(name, "start" if n in (0, 4) else "end", is_head=n == 0) for n, name in enumerate(sheet.head)
    ]
    rows = [
        [
            *(Cell(shown(words, value)) for value in row[:4]),
            Cell(one.source.title, to=str(number), href=context.document_link(one.source.key)),
        ]
        for number, (one, row) in enumerate(zip(stated, sheet.rows, strict=True))
    ]
    title, base = words("season.standings.title"), words("season.standings.base")
    pressed = table(title, columns, rows, key="season.stated", words=words.page("table"), fit=True)
    if pressed.opened is not None and pressed.opened.isdecimal() and int(pressed.opened) < len(stated):
        context.open_document(stated[int(pressed.opened)].source.key)
    st.caption(base)
    download(words, sheet)
    return title, base, sheet


def _incidents(context: Context, reports: tuple[Report, ...]) -> tuple[str, str, Sheet] | None:
    import streamlit as st

    words = context.words
    st.header(words("season.incidents.title"))
    found = incidents(reports)
    if not found.types:
        st.caption(words("season.incidents.none"))
        return None
    sheet = season_tables.incidents_sheet(words, found)
    columns = [
        Column(name, "start" if n == 0 else "end", is_head=n == 0, width=0 if n == 0 else 6)
        for n, name in enumerate(sheet.head)
    ]
    rows = []
    for kind, row in zip(found.types, sheet.rows, strict=True):
        cells = [Cell(shown(words, row[0]))]
        for venue in found.venues:
            happened = len(found.at(kind, venue))
            to = season_tables.incident_key(kind, venue) if happened else ""
            cells.append(Cell(words.number(happened) if happened else "", to=to))
        rows.append([*cells, Cell(shown(words, row[-1]), tone="soft")])
    title = words("season.incidents.title")
    pressed = table(title, columns, rows, key="season.happened", words=words.page("table"), fit=True)
    if pressed.opened is not None:
        _open(context, season_tables.incident_places(words, found, pressed.opened))
    if 1 < len(found.venues) <= len(charts.SEVERAL):
        _chart(words, found)
    everything = sum(len(its) for its in found.cells.values())
    base = words("season.incidents.base", count=words.number(everything))
    st.caption(base)
    download(words, sheet)
    return title, base, sheet


def _chart(words: Words, found: IncidentTable) -> None:
    """Draw incidents by kind, parted by circuit."""
    import streamlit as st

    named = RecordWords(words.language)
    venues = [season_tables.venue_name(words, venue) for venue in found.venues]
    rows = [
        {
            "label": named.of("incident_type", kind),
            "part": name,
            "value": happened,
            "said": words.number(happened),
        }
        for kind in found.types
        for name, venue in zip(venues, found.venues, strict=True)
        if (happened := len(found.at(kind, venue)))
    ]
    drawn = charts.stacked(
        rows,
        words,
        kinds=venues,
        colours=charts.SEVERAL[: len(venues)],
        value=words("season.incidents.count"),
    )
    st.altair_chart(drawn, alt=words("season.incidents.said"), key="season.chart")


def _open(context: Context, places: list[Place]) -> None:
    """Open the document where something is said; where several say it, ask which."""
    import streamlit as st

    words = context.words
    if len({place.key for place in places}) == 1:
        context.open_document(places[0].key)

    @st.dialog(words("season.which"), width="large")
    def choose() -> None:
        for number, place in enumerate(places[:_SHOWN]):
            st.text(f"{place.title}\n{place.said}")
            if st.button(words("season.open"), key=f"season.open.{number}"):
                context.open_document(place.key)

    if places:
        choose()


def _whole_page(
    words: Words, chosen: _Chosen, notes: list[str], sheets: list[tuple[str, str, Sheet]]
) -> None:
    """Draw the button that gives everything as one page."""
    import streamlit as st

    title = words("season.of", series=chosen.series.name, year=chosen.year)
    tables = [
        TableOfPage(name, (base,), sheet.head, [[shown(words, value) for value in row] for row in sheet.rows])
        for name, base, sheet in sheets
    ]
    page = tables_page(title, notes, tables, words.language)
    st.download_button(
        words("showing.html"),
        page,
        f"season-{chosen.year}.html",
        "text/html",
        key="season.html",
        on_click="ignore",
    )

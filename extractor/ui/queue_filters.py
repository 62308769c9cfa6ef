"""What the queue is asked for: the fields above it and the address, which always say the same.

The address is followed where it changed by itself (a link, back and forward, reloading); otherwise the fields
are followed and the address is written. Who comes back from another page finds the queue as it was left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from extractor.review.queue import ORDERS, Facets, QueueFilter, QueueOrder
from extractor.ui.keeping import kept
from extractor.ui.queue_asking import ALL, MINE, NAMES, STATUSES, Asked, from_query, to_query
from extractor.ui.queue_words import finding

if TYPE_CHECKING:
    from extractor.ui.context import Context
    from extractor.ui.words import Words

#: Series to choose from; there may be thousands, most of them of one document.
MOST_SERIES: Final = 300
_TEXT: Final = "queue.text"
_ASKED: Final = "queue.asked"
_ADDRESS: Final = "queue.address"
_NEXT: Final = "queue.next"


def ask(context: Context) -> Asked:
    """Draw the fields and return what is asked for; the address says the same afterwards."""
    import streamlit as st

    state = st.session_state
    wanted: Asked | None = state.pop(_NEXT, None) or _from_address()
    if wanted is not None:
        _fill_in(wanted)
    before = cast(Asked, wanted or state.get(_ASKED) or Asked())
    told = _fields(context, kept(context.store, "facets", context.store.facets), before)
    asked = replace(told, page=before.page if told == replace(before, page=1) else 1)
    state[_ASKED] = asked
    _write_address(asked)
    return asked


def turn_to(page: int) -> None:
    """Ask for another stretch and draw again."""
    _ask_next(page=max(1, page))


def order_by(order: str) -> None:
    """Ask for another order and draw again."""
    if order in ORDERS:
        _ask_next(order=order, page=1)


def clear() -> None:
    """Ask for everything and draw again."""
    _ask_next(filter=QueueFilter(), mine=False, page=1)


def _ask_next(**changed: Any) -> None:
    import streamlit as st

    st.session_state[_NEXT] = replace(st.session_state.get(_ASKED) or Asked(), **changed)
    st.rerun()


def _from_address() -> Asked | None:
    """Return what the address asks for where it is to be followed, ``None`` where the fields are."""
    import streamlit as st

    state = st.session_state
    said = _address()
    is_arriving = _TEXT not in state
    if is_arriving and not said and _ASKED in state:
        return cast(Asked, state[_ASKED])
    return from_query(said) if is_arriving or said != state.get(_ADDRESS) else None


def _address() -> dict[str, list[str]]:
    import streamlit as st

    return {name: st.query_params.get_all(name) for name in NAMES if name in st.query_params}


def _write_address(asked: Asked) -> None:
    import streamlit as st

    said = to_query(asked)
    # What another page left there goes too.
    if {name: st.query_params.get_all(name) for name in st.query_params} != said:
        st.query_params.from_dict(said)
    st.session_state[_ADDRESS] = said


def _fill_in(asked: Asked) -> None:
    """Put into the fields what is asked for, before they are drawn."""
    import streamlit as st

    wanted = asked.filter
    st.session_state.update(
        {
            _TEXT: wanted.text,
            "queue.statuses": list(wanted.statuses),
            "queue.series": list(wanted.series),
            "queue.from": wanted.first_year,
            "queue.to": wanted.last_year,
            "queue.reviewer": wanted.reviewer,
            "queue.findings": list(wanted.findings),
            "queue.double": MINE if asked.mine else ALL if wanted.double else None,
            "queue.order": asked.order,
        }
    )


def _fields(context: Context, facets: Facets, before: Asked) -> Asked:
    """Draw the fields; what they were told to hold can be chosen even where no document has it any more."""
    import streamlit as st

    words, held = context.words, before.filter
    first = st.columns([4, 3, 2.5, 2.5])
    second = st.columns([3.5, 3.5, 3.5, 1.25, 1.25])
    with first[0]:
        text = st.text_input(words("queue.search"), key=_TEXT, placeholder=words("queue.search_hint"))
    with first[1]:
        order: QueueOrder = st.selectbox(
            words("queue.order"),
            ORDERS,
            key="queue.order",
            format_func=lambda one: words(f"queue.orders.{one}"),
        )
    with first[2]:
        reviewers = [name for name, _ in facets.reviewers]
        reviewer = _one(words, "reviewer", _with(reviewers, held.reviewer), str)
    with first[3]:
        double = _one(words, "double", [MINE, ALL], lambda one: words(f"queue.{_DOUBLE[one]}"))
    with second[0]:
        counted = dict(facets.statuses)
        statuses = _several(
            words,
            "statuses",
            list(STATUSES),
            lambda one: _counted(words, f"status.{one}", counted.get(one, 0)),
        )
    with second[1]:
        codes = [code for code, _ in facets.findings]
        findings = _several(words, "findings", _with(codes, *held.findings), lambda one: finding(words, one))
    with second[2]:
        names = [name for name, _ in facets.series[:MOST_SERIES]]
        hint = words("queue.series_cut", count=MOST_SERIES) if len(facets.series) > MOST_SERIES else None
        series = _several(
            words, "series", _with(names, *held.series), lambda one: one or words("queue.no_series"), hint
        )
    years = [year for year, _ in facets.years]
    with second[3]:
        first_year = _one(words, "from", _with(sorted(years), held.first_year), str)
    with second[4]:
        last_year = _one(words, "to", _with(years, held.last_year), str)
    return Asked(
        QueueFilter(
            statuses=tuple(one for one in STATUSES if one in statuses),
            series=tuple(series),
            first_year=first_year,
            last_year=last_year,
            reviewer=reviewer,
            findings=tuple(findings),
            text=(text or "").strip(),
            double=True if double == ALL else None,
        ),
        order,
        mine=double == MINE,
    )


_DOUBLE: Final = {MINE: "mine", ALL: "all_double"}
_LABELS: Final = {"from": "from_year", "to": "to_year", "double": "double_filter"}


def _one(words: Words, name: str, options: Sequence[Any], shown: Callable[[Any], str]) -> Any:
    import streamlit as st

    return st.selectbox(
        words(f"queue.{_LABELS.get(name, name)}"),
        options,
        index=None,
        key=f"queue.{name}",
        format_func=shown,
        placeholder=words("queue.all"),
    )


def _several(
    words: Words, name: str, options: Sequence[Any], shown: Callable[[Any], str], hint: str | None = None
) -> list[Any]:
    import streamlit as st

    return list(
        st.multiselect(
            words(f"queue.{name}"),
            options,
            key=f"queue.{name}",
            format_func=shown,
            placeholder=words("queue.all_f" if name in ("findings", "series") else "queue.all"),
            help=hint,
        )
    )


def _with(options: Sequence[Any], *held: Any) -> list[Any]:
    """Return the options and, behind them, those held that are none of them."""
    return [*options, *(one for one in held if one is not None and one not in options)]


def _counted(words: Words, key: str, count: int) -> str:
    return f"{words(f'figures.{key}')} ({words.number(count)})"

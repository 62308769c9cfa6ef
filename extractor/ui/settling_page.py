"""Adjudication: documents that were read twice, what their readers differ over, and how far readers agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from extractor.errors import ParcFermeError
from extractor.review.about import may_be_edited, picks
from extractor.review.comparing import Item
from extractor.review.decisions import SETTLED, Decision
from extractor.review.doubling import Bench, bench
from extractor.ui.settling import settle
from extractor.ui.settling.view import chosen, page_data

if TYPE_CHECKING:
    from extractor.ui.context import Context

ACT: Final = "settling.act"
_LAST: Final = "settling.last"
_DESK: Final = "settling.desk"


def show(context: Context) -> None:
    """Draw the page."""
    asked = context.asked_document()
    if asked is None:
        from extractor.ui import settling_list

        settling_list.draw(context)
        return
    _document(context, asked[0])


def _document(context: Context, key: str) -> None:
    import streamlit as st

    words = context.words
    message, leaving = _answered(context, key)
    if leaving:
        context.store.release(key, SETTLED, context.reviewer)
        context.go("settling")
        return
    place = bench(context.store, key, context.reviewer)
    if place.settling is None:
        st.title(words("settling.title"))
        st.info(words(f"settling.stage_told.{place.stage}"))
        if st.button(words("settling.back"), key="settling.back"):
            context.go("settling")
        return
    lock = context.store.lock(key, SETTLED, context.reviewer)
    locked = "" if lock.mine else words("settling.locked", holder=lock.holder, until=words.moment(lock.until))
    title = context.store.document(key).title or place.settling.state.record.document.id
    data = page_data(
        place,
        words,
        title=title,
        turn=st.session_state.get(_LAST, ""),
        message=message,
        locked=locked,
        can_undo=bool(place.head),
    )
    settle(data, key=_DESK, on_act=_pressed)


def _pressed() -> None:
    """Keep what was pressed for the run that follows."""
    import streamlit as st

    said = st.session_state.get(_DESK)
    act = said.get("act") if said is not None else None
    if isinstance(act, Mapping):
        st.session_state[ACT] = dict(act)


def _answered(context: Context, key: str) -> tuple[str, bool]:
    """Do what was pressed; return what there is to say of it, and whether the page is left."""
    import streamlit as st

    act = st.session_state.pop(ACT, None)
    if not isinstance(act, dict) or act.get("key") != key or not isinstance(act.get("id"), str):
        return "", False
    if act["id"] == st.session_state.get(_LAST):  # sent again: it is done already
        return "", False
    st.session_state[_LAST] = act["id"]
    if act.get("do") == "leave":
        return "", True
    try:
        return done(context, key, act), False
    except ParcFermeError as error:
        return error.in_language(context.language), False


def done(context: Context, key: str, act: Mapping[str, Any]) -> str:
    """Settle an item as asked, and save it.

    Returns:
        What hinders it; empty where nothing does.

    Raises:
        ParcFermeError: The record does not allow it, or the database does not take it.
    """
    from extractor.review.store import StaleError

    words = context.words
    lock = context.store.lock(key, SETTLED, context.reviewer)
    if not lock.mine:
        return words("settling.locked", holder=lock.holder, until=words.moment(lock.until))
    place = bench(context.store, key, context.reviewer)
    if place.settling is None:
        return words(f"settling.stage_told.{place.stage}")
    if act.get("head") != place.head:
        return words("settling.stale")
    made = _decisions(place, act)
    if made is None:
        return words("settling.no_such_item")
    if not made:
        return words("settling.nothing_undone")
    try:
        context.store.append(made, head=place.head, version=place.version)
    except StaleError:
        return words("settling.stale")
    return ""


def _decisions(place: Bench, act: Mapping[str, Any]) -> tuple[Decision, ...] | None:
    """Return the decisions that an action asks for, ``None`` where it asks for nothing that there is."""
    settling = place.settling
    if settling is None:
        return None
    if act.get("do") == "undo":
        return settling.undo()
    item = _item(place, act.get("item"))
    if item is None:
        return None
    pick, fields = act.get("pick"), act.get("fields")
    if act.get("do") == "pick" and pick in picks(item):
        return settling.pick(item, pick)
    if act.get("do") == "edit" and isinstance(fields, Mapping) and may_be_edited(item):
        values = chosen(item, fields)
        return settling.edit(item, values) if values else None
    return None


def _item(place: Bench, key: object) -> Item | None:
    conflicts = place.settling.comparison.conflicts if place.settling is not None else ()
    return next((item for item in conflicts if item.key == key), None)

"""A later model's extraction of a document: what taking the decisions over to it would do, and what is left.

On the document page it stands above the desk, of one document; on the page "Import and export" it is done for
all of which there is a later one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from extractor.errors import ParcFermeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.review.decisions import Part, Replaced
    from extractor.review.moving import Left
    from extractor.review.store.mover import Plan
    from extractor.ui.context import Context
    from extractor.ui.desk.session import DeskSession
    from extractor.ui.words import Words

_SHOWN: Final = 40
_LONGEST: Final = 110
_SHORT: Final = 40
#: Fields whose values are ids, which tell a reader nothing.
_NAMING: Final = ("session", "team", "entry", "speaker", "asserted_by")
_KINDS: Final[dict[Part, str]] = {
    "sessions": "session",
    "drivers": "driver",
    "teams": "team",
    "entries": "entry",
    "results": "result",
    "incidents": "incident",
    "quotes": "quote",
}


def of_document(context: Context, session: DeskSession) -> None:
    """Draw a later extraction of the document that is open, or what is left of one before."""
    if session.lock is None or not session.lock.mine:
        return
    origin = session.origin
    document = context.store.document(origin.document)
    if document.newer and document.heads:
        _offer(context, origin.document)
    left = context.store.left(origin.document, origin.reading)
    if left and session.reviewed.status != "reviewed":
        _leftovers(context, session, left)


def _offer(context: Context, key: str) -> None:
    """Offer to go over to the newest extraction, and say what that would do."""
    import streamlit as st

    words = context.words
    plan = context.store.plan(key, context.reviewer)
    with st.expander(words("newer.title", model=plan.model or "?"), icon=":material/update:"):
        st.write(_summary(words, plan))
        for one in plan.left[:_SHOWN]:
            st.text(described(words, one))
        if len(plan.left) > _SHOWN:
            st.caption(words("newer.more", count=words.number(len(plan.left) - _SHOWN)))
        st.caption(words("newer.how"))
        if st.button(words("newer.go"), type="primary", key="newer.go"):
            context.store.move(plan)
            context.store.summarise(key)
            _open_anew()
            st.rerun()


def _open_anew() -> None:
    import streamlit as st

    st.session_state.pop("document.session", None)


def _summary(words: Words, plan: Plan) -> str:
    new = sum(len(one.new) for one in plan.readings.values())
    told = (("taken", plan.taken), ("new", new), ("left", len(plan.left)))
    return " ".join(words.several(f"newer.{name}", count) for name, count in told)


def _leftovers(context: Context, session: DeskSession, left: Sequence[Left]) -> None:
    """List what was decided on the extraction before, each to be taken over by a press."""
    import streamlit as st

    words = context.words
    with st.expander(words.several("newer.leftovers", len(left)), icon=":material/rule:"):
        st.caption(words("newer.leftovers_how"))
        for one in left[:_SHOWN]:
            said, act = st.columns([6, 1], vertical_alignment="center")
            said.text(described(words, one))
            if one.change is None:
                continue
            if act.button(words("newer.take"), key=f"newer.take.{one.id}", use_container_width=True):
                session.decide(one.change)
                st.rerun()


def described(words: Words, left: Left) -> str:
    """Return in words what something left over said, and what the later extraction has."""
    kind = words(f"desk.kind.{_KINDS[left.part] if left.part else left.id}")
    spans = left.thing.get("mentions") or left.thing.get("evidence") or ()
    name = left.thing.get("name") or left.thing.get("title") or (spans[0]["text"] if spans else left.id)
    said = " ".join(str(name).split())
    cut = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
    verdict = words(f"forms.verdict.{left.verdict}") if left.verdict else words("newer.stood")
    line = words("newer.line", kind=kind, name=cut, verdict=verdict, why=words(f"newer.{left.why}"))
    if left.change is None or left.change.action != "edit":
        return line
    named = ", ".join(_field(words, name, value) for name, value in left.change.fields.items())
    return f"{line} ({named})"


def _field(words: Words, name: str, value: Replaced) -> str:
    """Return a field's name, and its values as they stood and as they are now where they are short."""
    label = words(f"forms.field.{name}") if f"forms.field.{name}" in words else name
    if not all(isinstance(one, str | int | None) for one in (value.old, value.new)) or name in _NAMING:
        return label
    stood, now = ("–" if one is None else str(one)[:_SHORT] for one in (value.new, value.old))
    return f"{label} {stood} → {now}"


def of_archive(context: Context) -> None:
    """Offer to take over the decisions on every document that has a later extraction, where there are any."""
    import streamlit as st

    words = context.words
    keys = context.store.with_newer()
    done = st.session_state.pop("newer.done", None)
    if done is not None:
        moved, left, busy = done
        st.success(words("newer.done", moved=words.number(moved), left=words.number(left)))
        if busy:
            st.warning(words.several("newer.busy", busy))
    if not keys:
        return
    with st.expander(words.several("newer.all", len(keys)), icon=":material/update:"):
        st.write(words("newer.all_how"))
        if st.button(words("newer.go_all"), key="newer.go_all"):
            bar = st.progress(0.0)
            moved = left = busy = 0
            for number, key in enumerate(keys, 1):
                found = _move(context, key)
                busy, moved, left = busy + (found is None), moved + (found is not None), left + (found or 0)
                bar.progress(number / len(keys))
            st.session_state["newer.done"] = moved, left, busy
            st.rerun()


def _move(context: Context, key: str) -> int | None:
    """Move one document; return how much was left, ``None`` where somebody is at it."""
    store = context.store
    if any(lock.key == key and lock.holder != context.reviewer for lock in store.locks()):
        return None
    try:
        plan = store.plan(key, context.reviewer)
        store.move(plan)
        store.summarise(key)
    except ParcFermeError:
        return None
    return len(plan.left)

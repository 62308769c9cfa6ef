"""Who is who over all documents: two are shown side by side, somebody says whether they are one.

One question at a time, the most doubtful first. Every answer is kept at once, counts in the next
``parcferme authority build``, and can be taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from extractor.authority.decisions import Action, AuthorityDecision
from extractor.authority.file import reasons_of
from extractor.exports.plain import one_line
from extractor.messages import Messages
from extractor.review.store.authority import Asked, AuthorityFilter
from extractor.ui.table import Cell, Column, table

if TYPE_CHECKING:
    from extractor.authority.appearance import Kind
    from extractor.authority.questions import Question, Side
    from extractor.ui.context import Context
    from extractor.ui.words import Words

_PAGE: Final = 20
_ALL: Final = "all"  # not None: a field with None can be emptied
_KINDS: Final[dict[str, Kind | None]] = {_ALL: None, "driver": "driver", "team": "team"}
_STATES: Final = ("doubtful", "automatic", "answered")
_ASKED: Final = (_ALL, "pair", "entry")
_SKIPPED: Final = "authority.skipped"
_CHOSEN: Final = "authority.chosen"
_MOST_REASONS: Final = 8


def show(context: Context) -> None:
    """Draw the page."""
    import streamlit as st

    words = context.words
    st.title(words("authority.title"))
    st.caption(words("authority.intro"))
    wanted = _filter(words)
    skipped: int = st.session_state.get(_SKIPPED, 0)
    found, total = context.store.authority_questions(wanted, offset=skipped, limit=_PAGE)
    if not found and skipped:  # the last has been answered or passed over: from the beginning again
        st.session_state[_SKIPPED] = skipped = 0
        found, total = context.store.authority_questions(wanted, limit=_PAGE)
    if not found:
        st.info(words("authority.nothing"))
        _undo(context)
        _take_away(context)
        return
    st.caption(words.several("authority.count", total))
    asked = _current(found)
    _question(context, asked, total)
    _undo(context)
    _rest(words, found, asked)
    _take_away(context)


def _filter(words: Words) -> AuthorityFilter:
    """Draw what questions are chosen with."""
    import streamlit as st

    def begin_anew() -> None:
        st.session_state[_SKIPPED] = 0
        st.session_state.pop(_CHOSEN, None)

    first, second, third, fourth = st.columns([2, 2, 2, 3], vertical_alignment="bottom")
    state = first.selectbox(
        words("authority.state"),
        _STATES,
        format_func=lambda one: words(f"authority.states.{one}"),
        key="authority.state",
        on_change=begin_anew,
    )
    kind = second.selectbox(
        words("authority.kind"),
        list(_KINDS),
        format_func=lambda one: words(f"authority.kinds.{one}"),
        key="authority.kind",
        on_change=begin_anew,
    )
    what = third.selectbox(
        words("authority.asked"),
        _ASKED,
        format_func=lambda one: words(f"authority.askings.{one}"),
        key="authority.asked",
        on_change=begin_anew,
    )
    text = fourth.text_input(words("authority.search"), key="authority.search", on_change=begin_anew)
    return AuthorityFilter(
        kind=_KINDS[kind],
        asked=None if what == _ALL else what,
        standing=None if state == "answered" else state,
        is_answered=state == "answered",
        words=text or "",
    )


def _current(found: list[Asked]) -> Asked:
    """Return the question that was opened in the list, else the first."""
    import streamlit as st

    chosen = st.session_state.get(_CHOSEN)
    return next((one for one in found if one.question.key == chosen), found[0])


def _question(context: Context, asked: Asked, total: int) -> None:
    import streamlit as st

    words, one = context.words, asked.question
    with st.container(border=True):
        key = "entry" if one.identifier else one.standing
        st.subheader(words(f"authority.question.{key}"))
        left, right = st.columns(2)
        with left:
            _side(words, one.left)
        with right:
            _side(words, one.right)
            if one.identifier:
                st.text(one_line(one.identifier))
        st.text(words("authority.probability", percent=words.percent(one.probability)))
        _reasons(words, one)
        if asked.answer is not None:
            st.text(words("authority.answered", answer=words(f"authority.answers.{asked.answer}")))
        _buttons(context, one, total)


def _side(words: Words, side: Side) -> None:
    """Draw one of the two; what comes from documents is text, never markup."""
    import streamlit as st

    st.text(one_line(side.name))
    if side.names:
        st.text(words("authority.names", names=", ".join(map(one_line, side.names))))
    first, last = side.years
    if first is not None:
        st.text(words("authority.years", first=first, last=last) if first != last else str(first))
    if side.appearances:
        documents = ", ".join(map(one_line, side.documents))
        st.text(words.several("authority.documents", side.appearances, documents=documents))


def _reasons(words: Words, one: Question) -> None:
    import streamlit as st

    said = Messages(words.language)
    rows = []
    for reason in reasons_of(one.reasons)[:_MOST_REASONS]:
        key = f"authority.reason.{reason.name}"
        sign = "+" if reason.weight >= 0 else "−"
        rows.append(f"{sign} {said(key) if key in said else reason.name}")
    if rows:
        st.text(words("authority.reasons") + "\n" + "\n".join(rows))


def _buttons(context: Context, one: Question, total: int) -> None:
    import streamlit as st

    words = context.words
    answers: tuple[Action, Action] = (
        ("identifier", "not_identifier") if one.identifier else ("same", "different")
    )
    columns = st.columns([2, 2, 2, 4])
    for place, (action, shortcut) in enumerate(zip(answers, ("s", "d"), strict=True)):
        columns[place].button(
            words(f"authority.answer.{action}"),
            key=f"authority.{action}",
            shortcut=shortcut,
            type="secondary" if place else "primary",
            width="stretch",
            on_click=_decide,
            args=(context, one, action),
        )
    columns[2].button(
        words("authority.skip"),
        key="authority.skip",
        shortcut="p",
        width="stretch",
        on_click=_skip,
        args=(total,),
    )


def _decide(context: Context, one: Question, action: Action) -> None:
    """Keep an answer; that of an entry is about the left side alone."""
    import streamlit as st

    right = () if one.identifier else one.right.anchors
    decision = AuthorityDecision.make(
        action, context.reviewer, one.left.anchors, right, identifier=one.identifier
    )
    context.store.decide_authority(decision, one.key)
    st.session_state.pop(_CHOSEN, None)
    st.toast(context.words(f"authority.kept.{action}"))


def _skip(total: int) -> None:
    import streamlit as st

    st.session_state.pop(_CHOSEN, None)
    st.session_state[_SKIPPED] = (st.session_state.get(_SKIPPED, 0) + 1) % max(total, 1)


def _undo(context: Context) -> None:
    """Draw the button that takes one's own last answer back, where there is one."""
    import streamlit as st

    words = context.words
    last = context.store.last_authority_decision(context.reviewer)
    if last is None:
        return
    decision, question = last

    def take_back() -> None:
        undo = AuthorityDecision.make("undo", context.reviewer, undoes=decision.id)
        context.store.decide_authority(undo, question)
        st.toast(words("authority.undone"))

    st.button(
        words("authority.undo", answer=words(f"authority.answers.{decision.action}")),
        key="authority.undo",
        shortcut="u",
        on_click=take_back,
    )


def _rest(words: Words, found: list[Asked], current: Asked) -> None:
    """Draw what is asked next; a row opens its question."""
    import streamlit as st

    columns = [
        Column(words("authority.left"), is_head=True),
        Column(words("authority.right")),
        Column(words("authority.sure"), "end", width=8),
    ]
    rows = [
        [
            Cell(one_line(one.question.left.name), to=one.question.key),
            Cell(one_line(one.question.right.name)),
            Cell(words.percent(one.question.probability), tone="soft"),
        ]
        for one in found
        if one is not current
    ]
    if not rows:
        return
    st.subheader(words("authority.next"))
    pressed = table(words("authority.next"), columns, rows, key="authority.list", words=words.page("table"))
    if pressed.opened is not None:
        st.session_state[_CHOSEN] = pressed.opened
        st.rerun()


def _take_away(context: Context) -> None:
    """Draw the button that gives all answers as a file, and say how they come into effect."""
    import streamlit as st

    words = context.words
    made = context.store.authority_decisions()
    if made:
        st.download_button(
            words.several("authority.download", len(made)),
            "".join(one.to_json() + "\n" for one in made),
            "decisions-autorite.jsonl",
            "application/jsonl",
            key="authority.download",
            on_click="ignore",
        )
    st.caption(words("authority.effect"))

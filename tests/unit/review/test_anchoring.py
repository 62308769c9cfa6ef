"""Where spans stand after a correction of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.record import Box, Span
from extractor.review.anchoring import Correction, between, moved_through, reanchored

TEXT = "Paul Dup0nt gagne devant Yves L0rrain, troisième."


def moved(words: str, old: str, new: str, text: str = TEXT) -> str | None:
    """Return what a span of some words says after a correction."""
    start, at = text.index(words), text.index(old)
    span = Span(
        start=start, end=start + len(words), text=words, page=2, boxes=(Box(page=2, x=1, y=1, w=9, h=3),)
    )
    correction = Correction(at, at + len(old), old, new)
    after = correction.apply(text)
    found = reanchored(span, correction, after)
    if found is None:
        return None
    assert after[found.start : found.end] == found.text
    assert (found.page, found.boxes) == (span.page, span.boxes)
    return found.text


@pytest.mark.parametrize(
    ("words", "old", "new", "expected"),
    [
        ("Paul", "L0rrain", "Lorrain", "Paul"),  # before
        ("troisième", "L0rrain", "Lorrain de Metz", "troisième"),  # after
        ("Dup0nt", "0", "o", "Dupont"),  # contains it
        ("Dup0nt", "Dup0nt", "Dupont", "Dupont"),  # is it
        ("Dup0nt gagne", "Dup0nt", "Dupont de la Tour", "Dupont de la Tour gagne"),
        ("Dup0nt", "Paul Dup0nt gagne", "Paul Dupont gagne", "Dupont"),  # lies inside it
        ("Paul Dup0nt", "Dup0nt gagne", "Dupont gagnait", "Paul Dupont"),  # shares a part with it
        ("gagne devant", "Dup0nt gagne", "Dupont gagnait", "gagnait devant"),
        ("Dup0nt", "Dup0nt gagne", "Dupont gagne", "Dupont"),  # begins where it begins
        ("Dup0nt", "Paul Dup0nt gagne", "Zoé", None),  # nothing is left
        ("Dup0nt", "Dup0nt", "", None),
        ("Dup0nt", " Dup0nt", "", None),
        ("Dup0nt gagne", "Dup0nt ", "", "gagne"),
        ("Dup0nt gagne", " gagne", "", "Dup0nt"),
        ("Dup0nt", "Dup0nt", "  ", None),  # blanks are no words
        ("Yves", "Yves", " Yves ", "Yves"),
    ],
)
def test_a_span_finds_its_place_again(words: str, old: str, new: str, expected: str | None) -> None:
    assert moved(words, old, new) == expected


def test_letters_written_at_the_edge_of_a_word_belong_to_it() -> None:
    text = "upont bat Lorrai, hier"
    assert moved("upont", "", "D", text) == "Dupont"
    assert moved("Lorrai", ",", "n,", text) == "Lorrain"
    assert moved("bat", " Lorrai", " Yves Lorrain", text) == "bat"


def test_a_stretch_as_long_as_a_page_is_not_compared_letter_by_letter() -> None:
    text = "a" * 3000 + "Dupont" + "b" * 3000
    assert moved("Dupont", text, "tout autre", text) is None
    assert moved("aDupontb", "aDupontb", "x" * 5000, text) == "x" * 5000


def test_a_whole_text_corrected_at_once_keeps_every_word_in_its_place() -> None:
    text = " ".join(f"Le pilote n{n} finit {n}e." for n in range(300))
    new = text.replace("pilote n7 ", "pil0te n7 ").replace("n200 finit", "n200, dit-on, finit")
    assert moved("n7 finit", text, new, text) == "n7 finit"
    assert moved("pilote n7", text, new, text) == "pil0te n7"
    assert moved("n299", text, new, text) == "n299"
    assert moved("n200 finit", text, new, text) == "n200, dit-on, finit"


corrections = st.builds(
    lambda start, old, new: Correction(start, start + len(old), old, new),
    st.integers(0, 12),
    st.text("abc ", max_size=6),
    st.text("abc ", max_size=6),
)


@given(st.text("abc ", min_size=1, max_size=30), st.data())
def test_every_span_is_the_text_at_its_place_or_has_none(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    correction = Correction(first, last, text[first:last], data.draw(st.text("abc ", max_size=9)))
    after = correction.apply(text)
    found = reanchored(Span(start=start, end=end, text=text[start:end]), correction, after)
    if found is not None:
        assert after[found.start : found.end] == found.text
    if end < first or start > last:
        assert found is not None
        assert found.text == text[start:end]
    assert correction.inverse.apply(after) == text


@given(st.lists(corrections, max_size=4), st.lists(corrections, max_size=4))
def test_what_lies_between_two_texts_leads_from_one_to_the_other(
    a: list[Correction], b: list[Correction]
) -> None:
    start = Correction(0, 0, "", "x" * 60)
    text, one, other = start.new, [], []
    states = []
    for chosen, made in ((a, one), (b, other)):
        now = text
        for wish in chosen:
            correction = Correction(wish.start, wish.end, now[wish.start : wish.end], wish.new)
            if not correction.applies_to(now):
                continue
            made.append(correction)
            now = correction.apply(now)
        states.append(now)
    way = between(tuple(one), tuple(other))
    now = states[0]
    for correction in way:
        assert correction.applies_to(now)
        now = correction.apply(now)
    assert now == states[1]
    assert moved_through((), 3, 5) == (3, 5)

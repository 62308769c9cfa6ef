from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.corpus.markup import read_marks
from extractor.corpus.problems import MarkupError


def test_marks_leave_the_bare_text() -> None:
    marked = read_marks("Le [[pilote [[Écurie X|x]]|b~]] <a>gagne <b>devant</a> [[Roux|r]]</b>.")
    assert marked.text == "Le pilote Écurie X gagne devant Roux."
    assert [(marked.text[m.start : m.end], m.keys, m.form) for m in marked.marks] == [
        ("pilote Écurie X", ("b",), "nominal"),
        ("Écurie X", ("x",), "name"),
        ("Roux", ("r",), "name"),
    ]
    assert {k: [marked.text[a:b] for a, b in v] for k, v in marked.labels.items()} == {
        "a": ["gagne devant"],
        "b": ["devant Roux"],
    }


def test_one_span_may_name_two_and_a_label_may_come_twice() -> None:
    marked = read_marks("[[Roux|a+b]], <q>oui</q>, dit-il, <q>non</q> [[Bon|-]] [[ce dernier|a=]]")
    assert [mark.keys for mark in marked.marks] == [("a", "b"), (), ("a",)]
    assert len(marked.labels["q"]) == 2
    assert marked.marks[2].form == "pronoun"


def test_escaped_signs_are_text() -> None:
    assert read_marks(r"\[\[a\|b\]\] \<b> \\ | [12] < 3 <3").text == r"[[a|b]] <b> \ | [12] < 3 <3"


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("a\n[[Roux", "mark_not_closed", 2),
        ("Roux|a]]", "mark_not_opened", 1),
        ("[[Roux|A!]]", "bad_key", 1),
        ("[[|a]]", "empty_mark", 1),
        ("<a>x", "label_not_closed", 1),
        ("\n\nx</a>", "label_not_opened", 3),
        ("<a>x<a>y</a>", "label_opened_twice", 1),
        ("<a></a>", "empty_label", 1),
    ],
)
def test_a_bad_mark_is_named_with_its_line(source: str, code: str, line: int) -> None:
    with pytest.raises(MarkupError) as caught:
        read_marks(source)
    assert (caught.value.problem.code, caught.value.problem.line) == (code, line)


@given(st.text(alphabet="ab[]|<>\\/ \n~=+-é", max_size=60))
def test_anything_is_read_or_refused(source: str) -> None:
    try:
        marked = read_marks(source)
    except MarkupError:
        return
    assert all(0 <= m.start < m.end <= len(marked.text) for m in marked.marks)


@given(st.text(max_size=80))
def test_escaping_brings_any_text_back(text: str) -> None:
    escaped = "".join(f"\\{c}" if c in "[]<>|\\" else c for c in text)
    assert read_marks(escaped).text == text

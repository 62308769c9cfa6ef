from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.exports.html.segments import Cover, cut

LENGTH = 30


@st.composite
def covers(draw):
    start = draw(st.integers(0, LENGTH - 1))
    end = draw(st.integers(start + 1, LENGTH))
    return Cover(
        draw(st.sampled_from("abcd")), draw(st.sampled_from(("result", "quote", "driver"))), start, end
    )


@given(st.lists(covers(), max_size=12))
def test_segments_tile_the_text_and_know_what_covers_them(some):
    segments = list(cut(LENGTH, some))
    assert [s.start for s in segments] == [0, *(s.end for s in segments[:-1])]
    assert segments[-1].end == LENGTH
    for segment in segments:
        for position in range(segment.start, segment.end):
            assert set(segment.covers) == {c for c in some if c.start <= position < c.end}
        assert set(segment.opens) == {c for c in some if c.start == segment.start}
        lengths = [c.end - c.start for c in segment.covers]
        assert lengths == sorted(lengths)


def test_nested_and_overlapping():
    outer, inner, across = (
        Cover("q", "quote", 0, 10),
        Cover("r", "result", 3, 5),
        Cover("i", "incident", 4, 12),
    )
    shown = [(s.start, s.end, "".join(c.key for c in s.covers)) for s in cut(14, [outer, inner, across])]
    assert shown == [(0, 3, "q"), (3, 4, "rq"), (4, 5, "riq"), (5, 10, "iq"), (10, 12, "i"), (12, 14, "")]


def test_an_empty_text_has_no_segments():
    assert list(cut(0, [])) == []

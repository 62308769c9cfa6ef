"""Records of any text: emoji, combining and directional marks, every line end, controls, and spans anywhere."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from extractor.record import RaceRecord

_PIECES = st.sampled_from(
    [
        "Anna Martin", "Écurie Bleue", "« Je suis ravie »", "\r\n", "\n", "\r", "\n\n", "\r\n\r\n", "\n \t\n", "🏁", "👩🏽‍🚒",
        "e\u0301", "\u0300", "\u202e", "\u200f", "\u2066", "\x00", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff",
        "\ufffe", "\uffff", "\ufdd0", "<p>", "&amp;", "]]>", " ", "\xa0", "\t", "𝒜", "7e", "»", "'", '"',
    ]
)  # fmt: skip
TEXTS = (
    st.lists(
        _PIECES | st.text(st.characters(exclude_categories=("Cs",)), max_size=6), min_size=1, max_size=40
    )
    .map("".join)
    .filter(bool)
)


@st.composite
def spans(draw: st.DrawFn, text: str, *, pages: int = 0, **more: Any) -> dict[str, Any]:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, min(len(text), start + 60)))
    span = {"start": start, "end": end, "text": text[start:end], **more}
    if pages:
        span["page"] = draw(st.integers(1, pages))
        box = {"page": span["page"], "x": start * 7.5, "y": 20.0, "w": (end - start) * 7.5, "h": 12.25}
        span["boxes"] = draw(st.sampled_from([[], [box]]))
    return span


@st.composite
def records(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> RaceRecord:
    text = draw(texts)
    pages = draw(st.integers(0, 2))
    one = spans(text, pages=pages)
    several = st.lists(one, min_size=1, max_size=3)
    sure = st.floats(0, 1)

    def mentions() -> list[dict[str, Any]]:
        forms = st.sampled_from(["name", "nominal", "pronoun"])
        return [{**span, "form": draw(forms)} for span in draw(several)]

    def fact(**fields: Any) -> dict[str, Any]:
        return {"evidence": draw(several), "confidence": draw(sure), **fields}

    names = st.sampled_from(["Anna Martin", "Bob\x00Petit", "אנה", "<b>", "🏁"])
    half = len(text) // 2
    places = [{"page": n, "start": a, "end": b, "width": 2480.0, "height": 3508.5, "unit": "pixel", "image": f"p {n}.jpg"}
              for n, a, b in [(1, 0, half), (2, half, len(text))][:pages]]  # fmt: skip
    fields: dict[str, Any] = {
        "document": {
            "id": draw(st.sampled_from(["albi", "nogaro/1", "é è"])), "source": "albi.txt", "sha256": "ab" * 32,
            "title": draw(st.none() | st.just(text.split("\n")[0] or None)), "language": "fr", "text": text, "pages": places,
            "told": [{"field": "publisher", "value": draw(names), "evidence": draw(several)}],
        },
        "event": {"name": draw(st.none() | names), "venue": draw(st.none() | names), "evidence": draw(several)},
        "sessions": [{"id": "s1", "kind": "race", "label": draw(st.none() | names), "evidence": draw(several)}],
        "drivers": [{"id": f"d{n}", "name": draw(names), "mentions": mentions()} for n in (1, 2)],
        "teams": [{"id": "t1", "name": draw(names), "mentions": mentions()}],
        "entries": [fact(id="e1", drivers=["d1", "d2"], team="t1", number="7")],
        "results": [
            fact(id="r1", session="s1", kind="final", position=1, drivers=["d1"], entry="e1", time="PT25M12.345S"),
            fact(id="r2", session="s1", kind="grid", status="dnf", drivers=["d2"], gap={"laps": 2}),
        ],
        "incidents": [fact(id="i1", session="s1", type="spin", participants=[{"driver": "d1", "text": "elle"}], asserted_by="q1")],
        "quotes": [
            fact(id="q1", text="Ravie", speaker="d1", session="s1"),
            fact(id="q2", text="Ravie", speaker_name=draw(names), speaker_role="team", kind="indirect"),
        ],
        "findings": [{"code": "x", "severity": "warning", "message": draw(names), "about": ["d1"], "evidence": draw(several)}],
        "coverage": {"characters": len(text), "characters_read": 0, "skipped": [{**draw(one), "reason": "advert"}]},
    }  # fmt: skip
    return RaceRecord.model_validate(fields)

"""The colours of the document page can be read: contrast as WCAG 2.2 computes it, by day and by night."""

from __future__ import annotations

import re

import pytest

from extractor.ui.desk import component

KINDS = ("result", "incident", "entry", "session", "quote", "finding", "event")
TEXT = 4.5
SHAPE = 3.0


def colours(dark: bool) -> dict[str, str]:
    css = (component.HERE / "desk.css").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for selector in (r"\.desk", r"\.desk\.is-dark")[: 1 + dark]:
        block = re.search(rf"^{selector} {{(.*?)^}}", css, re.MULTILINE | re.DOTALL)
        assert block is not None
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block[1]))
    return found


def luminance(colour: str) -> float:
    shares = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "soft") for ground in ("paper", "sheet", "faint")),
    *(("ink", f"{kind}-tint", TEXT) for kind in KINDS),
    *((kind, ground, TEXT) for kind in KINDS for ground in (f"{kind}-tint", "paper")),
    ("lit-ink", "lit", TEXT),
    ("accent-ink", "accent", TEXT),
    ("good", "sheet", TEXT),
    ("bad", "sheet", TEXT),
    ("bad", "bad-tint", TEXT),
    ("ink", "bad-tint", TEXT),
    ("ink", "info-tint", TEXT),
    *((line, ground, SHAPE) for line in ("edge", "accent") for ground in ("paper", "sheet")),
    ("lit-line", "lit", SHAPE),
]


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_everything_can_be_read(dark: bool) -> None:
    known = colours(dark)
    poor = {
        f"{one} on {other}": round(contrast(known[one], known[other]), 2)
        for one, other, least in PAIRS
        if contrast(known[one], known[other]) < least
    }
    assert poor == {}


def test_the_measure_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)

"""The reliability diagram: what is said against what is true, a panel for each kind of fact, in SVG.

Murphy and Winkler, "Reliability of Subjective Probability Forecasts" (1977). Every bin is a mark, the larger
the more facts it holds, with the 95 % interval of its share of right facts; what keeps its word is on the
diagonal. As in the drawings of the corpus, everything is told in words as well, the reader's light or dark
theme is followed, and the colours are those of Okabe and Ito (2008); the marks differ in shape, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from extractor.neural.reliability import Bin, Reliability
from extractor.scoreboard.calibration import Calibration
from extractor.scoreboard.words import BoardWords

NAME = "calibration.svg"
_COLUMNS, _SIDE = 3, 170
_WIDE, _HIGH = 248, 262  # a panel with its margins
_LEFT, _TOP = 56, 44  # of the plot within its panel
_HEAD, _FOOT = 70, 14
_LEAST, _MOST = 2.0, 5.0  # radius of a mark
_COLOURS = ("#0072b2", "#d55e00", "#009e73")
_STYLE = """<style>
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 16px; font-weight: 600; }
  .name { font-weight: 600; }
  .axis, .hint { fill: #59636e; }
  .axis { font-size: 11px; }
  .paper { fill: #ffffff; }
  .plot { fill: none; stroke: #8c959f; }
  .ideal { stroke: #8c959f; stroke-dasharray: 4 3; }
  .interval { stroke-width: 1.5; }
  .mark { stroke: #ffffff; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .axis, .hint { fill: #9198a1; }
    .paper { fill: #0d1117; }
    .mark { stroke: #0d1117; }
  }
</style>"""


@dataclass(frozen=True, slots=True)
class Panel:
    """One square of the diagram.

    Attributes:
        name: What it shows.
        series: What is drawn in it, by name; where there are several, at most three, a legend names them.
    """

    name: str
    series: Mapping[str, Reliability]


def diagram(calibration: Calibration, lang: str = "fr") -> str:
    """Return the diagram of confidences, all facts first and then each kind, as an SVG file."""
    words = BoardWords(lang)
    total = words.of("calibration", "total")
    panels = [Panel(total, {"": calibration.total})]
    panels += [Panel(words.kind(kind), {"": found}) for kind, found in calibration.kinds.items()]
    return drawing(panels, lang)


def drawing(panels: Sequence[Panel], lang: str = "fr") -> str:
    """Return panels side by side, as an SVG file.

    Args:
        panels: What to show; those without facts are left out.
        lang: Language of the diagram's own words, ``fr`` or ``en``.
    """
    words = BoardWords(lang)
    title = words.of("calibration", "diagram")
    shown = [panel for panel in panels if any(found.count for found in panel.series.values())]
    names = list(dict.fromkeys(name for panel in shown for name in panel.series if name))
    told = "; ".join(_told(panel, words) for panel in shown)
    width = _WIDE * _COLUMNS + 16
    height = _HEAD + _HIGH * math.ceil(len(shown) / _COLUMNS) + _FOOT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="title desc" lang="{words.lang}">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(told)}</desc>',
        _STYLE,
        f'<rect class="paper" width="{width}" height="{height}" rx="6"/>',
        f'<text class="title" x="16" y="28">{escape(title)}</text>',
        f'<text class="hint" x="16" y="50">{escape(words.of("calibration", "ideal"))}</text>',
        *_legend(names, width),
    ]
    for place, panel in enumerate(shown):
        row, column = divmod(place, _COLUMNS)
        lines.append(f'<g transform="translate({column * _WIDE} {_HEAD + row * _HIGH})">')
        lines += _panel(panel, names, words)
        lines.append("</g>")
    return "\n".join([*lines, "</svg>\n"])


def _told(panel: Panel, words: BoardWords) -> str:
    return "; ".join(
        words.of("calibration", "told").format(
            name=" ".join(filter(None, (panel.name, name))),
            n=found.count,
            **{key: words.figure(getattr(found, key)) for key in ("said", "true", "ece")},
        )
        for name, found in panel.series.items()
        if found.count
    )


def _legend(names: list[str], width: int) -> Iterator[str]:
    for place, name in enumerate(reversed(names)):
        x, series = width - 24 - 110 * (place + 1), len(names) - place - 1
        yield _mark(x, 46, 5.0, series)
        yield f'<text x="{x + 12}" y="50">{escape(name)}</text>'


def _panel(panel: Panel, names: list[str], words: BoardWords) -> Iterator[str]:
    yield f'<text class="name" x="{_LEFT}" y="14">{escape(panel.name)}</text>'
    captions = [
        words.of("calibration", "caption").format(n=found.count, ece=words.figure(found.ece))
        for found in panel.series.values()
        if found.count
    ]
    caption = captions[0] if len(captions) == 1 else _errors(panel, words)
    yield f'<text class="axis" x="{_LEFT}" y="32">{escape(caption)}</text>'
    yield from _frame(words)
    for name, found in panel.series.items():
        most = max((one.count for one in found.bins), default=1)
        for one in found.bins:
            yield from _drawn(one, most, names.index(name) if name else 0, words)


def _errors(panel: Panel, words: BoardWords) -> str:
    return "ECE " + " → ".join(words.figure(found.ece) for found in panel.series.values() if found.count)


def _frame(words: BoardWords) -> Iterator[str]:
    bottom, right = _TOP + _SIDE, _LEFT + _SIDE
    yield f'<rect class="plot" x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}"/>'
    yield f'<line class="ideal" x1="{_LEFT}" y1="{bottom}" x2="{right}" y2="{_TOP}"/>'
    for share in (0.0, 0.5, 1.0):
        x, y = _at(share, share)
        label = words.figure(share)[:3]
        yield f'<text class="axis" x="{x:.1f}" y="{bottom + 15}" text-anchor="middle">{label}</text>'
        yield f'<text class="axis" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    middle, side = _LEFT + _SIDE / 2, _TOP + _SIDE / 2
    said, true = (escape(words.of("calibration", axis)) for axis in ("axis_said", "axis_true"))
    yield f'<text class="axis" x="{middle}" y="{bottom + 31}" text-anchor="middle">{said}</text>'
    turned = f'transform="rotate(-90 20 {side})"'
    yield f'<text class="axis" x="20" y="{side}" text-anchor="middle" {turned}>{true}</text>'


def _drawn(one: Bin, most: int, series: int, words: BoardWords) -> Iterator[str]:
    x, y = _at(one.said, one.true)
    low, high = (_at(one.said, end)[1] for end in one.interval)
    colour = _COLOURS[series % len(_COLOURS)]
    told = words.of("calibration", "mark").format(
        n=one.count,
        said=words.figure(one.said),
        true=words.figure(one.true),
        ends=words.interval(one.interval),
    )
    yield f"<g><title>{escape(told)}</title>"
    yield (
        f'<line class="interval" x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{high:.1f}" stroke="{colour}"/>'
    )
    # Area, not radius, goes with the number of facts.
    yield _mark(x, y, _LEAST + (_MOST - _LEAST) * math.sqrt(one.count / most), series) + "</g>"


def _mark(x: float, y: float, size: float, series: int) -> str:
    """Return a circle, a square or a lozenge."""
    colour = _COLOURS[series % len(_COLOURS)]
    if series % 3 == 0:
        return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{colour}"/>'
    half = size * 0.886  # a square of the circle's area
    turned = f' transform="rotate(45 {x:.1f} {y:.1f})"' if series % 3 == 2 else ""
    return (
        f'<rect class="mark" x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:.1f}" '
        f'height="{2 * half:.1f}" fill="{colour}"{turned}/>'
    )


def _at(said: float, true: float) -> tuple[float, float]:
    return _LEFT + said * _SIDE, _TOP + (1.0 - true) * _SIDE

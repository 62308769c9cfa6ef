"""The figures of the corpus as drawings: horizontal bars in SVG, one colour for each split.

The drawings say in words what they show (``title`` and ``desc``), write every value beside its bar, follow
the reader's light or dark theme, and hold nothing but text and rectangles. The colours are those of Okabe and
Ito (2008), which readers with any kind of colour vision can tell apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from extractor.corpus.metadata import SPLITS, Split
from extractor.corpus.statistics.counts import BySplit, Slice, Statistics

_WIDTH, _LABELS, _BARS, _ROW, _BAR = 760, 190, 490, 24, 16
_HEAD, _FOOT = 74, 14
_COLOURS: Mapping[Split, str] = {"train": "#0072b2", "dev": "#56b4e9", "test": "#e69f00", "far": "#d55e00"}
_STYLE = """<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 16px; font-weight: 600; }
  .paper { fill: #ffffff; }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .paper { fill: #0d1117; } }
</style>"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing to be made.

    Attributes:
        name: Name of its file, without ending.
        title: What it shows.
        rows: Label and figures by split of every bar, from top to bottom.
    """

    name: str
    title: str
    rows: Mapping[str, BySplit]

    @property
    def told(self) -> str:
        """The drawing in words, for those who do not see it."""
        return "; ".join(f"{label} {sum(found.values()):,}" for label, found in self.rows.items())


def figures(statistics: Statistics) -> list[Figure]:
    """Return what is drawn of a corpus."""
    return [
        Figure("disciplines", "Reports by discipline", _documents(statistics.slices["discipline"])),
        Figure("eras", "Reports by decade of the race told", _documents(statistics.slices["era"])),
        Figure("styles", "Reports by house style", _documents(statistics.slices["style"])),
        Figure("lengths", "Reports by length in words", statistics.lengths),
        Figure("facts", "Facts by kind", _general(statistics.facts)),
    ]


def _documents(parts: tuple[Slice, ...]) -> dict[str, BySplit]:
    return {part.value: part.documents for part in parts}


def _general(facts: Mapping[str, BySplit]) -> dict[str, BySplit]:
    """Return facts by kind, results apart by their kinds, all else together."""
    found: dict[str, dict[Split, int]] = {}
    for name, by_split in facts.items():
        general, _, special = name.partition(".")
        row = found.setdefault(f"{general}: {special}" if general == "results" else general, {})
        for split, number in by_split.items():
            row[split] = row.get(split, 0) + number
    return {name: row for name, row in found.items() if name not in ("mentions", "findings")}


def drawing(figure: Figure) -> str:
    """Return a drawing as an SVG file."""
    height = _HEAD + _ROW * len(figure.rows) + _FOOT
    longest = max((sum(found.values()) for found in figure.rows.values()), default=0) or 1
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
        f'height="{height}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(figure.title)}</title>',
        f'<desc id="desc">{escape(figure.told)}</desc>',
        _STYLE,
        f'<rect class="paper" width="{_WIDTH}" height="{height}" rx="6"/>',
        f'<text class="title" x="16" y="28">{escape(figure.title)}</text>',
        *_legend(),
    ]
    for place, (label, found) in enumerate(figure.rows.items()):
        lines += _bar(label, found, _HEAD + place * _ROW, _BARS / longest)
    return "\n".join([*lines, "</svg>\n"])


def _legend() -> list[str]:
    lines = []
    for place, split in enumerate(SPLITS):
        x = 16 + place * 80
        lines.append(f'<rect x="{x}" y="43" width="12" height="12" rx="2" fill="{_COLOURS[split]}"/>')
        lines.append(f'<text x="{x + 18}" y="54">{split}</text>')
    return lines


def _bar(label: str, found: BySplit, top: int, scale: float) -> list[str]:
    line = top + _BAR - 3
    lines = [
        f'<text x="{_LABELS - 10}" y="{line}" text-anchor="end">{escape(label.replace("_", " "))}</text>'
    ]
    x = float(_LABELS)
    for split in SPLITS:
        width = found.get(split, 0) * scale
        if width:
            lines.append(
                f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="{_COLOURS[split]}">'
                f"<title>{escape(label)}, {split}: {found[split]:,}</title></rect>"
            )
        x += width
    return [*lines, f'<text x="{x + 6:.1f}" y="{line}">{sum(found.values()):,}</text>']

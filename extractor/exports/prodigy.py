"""Records for Prodigy: JSON Lines of tasks with text, tokens, spans and relations.

Settings: ``view`` says for which of the tool's interfaces, since two of the three cannot show spans that
overlap:

=========== ============================ ========================================================
view        recipe                       what is there
=========== ============================ ========================================================
spans       ``spans.manual`` (default)   everything, but for links, which this interface has not
ner         ``ner.manual``               mentions of drivers and teams
relations   ``rel.manual``               these, and who is who
=========== ============================ ========================================================

Offsets count code points. ``token_end`` is the last token of a span; a relation names the last token of each.

Source: https://prodi.gy/docs/api-interfaces.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, cast

from extractor.exports.annotation.marking import task_of
from extractor.exports.annotation.scheme import View
from extractor.exports.annotation.task import Region, Task
from extractor.exports.formats import ExportOptions
from extractor.record import RaceRecord

VIEW: Final = "view"
VIEWS: Final = ("spans", "ner", "relations")
VIEW_IDS: Final[dict[str, View]] = {
    "spans_manual": "spans",
    "spans": "spans",
    "ner_manual": "ner",
    "ner": "ner",
    "relations": "relations",
}
"""The tool's own names of its interfaces, as it writes them into what was annotated."""
_TOKEN = re.compile(r"\w+|[^\w\s]|[^\S ]+| +")


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write one task a line into the file ``out`` and return how many."""
    view = cast("View", options.settings.get(VIEW, VIEWS[0]))
    count = 0
    with out.open("w", encoding="utf-8", newline="\n") as stream:
        for count, record in enumerate(records, 1):  # noqa: B007 - it is returned
            stream.write(json.dumps(task(record, view)) + "\n")
    return count


def task(record: RaceRecord, view: View = "spans") -> dict[str, Any]:
    """Return the task of a record for one of the tool's interfaces."""
    shown = task_of(record, view)
    cut = tokens(shown.text, shown.regions)
    firsts, lasts = [token["start"] for token in cut], [token["end"] for token in cut]
    spans = {r.id: _span(r, bisect_left(firsts, r.start), bisect_left(lasts, r.end)) for r in shown.regions}
    found: dict[str, Any] = {"text": shown.text, "tokens": cut, "spans": list(spans.values())}
    if view == "relations":
        found["relations"] = list(_relations(shown, spans))
    meta = {"document": shown.document}
    return {
        **found,
        "meta": meta if shown.source is None else {**meta, "source": shown.source},
        **shown.told(),
    }


def _span(region: Region, first: int, last: int) -> dict[str, Any]:
    return {
        "start": region.start,
        "end": region.end,
        "token_start": first,
        "token_end": last,
        "label": region.label,
        "text": region.text,
    }


def _relations(shown: Task, spans: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for link in shown.links:
        head, child = spans[link.head], spans[link.tail]
        yield {
            "head": head["token_end"],
            "child": child["token_end"],
            "head_span": head,
            "child_span": child,
            "label": link.label,
        }


def tokens(text: str, regions: Sequence[Region] = ()) -> list[dict[str, Any]]:
    """Return a text's tokens as the tool wants them.

    A word, a sign, or white space other than a single space behind a token (``ws``). Where a span begins or
    ends within a word, the word is two tokens, so that every span can be shown and drawn again.
    """
    starts, ends = {r.start for r in regions}, {r.end for r in regions}
    found: list[dict[str, Any]] = []
    for start, end in _pieces(text, starts | ends):
        piece = text[start:end]
        in_a_span_alone = start in starts or end in ends
        if piece == " " and found and not found[-1]["ws"] and not in_a_span_alone:
            found[-1]["ws"] = True
        else:
            found.append({"text": piece, "start": start, "end": end, "id": len(found), "ws": False})
    return found


def _pieces(text: str, edges: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the tokens' places, cut at the edges."""
    cuts = sorted(edges)
    for token in _TOKEN.finditer(text):
        start, stop = token.span()
        for cut in cuts[bisect_left(cuts, start + 1) : bisect_left(cuts, stop)]:
            yield start, cut
            start = cut
        yield start, stop

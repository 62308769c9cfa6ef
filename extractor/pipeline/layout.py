"""Layout: the text as blocks (title, chapô, headings, lists, quotes, boilerplate) and sentences.

Assigns ``doc._.layout``. Works on lines and offsets alone; nothing is edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import quantiles

from spacy.language import Language
from spacy.tokens import Doc

from extractor.lexicon.fold import fold
from extractor.lexicon.words import table, word_set
from extractor.pipeline.annotations import Block, BlockKind, Layout, Sentence
from extractor.pipeline.reading import NOTHING, PassedOver, read
from extractor.pipeline.tokens import Tokens
from extractor.pipeline.tongues import not_french

_ABBREVIATIONS = word_set("grammar_words", "abbreviations")
_ROW = re.compile(r"\d{1,3}[.)]?\s+[A-ZÀ-Þ#]")  # rows that begin with a number
_UNITS = word_set("grammar_words", "units")

Line = tuple[int, int]  # start and end offset, without surrounding blanks

_BULLET = re.compile(r"[-–—•*▪●◦►>·]\s+\S|[•▪●◦►]")
_RANK = re.compile(
    r"(?:\(?\d{1,3}\s*(?:[.)\-–:/]|ers?\b|nde?\b|[èe]?m?e\b)\s*\.?\s*[-–:.]?\s*)(?=[^\W\d_]|#|n°|\d)",
    re.IGNORECASE,
)
_RANKS_INSIDE = re.compile(
    r"(?:^|[\s;:,(–-])(\d{1,3})\s*(?:[.)]|ers?\b|[èe]m?e\b|nde?\b|\s?[-–:]\s)\s*[-–:]?\s*(?=[A-ZÀ-Þ])"
)
_LABELLED = re.compile(
    r"[A-ZÀ-Þ\d][^:.;!?\n]{0,40}(?:\d\.\d{3}[^:.;!?\n]{0,12})?:\s*1\s?(?:[.)]|er\b|ère\b|[-–:])\s*[-–:.]?\s*(?=\W{0,3}[A-ZÀ-Þ])"
)
_RANKS_BARE = re.compile(r"(?:^|\s)(\d{1,2})\s+(?=[A-ZÀ-Þ][\w'’-]+)")
_QUOTE_OPEN = re.compile(r"[«“\"„]")
_TERMINAL = (".", "!", "?", "…", "»", "”", '"', ":", ";")
_LONGEST_SENTENCE = 300  # tokens: text without full stops is cut at a pause, so that reading stays linear
_PAUSES = frozenset(";|,")
_SPLIT_AFTER = frozenset(".!?…")
_CLOSERS = frozenset("»”\")’'")
_BARE_RANK = re.compile(r"(\d{1,2})\s+(?:\d{1,3}\.?\s+)?(?=[A-ZÀ-Þ#])")  # a car's number may stand between
_OPEN_END = re.compile(r"(?:[^\W\d_]-|,|\s(?:et|de|du|des|à|au|aux|sur|avec|par|en|dans|pour|la|le|les))$")
_MAX_HEADING = 110
_MAX_STEP = 2  # between the ranks of neighbours: a place or two may be left out


@Language.factory("parcferme_layout", assigns=["doc._.layout"])
def make_layout(nlp: Language, name: str) -> Layouter:  # noqa: ARG001
    """Create the component."""
    return Layouter()


class Layouter:
    """Finds blocks and sentences."""

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``doc._.layout``."""
        doc._.layout = lay_out(
            doc.user_data.get("text") or doc.text,  # doc.text is put together anew each time
            doc.user_data.get("passed_over", NOTHING),
        )
        return doc


def lay_out(text: str, passed: PassedOver = NOTHING) -> Layout:
    """Return the layout of a text, and of what is passed over, or not in French, nothing."""
    foreign = not_french(text, passed.skipped)
    if foreign.stretches:
        passed = passed._replace(skipped=(*passed.skipped, *foreign.stretches))
    layout = Layout(read(text, passed), foreign=foreign)
    text = layout.tokens.source
    lines = list(_lines(text))
    groups = _join_wrapped(text, lines)
    seen: set[str] = set()
    for start, end in groups:
        first, last = layout.tokens.at_or_after(start), layout.tokens.at_or_after(end)
        if first == last:
            continue
        kind = _kind(text[start:end])
        key = fold(text[start:end])
        if kind == "paragraph" and len(key) > 60 and key in seen:
            kind = "boilerplate"  # a chapô or caption printed twice
        seen.add(key)
        layout.blocks.append(Block(kind, start, end, first, last))
    _settle_bare_ranks(layout, text)
    _settle_title(layout)
    for index, block in enumerate(layout.blocks):
        if block.kind != "boilerplate":
            layout.sentences += (Sentence(a, b, index) for a, b in _sentences(layout.tokens, block))
    return layout


def _lines(text: str) -> Iterator[Line | None]:
    """Yield each non-blank line, and ``None`` for each blank one."""
    position = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = position + len(line) - len(line.lstrip())
            yield start, start + len(body)
        else:
            yield None
        position += len(line)


def _join_wrapped(text: str, lines: list[Line | None]) -> list[Line]:
    """Return the blocks: single lines, or runs of lines that a typist or OCR wrapped."""
    width = _wrap_width(text, lines)
    groups: list[Line] = []
    previous: Line | None = None
    for line in lines:
        if line is None:
            previous = None
            continue
        if previous is not None and (
            _continues(text, previous, line, width) if width else _goes_on(text, previous, line)
        ):
            groups[-1] = (groups[-1][0], line[1])
        else:
            groups.append(line)
        previous = line
    return groups


def _goes_on(text: str, previous: Line, line: Line) -> bool:
    """Tell whether a line goes on with a short one: a bracket, a small letter, half a word or a phrase."""
    if text[previous[1] - 1] in _TERMINAL or _BULLET.match(text, line[0]) or _RANK.match(text, line[0]):
        return False
    return text[line[0]] == "(" or _runs_on(text, line[0]) or bool(_OPEN_END.search(text, *previous))


def _wrap_width(text: str, lines: list[Line | None]) -> int:
    """Return the width at which lines are wrapped, or 0 where they are not."""
    pairs = [(a, b) for a, b in pairwise(lines) if a is not None and b is not None]
    if len(pairs) < 2:
        return 0
    wrapped = [a for a, b in pairs if _runs_on(text, b[0]) or text[a[1] - 1] not in _TERMINAL]
    flowing = sum(_runs_on(text, b[0]) for _, b in pairs) or _flowing_capitals(text, pairs)
    if flowing < 2 or flowing * 5 < len(pairs):
        return 0
    lengths = sorted(a[1] - a[0] for a in wrapped)
    width = int(quantiles(lengths, n=10)[-1]) if len(lengths) > 1 else lengths[0]
    return width if 20 <= width <= 180 else 0


def _runs_on(text: str, start: int) -> bool:
    """Tell whether a line begins in the middle of a sentence, by its small letter; "n° 15" does not."""
    return text[start].islower() and not text.startswith(("n°", "nº"), start)


def _flowing_capitals(text: str, pairs: list[tuple[Line, Line]]) -> int:
    """Return how many lines of a text all in capitals run on into the next: long, not ended."""
    letters = [c for c in text if c.isalpha()]
    if sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return 0
    longest = max(end - start for (start, end), _ in pairs)
    return sum(
        end - start > 0.75 * longest and text[end - 1] not in _TERMINAL
        for (start, end), _ in pairs
        if longest > 50
    )


def _continues(text: str, previous: Line, line: Line, width: int) -> bool:
    """Tell whether ``line`` goes on with the sentence of ``previous``."""
    body = text[line[0] : line[1]]
    if _BULLET.match(body) or _RANK.match(body):
        return False
    length = previous[1] - previous[0]
    ended = text[previous[1] - 1] in _TERMINAL
    if _runs_on(text, line[0]):
        return True
    if _ROW.match(body) and _ROW.match(text, previous[0], previous[1]):
        return False
    if ended:
        return length > 0.7 * width and text[previous[1] - 1] not in ":;"
    return length > 0.6 * width


def _kind(body: str) -> BlockKind:
    if _is_boilerplate(body):
        return "boilerplate"
    if "|" in body or "\t" in body:
        return "table"
    ranks = _RANKS_INSIDE.findall(body)
    if len(ranks) >= 3 and _climbing(ranks):
        return "list"
    if _counts_up(_RANKS_BARE.findall(body)) or _LABELLED.match(body):
        return "list"
    if _RANK.match(body) and len(body) < 200 and body[0] != "–":
        return "list"
    bullet = _BULLET.match(body)
    if bullet:
        return "list" if _RANK.match(body[bullet.end() - 1 :].lstrip()) and len(body) < 200 else "bullet"
    if _QUOTE_OPEN.match(body):
        return "quote"
    if len(body) <= _MAX_HEADING and _looks_like_heading(body):
        return "heading"
    return "paragraph"


def _counts_up(ranks: list[str]) -> bool:
    """Tell whether bare numbers count up from one: "1 Lindqvist 2 Rochefort 3 Ollivier"."""
    numbers = [int(rank) for rank in ranks]
    return (
        len(numbers) >= 3
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] <= 4
    )


def _climbing(ranks: list[str]) -> bool:
    numbers = [int(rank) for rank in ranks]
    rising = sum(b > a for a, b in pairwise(numbers))
    return rising >= len(numbers) // 2


def _looks_like_heading(body: str) -> bool:
    if body[-1] in ".,;…" or body[0].islower():
        return False
    letters = [c for c in body if c.isalpha()]
    if not letters:
        return False
    return body[-1] != '"' and "«" not in body and "“" not in body


def _is_boilerplate(body: str) -> bool:
    words = table("boilerplate")
    key = " ".join(fold(body).strip(" .:!>*-–[]|").split())
    if key in _folded("line") or not any(c.isalnum() for c in key):
        return True
    if len(body) < 140 and key.startswith(_starts()):
        return True
    return len(body) < 200 and any(fold(word) in key for word in words["contain"]["words"])


def _folded(part: str) -> frozenset[str]:
    if part not in _FOLDED:
        _FOLDED[part] = frozenset(fold(word) for word in table("boilerplate")[part]["words"])
    return _FOLDED[part]


def _starts() -> tuple[str, ...]:
    return tuple(_folded("start"))


_FOLDED: dict[str, frozenset[str]] = {}


def _settle_bare_ranks(layout: Layout, text: str) -> None:
    """Call lines that begin with nothing but a climbing number a list: "1 X", "2 Y", "3 Z"."""
    run: list[Block] = []
    last = 0
    for block in [*layout.blocks, None]:
        match = _BARE_RANK.match(text, block.start, block.end) if block is not None else None
        value = int(match.group(1)) if match else 0
        if (
            block is not None
            and block.kind in ("heading", "paragraph")
            and run
            and last < value <= last + _MAX_STEP
        ):
            run.append(block)
        else:
            if len(run) >= 3:
                for ranked in run:
                    ranked.kind = "list"
            starts = block is not None and block.kind in ("heading", "paragraph") and value == 1
            run = [block] if starts and block is not None else []
        last = value


def _settle_title(layout: Layout) -> None:
    """Call the first heading a title, and a first paragraph set apart from what follows a lead."""
    for block in layout.blocks:
        if block.kind == "boilerplate":
            continue
        if block.kind == "heading":
            block.kind = "title"
        return


def _sentences(tokens: Tokens, block: Block) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a block as token ranges."""
    first = block.first
    i = first
    formal = block.kind in ("list", "table")
    depth = 0  # brackets that are open in an item of a list
    while i < block.last:
        depth = max(0, depth + (tokens.text[i] in "([") - (tokens.text[i] in ")]")) if formal else 0
        if not depth and (tokens.text[i] in _SPLIT_AFTER or tokens.text[i] == "..."):
            end = i + 1
            while end < block.last and tokens.text[end] in _CLOSERS:
                end += 1
            if end >= block.last or _begins_sentence(tokens, block, i, end):
                yield first, end
                first = end
            i = max(end, i + 1)
        elif i - first >= _LONGEST_SENTENCE and (
            tokens.text[i] in _PAUSES or i - first >= 2 * _LONGEST_SENTENCE
        ):
            yield first, i + 1
            first = i = i + 1
        else:
            i += 1
    if first < block.last:
        yield first, block.last


def _begins_sentence(tokens: Tokens, block: Block, stop: int, following: int) -> bool:
    """Tell whether a sentence begins at ``following`` after the mark at ``stop``."""
    if tokens.end[following - 1] == tokens.start[following] and tokens.shape[following] not in "CU":
        return False
    if tokens.text[following] in "–—-" and (
        block.kind == "list" or tokens.text[following + 1 : following + 2] == ["1"]
    ):
        return False  # "1.500 cmc. – 1. X"
    if tokens.text[stop] == ".":
        before = stop - 1
        if tokens.shape[before] == "I" or tokens.norm[before] in _ABBREVIATIONS:
            return False
        if (
            tokens.shape[before] == "d"
            and tokens.glued(stop)
            and (
                before == block.first
                or block.kind in ("list", "table")
                or (tokens.text[before].isdecimal() and tokens.text[before - 1] in ";,:-–(•*|")
            )
        ):
            return False  # an ordinal in a list: "1. X"
        if tokens.norm[before] in _UNITS and tokens.shape[following] == "d":
            return False  # "6 m. 12 s. 2/5"
    return tokens.shape[following] in "CUIde" or tokens.text[following] in '«“"„–-‘('

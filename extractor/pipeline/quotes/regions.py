"""From single marks to stretches of text in marks, closed or not."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.pipeline.quotes.marks import Mark
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.vocabulary import terms

_LONGEST = 3000  # characters of speech that may lie between two marks of different paragraphs
_CANDIDATES_SINGLE = 800


@dataclass(slots=True)
class Region:
    """Text in quote marks.

    Attributes:
        start: Offset behind the opening mark; -1 where that mark is missing.
        end: Offset of the closing mark.
        left: Offset of the opening mark.
        right: Offset behind the closing mark.
        block: The block in which it begins.
        closed: Whether the author closed it.
        reopened: Whether its opening mark only repeats that of the paragraph before.
        broken: Whether the next opening mark cut it short.
        family: The family of its marks.
    """

    start: int
    end: int
    left: int
    right: int
    block: int
    closed: bool = True
    reopened: bool = False
    broken: bool = False
    family: str = "G"


def pair(page: Page, marks: list[Mark]) -> list[Region]:
    """Return the regions between marks, in reading order; time and memory are linear in the marks."""
    return _Pairing(page, marks).run()


class _Pairing:
    """One pass over the marks with a single region open at a time."""

    def __init__(self, page: Page, marks: list[Mark]) -> None:
        self.page = page
        self.source = page.source
        placed = [(mark, page.block_at(mark.start)) for mark in marks]
        placed = [(m, b) for m, b in placed if b >= 0 and page.blocks[b].kind != "boilerplate"]
        self.marks = [m for m, _ in placed]
        self.block = [b for _, b in placed]
        self.following = self._following()
        self.regions: list[Region] = []
        self.open = -1
        self.closer = ")"
        self.reopened = False
        self.inner = ""

    def _following(self) -> dict[str, list[int]]:
        """Return for each family and each mark the next mark of that family, or -1."""
        out: dict[str, list[int]] = {}
        for family in {mark.family for mark in self.marks}:
            after, column = -1, [-1] * len(self.marks)
            for i in range(len(self.marks) - 1, -1, -1):
                column[i] = after
                if self.marks[i].family == family:
                    after = i
            out[family] = column
        return out

    def run(self) -> list[Region]:
        for i in range(len(self.marks)):
            if self.open >= 0 and self._beyond(i):
                self._end_with_paragraph(i)
            if self.open < 0:
                self._start(i)
            else:
                self._inside(i)
        if self.open >= 0:
            self._end_with_paragraph(len(self.marks))
        return self.regions

    # -- outside

    def _start(self, i: int) -> None:
        mark = self.marks[i]
        if mark.family == "Q":
            if mark.way == "(" and self._single_partner(i):
                self._open(i)
            return
        if mark.doubtful and mark.look != "(":
            return
        if mark.way == ")":
            if self._reversed(i):
                self._open(i, closer="(")
            elif mark.look != "(":
                self._unopened(i)
            elif self._next(i, mark.family) >= 0:
                self._open(i)
            return
        if mark.look == ")" and self._line_end(mark.end):
            self._unopened(i)
            return
        self._open(i)

    def _open(self, i: int, closer: str = ")", reopened: bool = False) -> None:
        self.open, self.closer, self.reopened, self.inner = i, closer, reopened, ""

    def _unopened(self, i: int) -> None:
        mark = self.marks[i]
        self.regions.append(Region(-1, mark.start, -1, mark.end, self.block[i], family=mark.family))

    def _reversed(self, i: int) -> bool:
        """Tell whether a closing mark opens: "» Oui «"."""
        mark = self.marks[i]
        k = self._next(i, mark.family)
        if k < 0 or self.marks[k].way != "(" or mark.family not in "Gg":
            return False
        before = self.source[max(0, mark.start - 3) : mark.start].rstrip(" \u00a0\u202f")
        if not before or before[-1] in ":\n\r(":
            return True
        return mark.look == "(" and self.marks[k].look == ")"

    def _single_partner(self, i: int) -> bool:
        k = self._next(i, "Q")
        if k < 0 or self.marks[k].way != ")":
            return False
        return self.marks[k].start - self.marks[i].start < _CANDIDATES_SINGLE

    # -- inside

    def _beyond(self, i: int) -> bool:
        """Tell whether the open region ended with its paragraph, before mark ``i``."""
        paragraph, start = self.page.paragraph, self.open
        if paragraph[self.block[i]] == paragraph[self.block[start]]:
            return False
        mark, opening = self.marks[i], self.marks[start]
        if mark.family != opening.family or mark.way == "(" or opening.family == "Q":
            return True
        if (
            self._line_start(i)
            or mark.start - opening.end > _LONGEST
            or (mark.way == "?" and mark.look == "(")
        ):
            return True
        return self._said(self.block[start]) or self._breaks(self.block[start] + 1, self.block[i])

    def _said(self, b: int) -> bool:
        """Tell whether a paragraph ends by naming the speaker and its speech is over: "..., a dit X."."""
        page = self.page
        last = page.tokens.at_or_after(page.paragraph_end[b])
        tail = page.norm[max(page.blocks[b].first, last - 9) : last]
        said = [t.start for t in terms(tail, "verb")]
        return bool(said) and "," in tail[max(0, said[-1] - 3) : said[-1]]

    def _breaks(self, first: int, last: int) -> bool:
        """Tell whether a heading or another speaker's line lies in a range of blocks."""
        for b in range(first, last + 1):
            if self.page.paragraph[b] == self.page.paragraph[b - 1]:
                continue
            kind = self.page.blocks[b].kind
            if kind in ("heading", "title", "list", "table") and b < last:
                return True
            if self.page.speaker_colon(b) >= 0:
                return True
        return False

    def _end_with_paragraph(self, i: int) -> None:
        """Close what the author did not; open again where the next paragraph begins with a mark."""
        opening = self.marks[self.open]
        end = self.page.paragraph_end[self.block[self.open]]
        self._close(end, end, closed=False)
        if i < len(self.marks) and self._reopens(i, opening):
            self._open(i, reopened=True)

    def _reopens(self, i: int, opening: Mark) -> bool:
        mark, page = self.marks[i], self.page
        if mark.family != opening.family or not self._line_start(i) or mark.family == "Q":
            return False
        between = self.regions[-1].block
        step = page.paragraph[self.block[i]] - page.paragraph[between]
        return step <= 1 or all(
            page.blocks[b].kind == "boilerplate"
            for b in range(max(between + 1, self.block[i] - 3), self.block[i])
        )

    def _inside(self, i: int) -> None:
        mark, opening = self.marks[i], self.marks[self.open]
        if i == self.open:
            return
        if self.inner:
            if mark.family == self.inner and mark.way != "(":
                self.inner = ""
                return
            if mark.family != opening.family:
                return
        if mark.family == opening.family:
            self._same_family(i)
        elif mark.family == "Q" or opening.family == "Q":
            if mark.way == "(" and mark.family == "Q" and self._single_partner(i):
                self.inner = "Q"
        elif mark.way == "(" or (mark.way == "?" and self._next(i, mark.family) >= 0):
            self.inner = mark.family
        elif mark.way != "(" and not mark.doubtful and self._no_proper_close(i, opening.family):
            self._close(mark.start, mark.end)

    def _same_family(self, i: int) -> None:
        mark = self.marks[i]
        if self.closer == "(" or mark.way != "(":
            if self.closer == "(" and mark.way != "(":
                return
            if mark.doubtful and self._seconds(i):
                return
            if self._repeated(i):
                self._close(self.source.rindex("\n", 0, mark.start), mark.start, closed=False)
                self._open(i, reopened=True)
                return
            self._close(mark.start, mark.end)
            return
        k = self._next(i, mark.family)
        again = self._next(k, mark.family) if k >= 0 else -1
        if again >= 0 and self.marks[k].way == ")" and self.marks[again].way == ")":
            self.inner = mark.family
        elif self._line_start(i):
            self._close(mark.start, mark.start, closed=False)
            self._open(i, reopened=True)
        else:
            self._close(mark.start, mark.start, closed=False)
            self.regions[-1].broken = True
            self._open(i)

    def _seconds(self, i: int) -> bool:
        """Tell whether a mark behind a digit means seconds: another one closes the speech."""
        k = self._next(i, self.marks[i].family)
        return k >= 0 and self.marks[k].way != "("

    def _repeated(self, i: int) -> bool:
        """Tell whether a closing mark only begins another line of a long speech, as old printers had it."""
        mark = self.marks[i]
        if mark.family not in "GD" or not self._line_start(i) or self._line_end(mark.end):
            return False
        k = self._next(i, mark.family)
        return k >= 0 and self.marks[k].way == ")"

    def _no_proper_close(self, i: int, family: str) -> bool:
        k = self._next(i, family)
        return k < 0 or self.marks[k].way == "("

    def _close(self, end: int, right: int, closed: bool = True) -> None:
        opening = self.marks[self.open]
        self.regions.append(
            Region(
                opening.end,
                end,
                opening.start,
                right,
                self.block[self.open],
                closed,
                self.reopened,
                family=opening.family,
            )
        )
        self.open = -1

    # -- neighbours

    def _next(self, i: int, family: str) -> int:
        """Return the next mark of a family in the same paragraph, or -1."""
        column = self.following.get(family)
        k = column[i] if column is not None else -1
        if k >= 0 and self.page.paragraph[self.block[k]] == self.page.paragraph[self.block[i]]:
            return k
        return -1

    def _line_start(self, i: int) -> bool:
        start = self.marks[i].start
        before = self.source[max(0, start - 4) : start]
        newline = before.rfind("\n")
        return (newline >= 0 or start < 4) and not before[newline + 1 :].strip()

    def _line_end(self, end: int) -> bool:
        return not self.source[end : end + 3].split("\n")[0].strip(" \u00a0\u202f\r.")

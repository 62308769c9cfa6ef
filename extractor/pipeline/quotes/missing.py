"""Speech whose opening mark is missing."""

from __future__ import annotations

from extractor.pipeline.quotes.context import words_after
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.regions import Region
from extractor.pipeline.quotes.vocabulary import STOPS, speaks

_LONGEST = 400  # tokens of speech without an opening mark


def supply_opening(page: Page, region: Region, before: Region | None, before_speaks: bool) -> bool:
    """Set the start of speech that only has a closing mark; return whether one was found.

    It begins behind "X (Team) :", behind the narrator's words after the speech before, or with the paragraph.
    """
    last = page.token_after(region.end)
    block = region.block
    while block > 0 and page.paragraph[block - 1] == page.paragraph[block] and region.block - block < 40:
        block -= 1
    if last - page.blocks[block].first > _LONGEST:
        return False
    behind = before is not None and before.right > page.blocks[block].start
    if behind and before is not None:
        start = _behind(page, before, last) if before_speaks else -1
    else:
        colon = page.speaker_colon(block)
        start = colon + 1 if colon >= 0 else page.blocks[block].first
    if start < 0 or start >= last:
        return False
    stopped = page.text[last - 1] in STOPS
    after = words_after(page, region.right, region.block, stopped)
    if not speaks(page.norm[start:last]) and not (
        after is not None and after.strong and after.route == "verb"
    ):
        return behind and _at_line_end(page, region) and _set(page, region, start)
    return _set(page, region, start)


def _behind(page: Page, before: Region, last: int) -> int:
    """Return the token behind the narrator's sentence that follows a region, or -1."""
    after = words_after(page, before.right, before.block, False)
    if after is None or after.route != "verb":
        return -1
    stop = next((i for i in range(after.end, min(last, after.end + 30)) if page.text[i] in STOPS), -1)
    return stop + 1 if stop >= 0 else -1


def _at_line_end(page: Page, region: Region) -> bool:
    return not page.source[region.right : page.blocks[region.block].end].strip(" .\u00a0")


def _set(page: Page, region: Region, start: int) -> bool:
    region.start = region.left = page.tokens.start[start]
    region.closed = False
    return True

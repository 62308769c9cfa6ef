"""Dirt on the paper that a machine read as signs, told by how unsure it was of them.

Of the lone signs that Tesseract reads on scanned pages with a confidence under the limits below, about 19 of
20 are not printed; of ``;`` and ``/`` more are, so that theirs is lower. Counted on 660 words of signs alone
on degraded pages of 34 reports of the corpus's part ``train``, read by Tesseract 5.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.readers.source import SourceText

_UNSURE = 0.6
_UNSURE_OF = {";": 0.2, "/": 0.1, "«": 0.1, "»": 0.3, "-": 0.8, ".": 0.4, ":": 0.6}
_LONGEST = 3
_BLANKS = " \t"


def dirt(read: SourceText) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that are dirt, each with the blank that goes with it."""
    text = read.text
    for word in read.words:
        if word.confidence is None or word.end - word.start > _LONGEST:
            continue
        written = text[word.start : word.end]
        if word.confidence >= _UNSURE_OF.get(written, _UNSURE) or any(map(str.isalnum, written)):
            continue
        start, end = word.start, word.end
        if text[start - 1 : start] not in ("", *_BLANKS, "\n") or text[end : end + 1] not in (
            "",
            *_BLANKS,
            "\n",
        ):
            continue  # a part of a word
        if start and text[start - 1] in _BLANKS:
            yield start - 1, end
        elif text[end : end + 1] in (*_BLANKS,):
            yield start, end + 1
        else:
            yield start, end

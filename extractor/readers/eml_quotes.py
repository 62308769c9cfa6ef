"""What of a mail's text is not what its sender has to say: signatures, and the mails that it answers.

A mail that is passed on is the other way round: what stands below the headers of the other mail is the
report. So is a mere note above a long quote.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from extractor.readers.source import Skipped

_LINE = re.compile(r"[^\r\n]+")
_QUOTED = re.compile(r"\s?(?:>\s?)+")
_ATTRIBUTION = re.compile(
    r"(?:Le|On)\b.{4,200}?(?:a écrit|wrote)\s*:\s*$|.{3,120}\ba écrit (?:le|dans)\b.{0,120}:\s*$",
    re.IGNORECASE,
)
_ATTRIBUTION_BEGINS = re.compile(r"(?:Le|On)\b.{4,200}$", re.IGNORECASE)
_ATTRIBUTION_ENDS = re.compile(r".{0,200}(?:a écrit|wrote)\s*:\s*$", re.IGNORECASE)
_ANSWERED = re.compile(
    r"-{2,}\s*(?:Message d'origine|Message d’origine|Original Message)\s*-{2,}", re.IGNORECASE
)
_PASSED_ON = re.compile(
    r"-{2,}\s*(?:Message transféré|Forwarded message|Message réexpédié)\s*-{2,}"
    r"|Début du message (?:réexpédié|transféré)\s*:|Begin forwarded message\s*:",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\*?(?:De|From|Envoyé|Sent|Date|À|A|To|Pour|Cc|Copie à|Objet|Sujet|Subject|Répondre à|Reply-To"
    r"|Pièces? jointes?|Attachments?)\s?:\*?(?:\s|$)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:De|From)\s?:\*?\s", re.IGNORECASE)
_FEWEST_HEADERS = 3
_SIGNATURE = re.compile(r"-- ?$")
_LONGEST_SIGNATURE = 12  # lines
_SENT_FROM = re.compile(
    r"(?:Envoyé (?:de|depuis) mon|Sent from my|Envoyé à partir de|Télécharger Outlook)\b", re.IGNORECASE
)
_CONFIDENTIAL = re.compile(
    r"(?:Ce (?:message|courriel|mail)|Cet e-?mail|This e-?mail)\b.*confidenti", re.IGNORECASE
)
_NOTE = 250  # characters


class Judged(NamedTuple):
    """What is left out of a mail's text.

    Attributes:
        skipped: The stretches, with those that were known before.
        is_passed_on: What is read was written by somebody else, at some other time.
    """

    skipped: tuple[Skipped, ...]
    is_passed_on: bool


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def judged(text: str, known: tuple[Skipped, ...], *, is_passed_on: bool) -> Judged:
    """Judge the lines of a mail.

    Args:
        text: Its text.
        known: What is left out of it anyway.
        is_passed_on: Its subject says that it is passed on.
    """
    starts = [one.start for one in known]
    lines = list(_lines(text))
    lines = [line for line in lines if not _is_out(line, known, starts)]
    reasons = _reasons(lines, is_passed_on=is_passed_on)
    passed = is_passed_on or "passed_on" in reasons.values()
    own = sum(len(line.text) for k, line in enumerate(lines) if k not in reasons)
    quoted = sum(len(line.text) for k, line in enumerate(lines) if reasons.get(k) == "quoted_reply")
    if own < _NOTE and quoted > 2 * own and quoted > _NOTE:
        passed = True
        reasons = {k: why for k, why in reasons.items() if why != "quoted_reply" or _is_frame(lines[k].text)}
    skipped = [*known, *_stretches(text, lines, reasons)]
    skipped += _quote_marks(lines, reasons)
    return Judged(tuple(sorted(skipped, key=lambda one: one.start)), passed)


def _lines(text: str) -> Iterator[_Line]:
    for found in _LINE.finditer(text):
        line = found.group().strip()
        if line:
            start = found.start() + found.group().index(line)
            yield _Line(start, start + len(line), line)


def _is_out(line: _Line, known: tuple[Skipped, ...], starts: list[int]) -> bool:
    k = bisect_right(starts, line.start) - 1
    return k >= 0 and line.start < known[k].end


def _is_frame(line: str) -> bool:
    return bool(_ATTRIBUTION.match(line) or _ANSWERED.match(line) or _HEADER.match(line))


def _reasons(lines: list[_Line], *, is_passed_on: bool) -> dict[int, str]:
    """Return why lines are left out, by their number."""
    reasons: dict[int, str] = {}
    k = 0
    while k < len(lines):
        line = lines[k].text
        headers = _headers(lines, k)
        if _PASSED_ON.match(line):
            last = k + 1 + _count(lines, k + 1)
            reasons.update(dict.fromkeys(range(k, last), "passed_on"))
            k = last
        elif _ANSWERED.match(line) or headers:
            own = sum(len(one.text) for j, one in enumerate(lines[:k]) if j not in reasons)
            last = k + headers if headers else k + 1 + _count(lines, k + 1)
            if is_passed_on or own < _NOTE // 2:
                reasons.update(dict.fromkeys(range(k, last), "passed_on"))
                k = last
            else:
                reasons.update(dict.fromkeys(range(k, len(lines)), "quoted_reply"))
                break
        else:
            last = _judge(lines, k, reasons)
            k = last
    return reasons


def _judge(lines: list[_Line], k: int, reasons: dict[int, str]) -> int:
    """Judge a line that is no header of another mail, and return the number of the line to go on with."""
    line = lines[k].text
    following = lines[k + 1].text if k + 1 < len(lines) else ""
    if _QUOTED.match(line):
        reasons[k] = "quoted_reply"
    elif _ATTRIBUTION.match(line) and (_QUOTED.match(following) or _is_last_frame(lines, k)):
        return _quote(lines, k, k + 1, reasons)
    elif _ATTRIBUTION_BEGINS.match(line) and _ATTRIBUTION_ENDS.match(following):
        return _quote(lines, k, k + 2, reasons)
    elif _SIGNATURE.match(line):
        last = next((j for j in range(k + 1, len(lines)) if _QUOTED.match(lines[j].text)), len(lines))
        if last - k <= _LONGEST_SIGNATURE:
            reasons.update(dict.fromkeys(range(k, last), "signature"))
            return last
    elif _SENT_FROM.match(line):
        reasons[k] = "signature"
    elif _CONFIDENTIAL.match(line):
        reasons[k] = "confidentiality_notice"
    return k + 1


def _is_last_frame(lines: list[_Line], k: int) -> bool:
    """Say whether nothing but the mail answered can come: pages have no marks before quoted lines."""
    return "@" in lines[k].text or bool(re.search(r"\d{1,2}[:h]\d{2}", lines[k].text))


def _quote(lines: list[_Line], first: int, behind: int, reasons: dict[int, str]) -> int:
    """Leave out an attribution and what it quotes: the marked lines, or all where none is marked."""
    last = behind
    while last < len(lines) and _QUOTED.match(lines[last].text):
        last += 1
    last = len(lines) if last == behind else last
    reasons.update(dict.fromkeys(range(first, last), "quoted_reply"))
    return last


def _headers(lines: list[_Line], k: int) -> int:
    """Return how many lines are the headers of another mail, from a line on; 0 where they are none."""
    count = _count(lines, k) if _FROM.match(lines[k].text) else 0
    return count if count >= _FEWEST_HEADERS else 0


def _count(lines: list[_Line], k: int) -> int:
    count = 0
    while k + count < len(lines) and count < 10 and _HEADER.match(lines[k + count].text):
        count += 1
    return count


def _stretches(text: str, lines: list[_Line], reasons: dict[int, str]) -> Iterator[Skipped]:
    """Yield runs of lines left out for one reason, with the blanks behind them."""
    for why, run in groupby(sorted(reasons), key=lambda k: reasons[k]):
        numbers = list(run)
        first = 0
        for at in range(1, len(numbers) + 1):
            if at < len(numbers) and numbers[at] == numbers[at - 1] + 1:
                continue
            start, last = lines[numbers[first]].start, numbers[at - 1]
            end = lines[last + 1].start if last + 1 < len(lines) else len(text)
            yield Skipped(start, end, "mail_header" if why == "passed_on" else why)
            first = at


def _quote_marks(lines: list[_Line], reasons: dict[int, str]) -> Iterator[Skipped]:
    for k, line in enumerate(lines):
        mark = _QUOTED.match(line.text)
        if k not in reasons and mark is not None:
            yield Skipped(line.start, line.start + mark.end(), "markup")

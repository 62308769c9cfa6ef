"""Whether a text is HTML, a mail or Markdown, told from how it begins.

A plain text that merely holds a tag, a line ``Date : 12 mai`` or a star is none of these: in doubt it is
plain text.
"""

from __future__ import annotations

import re

_LOOKED_AT = 1 << 16
_BOM = b"\xef\xbb\xbf"

_BLANK = rb"[\s\x0c]*"
_PROLOGUE = re.compile(
    rb"(?:[\s\x0c]+|<!--.{0,20000}?-->|<\?xml\b[^>]{0,500}\?>|<\?php\b.{0,5000}?\?>)*",
    re.DOTALL | re.IGNORECASE,
)
# An HTML declaration or tag that only pages begin with.
_CERTAIN = re.compile(rb"<(?:!doctype\s+html\b|html\b|head\b|body\b|title>|meta\s|frameset\b)", re.IGNORECASE)
# Other XML of which the root is not known has no such elements; a fragment needs a second tag to count.
_FRAGMENT = re.compile(
    rb"<(?:div|p|table|h[1-6]|article|section|main|header|center|font|ul|ol|dl|span|br|b|i|strong|em|a|img|link"
    rb"|script|style|blockquote|pre|figure|hr|base)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rb"</(?:div|p|table|h[1-6]|article|section|main|center|font|ul|ol|dl|tr|td|li|a|strong|b)>|<br ?/?>",
    re.IGNORECASE,
)
_FEWEST_TAGS = 4

_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]*(.{0,998})")
_OF_MAIL = frozenset(
    b"from to cc bcc subject date message-id mime-version received return-path delivered-to reply-to sender"
    b" content-type content-transfer-encoding x-mailer user-agent in-reply-to references dkim-signature"
    b" envelope-to importance thread-topic".split()
)
_ONLY_OF_MAIL = frozenset(b"message-id mime-version received return-path delivered-to dkim-signature".split())
_FEWEST_HEADERS = 3
_MOST_HEADERS = 300


def is_html(content: bytes) -> bool:
    """Say whether a file is a page, or a piece of one."""
    start = _plain(content)
    begin = _PROLOGUE.match(start)
    begun = begin.end() if begin else 0
    if not start.startswith(b"<", begun):
        return False
    if _CERTAIN.match(start, begun):
        return True
    return _FRAGMENT.match(start, begun) is not None and len(_ENDS.findall(start, begun)) >= _FEWEST_TAGS


def is_mail(content: bytes) -> bool:
    """Say whether a file begins with the headers of a message."""
    lines = _plain(content).split(b"\n", _MOST_HEADERS)[:_MOST_HEADERS]
    if lines and lines[0].startswith(b"From ") and b"@" in lines[0]:
        lines = lines[1:]  # of a mailbox
    names: set[bytes] = set()
    sender = b""
    for line in lines:
        line = line.rstrip(b"\r")
        if not line:
            break
        if line[:1] in (b" ", b"\t") and names:
            continue
        header = _HEADER.match(line)
        if header is None:
            return False
        name = header.group(1).lower()
        names.add(name)
        sender = header.group(2) if name == b"from" else sender
    if not names & _ONLY_OF_MAIL and b"@" not in sender:
        return False
    return len(names & _OF_MAIL) >= _FEWEST_HEADERS


def _plain(content: bytes) -> bytes:
    start = content[:_LOOKED_AT].removeprefix(_BOM)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start[2:]
    return start.replace(b"\x00", b"") if b"\x00" in start[:64] else start

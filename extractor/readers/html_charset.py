"""In which encoding a page is.

A byte order mark decides, then what the page declares (https://html.spec.whatwg.org/#determining-the-character-encoding),
else what plain text is detected by. What is declared is not always so: valid UTF-8 is UTF-8 whatever the page
says, and a page of UTF-8 with a few bytes of Windows-1252 in between, as programs for the web once made
them, is read with both.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from extractor.errors import InputError
from extractor.readers.text import decode

_LOOKED_AT = 8192
_DECLARED = (
    re.compile(rb"<meta\b[^<>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE),
    re.compile(rb"^\s*<\?xml\b[^<>]*?\bencoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE),
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# As browsers do: what calls itself Latin-1 or ASCII was written on Windows.
_OF_WINDOWS = frozenset(("iso8859-1", "ascii"))
# No codec that is Python's own, such as unicode_escape, and none that the bytes of the declaration belie.
_PLAUSIBLE = re.compile(
    r"utf-8|iso8859-\d+|latin|ascii|cp\d+|mac-|koi8|kz1048|gb|big5|shift_jis|euc_|tis-620"
)
_UTF8_SEQUENCES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTES = re.compile(rb"[\x80-\xff]")
_MIXED = "parcferme.mixed"


def decode_page(content: bytes, *, source: str, encoding: str | None = None) -> tuple[str, str]:
    """Return the characters of a page and the name of its encoding.

    Args:
        content: The page.
        source: Its name, for errors.
        encoding: What the user says it is.

    Raises:
        InputError: As :func:`extractor.readers.text.decode`.
    """
    start = content[:_LOOKED_AT]
    declared = next(
        (found.group(1).decode("ascii") for one in _DECLARED if (found := one.search(start))), None
    )
    return decode_declared(content, declared, source=source, encoding=encoding)


def decode_declared(
    content: bytes, declared: str | None, *, source: str, encoding: str | None = None
) -> tuple[str, str]:
    """Return the characters of what declares its encoding; arguments and errors as :func:`decode_page`."""
    if encoding is not None or content.startswith(_MARKS) or b"\x00" in content[:_LOOKED_AT]:
        return decode(content, source=source, encoding=encoding)
    with suppress(UnicodeDecodeError):
        return _no_binary(content.decode("utf-8"), source), "utf-8"
    if _is_mostly_utf8(content):
        return content.decode("utf-8", _MIXED), "utf-8"
    codec = _codec(declared) if declared is not None else None
    if codec is not None and codec != "utf-8":
        # Five bytes stand for nothing in Windows-1252, and browsers show something for them all the same.
        errors = "replace" if codec == "cp1252" else "strict"
        with suppress(UnicodeDecodeError):
            return _no_binary(content.decode(codec, errors), source), codec
    return decode(content, source=source)


def _no_binary(text: str, source: str) -> str:
    if "\x00" in text:
        raise InputError("binary", source=source)
    return text


def _codec(declared: str) -> str | None:
    """Return Python's name of a declared encoding, as browsers understand it."""
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    return ("cp1252" if name in _OF_WINDOWS else name) if _PLAUSIBLE.match(name) else None


def _is_mostly_utf8(content: bytes) -> bool:
    in_sequences = sum(map(len, _UTF8_SEQUENCES.findall(content)))
    return 2 * in_sequences > len(_HIGH_BYTES.findall(content))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read a byte that is no UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_MIXED, _as_windows)

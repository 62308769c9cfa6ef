"""Plain text: bytes to characters, nothing tidied.

A byte order mark decides; else UTF-8 where the bytes are valid UTF-8, since other text hardly ever is by
chance. What remains is left to charset-normalizer, but only among the encodings in which French reports
were written: offered all of them, it takes short French texts for Central European or Chinese ones.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from extractor.errors import InputError, UsageError

# UTF-32 before UTF-16: the mark of the one begins with the mark of the other.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf_16_le", "utf_16_be")
_NARROW = ("cp1252", "latin_1")

_HIGH_BYTES = re.compile(rb"[\x80-\xff]")
_UTF8_SEQUENCES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}",
)
# Tab, the line and page ends, the escape of old printers, and the mark with which DOS ended its files.
_HARMLESS_CONTROLS = frozenset("\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x85")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_MOST_CONTROLS = 0.01
_PLAUSIBLE_SIGNS = frozenset("«»‹›’‘“”„–—…€£°ºª·•²³¹½¼¾§©®™±×¿¡\xa0\xad´¨")
_LEAST_PLAUSIBLE = 0.5
_RECORD = re.compile(r'\s*\[?\s*\{\s*"format":\s*"race-record/')  # what this program itself writes
_SAMPLE = 1 << 16


def decode(content: bytes, *, source: str, encoding: str | None = None) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Args:
        content: The whole file.
        source: Its name, for the error.
        encoding: What the user says the encoding is; detected where ``None``.

    Raises:
        InputError: ``binary``, ``damaged_text`` or ``unknown_encoding``.
        UsageError: ``no_such_encoding``.
    """
    mark, name = _announced(content)
    if encoding is not None:
        name = codec_name(encoding)
        mark = mark if name.replace("_", "-").startswith(("utf-8", "utf-16", "utf-32")) else b""
    body = content[len(mark) :]
    name = name or _detected(body, source)
    try:
        text = body.decode(name)
    except UnicodeDecodeError as error:
        position = len(mark) + error.start
        raise InputError("damaged_text", source=source, encoding=name, position=position) from error
    text = text.removeprefix("\ufeff")
    if _is_binary(text):
        raise InputError("binary", source=source)
    if _RECORD.match(text):
        raise InputError("a_record", source=source)
    return text, name


def _announced(content: bytes) -> tuple[bytes, str | None]:
    """Return the byte order mark and the encoding it stands for."""
    return next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", None))


def codec_name(encoding: str) -> str:
    """Return Python's name of a text encoding.

    Raises:
        UsageError: ``no_such_encoding``.
    """
    try:
        codec = codecs.lookup(encoding)
    except (LookupError, ValueError) as error:
        raise UsageError("no_such_encoding", encoding=encoding) from error
    if not codec._is_text_encoding:
        raise UsageError("no_such_encoding", encoding=encoding)
    return codec.name


def _detected(body: bytes, source: str) -> str:
    if b"\x00" in body:
        return _detected_wide(body, source)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(body):
            raise InputError("damaged_text", source=source, encoding="utf-8", position=error.start) from error
        return _detected_narrow(body, source)
    return "utf-8"


def _is_damaged_utf8(body: bytes) -> bool:
    """Say whether most of what is not ASCII is UTF-8, so that a stray byte is damage."""
    in_sequences = sum(map(len, _UTF8_SEQUENCES.findall(body)))
    return 2 * in_sequences > len(_HIGH_BYTES.findall(body))


def _detected_wide(body: bytes, source: str) -> str:
    """Tell UTF-16 without its mark from a binary file; text in Latin letters has a zero in every pair."""
    sample = body[:_SAMPLE]
    if len(body) % 2 == 0 and (name := _best_guess(sample, _WIDE)) and not _is_binary(sample.decode(name)):
        return name
    raise InputError("binary", source=source)


def _detected_narrow(body: bytes, source: str) -> str:
    high = _HIGH_BYTES.search(body)
    start = max(0, high.start() - _SAMPLE // 2) if high else 0
    sample = body[start : start + _SAMPLE]
    name = _best_guess(sample, _NARROW)
    if _is_binary(sample.decode("ascii", "ignore")):
        raise InputError("binary", source=source)
    if name is None or not _is_plausible(sample.decode(name, "replace")):
        raise InputError("unknown_encoding", source=source)
    return name


def _best_guess(sample: bytes, candidates: tuple[str, ...]) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(candidates)).best()
    return best.encoding if best is not None and best.encoding in candidates else None


def _is_plausible(text: str) -> bool:
    """Say whether the signs beyond ASCII are such as French uses; ``ThŽo`` for ``Théo`` is not."""
    signs = [sign for sign in text if sign > "\x7f"]
    good = sum(sign in _PLAUSIBLE_SIGNS or _is_western_letter(sign) for sign in signs)
    return good >= _LEAST_PLAUSIBLE * len(signs)


def _is_western_letter(sign: str) -> bool:
    return sign in "œŒæÆßøØÿŸ" or ("\xc0" <= sign <= "\xff" and unicodedata.category(sign) in ("Lu", "Ll"))


def _is_binary(text: str) -> bool:
    """Say whether the characters are those of no text: a zero, or more than a few control characters."""
    if "\x00" in text:
        return True
    controls = sum(control not in _HARMLESS_CONTROLS for control in _CONTROLS.findall(text))
    return controls > _MOST_CONTROLS * len(text)

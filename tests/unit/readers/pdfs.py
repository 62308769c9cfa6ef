"""PDF files for tests, made by hand: what is drawn where, and nothing else."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

A4 = (595.0, 842.0)
# Widths of Helvetica's letters are not needed: the standard font brings its own.
_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_BOLD = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"
# A font of which nobody says what its glyphs stand for.
_MUTE = (
    "<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Mute /FirstChar 1 /LastChar 8 /Widths [500 500 500 500 500 500 500 500] "
    "/Encoding << /Type /Encoding /Differences [1 /g1 /g2 /g3 /g4 /g5 /g6 /g7 /g8] >> >>"
)


def words(text: str) -> str:
    """Return a string as PDF writes it."""
    encoded = text.encode("cp1252")
    return "<" + encoded.hex() + ">"


def at(x: float, y: float, text: str, *, size: float = 11, font: str = "F1", extra: str = "") -> str:
    """Return the instruction that draws a line; ``y`` is from the top of an A4 page."""
    return f"BT /{font} {size} Tf {extra} 1 0 0 1 {x} {A4[1] - y} Tm {words(text)} Tj ET\n"


def column(x: float, y: float, *lines: str, size: float = 11, step: float = 14) -> str:
    """Return the instructions that draw lines below each other."""
    return "".join(at(x, y + row * step, line, size=size) for row, line in enumerate(lines))


@dataclass
class Pdf:
    """A file in the making.

    Attributes:
        pages: Content of each page, and what else its dictionary says.
        info: The information dictionary.
        catalog: What else the catalog says.
        objects: Objects from number 20 on.
        xmp: A packet of XMP.
    """

    pages: list[tuple[str, str]] = field(default_factory=list)
    info: str = ""
    catalog: str = ""
    objects: list[str] = field(default_factory=list)
    xmp: str = ""
    image: bool = False

    def page(self, content: str, extra: str = "") -> Pdf:
        """Add a page."""
        self.pages.append((content, extra))
        return self

    def bytes(self, hidden: Callable[[int, bytes], bytes] | None = None, trailer: str = "") -> bytes:
        """Return the file, its pages hidden if need be."""
        first = 100
        numbers = [first + 2 * index for index in range(len(self.pages))]
        kids = " ".join(f"{number} 0 R" for number in numbers)
        parts: dict[int, bytes] = {
            1: f"<< /Type /Catalog /Pages 2 0 R {self.catalog} >>".encode("latin-1"),
            2: f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>".encode(),
            3: _FONT.encode(),
            4: _BOLD.encode(),
            5: _MUTE.encode(),
            6: f"<< {self.info} >>".encode("latin-1"),
            7: _stream(
                b"\xc0" * 100 * 141,
                "/Type /XObject /Subtype /Image /Width 100 /Height 141 "
                "/ColorSpace /DeviceGray /BitsPerComponent 8",
            ),
        }
        if self.xmp:
            parts[8] = b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream" % (
                len(self.xmp.encode()),
                self.xmp.encode(),
            )
        for number, text in enumerate(self.objects, 20):
            parts[number] = text.encode("latin-1")
        for number, (content, extra) in zip(numbers, self.pages, strict=True):
            box = "" if "/MediaBox" in extra else f"/MediaBox [0 0 {A4[0]} {A4[1]}]"
            parts[number] = (
                f"<< /Type /Page /Parent 2 0 R {box} /Contents {number + 1} 0 R {extra} /Resources << /Font "
                f"<< /F1 3 0 R /F2 4 0 R /F3 5 0 R >> /XObject << /Im 7 0 R >> >> >>"
            ).encode("latin-1")
            parts[number + 1] = _stream(
                content.encode("latin-1"), "", partial(hidden, number + 1) if hidden else bytes
            )
        return _file(parts, trailer)


def encrypted(pdf: Pdf, user: str) -> bytes:
    """Return the file with the passwords ``user`` and "chef" (ISO 32000-1, 7.6: RC4, 40 bits)."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    padded = (user.encode() + padding)[:32]
    owner = _rc4(hashlib.md5((b"chef" + padding)[:32]).digest()[:5], padded)
    name = b"parcferme-tests!"
    key = hashlib.md5(padded + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + name).digest()[:5]
    entries = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{_rc4(key, padding).hex()}> >> "
        f"/ID [<{name.hex()}> <{name.hex()}>]"
    )
    return pdf.bytes(
        lambda number, data: _rc4(
            hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], data
        ),
        entries,
    )


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _stream(content: bytes, entries: str, hidden: Callable[[bytes], bytes] = bytes) -> bytes:
    packed = hidden(zlib.compress(content))
    head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
    return head + packed + b"\nendstream"


def _file(parts: dict[int, bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, part in sorted(parts.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        max(parts) + 1,
        trailer.encode(),
        start,
    )
    return bytes(out)

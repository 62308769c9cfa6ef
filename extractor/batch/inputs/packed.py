"""A file's bytes as a stream, unpacked where it is packed by gzip or Zstandard, which its first bytes say.

Little comes out of one step, however much was packed into it, and what was cut off is told from what ended.

gzip: RFC 1952, https://www.rfc-editor.org/rfc/rfc1952. Zstandard: RFC 8878, https://www.rfc-editor.org/rfc/rfc8878.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"  # behind a byte from 0x50 to 0x5f: a frame of Zstandard that holds no data
_BUFFER = 1 << 18
# A block of four bytes unpacks to 128 KB at most, so that this much gives 16 MB in the worst case.
_STEP = 1 << 9
_LARGEST_WINDOW = 1 << 27


class DamagedError(Exception):
    """What Zstandard packed is damaged or cut off."""


DAMAGED = (DamagedError, gzip.BadGzipFile, EOFError, zlib.error)
"""What reading raises where what is packed is damaged or cut off."""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, unpacked.

    Raises:
        OSError: The system refuses it. Reading it may raise what :data:`DAMAGED` names.
    """
    with path.open("rb", buffering=_BUFFER) as file:
        head = cast(io.BufferedReader, file).peek(4)[:4]
        if head.startswith(_GZIP):
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield cast(BinaryIO, io.BufferedReader(unpacked, _BUFFER))
        elif head == _ZSTD or head[1:] == _SKIPPABLE:
            yield io.BufferedReader(_Zstandard(file), _BUFFER)
        else:
            yield file


class _Zstandard(io.RawIOBase):
    """The frames of a Zstandard file, one after the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._steps = _unpacked(file)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._left:
            step = next(self._steps, None)
            if step is None:
                return 0
            self._left = memoryview(step)
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._left))
        target[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def _unpacked(file: BinaryIO) -> Iterator[bytes]:
    import zstandard

    unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    frame, is_within = unpacker.decompressobj(), False
    try:
        while packed := file.read(_STEP):
            while packed:
                is_within = True
                yield frame.decompress(packed)
                packed = b""
                if frame.eof:
                    packed, is_within = frame.unused_data, False
                    frame = unpacker.decompressobj()
    except zstandard.ZstdError as error:
        raise DamagedError(str(error)) from error
    if is_within:
        raise DamagedError("cut off")

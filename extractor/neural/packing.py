"""Weights made small for the disk: half precision, or whole numbers of a byte with a scale for each row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
Packing = Literal["float32", "float16", "int8"]

_SCALE = ":scale"
_LARGEST = 127


def pack(arrays: Arrays, packing: Packing = "float16") -> dict[str, NDArray[Any]]:
    """Return ``arrays`` as they are kept on disk.

    ``float16`` is off by one part in 2048, or by 2**-25 where that is more. ``int8`` packs what has rows, and
    is off by half a step, a step being the row's largest number divided by 127; the rest becomes ``float16``.
    What does not fit into half precision stays as it is, and so do whole numbers.

    Args:
        arrays: Arrays by name.
        packing: How floating-point numbers are kept.
    """
    packed: dict[str, NDArray[Any]] = {}
    for name, array in arrays.items():
        if not np.issubdtype(array.dtype, np.floating):
            packed[name] = np.ascontiguousarray(array)
        elif packing == "int8" and array.ndim > 1 and np.isfinite(array).all():
            packed |= _in_steps(name, array.astype(np.float32))
        else:
            packed[name] = _narrowed(array, packing)
    return packed


def unpack(packed: Arrays) -> dict[str, NDArray[Any]]:
    """Return the arrays that :func:`pack` was given, floating-point numbers as ``float32``."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, array in packed.items():
        if name.endswith(_SCALE):
            continue
        scale = packed.get(name + _SCALE)
        if scale is not None:
            arrays[name] = array * scale
        elif np.issubdtype(array.dtype, np.floating):
            arrays[name] = array.astype(np.float32)
        else:
            arrays[name] = array
    return arrays


def _in_steps(name: str, array: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    step = np.abs(array).max(axis=-1, keepdims=True, initial=0) / np.float32(_LARGEST)
    counts = np.rint(np.divide(array, step, out=np.zeros_like(array), where=step > 0))
    return {name: counts.clip(-_LARGEST, _LARGEST).astype(np.int8), name + _SCALE: step}


def _narrowed(array: NDArray[Any], packing: Packing) -> NDArray[Any]:
    wide = np.ascontiguousarray(array, dtype=np.float32)
    if packing == "float32":
        return wide
    with np.errstate(over="ignore"):
        narrow = wide.astype(np.float16)
    return narrow if np.array_equal(np.isfinite(narrow), np.isfinite(wide)) else wide

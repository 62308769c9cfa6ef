"""Weights come back from the disk within the bounds that are promised."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from extractor.neural.packing import pack, unpack

WEIGHTS = arrays(
    np.float32,
    array_shapes(min_dims=1, max_dims=3, max_side=6),
    elements=st.floats(-60000, 60000, width=32),
)


@given(weights=WEIGHTS)
def test_half_precision_is_off_by_one_part_in_2048(weights: np.ndarray[Any, Any]) -> None:
    back = unpack(pack({"w": weights}))["w"]
    assert back.dtype == np.float32
    assert (np.abs(back - weights) <= np.maximum(np.abs(weights) / 2048, 2.0**-25)).all()


@given(weights=WEIGHTS)
def test_a_byte_is_off_by_half_a_step_of_its_row(weights: np.ndarray[Any, Any]) -> None:
    packed = pack({"w": weights}, "int8")
    back = unpack(packed)["w"]
    assert back.shape == weights.shape
    assert back.dtype == np.float32
    if weights.ndim > 1:
        assert packed["w"].dtype == np.int8
        step = np.abs(weights).max(axis=-1, keepdims=True) / 127
        assert (np.abs(back - weights) <= step * 0.5001 + 1e-37).all()


def test_packing_makes_half_and_a_quarter() -> None:
    weights = {"w": np.random.default_rng(0).normal(size=(64, 256)).astype(np.float32)}
    sizes = [sum(a.nbytes for a in pack(weights, kind).values()) for kind in ("float32", "float16", "int8")]
    assert sizes == [65536, 32768, 16384 + 64 * 4]


@pytest.mark.parametrize("kind", ["float32", "float16", "int8"])
def test_what_fits_into_nothing_smaller_stays(kind: Any) -> None:
    kept = {
        "counts": np.array([[1, 2**40]]),
        "large": np.array([1.0, 1e6], dtype=np.float32),
        "endless": np.array([[np.inf, 1.0]], dtype=np.float32),
        "none": np.zeros((0, 3), dtype=np.float32),
        "zero": np.zeros((2, 3), dtype=np.float32),
    }
    back = unpack(pack(kept, kind))
    assert list(back) == list(kept)
    for name, array in kept.items():
        assert back[name].dtype == array.dtype
        np.testing.assert_array_equal(back[name], array)

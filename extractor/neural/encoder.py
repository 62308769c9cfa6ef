"""What any encoder does, and the states of a whole text from those of its windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from extractor.neural.windows import IdArray, Window

FloatArray = NDArray[np.float32]

_AT_ONCE = 32  # windows handed over together: 8,000 tokens, 8 MB of states


class Encoder(Protocol):
    """Reads windows of tokens."""

    @property
    def hidden(self) -> int:
        """How many numbers a state has."""

    def states(self, windows: Sequence[IdArray]) -> list[FloatArray]:
        """Return the last layer's states of each window, ``(tokens, hidden)``, marks included."""


def token_states(encoder: Encoder, windows: Sequence[Window]) -> FloatArray:
    """Return the states of all tokens of a text, ``(tokens, hidden)``, without the marks.

    That is 1 KB for a token of 256 numbers, so 270 MB for a text of a million characters: whoever can do
    with a part at a time takes :func:`token_states_by_part`.
    """
    count = windows[-1].first + _kept(windows[-1]) if windows else 0
    states = np.empty((count, encoder.hidden), dtype=np.float32)
    for first, part in token_states_by_part(encoder, windows):
        states[first : first + len(part)] = part
    return states


def token_states_by_part(
    encoder: Encoder, windows: Sequence[Window], at_once: int = _AT_ONCE
) -> Iterator[tuple[int, FloatArray]]:
    """Yield the first token of a part and the states of its tokens, in order and without a gap."""
    for begin in range(0, len(windows), at_once):
        group = windows[begin : begin + at_once]
        for window, states in zip(group, encoder.states([window.ids for window in group]), strict=True):
            yield window.first, states[window.kept]


def _kept(window: Window) -> int:
    return int(window.kept.stop - window.kept.start)

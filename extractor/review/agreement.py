"""How far readers agree beyond chance: Cohen's kappa and Krippendorff's alpha, with intervals.

Both are taken over *units*: one thing that several readers judged, each with one word (nominal data). Kappa
is for two readers and units that both judged; alpha takes any number of readers and units that some left out.

A figure of nothing is ``None``, never perfect: where everybody always said the same word, chance alone
explains the agreement, and neither measure is defined. Intervals are made by drawing documents, not units,
for what is said of one document hangs together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from extractor.scoreboard.bootstrap import RESAMPLES, SEED, Interval, ends

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Figures = Callable[[NDArray[np.float64]], NDArray[np.float64]]

#: The kind under which all kinds are taken together.
EVERY = "all"
#: Below so many units, or documents, figures are too uncertain to decide anything by.
FEWEST_UNITS, FEWEST_DOCUMENTS = 30, 10
#: An interval needs at least this share of the draws to have a figure.
_LEAST_KNOWN = 0.5

#: What each reader said of one thing; ``None`` where he said nothing.
Values = Sequence[Hashable | None]


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that readers judged.

    Attributes:
        kind: Kind of fact, such as ``results``.
        values: One word per reader, in the same order of readers everywhere; ``None`` where there is none.
    """

    kind: str
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure and how far it would move with other documents of the same sort.

    Attributes:
        value: ``None`` where it is not defined.
        interval: Ends between which 95 % of the draws lie; ``None`` where there is nothing to draw from.
    """

    value: float | None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far readers agree over one kind of fact.

    Attributes:
        units: How many things at least two readers judged.
        documents: In how many documents.
        observed: Share of the pairs of judgments that are the same; chance included.
        kappa: Cohen's kappa; undefined for other than two readers.
        alpha: Krippendorff's alpha.
    """

    units: int
    documents: int
    observed: float | None
    kappa: Measure
    alpha: Measure

    @property
    def is_thin(self) -> bool:
        """Whether there is too little to decide anything by."""
        return self.units < FEWEST_UNITS or self.documents < FEWEST_DOCUMENTS


def cohen_kappa(table: Sequence[Sequence[float]]) -> float | None:
    r"""Return Cohen's kappa of a table of counts or proportions.

    .. math:: \kappa = (p_o - p_e) / (1 - p_e), \quad p_o = \sum_i p_{ii}, \quad p_e = \sum_i p_{i.} p_{.i}

    J. Cohen, "A coefficient of agreement for nominal scales", *Educational and Psychological Measurement* 20
    (1960), 37-46, equation 1.

    Args:
        table: Rows are the first reader's words, columns the second's, both in the same order.

    Returns:
        ``None`` for a table of nothing, or where both only ever said one and the same word.
    """
    whole = sum(map(sum, table))
    if not whole:
        return None
    observed = sum(table[i][i] for i in range(len(table))) / whole
    rows = [sum(row) / whole for row in table]
    columns = [sum(column) / whole for column in zip(*table, strict=True)]
    expected = sum(row * column for row, column in zip(rows, columns, strict=True))
    return None if 1 - expected < 1e-12 else (observed - expected) / (1 - expected)


def krippendorff_alpha(units: Iterable[Values]) -> float | None:
    r"""Return Krippendorff's alpha for nominal data, any number of readers, values missing or not.

    .. math:: \alpha = 1 - D_o/D_e = 1 - (n - 1) \frac{\sum_{c \ne k} o_{ck}}{\sum_{c \ne k} n_c n_k}

    over the matrix of coincidences :math:`o_{ck} = \sum_u (\text{pairs } c, k \text{ in } u) / (m_u - 1)`;
    units with one value make no pairs and do not count. K. Krippendorff, "Computing Krippendorff's
    Alpha-Reliability" (2011), part C; *Content Analysis* (2nd edition, 2004), chapter 11.

    Args:
        units: The values given to each unit; ``None`` stands for none.

    Returns:
        ``None`` where nothing can be paired, or where all values are one.
    """
    coincidences: dict[tuple[Hashable, Hashable], float] = {}
    for values in units:
        for pair, weight in _coincidences(values).items():
            coincidences[pair] = coincidences.get(pair, 0.0) + weight
    words = list(dict.fromkeys(word for word, _ in coincidences))
    return alpha_of([[coincidences.get((one, other), 0.0) for other in words] for one in words])


def alpha_of(matrix: Sequence[Sequence[float]]) -> float | None:
    """Return alpha of a matrix of coincidences; see :func:`krippendorff_alpha`."""
    sums = [sum(row) for row in matrix]
    whole = sum(sums)
    differing = whole - sum(matrix[i][i] for i in range(len(matrix)))
    expected = whole * whole - sum(one * one for one in sums)
    return None if expected < 1e-9 else 1 - (whole - 1) * differing / expected


def _coincidences(values: Values) -> dict[tuple[Hashable, Hashable], float]:
    said = [value for value in values if value is not None]
    pairs: dict[tuple[Hashable, Hashable], float] = {}
    for pair in permutations(said, 2):
        pairs[pair] = pairs.get(pair, 0.0) + 1 / (len(said) - 1)
    return pairs


def agreements(documents: Sequence[Sequence[Unit]]) -> dict[str, Agreement]:
    """Return how far readers agree, by kind of fact and, under :data:`EVERY`, over all.

    Args:
        documents: The units of each document. The same units in the same order give the same figures.

    Returns:
        Kinds in the order of their first unit, :data:`EVERY` first; what nobody judged twice is left out.
    """
    paired = [[unit for unit in units if _judged(unit) > 1] for units in documents]
    kinds = dict.fromkeys(unit.kind for units in paired for unit in units)
    found = {EVERY: _agreement(paired)}
    for kind in kinds:
        found[kind] = _agreement([[unit for unit in units if unit.kind == kind] for units in paired])
    return found


def _judged(unit: Unit) -> int:
    return sum(value is not None for value in unit.values)


def _agreement(documents: Sequence[Sequence[Unit]]) -> Agreement:
    documents = [units for units in documents if units]
    units = [unit for one in documents for unit in one]
    words = {word: n for n, word in enumerate(sorted({v for u in units for v in u.values if v is not None}))}
    by_pair = [_table(one, words) for one in documents]
    by_coincidence = [_matrix(one, words) for one in documents]
    is_pair = all(len(unit.values) == 2 for unit in units)
    return Agreement(
        units=len(units),
        documents=len(documents),
        observed=_observed(by_coincidence),
        kappa=_measure(by_pair, kappas, len(words)) if is_pair else Measure(None),
        alpha=_measure(by_coincidence, alphas, len(words)),
    )


def _table(units: Sequence[Unit], words: dict[str, int]) -> list[list[float]]:
    table = [[0.0] * len(words) for _ in words]
    for unit in units:
        if len(unit.values) == 2 and (first := unit.values[0]) and (second := unit.values[1]):
            table[words[first]][words[second]] += 1
    return table


def _matrix(units: Sequence[Unit], words: dict[str, int]) -> list[list[float]]:
    matrix = [[0.0] * len(words) for _ in words]
    for unit in units:
        for (one, other), weight in _coincidences(unit.values).items():
            matrix[words[str(one)]][words[str(other)]] += weight
    return matrix


def _observed(matrices: Sequence[Sequence[Sequence[float]]]) -> float | None:
    whole = sum(value for matrix in matrices for row in matrix for value in row)
    same = sum(matrix[i][i] for matrix in matrices for i in range(len(matrix)))
    return same / whole if whole else None


def _measure(tables: list[list[list[float]]], figures: _Figures, words: int) -> Measure:
    """Return the figure of all tables together, and its interval over draws of documents.

    Percentile intervals: B. Efron and R. Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13.
    """
    import numpy as np

    if not tables:
        return Measure(None)
    counts = np.asarray(tables, dtype=np.float64).reshape(len(tables), words, words)
    whole = float(figures(counts.sum(axis=0, keepdims=True))[0])
    if np.isnan(whole):
        return Measure(None)
    if len(tables) < 2:
        return Measure(whole)
    chosen = np.random.default_rng(SEED).integers(len(tables), size=(RESAMPLES, len(tables)))
    times = np.stack([np.bincount(row, minlength=len(tables)) for row in chosen])
    drawn = figures(np.einsum("rd,dij->rij", times, counts))
    known = 1 - float(np.isnan(drawn).mean())
    return Measure(whole, ends(drawn) if known >= _LEAST_KNOWN else None)


def kappas(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return :func:`cohen_kappa` of each table, of shape (tables, words, words); ``nan`` for none."""
    import numpy as np

    whole = tables.sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = np.trace(tables, axis1=1, axis2=2) / whole
        expected = (tables.sum(axis=2) * tables.sum(axis=1)).sum(axis=1) / whole**2
        found: NDArray[np.float64] = (observed - expected) / (1 - expected)
    found[~(1 - expected > 1e-12)] = np.nan
    return found


def alphas(matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return :func:`alpha_of` of each matrix, of shape (matrices, words, words); ``nan`` for none."""
    import numpy as np

    sums = matrices.sum(axis=2)
    whole = sums.sum(axis=1)
    differing = whole - np.trace(matrices, axis1=1, axis2=2)
    expected = whole**2 - (sums**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: NDArray[np.float64] = 1 - (whole - 1) * differing / expected
    found[~(expected > 1e-9)] = np.nan
    return found

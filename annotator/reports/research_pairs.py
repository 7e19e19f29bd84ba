"""Pairs of readers for the researcher's table: means over all of them, and a table of those that fit on a screen."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

import numpy as np

from annotator.domain.agreement import reasons
from annotator.domain.agreement.pair_figures import F1, PairFigures
from annotator.models import Label
from annotator.reports.agreement_pairs import Pairs

# Levels of the table's cells, neither good nor bad: under .45, from .45, .55, .65 and .75.
STEPS = (0.45, 0.55, 0.65, 0.75)
KEYS = (*F1, "kappa")


@dataclass(frozen=True, slots=True)
class PairMean:
    """The unweighted mean of one measure over the `pairs` that have it, or None with the reason, and their range."""

    value: float | None
    pairs: int = 0
    reason: str = ""
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True, slots=True)
class PairMeans:
    """The means of the four F1s and of kappa, in this order, for one label or for all together (None)."""

    label: Label | None
    figures: tuple[PairMean, ...]

    @property
    def kappa(self) -> PairMean:
        """The last of them, whose range is shown too."""
        return self.figures[-1]


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair: a value with its level 1 to 5, or None with its reason; `is_self` on the diagonal.

    `other` is the code of the reader in the cell's column.
    """

    value: float | None = None
    reason: str = ""
    level: int = 0
    is_self: bool = False
    other: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One reader against each of those shown: kappa left of the diagonal, overlap F1 right of it."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The first readers by code, of `readers` in all."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    readers: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more readers than the table shows."""
        return self.readers > len(self.names)


def means_of(pairs: Pairs, labels: Sequence[Label]) -> tuple[PairMeans, ...]:
    """All labels together, then each."""
    engine = {key: found.value for key, found in pairs.mean.items() if found.value is not None}
    together = PairMeans(None, means_over(pairs.pool.figures(), engine))
    each = (PairMeans(one, means_over(pairs.pool.figures(place))) for place, one in enumerate(labels))
    return (together, *each)


def means_over(found: PairFigures, engine: Mapping[str, float] | None = None) -> tuple[PairMean, ...]:
    """Each measure over all pairs, those without it left out; a mean that the `engine` has is not made anew."""
    return tuple(mean_of(found, key, (engine or {}).get(key)) for key in KEYS)


def mean_of(found: PairFigures, key: str, of_engine: float | None) -> PairMean:
    """One measure; hundreds of readers are tens of thousands of pairs, so they are not looked at one by one."""
    values = found.values(key)
    defined = values[~np.isnan(values)]
    if not len(defined):
        _values, why = found.figure(key)
        return PairMean(None, reason=why[0] if why else reasons.SECOND_READER)
    value = fsum(defined) / len(defined) if of_engine is None else of_engine
    return PairMean(value, len(defined), "", float(defined.min()), float(defined.max()))


def matrix_of(pairs: Pairs, tag: str, most: int) -> Matrix:
    """The table for one label, or for all together where `tag` is empty."""
    names = pairs.names[:most]
    # The first of a pair comes before the second.
    here = np.flatnonzero(pairs.pool.b < most)
    found = pairs.pool.figures(pairs.labels.index(tag) if tag else None).taken(here)
    both = zip(pairs.pool.a[here].tolist(), pairs.pool.b[here].tolist(), strict=True)
    kappa, overlap = (list(zip(*found.figure(key), strict=True)) for key in ("kappa", "overlap"))
    cells = {}
    for (a, b), lower, upper in zip(both, kappa, overlap, strict=True):
        cells[b, a] = replace(cell(*lower), other=names[a])
        cells[a, b] = replace(cell(*upper), other=names[b])
    places = range(len(names))
    rows = (
        Row(
            names[row],
            tuple(
                Cell(is_self=True) if row == column else cells.get((row, column), Cell(reason=reasons.SECOND_READER))
                for column in places
            ),
        )
        for row in places
    )
    return Matrix(names, tuple(rows), len(pairs.names))


def cell(value: float, reason: str) -> Cell:
    """One pair's figure with its level."""
    return Cell(None, reason) if reason else Cell(value, "", bisect_right(STEPS, value) + 1)

"""Pairs of readers for the researcher's table: means over all of them, and a table of those that fit on a screen."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.agreement import reasons
from annotator.domain.agreement.pair_figures import F1
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
    """One pair: a value with its level 1 to 5, or None with its reason; `is_self` on the diagonal."""

    value: float | None = None
    reason: str = ""
    level: int = 0
    is_self: bool = False


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
    together = PairMeans(None, tuple(mean_of(pairs, None, key) for key in KEYS))
    each = (PairMeans(one, tuple(mean_of(pairs, place, key) for key in KEYS)) for place, one in enumerate(labels))
    return (together, *each)


def mean_of(pairs: Pairs, label: int | None, key: str) -> PairMean:
    """One measure over all pairs, those without it left out; an F1 over all labels is the engine's own mean."""
    values, why = pairs.pool.figures(label).figure(key)
    defined = [value for value, reason in zip(values, why, strict=True) if not reason]
    if not defined:
        return PairMean(None, reason=why[0] if why else reasons.SECOND_READER)
    of_engine = pairs.mean[key].value if label is None and key in F1 else None
    value = sum(defined) / len(defined) if of_engine is None else of_engine
    return PairMean(value, len(defined), "", min(defined), max(defined))


def matrix_of(pairs: Pairs, tag: str, most: int) -> Matrix:
    """The table for one label, or for all together where `tag` is empty."""
    found = pairs.pool.figures(pairs.labels.index(tag) if tag else None)
    names = pairs.names[:most]
    kappa, overlap = (list(zip(*found.figure(key), strict=True)) for key in ("kappa", "overlap"))
    cells = {}
    for a, b, lower, upper in zip(pairs.pool.a.tolist(), pairs.pool.b.tolist(), kappa, overlap, strict=True):
        if b < most:
            cells[b, a], cells[a, b] = cell(*lower), cell(*upper)
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

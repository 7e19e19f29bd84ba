"""Why readers differ: every disagreement is a block missed, an edge drawn elsewhere, or another label."""

from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.documents import IntArray
from annotator.domain.agreement.runs import Runs, Stretches


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Per reader, the maximal stretches where the label set is not empty, by reader and start."""

    reader: IntArray
    start: IntArray
    end: IntArray
    first: IntArray
    last: IntArray

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Split:
    """The three parts; of one document whole numbers before division by m - 1, of a corpus parts of 1 - alpha."""

    missed: float
    boundary: float
    label: float


def blocks(found: Runs) -> Blocks:
    """Join the touching stretches of each reader, whatever their labels."""
    pieces: Stretches = found.stretches
    begins = np.ones(len(pieces.start), dtype=np.bool_)
    begins[1:] = (pieces.reader[1:] != pieces.reader[:-1]) | (pieces.start[1:] != pieces.end[:-1])
    ends = np.append(begins[1:], True) if len(begins) else begins
    return Blocks(
        pieces.reader[begins], pieces.start[begins], pieces.end[ends], found.first[begins], found.last[ends]
    )  # fmt: skip


def absent(found: Blocks, readers: int) -> IntArray:
    """For each block, how many of all readers marked nothing anywhere in it. O(B log² B) for B blocks.

    A reader is present in [s, e) by exactly one block: the one ending after s whose predecessor does not, if it starts
    before e. Those are the blocks with start < e and predecessor's end <= s, less those that end by s.
    """
    before = np.zeros_like(found.end)
    before[1:] = np.where(found.reader[1:] == found.reader[:-1], found.end[:-1], 0)
    first_ahead = counted_below(found.start, before, found.end, found.start)
    gone = np.searchsorted(np.sort(found.end), found.start, side="right")
    return readers - (first_ahead - gone)


def counted_below(x: IntArray, y: IntArray, x_below: IntArray, y_most: IntArray) -> IntArray:
    """For each query, the points with x < x_below and y <= y_most; the prefix in x falls into powers of two."""
    order = np.argsort(x)
    prefix = np.searchsorted(x[order], x_below)
    y, width = y[order], int(y_most.max(initial=0)) + 2
    number = np.zeros(len(x_below), dtype=np.int64)
    for level in range(len(x).bit_length()):
        asked = np.flatnonzero(prefix >> level & 1)
        part = (prefix[asked] >> level) - 1
        keys = np.sort((np.arange(len(x)) >> level) * width + np.minimum(y, width - 1))
        number[asked] += np.searchsorted(keys, part * width + y_most[asked], side="right") - (part << level)
    return number


def masses(found: Runs) -> IntArray:
    """(3, R): missed, boundary and label on each run, whole numbers before division by m - 1.

    label = w sum of N_c N_v over non-empty c != v; missed = 2 w sum over the run's markers of absent(their block);
    boundary = 2 w N_0 (m - N_0) - missed. Their sum is w (m² - sum N_c²), the run's disagreement.
    """
    blank, alike = blank_and_alike(found)
    marking = found.readers - blank
    missed = 2 * found.weights * missing_pairs(found)
    label = found.weights * (marking * marking - alike)
    return np.stack([missed, 2 * found.weights * blank * marking - missed, label])


def blank_and_alike(found: Runs) -> tuple[IntArray, IntArray]:
    """(R,) each: readers who marked nothing on the run, and the sum of N_c² over the label sets that are not empty."""
    blank = np.zeros(len(found.weights), dtype=np.int64)
    alike = np.zeros_like(blank)
    for piece, counts in found.counted():
        blank[piece] = counts[:, 0]
        alike[piece] = (counts[:, 1:] ** 2).sum(axis=1)
    return blank, alike


def missing_pairs(found: Runs) -> IntArray:
    """(R,): sum over the readers marking the run of how many readers have nothing in that reader's block there."""
    own = blocks(found)
    lacking = absent(own, found.readers)
    steps = np.zeros(len(found.edges), dtype=np.int64)
    np.add.at(steps, own.first, lacking)
    np.subtract.at(steps, own.last, lacking)
    return np.asarray(np.cumsum(steps)[:-1])


def shares(missed: float, boundary: float, label: float) -> Split:
    """Three masses as shares of their sum, for a split bar; all 0 where nobody differs."""
    total = missed + boundary + label
    return Split(missed / total, boundary / total, label / total) if total else Split(0.0, 0.0, 0.0)

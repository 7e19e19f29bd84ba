"""Run-length counts: how many readers hold which label set on each stretch where nothing changes."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotator.domain.agreement.documents import Document, IntArray, Spans, merged

# Labels in one word of a mask; the sign stays free.
BITS = 62
# Whole numbers below this are exact as floating point, so that BLAS may multiply them.
EXACT = 2**53
# Largest table that is held at once; longer ones are worked through in pieces.
CELLS = 2**22


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Per reader, the maximal stretches of one non-empty label set, by reader and start.

    `column` (from 1) is the row of `masks`, (C, words), the label sets that occur, the empty one first.
    """

    reader: IntArray
    start: IntArray
    end: IntArray
    column: IntArray
    masks: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """A document cut wherever any reader's label set changes, and at the wanted cuts: R runs between R + 1 edges.

    `first` and `last` are the stretches' starts and ends as places in `edges`.
    """

    readers: int
    edges: IntArray
    stretches: Stretches
    first: IntArray
    last: IntArray

    @property
    def weights(self) -> IntArray:
        """(R,): weight of text in each run."""
        return np.diff(self.edges)

    @property
    def masks(self) -> IntArray:
        """(C, words): the label sets that occur, the empty one first."""
        return self.stretches.masks

    def sentences(self, begins: IntArray) -> IntArray:
        """(R,): the sentence that each run lies in.

        `begins` (B,) are the weighted offsets where sentences start, ascending from 0; the runs must be cut there.
        """
        return np.searchsorted(begins, self.edges[:-1], side="right") - 1

    def counted(self) -> Iterator[tuple[slice, IntArray]]:
        """N, piece by piece: a slice of the runs and (runs, C) readers whose set there is the column's."""
        width, total = len(self.masks), len(self.edges) - 1
        rows = max(1, CELLS // width)
        carry: IntArray = np.zeros(width, dtype=np.int64)
        for begin in range(0, total, rows):
            piece = slice(begin, min(begin + rows, total))
            counts = carry + np.cumsum(self.steps(piece, self.first) - self.steps(piece, self.last), axis=0)
            carry = counts[-1].copy()
            counts[:, 0] = self.readers - counts[:, 1:].sum(axis=1)
            yield piece, counts

    def steps(self, piece: slice, places: IntArray) -> IntArray:
        """(runs, C): how many stretches have their edge, given as places in `edges`, at each run's start."""
        width, rows = len(self.masks), piece.stop - piece.start
        inside = (places >= piece.start) & (places < piece.stop)
        cells = (places[inside] - piece.start) * width + self.stretches.column[inside]
        return np.bincount(cells, minlength=rows * width).reshape(rows, width)


def runs(document: Document, cuts: npt.ArrayLike = ()) -> Runs:
    """The runs of a document; `cuts` are further weighted offsets where a run must end, such as sentence edges."""
    found = stretches(document, merged(document))
    wanted = np.asarray(cuts, dtype=np.int64)
    places = np.concatenate([found.start, found.end, wanted, np.array([0, document.length])])
    edges, place = distinct(places[:, None])
    first, last = place[: len(found.start)], place[len(found.start) : 2 * len(found.start)]
    return Runs(len(document.readers), edges[:, 0], found, first, last)


def stretches(document: Document, spans: Spans) -> Stretches:
    """Sort the edges of merged spans by reader and place; the running sum of their bits is the reader's label set."""
    if not len(spans):
        none = np.zeros(0, dtype=np.int64)
        return Stretches(none, none, none, none, np.zeros((1, 1), dtype=np.int64))
    key = spans.reader * (document.length + 1)
    keys = np.concatenate([key + spans.start, key + spans.end])
    order = np.argsort(keys)
    keys = keys[order]
    # Only what holds after the last edge at a place is a label set; each reader's last edge leaves the empty set.
    settled = np.append(keys[1:] != keys[:-1], True)
    masks = np.cumsum(edge_bits(spans)[order], axis=0)[settled]
    reader, place = np.divmod(keys[settled], document.length + 1)
    marked = np.flatnonzero(masks.any(axis=1))
    sets, column = distinct(masks[marked])
    sets = np.concatenate([np.zeros((1, sets.shape[1]), dtype=np.int64), sets])
    return Stretches(reader[marked], place[marked], place[marked + 1], column + 1, sets)


def edge_bits(spans: Spans) -> IntArray:
    """(2 S, words): +bit for every start, then -bit for every end."""
    words = int(spans.label.max()) // BITS + 1
    bits = np.zeros((len(spans), words), dtype=np.int64)
    bits[np.arange(len(spans)), spans.label // BITS] = np.left_shift(1, spans.label % BITS)
    return np.concatenate([bits, -bits])


def distinct(masks: IntArray) -> tuple[IntArray, IntArray]:
    """The distinct rows of (n, words) numbers from 0 in ascending order, and for each row its place among them."""
    if masks.shape[1] > 1:
        found, place = np.unique(masks, axis=0, return_inverse=True)
        return found, place.reshape(-1)
    column = masks[:, 0]
    # Where the numbers are small beside how many there are, counting is quicker than sorting.
    if len(column) and column.max() < 8 * len(column) + 1024:
        there = np.zeros(int(column.max()) + 1, dtype=np.int64)
        there[column] = 1
        return np.flatnonzero(there)[:, None], (np.cumsum(there) - 1)[column]
    found, place = np.unique(column, return_inverse=True)
    return found[:, None], place


def coincidences(found: Runs) -> tuple[IntArray, IntArray]:
    """n_c (C,) and P (C, C): P_cv = sum over runs of w N_c (N_v - [c = v]), whole numbers before division by m - 1."""
    width = len(found.masks)
    totals = np.zeros(width, dtype=np.int64)
    together = np.zeros((width, width), dtype=np.int64)
    weights = found.weights
    fits = int(found.edges[-1]) * found.readers**2 < EXACT
    for piece, counts in found.counted():
        totals += weights[piece] @ counts
        if fits:
            wide = counts.astype(np.float64)
            together += (wide.T @ (wide * weights[piece, None])).astype(np.int64)
        else:
            together += counts.T @ (counts * weights[piece, None])
    together[np.diag_indices(width)] -= totals
    return totals, together

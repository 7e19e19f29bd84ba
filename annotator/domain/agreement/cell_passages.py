"""The passages behind a cell of the confusion table: its own mass, run by run, and cut at sentences."""

import numpy as np

from annotator.domain.agreement.confusion import held_labels, spread
from annotator.domain.agreement.documents import BoolArray, FloatArray, IntArray
from annotator.domain.agreement.runs import Runs

# Rows and columns of the table: the codebook's K labels in order, then K for blank, K + 1 for "nothing more".
Cell = tuple[int, int]


def cell_masses(found: Runs, labels: int, cell: Cell) -> FloatArray:
    """(R,): how much of the cell lies on each run; off the diagonal both orders count, as a reader of it sees them.

    By the same rule as `confusion`: the sum over the runs of all documents is the cell. 0 where fewer than two read.
    """
    if found.readers < 2:
        return np.zeros(len(found.weights))
    share = cell_shares(held_labels(found.masks, labels), cell)
    shown = np.zeros(len(found.weights))
    for piece, counts in found.counted():
        wide = counts.astype(np.float64)
        shown[piece] = ((wide @ share) * wide).sum(axis=1) - wide @ share.diagonal()
    return shown * found.weights / (found.readers - 1)


def cell_shares(held: IntArray, cell: Cell) -> FloatArray:
    """(C, C): the part of each ordered pair of label sets (C, K) that goes to the cell."""
    number = len(held)
    row, column = np.divmod(np.arange(number * number), number)
    one, other = held[row], held[column]
    common = one & other
    left, right = spread(one - common, one), spread(other - common, other)
    is_same: BoolArray = np.asarray((one == other).all(axis=1))
    a, b = cell
    apart = left[:, a] * right[:, b] + left[:, b] * right[:, a] if a != b else np.zeros(len(row))
    alike = spread(one, one)[:, a] if a == b else np.zeros(len(row))
    return np.where(is_same, alike, apart).reshape(number, number)


def by_sentence(found: Runs, amounts: FloatArray, begins: IntArray) -> FloatArray:
    """(B,): amounts (R,) of the runs summed over each sentence.

    `begins` (B,) are the weighted offsets where sentences start, ascending from 0; `found` must be cut there.
    """
    sentence = found.sentences(begins)
    sums: FloatArray = np.bincount(sentence, weights=amounts, minlength=len(begins)).astype(np.float64)
    return sums

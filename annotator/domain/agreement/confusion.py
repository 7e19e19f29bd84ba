"""Which label stands against which: the coincidences spread over a table of labels, blank and "nothing more"."""

import numpy as np

from annotator.domain.agreement.alpha import check
from annotator.domain.agreement.distances import has_label
from annotator.domain.agreement.documents import BoolArray, FloatArray, IntArray
from annotator.domain.agreement.pool import Pool
from annotator.domain.agreement.runs import Runs


def confusion(pool: Pool, labels: int) -> FloatArray:
    """(K + 2, K + 2) symmetric, over the codebook's K labels, then blank, then "nothing more"; sums to n.

    Equal sets give their mass in equal shares to their labels' diagonal cells, two blanks to blank. Where sets differ,
    common labels come off both, and the mass is spread equally over the remaining label × label cells; a side that was
    emptied by that is "nothing more". Off the diagonal stands 1 - alpha of whole sets, before scaling; its blank row
    and column are missed + boundary. NotEnoughData as for alpha.
    """
    check(pool)
    held = held_labels(pool.masks, labels)
    half = crossed(held[pool.rows], held[pool.columns], pool.mass / 2)
    return half + half.T


def confusion_with_key(found: Runs, key: int, labels: int) -> FloatArray:
    """(K + 2, K + 2) of one document by the same rule, readers down the rows, and the key across the columns.

    `key` is the place of the key among the readers of the runs. Every other reader is counted against it, not against
    each other; sums to their number times the weight of the text.
    """
    mass = against(found, key)
    held = held_labels(found.masks, labels)
    row, column = np.nonzero(mass)
    return crossed(held[row], held[column], mass[row, column].astype(np.float64))


def against(found: Runs, key: int) -> IntArray:
    """(C, C): weight of text on which another reader holds the row's label set and the key the column's."""
    own, pieces = found.stretches.reader == key, found.stretches
    steps = np.zeros(len(found.edges), dtype=np.int64)
    np.add.at(steps, found.first[own], pieces.column[own])
    np.subtract.at(steps, found.last[own], pieces.column[own])
    keys = np.cumsum(steps)[:-1]
    table = np.zeros((len(found.masks), len(found.masks)), dtype=np.int64)
    for piece, counts in found.counted():
        counts[np.arange(len(counts)), keys[piece]] -= 1
        np.add.at(table, keys[piece], counts * found.weights[piece, None])
    return table.T


def held_labels(masks: IntArray, labels: int) -> IntArray:
    """(C, K): 1 where the set holds the label."""
    return np.stack([has_label(masks, label) for label in range(labels)], axis=1)


def crossed(one: IntArray, other: IntArray, mass: FloatArray) -> FloatArray:
    """(K + 2, K + 2): mass (T,) spread over the cells of `one`'s labels (T, K) down and `other`'s across."""
    is_same: BoolArray = np.asarray((one == other).all(axis=1))
    common = one & other
    left, right = spread(one - common, one), spread(other - common, other)
    table = left.T @ (right * np.where(is_same, 0.0, mass)[:, None])
    table[np.diag_indices(len(table))] += spread(one, one).T @ np.where(is_same, mass, 0.0)
    return np.asarray(table)


def spread(remaining: IntArray, whole: IntArray) -> FloatArray:
    """(T, K + 2): each side's share of every row of the table; each line sums to 1."""
    number = remaining.sum(axis=1)
    is_blank: BoolArray = np.asarray(~whole.any(axis=1))
    share = remaining / np.maximum(number, 1)[:, None]
    return np.concatenate([share, is_blank[:, None], np.asarray((number == 0) & ~is_blank)[:, None]], axis=1)

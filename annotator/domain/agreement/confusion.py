"""Which label stands against which: the coincidences spread over a table of labels, blank and "nothing more"."""

import numpy as np

from annotator.domain.agreement.alpha import check
from annotator.domain.agreement.distances import has_label
from annotator.domain.agreement.documents import BoolArray, FloatArray, IntArray
from annotator.domain.agreement.pool import Pool


def confusion(pool: Pool, labels: int) -> FloatArray:
    """(K + 2, K + 2) symmetric, over the codebook's K labels, then blank, then "nothing more"; sums to n.

    Equal sets give their mass in equal shares to their labels' diagonal cells, two blanks to blank. Where sets differ,
    common labels come off both, and the mass is spread equally over the remaining label × label cells; a side that was
    emptied by that is "nothing more". Off the diagonal stands 1 - alpha of whole sets, before scaling; its blank row
    and column are missed + boundary. NotEnoughData as for alpha.
    """
    check(pool)
    held = np.stack([has_label(pool.masks, label) for label in range(labels)], axis=1)
    one, other = held[pool.rows], held[pool.columns]
    is_same: BoolArray = np.asarray(pool.rows == pool.columns)
    common = one & other
    left = spread(np.where(is_same[:, None], one, one - common), one)
    right = spread(np.where(is_same[:, None], other, other - common), other)
    differ = np.where(is_same, 0.0, pool.mass / 2)
    table = left.T @ (right * differ[:, None])
    table = table + table.T
    table[np.diag_indices(labels + 2)] += left.T @ np.where(is_same, pool.mass, 0.0)
    return np.asarray(table)


def spread(remaining: IntArray, whole: IntArray) -> FloatArray:
    """(T, K + 2): each side's share of every row of the table; each line sums to 1."""
    number = remaining.sum(axis=1)
    is_blank: BoolArray = np.asarray(~whole.any(axis=1))
    share = remaining / np.maximum(number, 1)[:, None]
    return np.concatenate([share, is_blank[:, None], np.asarray((number == 0) & ~is_blank)[:, None]], axis=1)

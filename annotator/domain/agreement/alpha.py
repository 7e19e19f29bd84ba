"""Krippendorff’s alpha over label sets, pooled over documents (Krippendorff 2019, Content Analysis, ch. 12)."""

from annotator.domain.agreement import reasons
from annotator.domain.agreement.distances import NOMINAL_SET, Distance, has_label
from annotator.domain.agreement.documents import IntArray
from annotator.domain.agreement.pool import Pool
from annotator.domain.errors import NotEnoughData


def alpha(pool: Pool, distance: Distance) -> float:
    """1 - (n - 1) sum o_cv d(c,v) / sum n_c n_v d(c,v); 1 is identical, 0 chance, below 0 less alike than chance.

    NotEnoughData with its reason where that is undefined.
    """
    check(pool, distance.label)
    expected = float(distance.weighed(pool.masks, pool.totals))
    if not expected:
        raise NotEnoughData(reasons.NO_VARIATION)
    return 1 - (pool.values - 1) * observed(pool, distance) / expected


def observed(pool: Pool, distance: Distance) -> float:
    """Sum of o_cv d(c,v) over both orders."""
    return float(pool.mass @ distance.between(pool.masks[pool.rows], pool.masks[pool.columns]))


def check(pool: Pool, label: int | None = None) -> None:
    """Raise the first reason, if any, why nothing can be said about the pool, or about one label in it."""
    check_counts(pool.documents, pool.masks, pool.totals, label)


def check_counts(documents: int, masks: IntArray, totals: IntArray, label: int | None = None) -> None:
    """The same from the label sets (C, words), the empty one first, and the weight under each (C,)."""
    if not documents:
        raise NotEnoughData(reasons.SECOND_READER)
    if not totals.any():
        raise NotEnoughData(reasons.NO_TEXT)
    if label is not None and not (has_label(masks, label) * totals).any():
        raise NotEnoughData(reasons.NOT_USED)
    if not totals[1:].any():
        raise NotEnoughData(reasons.NOTHING_MARKED)


def raw(pool: Pool, distance: Distance = NOMINAL_SET) -> float:
    """Raw agreement, sum o_cc / n: mostly a measure of how blank the text is. NotEnoughData as for alpha.

    Of a distance that is 0 or 1, the share of pairs of characters that it takes for alike.
    """
    check(pool, distance.label)
    if distance is NOMINAL_SET:
        return float(pool.mass[pool.rows == pool.columns].sum()) / pool.values
    return 1 - observed(pool, distance) / pool.values


def marked(pool: Pool, label: int | None = None) -> float:
    """The share of all text read that was marked, with one label or with any. NotEnoughData as for alpha."""
    check(pool, label)
    held = pool.totals[1:].sum() if label is None else (has_label(pool.masks, label) * pool.totals).sum()
    return float(held) / pool.values

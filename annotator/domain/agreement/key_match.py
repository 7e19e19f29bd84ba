"""How much readers' marks match the key, averaged over readers, with an interval over sentences."""

import numpy as np

from annotator.domain.agreement import reasons
from annotator.domain.agreement.bootstrap import FEWEST, draws
from annotator.domain.agreement.documents import FloatArray, IntArray
from annotator.domain.errors import NotEnoughData


def mean_match(both: IntArray, own: IntArray, key: IntArray) -> float:
    """The mean of the readers' 2|R∩K| / (|R| + |K|); readers for whom it is undefined are left out.

    All are (sentences, readers): (character, label) pairs in both, in the reading and in the key. NotEnoughData where
    it is defined for nobody.
    """
    weights = np.ones((1, len(both)))
    return float(means(weights, both, own, key)[0])


def match_interval(both: IntArray, own: IntArray, key: IntArray) -> tuple[float, float]:
    """The 95 % interval of `mean_match` over resampled sentences, readers fixed. NotEnoughData under five sentences."""
    if len(both) < FEWEST:
        raise NotEnoughData(reasons.TOO_EARLY)
    low, high = np.percentile(means(draws(len(both)), both, own, key), (2.5, 97.5))
    return float(low), float(high)


def means(weights: FloatArray, both: IntArray, own: IntArray, key: IntArray) -> FloatArray:
    """(draws,): the mean over readers in each draw, undefined draws left out; `weights` (draws, sentences)."""
    whole = weights @ (own + key)
    defined = whole > 0
    shares = np.divide(2 * (weights @ both), whole, out=np.zeros_like(whole), where=defined)
    readers = defined.sum(axis=1)
    if not readers.any():
        raise NotEnoughData(reasons.NOTHING_MARKED)
    return np.asarray(shares.sum(axis=1)[readers > 0] / readers[readers > 0])

"""How far two label sets are apart, from 0 for equal to 1; two empty sets are always equal."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotator.domain.agreement.documents import FloatArray, IntArray
from annotator.domain.agreement.runs import BITS, CELLS


@dataclass(frozen=True, slots=True)
class Distance:
    """`between` takes two arrays of masks (..., words), broadcast, and answers (...) numbers from 0 to 1.

    `category`, where the distance only asks whether two sets fall into the same class, gives the class of each of
    (C, words) distinct masks: sums over all pairs of sets then cost C, not C squared. `label` is the place of the one
    label that the distance looks at.
    """

    between: Callable[[IntArray, IntArray], FloatArray]
    category: Callable[[IntArray], IntArray] | None = None
    label: int | None = None

    def weighed(self, masks: IntArray, counts: npt.NDArray[np.number]) -> FloatArray:
        """Sum over label sets c, v of counts_c counts_v d(c, v); counts (..., C), answer (...)."""
        amounts: FloatArray = np.asarray(counts, dtype=np.float64)
        if self.category is not None:
            grouped = in_classes(amounts, self.category(masks))
            # Not the square of the sum less the sum of squares: that would cancel where nearly all is blank.
            rest = amounts.sum(axis=-1, keepdims=True) - grouped
            return np.asarray((grouped * rest).sum(axis=-1))
        total: FloatArray = np.zeros(counts.shape[:-1])
        rows = max(1, CELLS // len(masks))
        for begin in range(0, len(masks), rows):
            piece = slice(begin, begin + rows)
            table = self.between(masks[piece, None], masks[None, :])
            total = total + ((amounts[..., piece] @ table) * amounts).sum(axis=-1)
        return np.asarray(total)


def in_classes(counts: FloatArray, classes: IntArray) -> FloatArray:
    """Counts (..., C) summed over the label sets of each class."""
    number = int(classes.max()) + 1
    if number == len(classes):
        return counts
    belongs = np.zeros((len(classes), number))
    belongs[np.arange(len(classes)), classes] = 1
    return np.asarray(counts @ belongs)


def size(masks: IntArray) -> FloatArray:
    """Labels in each set; masks (..., words), answer (...)."""
    return np.asarray(np.bitwise_count(masks).sum(axis=-1), dtype=np.float64)


def has_label(masks: IntArray, label: int) -> IntArray:
    """1 where the set holds the label at this place of the codebook, else 0; masks (..., words)."""
    if label // BITS >= masks.shape[-1]:
        return np.zeros(masks.shape[:-1], dtype=np.int64)
    return np.asarray((masks[..., label // BITS] >> (label % BITS)) & 1)


def jaccard_quotient(one: IntArray, other: IntArray) -> FloatArray:
    """Shared labels by all labels of either set; 1 for two empty sets."""
    union = size(one | other)
    return np.asarray(np.divide(size(one & other), union, out=np.ones_like(union), where=union > 0))


def any_between(one: IntArray, other: IntArray) -> FloatArray:
    """1 where exactly one set is empty."""
    return np.asarray(one.any(axis=-1) != other.any(axis=-1), dtype=np.float64)


def nominal_between(one: IntArray, other: IntArray) -> FloatArray:
    """1 where the sets differ at all."""
    return np.asarray((one != other).any(axis=-1), dtype=np.float64)


def jaccard_between(one: IntArray, other: IntArray) -> FloatArray:
    """1 less the Jaccard quotient: |A∩B| / |A∪B|."""
    return 1 - jaccard_quotient(one, other)


def masi_between(one: IntArray, other: IntArray) -> FloatArray:
    """Passonneau 2006 (LREC): 1 - J M, with M 1 for equal sets, 2/3 for a subset, 1/3 for another intersection.

    This is NLTK's `masi_distance` but for two empty sets, where NLTK divides by zero.
    """
    common = one & other
    is_subset = (common == one).all(axis=-1) | (common == other).all(axis=-1)
    monotonicity = np.where(is_subset, 2 / 3, 1 / 3)
    monotonicity = np.where((one == other).all(axis=-1), 1.0, monotonicity)
    return np.asarray(1 - jaccard_quotient(one, other) * monotonicity)


def label_distance(label: int) -> Distance:
    """1 where exactly one set holds the label at this place of the codebook: each label is a layer of its own."""
    return Distance(
        between=lambda one, other: np.asarray(has_label(one, label) != has_label(other, label), dtype=np.float64),
        category=lambda masks: has_label(masks, label),
        label=label,
    )


ANY = Distance(any_between, lambda masks: np.asarray(masks.any(axis=-1), dtype=np.int64))
NOMINAL_SET = Distance(nominal_between, lambda masks: np.arange(len(masks)))
JACCARD = Distance(jaccard_between)
MASI = Distance(masi_between)

# The four figures over all labels together, by the names that files give them.
TOGETHER = {"any": ANY, "nominal_set": NOMINAL_SET, "jaccard": JACCARD, "masi": MASI}

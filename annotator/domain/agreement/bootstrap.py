"""How sure an alpha is: percentile intervals over resampled articles, or over the sentences of one article."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotator.domain.agreement import reasons
from annotator.domain.agreement.distances import Distance
from annotator.domain.agreement.documents import FloatArray, IntArray
from annotator.domain.agreement.pool import Rows, summed
from annotator.domain.agreement.runs import Runs
from annotator.domain.errors import NotEnoughData

DRAWS = 1000
# Fixed, so that a page loaded again shows the same figures.
SEED = 20240
# Krippendorff's customs for research data, not grades: shown to researchers only, beside the chance to fall below.
THRESHOLDS = (0.667, 0.80)
FEWEST = 5
ROUGH_BELOW = 15
TOO_WIDE = 0.4
DROPPED_WORTH_SAYING = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """What is drawn, B articles or sentences: counts (B, C) n_c, disagreements (B, D) sum o_cv d by distance."""

    masks: IntArray
    counts: IntArray
    disagreements: FloatArray
    distances: tuple[Distance, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """The 95 % interval of one alpha, and the shares of draws below .667 and .80.

    `dropped` is the share of draws in which alpha was undefined, worth saying above 5 %. `is_rough`: few blocks;
    `is_degenerate`: identical readers give a width of 0, which says nothing; `is_wide`: too early to say.
    """

    low: float
    high: float
    below_667: float
    below_800: float
    dropped: float
    is_rough: bool

    @property
    def is_degenerate(self) -> bool:
        """Whether every draw gave the same figure."""
        return self.high == self.low

    @property
    def is_wide(self) -> bool:
        """Whether the interval is too wide to say anything by."""
        return self.high - self.low > TOO_WIDE


def article_blocks(found: Rows, distances: Sequence[Distance]) -> Blocks:
    """One block for each article that two readers or more finished; readers stay fixed."""
    readers = found.head["readers"]
    width, number = len(found.masks), len(found)
    counts = summed(found.set_owner * width + found.sets, found.totals, number * width).reshape(number, width)
    both = found.together * (1 + (found.rows != found.columns))
    mass = both / (readers - 1)[found.cell_owner]
    apart: list[FloatArray] = [
        np.bincount(
            found.cell_owner,
            weights=mass * distance.between(found.masks[found.rows], found.masks[found.columns]),
            minlength=number,
        ).astype(np.float64)
        for distance in distances
    ]
    return Blocks(found.masks, counts, np.stack(apart, axis=1), tuple(distances))


def sentence_blocks(found: Runs, sentences: npt.ArrayLike, distances: Sequence[Distance]) -> Blocks:
    """One block for each sentence of one article: "within this article".

    `sentences` (B,) are the weighted offsets where sentences start, ascending from 0; `found` must be cut there.
    """
    begins = np.asarray(sentences, dtype=np.int64)
    block = found.sentences(begins)
    counts = np.zeros((len(begins), len(found.masks)), dtype=np.int64)
    apart = np.zeros((len(begins), len(distances)))
    for piece, holding in found.counted():
        weights = found.weights[piece]
        np.add.at(counts, block[piece], holding * weights[:, None])
        for place, distance in enumerate(distances):
            mass = weights * distance.weighed(found.masks, holding)
            apart[:, place] += np.bincount(block[piece], weights=mass, minlength=len(begins))
    return Blocks(found.masks, counts, apart / (found.readers - 1), tuple(distances))


def draws(blocks: int) -> FloatArray:
    """(1000, B): how often each block is in each draw; the same for every call."""
    chosen = np.random.default_rng(SEED).integers(0, blocks, (DRAWS, blocks))
    cells = chosen + np.arange(DRAWS)[:, None] * blocks
    return np.bincount(cells.ravel(), minlength=DRAWS * blocks).reshape(DRAWS, blocks).astype(np.float64)


def intervals(blocks: Blocks) -> tuple[Interval | NotEnoughData, ...]:
    """For each distance its interval, or the reason why there is none: fewer than five blocks, or undefined."""
    number = len(blocks.counts)
    if number < FEWEST:
        return tuple(NotEnoughData(reasons.TOO_EARLY) for _each in blocks.distances)
    weights = draws(number)
    counts = weights @ blocks.counts
    apart = weights @ blocks.disagreements
    n = counts.sum(axis=1)
    return tuple(
        interval(n, apart[:, place], distance.weighed(blocks.masks, counts), is_rough=number < ROUGH_BELOW)
        for place, distance in enumerate(blocks.distances)
    )


def interval(n: FloatArray, apart: FloatArray, expected: FloatArray, *, is_rough: bool) -> Interval | NotEnoughData:
    """Percentiles 2.5 and 97.5 of the draws in which alpha is defined."""
    defined = expected > 0
    if not defined.any():
        return NotEnoughData(reasons.NO_VARIATION)
    alphas = 1 - (n[defined] - 1) * apart[defined] / expected[defined]
    low, high = np.percentile(alphas, (2.5, 97.5))
    below = [float((alphas < threshold).mean()) for threshold in THRESHOLDS]
    return Interval(float(low), float(high), below[0], below[1], 1 - float(defined.mean()), is_rough)

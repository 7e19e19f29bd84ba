"""Which intervals of different readers meet, and over how much text: one join for all comparisons of pairs."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.documents import IntArray
from annotator.domain.agreement.runs import CELLS


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Half-open intervals in groups (labels, label sets …); those of one reader and group are disjoint."""

    group: IntArray
    reader: IntArray
    start: IntArray
    end: IntArray

    def __len__(self) -> int:
        return len(self.start)


def meetings(found: Intervals) -> Iterator[tuple[IntArray, IntArray, IntArray]]:
    """Every two intervals of one group that share weight, once: their places, and the weight shared; in pieces.

    O(S log S) plus the meetings: in order of start, those met by an interval and not before it stand in one range.
    """
    if not len(found):
        return
    width = int(found.end.max()) + 1
    begin = found.group * width + found.start
    order = np.argsort(begin, kind="stable")
    stop = np.searchsorted(begin[order], (found.group * width + found.end)[order])
    for left, right in within(stop):
        one, other = order[left], order[right]
        yield one, other, np.minimum(found.end[one], found.end[other]) - found.start[other]


def within(stop: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """For every place p, the pairs (p, p + 1) … (p, stop[p] - 1), in pieces of bounded size."""
    number = np.maximum(stop - np.arange(1, len(stop) + 1), 0)
    before = np.cumsum(number) - number
    piece = before // CELLS
    for which in range(int(piece[-1]) + 1):
        chosen = np.flatnonzero(piece == which)
        left = np.repeat(chosen, number[chosen])
        ahead = np.arange(len(left)) - np.repeat(before[chosen] - before[chosen[0]], number[chosen])
        yield left, left + 1 + ahead

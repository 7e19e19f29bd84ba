"""Pair counts summed over documents, before anything is divided."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.documents import IntArray
from annotator.domain.agreement.pair_figures import PairFigures
from annotator.domain.agreement.pairs import PairCounts
from annotator.domain.agreement.runs import CELLS, distinct

ONE_SIDE = ("units", "spans", "text")
COMMON = ("units_both", "hits_a", "hits_b", "matches", "text_both")


@dataclass(frozen=True, slots=True, eq=False)
class PairPool:
    """Every two readers that share a document: ids a < b (Q,), and what PairCounts counts, summed; (U, Q) by label.

    `blocks`: marked blocks of all readers in these documents.
    """

    a: IntArray
    b: IntArray
    labels: IntArray
    weight: IntArray
    alike: IntArray
    chance: IntArray
    counts: dict[str, IntArray]
    blocks: int

    def __len__(self) -> int:
        return len(self.a)

    def figures(self, label: int | None = None) -> PairFigures:
        """The figures of all pairs, for one label (a place of the codebook) or for all together."""
        chosen = np.ones(len(self.labels), dtype=np.bool_) if label is None else self.labels == label
        sums = {name: table[chosen].sum(axis=0) for name, table in self.counts.items()}
        if label is None:
            return PairFigures(**sums, weight=self.weight, alike=self.alike, chance=self.chance, is_one_label=False)
        one, other, both = sums["text_a"], sums["text_b"], sums["text_both"]
        alike = self.weight - one - other + 2 * both
        blank = np.stack([self.weight - one, self.weight - other])
        chance = products(np.stack([one, blank[0]]), np.stack([other, blank[1]]))
        return PairFigures(**sums, weight=self.weight, alike=alike, chance=chance, is_one_label=True)


def pooled_pairs(found: Sequence[PairCounts]) -> PairPool:
    """Sum pair counts over documents; the order of documents cannot change a digit."""
    found = [each for each in found if len(each.readers) > 1]
    size = max((int(each.readers[-1]) for each in found), default=0) + 1
    keys, labels = none(), none()
    for each in found:
        keys, labels = np.union1d(keys, pair_keys(each, size)), np.union1d(labels, each.labels)
    counts = {name: np.zeros((len(labels), len(keys)), dtype=np.int64) for name in (*sides(), *COMMON)}
    weight, same = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    for each in found:
        place = np.searchsorted(keys, pair_keys(each, size))
        weight[place] += each.length
        same[place] += each.alike
        add(counts, each, np.ix_(np.searchsorted(labels, each.labels), place))
    marked = sum(int(each.blocks.sum()) for each in found)
    return PairPool(keys // size, keys % size, labels, weight, same, chance_of(found, keys, size), counts, marked)


def none() -> IntArray:
    """No numbers."""
    return np.zeros(0, dtype=np.int64)


def sides() -> list[str]:
    """The names of what each of the two has alone."""
    return [f"{name}_{side}" for name in ONE_SIDE for side in "ab"]


def pair_keys(found: PairCounts, size: int) -> IntArray:
    """One ascending number for each pair of a document's readers."""
    first, second = np.triu_indices(len(found.readers), 1)
    return np.asarray(found.readers[first] * size + found.readers[second])


def add(counts: dict[str, IntArray], found: PairCounts, cells: tuple[IntArray, ...]) -> None:
    """Add one document's counts to the sums, in place."""
    first, second = np.triu_indices(len(found.readers), 1)
    for name in ONE_SIDE:
        table: IntArray = getattr(found, name)
        counts[f"{name}_a"][cells] += table[:, first]
        counts[f"{name}_b"][cells] += table[:, second]
    for name in COMMON:
        counts[name][cells] += getattr(found, name)


def chance_of(found: Sequence[PairCounts], keys: IntArray, size: int) -> IntArray:
    """For each pair, the sum over label sets of both readers' weights multiplied; a few sets at a time."""
    words = max((each.masks.shape[1] for each in found), default=1)
    wide = [np.pad(each.masks, ((0, 0), (0, words - each.masks.shape[1]))) for each in found]
    sets, place = distinct(np.concatenate([np.zeros((0, words), dtype=np.int64), *wide]))
    begins = np.cumsum([0, *(len(each.masks) for each in found)])
    places = [np.searchsorted(keys, pair_keys(each, size)) for each in found]
    sums: IntArray = np.zeros(len(keys), dtype=np.int64)
    step = max(1, CELLS // max(1, len(keys)))
    for low in range(0, len(sets), step):
        one, other = np.zeros((2, min(step, len(sets) - low), len(keys)), dtype=np.int64)
        for number, each in enumerate(found):
            own = place[begins[number] : begins[number + 1]] - low
            here = np.flatnonzero((own >= 0) & (own < len(one)))
            first, second = np.triu_indices(len(each.readers), 1)
            cells = np.ix_(own[here], places[number])
            one[cells] += each.totals[here][:, first]
            other[cells] += each.totals[here][:, second]
        sums = sums + products(one, other)
    return sums


def products(one: IntArray, other: IntArray) -> IntArray:
    """(Q,): sums of products down the columns, as whole numbers of any size where 64 bits might not hold them."""
    if max(int(one.max(initial=0)), int(other.max(initial=0))) ** 2 * len(one) < 2**63:
        return np.asarray((one * other).sum(axis=0))
    return np.asarray((one.astype(object) * other.astype(object)).sum(axis=0))

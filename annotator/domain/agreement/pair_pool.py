"""Pair counts summed over documents, and the F1s and Cohen's kappa of each two readers: divided last."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement import reasons
from annotator.domain.agreement.documents import IntArray
from annotator.domain.agreement.pairs import PairCounts
from annotator.domain.agreement.runs import CELLS, distinct
from annotator.domain.errors import NotEnoughData

ONE_SIDE = ("units", "spans", "text")
COMMON = ("units_both", "hits_a", "hits_b", "matches", "text_both")


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Whole-number counts of two readers over their shared documents, for one label or for all together.

    `weight` of text; `alike` weight where both did the same; `chance` = sum over categories of both readers' weights
    multiplied, so that p_e = chance / weight².
    """

    units_a: int
    units_b: int
    units_both: int
    spans_a: int
    spans_b: int
    hits_a: int
    hits_b: int
    matches: int
    text_a: int
    text_b: int
    text_both: int
    weight: int
    alike: int
    chance: int
    is_one_label: bool

    def check(self) -> None:
        """Raise the first reason, if any, why these two cannot be compared."""
        if not self.weight:
            raise NotEnoughData(reasons.NO_TEXT)
        if not self.units_a + self.units_b:
            raise NotEnoughData(reasons.NOT_USED if self.is_one_label else reasons.NOTHING_MARKED)

    def exact(self) -> float:
        """2|A∩B| / (|A| + |B|) over units (Hripcsak & Rothschild 2005, JAMIA 12:296)."""
        self.check()
        return 2 * self.units_both / (self.units_a + self.units_b)

    def overlap(self) -> float:
        """2pr / (p + r), p and r the shares of each side's merged spans that meet one of the other's."""
        self.check()
        precision = self.hits_a / self.spans_a if self.spans_a else 0.0
        recall = self.hits_b / self.spans_b if self.spans_b else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def iou50(self) -> float:
        """2t / (|A| + |B|), t = merged spans whose intersection is at least half their union."""
        self.check()
        return 2 * self.matches / (self.spans_a + self.spans_b)

    def char(self) -> float:
        """2·sum|A_k∩B_k| / sum(|A_k| + |B_k|) by weight of text."""
        self.check()
        return 2 * self.text_both / (self.text_a + self.text_b)

    def kappa(self) -> float:
        """(p_o - p_e) / (1 - p_e) by weight of text (Cohen 1960, Educ Psychol Meas 20:37)."""
        self.check()
        if self.chance == self.weight**2:
            raise NotEnoughData(reasons.NO_VARIATION)
        return (self.alike * self.weight - self.chance) / (self.weight**2 - self.chance)


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
    chance: tuple[int, ...]
    counts: dict[str, IntArray]
    blocks: int

    def __len__(self) -> int:
        return len(self.a)

    def figures(self, pair: int, label: int | None = None) -> PairFigures:
        """The counts of the pair at this place, for one label (a place of the codebook) or for all together."""
        if label is None:
            sums = {name: int(table[:, pair].sum()) for name, table in self.counts.items()}
            return PairFigures(**sums, **self.whole(pair), is_one_label=False)
        at = np.flatnonzero(self.labels == label)
        sums = {name: int(table[at, pair].sum()) for name, table in self.counts.items()}
        weight, one, other, both = int(self.weight[pair]), sums["text_a"], sums["text_b"], sums["text_both"]
        marked = {"weight": weight, "alike": weight - one - other + 2 * both}
        chance = one * other + (weight - one) * (weight - other)
        return PairFigures(**sums, **marked, chance=chance, is_one_label=True)

    def whole(self, pair: int) -> dict[str, int]:
        """Weight, equal weight and chance over whole label sets."""
        return {"weight": int(self.weight[pair]), "alike": int(self.alike[pair]), "chance": self.chance[pair]}


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


def chance_of(found: Sequence[PairCounts], keys: IntArray, size: int) -> tuple[int, ...]:
    """For each pair, the sum over label sets of both readers' weights multiplied; a few sets at a time."""
    words = max((each.masks.shape[1] for each in found), default=1)
    wide = [np.pad(each.masks, ((0, 0), (0, words - each.masks.shape[1]))) for each in found]
    sets, place = distinct(np.concatenate([np.zeros((0, words), dtype=np.int64), *wide]))
    begins = np.cumsum([0, *(len(each.masks) for each in found)])
    places = [np.searchsorted(keys, pair_keys(each, size)) for each in found]
    sums = np.zeros(len(keys), dtype=object)
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
        sums += products(one, other)
    return tuple(int(each) for each in sums)


def products(one: IntArray, other: IntArray) -> IntArray:
    """(Q,): sums of products down the columns, as whole numbers of any size where 64 bits might not hold them."""
    if max(int(one.max(initial=0)), int(other.max(initial=0))) ** 2 * len(one) < 2**63:
        return np.asarray((one * other).sum(axis=0))
    return np.asarray((one.astype(object) * other.astype(object)).sum(axis=0))

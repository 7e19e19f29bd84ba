"""The F1s and Cohen's kappa of every two readers at once, from whole-number counts summed over their documents."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from annotator.domain.agreement import reasons
from annotator.domain.agreement.documents import BoolArray, FloatArray, IntArray
from annotator.domain.agreement.runs import EXACT

F1 = ("exact", "overlap", "iou50", "char")


@dataclass(frozen=True, slots=True, eq=False)
class PairFigures:
    """Counts of each pair (Q,), for one label or for all together.

    `weight` of text; `alike` weight where both did the same; `chance` = sum over categories of both readers' weights
    multiplied, so that p_e = chance / weight²: whole numbers of any size where 64 bits might not hold them.
    """

    units_a: IntArray
    units_b: IntArray
    units_both: IntArray
    spans_a: IntArray
    spans_b: IntArray
    hits_a: IntArray
    hits_b: IntArray
    matches: IntArray
    text_a: IntArray
    text_b: IntArray
    text_both: IntArray
    weight: IntArray
    alike: IntArray
    chance: IntArray
    is_one_label: bool

    @property
    def is_compared(self) -> BoolArray:
        """(Q,): whether there is text, and one of the two has marked some."""
        return np.asarray((self.weight > 0) & (self.units_a + self.units_b > 0))

    @property
    def varies(self) -> BoolArray:
        """(Q,): whether chance leaves kappa room."""
        return np.asarray(self.chance != self.squares)

    @property
    def squares(self) -> IntArray:
        """(Q,): weight²."""
        wide = self.weight.astype(object) if int(self.weight.max(initial=0)) ** 2 >= EXACT else self.weight
        return np.asarray(wide * wide)

    def taken(self, places: IntArray) -> "PairFigures":
        """The same for some of the pairs, by their places among these."""
        columns: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        is_one_label = columns.pop("is_one_label")
        return PairFigures(**{name: own[places] for name, own in columns.items()}, is_one_label=is_one_label)

    def f1(self, key: str) -> FloatArray:
        """(Q,) one of the four F1s; NaN, never to be shown, where nothing is compared.

        exact: 2|A∩B| / (|A| + |B|) over units (Hripcsak & Rothschild 2005, JAMIA 12:296). overlap: 2pr / (p + r), p and
        r the shares of each side's merged spans that meet one of the other's. iou50: 2t / (|A| + |B|), t = merged spans
        whose intersection is at least half their union. char: 2·sum|A_k∩B_k| / sum(|A_k| + |B_k|) by weight of text.
        """
        if key == "overlap":
            p, r = quotient(self.hits_a, self.spans_a), quotient(self.hits_b, self.spans_b)
            found = quotient(2 * p * r, p + r)
        elif key == "exact":
            found = quotient(2 * self.units_both, self.units_a + self.units_b)
        elif key == "iou50":
            found = quotient(2 * self.matches, self.spans_a + self.spans_b)
        else:
            found = quotient(2 * self.text_both, self.text_a + self.text_b)
        return np.where(self.is_compared, found, np.nan)

    def kappa(self) -> FloatArray:
        """(Q,) (p_o - p_e) / (1 - p_e) by weight of text (Cohen 1960, Educ Psychol Meas 20:37); NaN as in f1."""
        squares = self.squares
        found = quotient(self.alike * self.weight.astype(squares.dtype) - self.chance, squares - self.chance)
        return np.where(self.is_compared & self.varies, found, np.nan)

    def values(self, key: str) -> FloatArray:
        """(Q,) "kappa" or an F1 by its name; NaN where a pair has none."""
        return self.kappa() if key == "kappa" else self.f1(key)

    def figure(self, key: str) -> tuple[list[float], list[str]]:
        """(Q) the same, and the first reason that applies where a pair has none, else ""."""
        values = self.values(key)
        why = np.full(len(values), "", dtype=object)
        if key == "kappa":
            why[~self.varies] = reasons.NO_VARIATION
        why[~self.is_compared] = reasons.NOT_USED if self.is_one_label else reasons.NOTHING_MARKED
        why[self.weight == 0] = reasons.NO_TEXT
        return values.tolist(), why.tolist()


def quotient(above: IntArray | FloatArray, below: IntArray | FloatArray) -> FloatArray:
    """above / below, 0 where that is 0 / 0; whole numbers of any size are divided before they are rounded."""
    out = np.zeros(len(above), dtype=np.result_type(above, below, np.float64))
    return np.asarray(np.divide(above, below, out=out, where=np.asarray(below != 0)), dtype=np.float64)

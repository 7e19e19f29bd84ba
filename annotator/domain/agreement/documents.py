"""One document's spans in weighted coordinates, and their two normal forms: units and merged spans."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotator.domain.errors import RuleError, gettext_noop

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

# Sums of squared span lengths over all readers stay whole numbers of 64 bits below this.
LARGEST = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Equally long columns: the reader's place, the label's place in the codebook, half-open start and end."""

    reader: IntArray
    label: IntArray
    start: IntArray
    end: IntArray

    def __len__(self) -> int:
        return len(self.start)

    @property
    def lengths(self) -> IntArray:
        """Weight of each span."""
        return self.end - self.start

    def taken(self, chosen: IntArray | BoolArray) -> "Spans":
        """The chosen rows, by place or by mask."""
        return Spans(self.reader[chosen], self.label[chosen], self.start[chosen], self.end[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A document that `readers` finished: `length` is the weight of its text, offsets count weight, none is blank.

    `readers` are ids (m,), ascending; a span's reader is a place in them. Duplicates may still be among the spans.
    """

    length: int
    readers: IntArray
    spans: Spans


def document(
    *, length: int, readers: npt.ArrayLike, spans: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> Document:
    """A document in weighted coordinates.

    `spans` is (S, 4): reader id, label place, start, end in code points of a text of `length`. `weights` is (length,)
    whole numbers from 0, one per code point; without it every code point weighs 1. Spans of weight 0 vanish.
    RuleError for offsets outside the text, an unknown reader, and texts too long for 64-bit sums.
    """
    ids = np.unique(np.asarray(readers, dtype=np.int64))
    rows = np.asarray(spans, dtype=np.int64).reshape(-1, 4)
    check(rows, ids, length)
    start, end = rows[:, 2], rows[:, 3]
    if weights is not None:
        before = weight_before(np.asarray(weights, dtype=np.int64))
        length, start, end = int(before[-1]), before[start], before[end]
    if length * length * max(1, len(ids)) >= LARGEST:
        raise RuleError(gettext_noop("This text is too long to compare so many readings of it."), code="too_long")
    kept = start < end
    found = Spans(np.searchsorted(ids, rows[:, 0]), rows[:, 1], start, end)
    return Document(length, ids, found if kept.all() else found.taken(kept))


def check(rows: IntArray, ids: IntArray, length: int) -> None:
    """Refuse spans that are not a stretch of the text, or whose reader has no reading of it."""
    start, end = rows[:, 2], rows[:, 3]
    if ((start < 0) | (start >= end) | (end > length)).any():
        raise RuleError(gettext_noop("A span lies outside its text."), code="out_of_range")
    if not np.isin(rows[:, 0], ids).all():
        raise RuleError(gettext_noop("A span belongs to nobody who read this text."), code="no_reading")


def weight_before(weights: IntArray) -> IntArray:
    """(L + 1,): the weight of the text before each offset."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(weights, dtype=np.int64)])


def units(document: Document) -> Spans:
    """The spans without duplicates, by reader, label, start, end. Touching and overlapping ones stay apart."""
    spans = document.spans
    order = np.lexsort((spans.end, spans.start, spans.label, spans.reader))
    spans = spans.taken(order)
    if len(spans) < 2:
        return spans
    again = np.ones(len(spans), dtype=np.bool_)
    again[0] = False
    for column in (spans.reader, spans.label, spans.start, spans.end):
        again[1:] &= column[1:] == column[:-1]
    return spans.taken(~again)


def merged(document: Document) -> Spans:
    """Per reader and label, spans that overlap or touch united; by reader, label, start. O(S log S)."""
    spans = document.spans
    if not len(spans):
        return spans
    width = document.length + 1
    group = spans.reader * (int(spans.label.max()) + 1) + spans.label
    begin = group * width + spans.start
    order = np.argsort(begin)
    # Groups ascend, so one running maximum over all of them never reaches from one group into the next.
    reach = np.maximum.accumulate((group * width + spans.end)[order])
    first = np.ones(len(spans), dtype=np.bool_)
    first[1:] = begin[order][1:] > reach[:-1]
    place = np.flatnonzero(first)
    last = np.append(place[1:], len(spans)) - 1
    found = spans.taken(order[place])
    return Spans(found.reader, found.label, found.start, reach[last] - group[order[place]] * width)


def has_overlap(document: Document, found: Spans) -> bool:
    """Whether two of the units `found` of one reader share a unit of weight, whatever their labels."""
    key = found.reader * (document.length + 1) + found.start
    order = np.argsort(key)
    reach = (found.reader * (document.length + 1) + found.end)[order]
    return bool((key[order][1:] < np.maximum.accumulate(reach)[:-1]).any())

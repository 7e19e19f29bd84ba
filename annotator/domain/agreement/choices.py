"""What each reader chose for a passage: the bar that counts every reader once (CLASSROOM.md 4)."""

from collections.abc import Sequence

import numpy as np

from annotator.domain.agreement.documents import IntArray, Spans

# Where two labels cover equally much of a passage, the first of these is meant (CODEBOOK.md 3).
FLATTENED = ("boilerplate", "attribution", "claim", "opinion")


def flattening(slugs: Sequence[str]) -> tuple[int, ...]:
    """The places of the labels in the order that decides ties: the four named above, then the codebook's own."""
    ranks = {slug: rank for rank, slug in enumerate(FLATTENED)}
    return tuple(sorted(range(len(slugs)), key=lambda place: (ranks.get(slugs[place], len(ranks)), place)))


def choices(found: Spans, readers: int, order: Sequence[int], start: int, end: int) -> IntArray:
    """(labels + 1,): how many readers chose each label for [start, end), the last number for "not marked".

    `found` are merged spans of `readers` in weighted coordinates, as are `start` and `end`; `order` as `flattening`
    gives it.
    """
    return np.bincount(chosen(found, readers, order, start, end), minlength=len(order) + 1)


def choices_in(found: Spans, readers: int, order: Sequence[int], begins: IntArray, ends: IntArray) -> IntArray:
    """(B, labels + 1): `choices` for each of B passages at once, ascending and apart from each other. O(S log S)."""
    width = len(order)
    table = np.zeros((len(begins), width + 1), dtype=np.int64)
    passage, span = crossings(found, begins, ends)
    covered = np.minimum(found.end[span], ends[passage]) - np.maximum(found.start[span], begins[passage])
    if len(span):
        rank = np.argsort(np.asarray(order, dtype=np.int64))
        cells = (passage * readers + found.reader[span]) * width + rank[found.label[span]]
        kept = largest(cells[covered > 0], covered[covered > 0], width)
        np.add.at(table, (kept // (readers * width), np.asarray(order, dtype=np.int64)[kept % width]), 1)
    table[:, width] = readers - table.sum(axis=1)
    return table


def largest(cells: IntArray, covered: IntArray, width: int) -> IntArray:
    """Of each `width` cells in a row the one that sums up to most, of equal ones the first."""
    cell, place = np.unique(cells, return_inverse=True)
    sums = np.zeros(len(cell), dtype=np.int64)
    np.add.at(sums, place.reshape(-1), covered)
    best = cell[np.lexsort((cell, -sums, cell // width))]
    _row, first = np.unique(best // width, return_index=True)
    return np.asarray(best[first])


def crossings(found: Spans, begins: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    """Which passages each span lies in, as places of passages and of spans."""
    first = np.searchsorted(ends, found.start, side="right")
    counts = np.maximum(np.searchsorted(begins, found.end, side="left") - first, 0)
    span = np.repeat(np.arange(len(found)), counts)
    within = np.arange(len(span)) - np.repeat(np.cumsum(counts) - counts, counts)
    return first[span] + within, span


def chosen(found: Spans, readers: int, order: Sequence[int], start: int, end: int) -> IntArray:
    """(readers,): the place of the label each reader chose for [start, end); the number of labels for "not marked".

    A reader chose the label that covers most of the passage, of equal ones the first in `order`.
    """
    covered = np.minimum(found.end, end) - np.maximum(found.start, start)
    here = covered > 0
    rank = np.argsort(np.asarray(order, dtype=np.int64))
    table = np.zeros((readers, len(order)), dtype=np.int64)
    np.add.at(table, (found.reader[here], rank[found.label[here]]), covered[here])
    kept = np.full(readers, len(order), dtype=np.int64)
    marked = table.any(axis=1)
    if len(order):
        kept[marked] = np.asarray(order, dtype=np.int64)[table[marked].argmax(axis=1)]
    return kept

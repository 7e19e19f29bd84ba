"""The sum of any number of documents' stored figures: the coincidences of a class, a page or a corpus."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.documents import FloatArray, IntArray
from annotator.domain.agreement.runs import EXACT, distinct
from annotator.domain.agreement.split import Split
from annotator.domain.agreement.summary import HEAD, Summary, as_bytes


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Many stored rows side by side: a head per row, and every row's arrays one after another.

    `owner` arrays say for each entry which row it comes from. `rows` and `columns` are places in the common `masks`.
    """

    head: dict[str, IntArray]
    masks: IntArray
    set_owner: IntArray
    sets: IntArray
    totals: IntArray
    cell_owner: IntArray
    rows: IntArray
    columns: IntArray
    together: IntArray
    labels: IntArray
    squares: IntArray
    spans: IntArray

    def __len__(self) -> int:
        return len(self.head["readers"])


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Summed coincidences o_cv and values n_c over `documents` documents with two readers or more.

    masks (C, words), the empty set first; totals (C,) whole numbers. rows <= columns (T,) are places in masks,
    mass (T,) the o_cv of both orders together. labels (U,), squares and spans as in Summary. `split` is summed with
    each document's 1 / (m - 1), before scaling.
    """

    documents: int
    masks: IntArray
    totals: IntArray
    rows: IntArray
    columns: IntArray
    mass: FloatArray
    split: Split
    blocks: int
    labels: IntArray
    squares: IntArray
    spans: IntArray
    has_overlap: bool

    @property
    def values(self) -> int:
        """n: reader times weight of text, over all documents."""
        return int(self.totals.sum())


def pooled(stored: Sequence[bytes]) -> Pool:
    """Sum stored rows; rows of fewer than two readers contribute nothing.

    First over documents with the same number of readers, in whole numbers, and divided last: neither the order of
    documents nor how they are grouped changes a digit.
    """
    return pooled_rows(read_rows(stored))


def pooled_summaries(found: Sequence[Summary]) -> Pool:
    """The same from summaries at hand."""
    return pooled([as_bytes(each) for each in found])


def pooled_rows(found: Rows) -> Pool:
    """The same from rows already read."""
    width = len(found.masks)
    readers = found.head["readers"][found.cell_owner]
    both = found.together * (1 + (found.rows != found.columns))
    cells, mass = divided(found.rows * width + found.columns, both, readers - 1)
    labels, place = np.unique(found.labels, return_inverse=True)
    return Pool(
        documents=len(found),
        masks=found.masks,
        totals=summed(found.sets, found.totals, width),
        rows=cells // width,
        columns=cells % width,
        mass=mass,
        split=split_sum(found),
        blocks=int(found.head["blocks"].sum()),
        labels=labels,
        squares=summed(place, found.squares, len(labels)),
        spans=summed(place, found.spans, len(labels)),
        has_overlap=bool(found.head["overlaps"].any()),
    )


def summed(places: IntArray, amounts: IntArray, width: int) -> IntArray:
    """(width,): whole-number sums of the amounts by place."""
    if amounts.sum(dtype=np.float64) < EXACT:
        return np.bincount(places, weights=amounts, minlength=width).astype(np.int64)
    sums = np.zeros(width, dtype=np.int64)
    np.add.at(sums, places, amounts)
    return sums


def divided(places: IntArray, amounts: IntArray, divisors: IntArray) -> tuple[IntArray, FloatArray]:
    """The distinct places, and for each the sum of amounts / divisors: per divisor first, divided last."""
    kinds, kind = np.unique(divisors, return_inverse=True)
    if not len(kinds):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    size = int(places.max()) + 1
    if size * len(kinds) <= 4 * len(places) + 4096:
        sums = summed(kind * size + places, amounts, size * len(kinds)).reshape(len(kinds), size)
        there = np.flatnonzero(sums.any(axis=0)).astype(np.int64)
        return there, np.asarray((sums[:, there] / kinds[:, None]).sum(axis=0))
    keys, key = np.unique(places * len(kinds) + kind, return_inverse=True)
    sums = summed(key, amounts, len(keys))
    there, place = np.unique(keys // len(kinds), return_inverse=True)
    mass: FloatArray = np.bincount(place, weights=sums / kinds[keys % len(kinds)]).astype(np.float64)
    return there, mass


def split_sum(found: Rows) -> Split:
    """The three parts over all documents, each with its own 1 / (m - 1)."""
    divisors = found.head["readers"] - 1
    nowhere = np.zeros(len(divisors), dtype=np.int64)
    parts = [divided(nowhere, found.head[name], divisors)[1].sum() for name in ("missed", "boundary", "label")]
    return Split(*(float(part) for part in parts))


def is_compared(row: bytes) -> bool:
    """Whether two readers or more finished the document."""
    place = 8 * HEAD.index("readers")
    return int.from_bytes(row[place : place + 8], "little") >= 2


def read_rows(stored: Sequence[bytes]) -> Rows:
    """Parse stored rows together: one buffer, one search for the label sets they share.

    Rows of fewer than two readers are left out, their label sets too.
    """
    stored = [row for row in stored if is_compared(row)]
    numbers = np.frombuffer(b"".join(stored), dtype="<i8").astype(np.int64, copy=False)
    lengths = np.array([len(row) // 8 for row in stored], dtype=np.int64)
    begins = np.cumsum(lengths) - lengths
    head = {name: numbers[begins + place] for place, name in enumerate(HEAD)}
    at = begins + len(HEAD)
    masks, at = read_masks(numbers, at, head["words"], head["sets"])
    arrays = []
    for name in ("sets", "cells", "cells", "cells", "labels", "labels", "labels"):
        arrays.append(numbers[ranges(at, head[name])])
        at = at + head[name]
    # The empty set belongs to every pool, also to one without any row.
    common, place = distinct(np.concatenate([np.zeros((1, masks.shape[1]), dtype=np.int64), masks]))
    set_begins = np.cumsum(head["sets"]) - head["sets"]
    cell_owner = np.repeat(np.arange(len(stored)), head["cells"])
    local = set_begins[cell_owner] + 1
    rows, columns = place[local + arrays[1]], place[local + arrays[2]]
    return Rows(
        head=head,
        masks=common,
        set_owner=np.repeat(np.arange(len(stored)), head["sets"]),
        sets=place[1:],
        totals=arrays[0],
        cell_owner=cell_owner,
        rows=np.minimum(rows, columns),
        columns=np.maximum(rows, columns),
        together=arrays[3],
        labels=arrays[4],
        squares=arrays[5],
        spans=arrays[6],
    )


def read_masks(numbers: IntArray, at: IntArray, words: IntArray, sets: IntArray) -> tuple[IntArray, IntArray]:
    """All rows' masks (sum of sets, widest words), rows of fewer words filled with 0; and where each row goes on."""
    place = ranges(np.zeros_like(sets), sets)
    own = np.repeat(words, sets)
    begin = np.repeat(at, sets) + place * own
    masks = np.zeros((len(place), int(words.max(initial=1))), dtype=np.int64)
    for word in range(masks.shape[1]):
        there = word < own
        masks[there, word] = numbers[begin[there] + word]
    return masks, at + words * sets


def ranges(begins: IntArray, lengths: IntArray) -> IntArray:
    """begin, begin + 1 … for each begin, `length` long, one after another."""
    ends = np.cumsum(lengths)
    return np.asarray(np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(begins - (ends - lengths), lengths))

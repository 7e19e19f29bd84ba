"""The additive figures of one document, as whole numbers that a database can keep and a corpus can sum."""

from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.documents import Document, IntArray, has_overlap, units
from annotator.domain.agreement.runs import BITS, Runs, coincidences, runs
from annotator.domain.agreement.split import blocks, masses

# Of a summary's bytes and of pair_rows', which are kept together: whoever changes either counts on.
VERSION = 1
# What the head of a row holds, in order; the columns behind it follow in the order of Summary's arrays.
HEAD = (
    "version", "readers", "words", "sets", "cells", "labels", "overlaps", "missed", "boundary", "label", "blocks"
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """One document read by `readers`; everything is summed before any division, so that sums of rows are exact.

    masks (C, words): the label sets that occur, the empty one first. totals (C,): n_c, the weight of text under each.
    cells (T, 3): row, column and P_cv of the coincidences that are not 0, row <= column (P is symmetric).
    missed, boundary, label: the split before division by m - 1. blocks: marked blocks over all readers.
    labels (U,): places of the labels used; squares (U,): q_k, the sum of squared unit lengths; spans (U,): merged
    spans. has_overlap: two units of one reader overlap, so that u-alpha is undefined. Its l_cv are the P_cv.
    """

    readers: int
    masks: IntArray
    totals: IntArray
    cells: IntArray
    missed: int
    boundary: int
    label: int
    blocks: int
    labels: IntArray
    squares: IntArray
    spans: IntArray
    has_overlap: bool


def summary(document: Document, found: Runs | None = None) -> Summary:
    """The figures of one document; `found` are its runs where the caller has them already."""
    found = found or runs(document)
    totals, together = coincidences(found)
    row, column = np.nonzero(np.triu(together))
    own = units(document)
    labels, place = np.unique(own.label, return_inverse=True)
    squares = np.zeros(len(labels), dtype=np.int64)
    np.add.at(squares, place, own.lengths**2)
    missed, boundary, label = (int(part) for part in masses(found).sum(axis=1))
    return Summary(
        readers=len(document.readers),
        masks=found.masks,
        totals=totals,
        cells=np.stack([row, column, together[row, column]], axis=1),
        missed=missed,
        boundary=boundary,
        label=label,
        blocks=len(blocks(found)),
        labels=labels,
        squares=squares,
        spans=merged_spans(found, labels),
        has_overlap=has_overlap(document, own),
    )


def merged_spans(found: Runs, labels: IntArray) -> IntArray:
    """(U,): how many merged spans each label has: the stretches that hold it less those that go on with it."""
    pieces = found.stretches
    held = has_labels(pieces.masks, labels)[pieces.column]
    goes_on = (pieces.reader[1:] == pieces.reader[:-1]) & (pieces.start[1:] == pieces.end[:-1])
    return np.asarray(held.sum(axis=0) - (held[1:] & held[:-1])[goes_on].sum(axis=0))


def has_labels(masks: IntArray, labels: IntArray) -> IntArray:
    """(n, U): 1 where the mask holds the label; masks (n, words) wide enough for every label."""
    return np.asarray((masks[:, labels // BITS] >> (labels % BITS)) & 1)


def as_bytes(found: Summary) -> bytes:
    """The summary as little-endian 64-bit whole numbers: the head, then each array in turn."""
    sets, words = found.masks.shape
    head = [
        VERSION, found.readers, words, sets, len(found.cells), len(found.labels), int(found.has_overlap), found.missed,
        found.boundary, found.label, found.blocks,
    ]  # fmt: skip
    columns = [found.masks.ravel(), found.totals, found.cells.T.ravel(), found.labels, found.squares, found.spans]
    return np.concatenate([np.array(head, dtype=np.int64), *columns]).astype("<i8").tobytes()

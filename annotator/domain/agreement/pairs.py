"""What every two readers of one document have in common, counted in whole numbers that add up over documents."""

from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.documents import Document, IntArray, Spans, merged, units
from annotator.domain.agreement.meetings import Intervals, meetings, within
from annotator.domain.agreement.runs import Runs, runs
from annotator.domain.agreement.split import blocks


@dataclass(frozen=True, slots=True, eq=False)
class PairCounts:
    """One document. Pairs stand as in `np.triu_indices(m, 1)` over `readers` (m,); Q = m (m - 1) / 2.

    labels (U,): places of the labels used. By label and reader (U, m): units, spans (merged), text (weight marked).
    By label and pair (U, Q): units_both; hits_a, hits_b (merged spans meeting one of the other's); matches
    (intersection at least half the union); text_both. masks (C, words) with the empty set first, totals (C, m) weight
    under each; alike (Q,): weight where the two label sets are equal, blank included. length: weight of the text.
    blocks (m,): each reader's marked blocks.
    """

    readers: IntArray
    length: int
    labels: IntArray
    units: IntArray
    spans: IntArray
    text: IntArray
    units_both: IntArray
    hits_a: IntArray
    hits_b: IntArray
    matches: IntArray
    text_both: IntArray
    masks: IntArray
    totals: IntArray
    alike: IntArray
    blocks: IntArray


def pair_counts(document: Document, found: Runs | None = None) -> PairCounts:
    """Count a document's pairs; O(S log S) plus the number of spans that meet, no table of readers by text."""
    found = found or runs(document)
    readers = len(document.readers)
    first, second = np.triu_indices(readers, 1)
    own, whole = units(document), merged(document)
    labels, group = np.unique(whole.label, return_inverse=True)
    shared, matches, hits = meeting_counts(Intervals(group, whole.reader, whole.start, whole.end), len(labels), readers)
    totals = weights_by_set(document, found)
    return PairCounts(
        readers=document.readers,
        length=document.length,
        labels=labels,
        units=tally(np.searchsorted(labels, own.label), own.reader, len(labels), readers),
        spans=tally(group, whole.reader, len(labels), readers),
        text=tally(group, whole.reader, len(labels), readers, whole.lengths),
        units_both=same_units(own, labels, readers)[:, first, second],
        hits_a=hits[:, first, second],
        hits_b=hits[:, second, first],
        matches=matches[:, first, second],
        text_both=shared[:, first, second],
        masks=found.masks,
        totals=totals,
        alike=alike(document, found, totals)[first, second],
        blocks=np.bincount(blocks(found).reader, minlength=readers),
    )


def tally(group: IntArray, reader: IntArray, groups: int, readers: int, amounts: IntArray | None = None) -> IntArray:
    """(groups, readers): how many, or the whole-number sum of the amounts."""
    sums = np.zeros(groups * readers, dtype=np.int64)
    np.add.at(sums, group * readers + reader, 1 if amounts is None else amounts)
    return sums.reshape(groups, readers)


def meeting_counts(found: Intervals, groups: int, readers: int) -> tuple[IntArray, IntArray, IntArray]:
    """(groups, readers, readers) each: weight shared and matches (a < b only), and spans of a that meet one of b.

    A match is an intersection of at least half the union; as merged spans of one reader never touch, nothing can
    match twice.
    """
    size = groups * readers * readers
    shared, matches = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    met = np.zeros((len(found), readers), dtype=np.bool_)
    lengths = found.end - found.start
    for one, other, weight in meetings(found):
        low = np.minimum(found.reader[one], found.reader[other])
        high = np.maximum(found.reader[one], found.reader[other])
        cell = (found.group[one] * readers + low) * readers + high
        np.add.at(shared, cell, weight)
        np.add.at(matches, cell[3 * weight >= lengths[one] + lengths[other]], 1)
        met[one, found.reader[other]] = True
        met[other, found.reader[one]] = True
    hits = np.zeros((groups * readers, readers), dtype=np.int64)
    owner = found.group * readers + found.reader
    order = np.argsort(owner, kind="stable")
    if len(order):
        begins = np.flatnonzero(np.diff(owner[order], prepend=-1))
        hits[owner[order][begins]] = np.add.reduceat(met[order], begins, axis=0, dtype=np.int64)
    cube = (groups, readers, readers)
    return shared.reshape(cube), matches.reshape(cube), hits.reshape(cube)


def same_units(own: Spans, labels: IntArray, readers: int) -> IntArray:
    """(U, readers, readers), a < b only: units with equal label, start and end."""
    both = np.zeros(len(labels) * readers * readers, dtype=np.int64)
    order = np.lexsort((own.reader, own.end, own.start, own.label))
    spans = own.taken(order)
    new = np.ones(len(spans), dtype=np.bool_)
    new[1:] = np.any([np.diff(column) != 0 for column in (spans.label, spans.start, spans.end)], axis=0)
    begins = np.append(np.flatnonzero(new), len(spans))
    if len(spans):
        group = np.searchsorted(labels, spans.label)
        for one, other in within(np.repeat(begins[1:], np.diff(begins))):
            np.add.at(both, (group[one] * readers + spans.reader[one]) * readers + spans.reader[other], 1)
    return both.reshape(len(labels), readers, readers)


def weights_by_set(document: Document, found: Runs) -> IntArray:
    """(C, m): weight of text that each reader holds under each label set."""
    pieces, readers = found.stretches, len(document.readers)
    totals = tally(pieces.column, pieces.reader, len(found.masks), readers, pieces.end - pieces.start)
    totals[0] = document.length - totals[1:].sum(axis=0)
    return totals


def alike(document: Document, found: Runs, totals: IntArray) -> IntArray:
    """(m, m), a < b only: weight where two readers hold the same set; both blank is what neither has marked."""
    pieces, readers = found.stretches, len(document.readers)
    same = Intervals(pieces.column, pieces.reader, pieces.start, pieces.end)
    shared = shared_weight(same, readers)
    own = blocks(found)
    marked_both = shared_weight(Intervals(np.zeros(len(own), dtype=np.int64), own.reader, own.start, own.end), readers)
    marked = document.length - totals[0]
    return np.asarray(shared + document.length - marked[:, None] - marked[None, :] + marked_both)


def shared_weight(found: Intervals, readers: int) -> IntArray:
    """(readers, readers), a < b only: weight shared within any group."""
    shared = np.zeros(readers * readers, dtype=np.int64)
    for one, other, weight in meetings(found):
        low = np.minimum(found.reader[one], found.reader[other])
        np.add.at(shared, low * readers + np.maximum(found.reader[one], found.reader[other]), weight)
    return shared.reshape(readers, readers)

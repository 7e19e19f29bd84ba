"""Alpha without each reader in turn: who differs most from the class. A minority reading may be right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement import reasons
from annotator.domain.agreement.alpha import check_counts
from annotator.domain.agreement.distances import Distance
from annotator.domain.agreement.documents import Document, FloatArray, IntArray
from annotator.domain.agreement.runs import Runs, distinct
from annotator.domain.errors import NotEnoughData


@dataclass(slots=True, eq=False)
class Sums:
    """For each reader id left out: documents still read by two (n,), and over these sum o_cv d (n,) and n_c (n, C)."""

    documents: IntArray
    apart: FloatArray
    totals: IntArray


def without_each(documents: Sequence[tuple[Document, Runs]], distance: Distance) -> dict[int, float | NotEnoughData]:
    """By reader id, alpha over all documents without that reader, or why it is undefined.

    A document left with one reader drops out. O(readers · label sets) once the runs are counted: from sum P d comes off
    2 sum over runs of w sum_v N_v d(the reader's set, v), from n_c the reader's own weight.
    """
    ids = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(each.readers for each, _runs in documents)]))
    masks, places = common_sets([found for _each, found in documents])
    sums = Sums(
        np.zeros(len(ids), dtype=np.int64), np.zeros(len(ids)), np.zeros((len(ids), len(masks)), dtype=np.int64)
    )
    for (each, found), columns in zip(documents, places, strict=True):
        add(sums, each, found, columns, np.searchsorted(ids, each.readers), distance)
    return {int(reader): alpha_of(masks, sums, row, distance) for row, reader in enumerate(ids)}


def common_sets(found: Sequence[Runs]) -> tuple[IntArray, list[IntArray]]:
    """The label sets of all documents, and for each document the places of its own among them."""
    words = max((each.masks.shape[1] for each in found), default=1)
    wide = [np.pad(each.masks, ((0, 0), (0, words - each.masks.shape[1]))) for each in found]
    masks, place = distinct(np.concatenate([np.zeros((1, words), dtype=np.int64), *wide]))
    # Of no documents numpy makes one empty part.
    return masks, np.split(place[1:], np.cumsum([len(each) for each in wide])[:-1])[: len(wide)]


def add(sums: Sums, each: Document, found: Runs, columns: IntArray, rows: IntArray, distance: Distance) -> None:
    """Add one document to the sums of every reader, in place; `rows` are the rows of its own readers."""
    readers = len(each.readers)
    own = own_weights(each, found)
    totals = own.sum(axis=0)
    disagreement, toward = disagreements(found, distance)
    if readers > 1:
        others = np.setdiff1d(np.arange(len(sums.apart)), rows)
        sums.documents[others] += 1
        sums.apart[others] += disagreement / (readers - 1)
        sums.totals[np.ix_(others, columns)] += totals
    if readers > 2:
        sums.documents[rows] += 1
        sums.apart[rows] += (disagreement - 2 * toward) / (readers - 2)
        sums.totals[np.ix_(rows, columns)] += totals - own


def own_weights(each: Document, found: Runs) -> IntArray:
    """(m, C): weight of text that each reader holds under each label set."""
    pieces, width = found.stretches, len(found.masks)
    own = np.zeros((len(each.readers), width), dtype=np.int64)
    np.add.at(own, (pieces.reader, pieces.column), pieces.end - pieces.start)
    own[:, 0] = each.length - own.sum(axis=1)
    return own


def disagreements(found: Runs, distance: Distance) -> tuple[float, FloatArray]:
    """Sum of P d over the document, and (m,) each reader's half of it: sum w N_v d(own set, v)."""
    table = distance.between(found.masks[:, None], found.masks[None, :])
    pieces, width = found.stretches, len(found.masks)
    toward, total = np.zeros(found.readers), 0.0
    for piece, holding in found.counted():
        # (runs + 1, C): the running sum of w N d, so that a stretch costs two look-ups.
        mass = (holding @ table) * found.weights[piece, None]
        total += float((mass * holding).sum())
        reach = np.concatenate([np.zeros((1, width)), np.cumsum(mass, axis=0)])
        first = np.clip(found.first, piece.start, piece.stop) - piece.start
        last = np.clip(found.last, piece.start, piece.stop) - piece.start
        own = reach[last, pieces.column] - reach[first, pieces.column]
        blank = reach[last, 0] - reach[first, 0]
        toward += reach[-1, 0] + np.bincount(pieces.reader, weights=own - blank, minlength=found.readers)
    return total, toward


def alpha_of(masks: IntArray, sums: Sums, row: int, distance: Distance) -> float | NotEnoughData:
    """Alpha from the sums of one row, or the reason why there is none."""
    totals = sums.totals[row]
    try:
        check_counts(int(sums.documents[row]), masks, totals, distance.label)
    except NotEnoughData as reason:
        return reason
    expected = float(distance.weighed(masks, totals))
    if not expected:
        return NotEnoughData(reasons.NO_VARIATION)
    return 1 - (int(totals.sum()) - 1) * float(sums.apart[row]) / expected

"""How far one reader stands from the others: on each run, on each sentence, under all labels or under one."""

from dataclasses import replace

import numpy as np

from annotator.domain.agreement.documents import Document, IntArray
from annotator.domain.agreement.runs import Runs


def apart(found: Runs, reader: int) -> IntArray:
    """(R,): how many of the other readers hold another label set than `reader`, a place among them, on each run."""
    own = own_columns(found, reader)
    differing = np.zeros(len(found.weights), dtype=np.int64)
    for piece, counts in found.counted():
        differing[piece] = found.readers - counts[np.arange(len(counts)), own[piece]]
    return differing


def own_columns(found: Runs, reader: int) -> IntArray:
    """(R,): the row of `masks` that the reader holds on each run."""
    own: IntArray = np.zeros(len(found.weights), dtype=np.int64)
    mine = found.stretches.reader == reader
    columns = (found.first[mine], found.last[mine], found.stretches.column[mine])
    for first, last, column in zip(*(each.tolist() for each in columns), strict=True):
        own[first:last] = column
    return own


def sentence_apart(found: Runs, reader: int, begins: IntArray) -> IntArray:
    """(B,): over a sentence's text, weight times the others who differ; of two readers, the weight they differ on.

    `begins` (B,) are the weighted offsets where sentences start, ascending from 0; `found` must be cut there. Over all
    readers of a document these add up to the sentence's disagreement before division by m - 1.
    """
    sentence = found.sentences(begins)
    sums: IntArray = np.zeros(len(begins), dtype=np.int64)
    np.add.at(sums, sentence, found.weights * apart(found, reader))
    return sums


def of_label(document: Document, label: int) -> Document:
    """The document as if its readers had this one label alone."""
    return replace(document, spans=document.spans.taken(document.spans.label == label))


def of_two(document: Document, one: int, other: int) -> Document:
    """The document as if only these two had read it; both are places among its readers, and stay in their order."""
    kept = np.array(sorted({one, other}), dtype=np.int64)
    spans = document.spans.taken(np.isin(document.spans.reader, kept))
    places = np.searchsorted(kept, spans.reader)
    return Document(document.length, document.readers[kept], replace(spans, reader=places))

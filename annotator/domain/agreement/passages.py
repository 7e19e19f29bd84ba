"""Where readers part: the share of pairs that differ on each run, and the sentences that divide them most."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotator.domain.agreement.distances import has_label
from annotator.domain.agreement.documents import FloatArray, IntArray
from annotator.domain.agreement.runs import Runs
from annotator.domain.agreement.split import Split, masses, shares


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence by its place, its disagreement (m² - sum N_c²) w / (m - 1), and the split of that as shares."""

    sentence: int
    mass: float
    split: Split


def heat(found: Runs, label: int | None = None) -> FloatArray:
    """(R,): share of reader pairs that differ on each run, for whole label sets or for one label; 0 to 1.

    (m² - sum N_c²) / (m (m - 1)); for one label 2 N_k (m - N_k) / (m (m - 1)). Needs two readers.
    """
    readers = found.readers
    shown = np.zeros(len(found.weights))
    for piece, counts in found.counted():
        if label is None:
            shown[piece] = readers**2 - (counts**2).sum(axis=1)
        else:
            marking = counts @ has_label(found.masks, label)
            shown[piece] = 2 * marking * (readers - marking)
    return shown / (readers * (readers - 1))


def most_divided(found: Runs, sentences: npt.ArrayLike, *, most: int = 3) -> tuple[Passage, ...]:
    """The sentences with the largest disagreement, largest first, the earlier first where two are equal.

    `sentences` (B,) are the weighted offsets where sentences start, ascending from 0; `found` must be cut there. A
    sentence on which all agree is never among them.
    """
    by_sentence = sentence_masses(found, np.asarray(sentences, dtype=np.int64))
    total = by_sentence.sum(axis=0)
    order = np.argsort(-total, kind="stable")[:most]
    rows = zip(order.tolist(), total[order].tolist(), by_sentence.T[order].tolist(), strict=True)
    return tuple(Passage(place, mass / (found.readers - 1), shares(*parts)) for place, mass, parts in rows if mass)


def sentence_masses(found: Runs, begins: IntArray) -> IntArray:
    """(3, B): missed, boundary and label in each sentence, before division by m - 1."""
    sentence = found.sentences(begins)
    sums = np.zeros((len(begins), 3), dtype=np.int64)
    np.add.at(sums, sentence, masses(found).T)
    return np.asarray(sums.T)

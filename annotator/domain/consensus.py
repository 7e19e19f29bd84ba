"""Spans that enough readers marked, proposed to the teacher for adjudication; never the union of what they marked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from annotator.domain.agreement.distances import has_label
from annotator.domain.agreement.documents import Document, Spans, merged
from annotator.domain.agreement.runs import Runs


@dataclass(frozen=True, slots=True)
class Proposal:
    """A label's stretch in weighted coordinates, marked by at least `readers` readers throughout its core."""

    label: int
    start: int
    end: int
    readers: int


def proposals(document: Document, found: Runs, label: int, *, share: Fraction) -> tuple[Proposal, ...]:
    """Each maximal run that at least `share` of the readers marked, with the commonest edges of the spans meeting it.

    Start and end are each the commonest among the readers' merged spans that meet the run; on a tie the edge that
    makes the proposal shorter, and where those edges would leave nothing, the run as it is.
    """
    needed = share * found.readers
    marking = np.zeros(len(found.weights), dtype=np.int64)
    for piece, counts in found.counted():
        marking[piece] = counts @ has_label(found.masks, label)
    enough = np.array([number >= needed and number > 0 for number in marking.tolist()], dtype=np.bool_)
    steps = np.diff(enough.astype(np.int8), prepend=0, append=0)
    spans = merged(document)
    spans = spans.taken(spans.label == label)
    return tuple(
        proposal(spans, label, int(found.edges[begin]), int(found.edges[end]), int(marking[begin:end].min()))
        for begin, end in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True)
    )


def proposal(spans: Spans, label: int, start: int, end: int, readers: int) -> Proposal:
    """The proposal for the run from start to end."""
    meeting = spans.taken((spans.start < end) & (spans.end > start))
    first, last = commonest(meeting.start.tolist(), -1), commonest(meeting.end.tolist(), 1)
    return Proposal(label, first, last, readers) if first < last else Proposal(label, start, end, readers)


def commonest(edges: Sequence[int], direction: int) -> int:
    """The edge named most often; on a tie the furthest inwards: the last start (-1), the first end (1)."""
    times = Counter(edges)
    return min(times, key=lambda edge: (-times[edge], direction * edge))

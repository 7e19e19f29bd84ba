"""Small documents for tests, and slow readings of the same definitions on the dense readers × characters matrix."""

from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from annotator.domain.agreement.alpha import alpha
from annotator.domain.agreement.distances import TOGETHER, label_distance
from annotator.domain.agreement.documents import document
from annotator.domain.agreement.figures import figures
from annotator.domain.agreement.pool import Pool, pooled_summaries
from annotator.domain.agreement.summary import summary

LABELS = ("claim", "attribution", "opinion", "boilerplate")
LENGTH = 40
NAMES = ("a", "b", "c", "d", "e", "f")


@st.composite
def marks(draw, readers=5, length=LENGTH, labels=4, most=14):
    """(reader, label, start, end) tuples of a small text; some readers may have none."""
    span = st.tuples(
        st.integers(0, readers - 1), st.integers(0, labels - 1), st.integers(0, length - 1), st.integers(1, 12)
    ).map(lambda one: (one[0], one[1], one[2], min(length, one[2] + one[3])))
    return draw(st.lists(span, max_size=most))


WEIGHTS = st.lists(st.integers(0, 2), min_size=LENGTH, max_size=LENGTH)


def made(spans, readers=5, length=LENGTH, weights=None):
    """A document that `readers` (a number, or their ids) finished."""
    ids = range(readers) if isinstance(readers, int) else readers
    return document(length=length, readers=list(ids), spans=np.array(spans, dtype=int).reshape(-1, 4), weights=weights)


def pool(*documents) -> Pool:
    """The documents summed."""
    return pooled_summaries([summary(each) for each in documents])


def all_figures(*documents, labels=LABELS):
    """Everything of the command line."""
    return figures(documents, readers=NAMES, labels=labels)


def every_alpha(found: Pool, labels=4) -> dict[str, float | str]:
    """The alphas by name, or the reason why there is none."""
    distances = TOGETHER | {name: label_distance(place) for place, name in enumerate(LABELS[:labels])}
    return {
        name: value_or_reason(lambda distance=distance: alpha(found, distance)) for name, distance in distances.items()
    }


def value_or_reason(figure):
    """The number, or the sentence that stands for it."""
    try:
        return figure()
    except Exception as reason:  # noqa: BLE001  # shown, so that two runs can be compared
        return f"{type(reason).__name__}: {reason}"


def sets(spans, readers=5, length=LENGTH):
    """[reader][character]: the frozenset of labels there."""
    table = [[set() for _ in range(length)] for _ in range(readers)]
    for reader, label, start, end in spans:
        for place in range(start, end):
            table[reader][place].add(label)
    return [[frozenset(each) for each in row] for row in table]


def weighted_sets(spans, weights, readers=5, length=LENGTH):
    """The same with each character as often as it weighs."""
    table = sets(spans, readers, length)
    return [[one for one, weight in zip(row, weights, strict=True) for _ in range(weight)] for row in table]


def slow_split(table):
    """Missed, boundary, label by the definition: every ordered pair of readers, every character."""
    readers, length = len(table), len(table[0])
    parts = {"missed": 0.0, "boundary": 0.0, "label": 0.0}
    for one in range(readers):
        for other in range(readers):
            for place in range(length):
                if one != other and table[one][place] != table[other][place]:
                    parts[why(table[one], table[other], place)] += 1 / (readers - 1)
    values = [each for row in table for each in row]
    n = len(values)
    alike = sum(values.count(each) ** 2 for each in set(values))
    return {part: mass * (n - 1) / (n * n - alike) for part, mass in parts.items()}


def why(one, other, place):
    """Which part a difference at a character belongs to."""
    if one[place] and other[place]:
        return "label"
    marker, silent = (one, other) if one[place] else (other, one)
    start = end = place
    while start and marker[start - 1]:
        start -= 1
    while end < len(marker) and marker[end]:
        end += 1
    return "boundary" if any(silent[start:end]) else "missed"


def slow_merged(spans, reader):
    """One reader's merged spans as (label, start, end)."""
    found = []
    for label in range(4):
        places = sorted({place for who, what, s, e in spans if (who, what) == (reader, label) for place in range(s, e)})
        for place in places:
            if found and found[-1][0] == label and found[-1][2] == place:
                found[-1] = (label, found[-1][1], place + 1)
            else:
                found.append((label, place, place + 1))
    return found


def slow_pairs(spans, readers):
    """By pair (a, b): exact, overlap and IoU 0.5 F1 over all labels, None where neither marked."""
    out = {}
    for a, b in combinations(range(readers), 2):
        units = [{(label, s, e) for who, label, s, e in spans if who == side} for side in (a, b)]
        one, other = slow_merged(spans, a), slow_merged(spans, b)
        if not one and not other:
            out[a, b] = None
            continue
        hits = [sum(any(meet(x, y) for y in there) for x in here) for here, there in ((one, other), (other, one))]
        p = hits[0] / len(one) if one else 0
        r = hits[1] / len(other) if other else 0
        close = sum(meet(x, y) and 2 * meet(x, y) >= union(x, y) for x in one for y in other)
        exact = 2 * len(units[0] & units[1]) / (len(units[0]) + len(units[1]))
        out[a, b] = exact, 2 * p * r / (p + r) if p + r else 0, 2 * close / (len(one) + len(other))
    return out


def meet(one, other):
    """Characters that two merged spans of one label share."""
    return max(0, min(one[2], other[2]) - max(one[1], other[1])) if one[0] == other[0] else 0


def union(one, other):
    """Characters of either."""
    return one[2] - one[1] + other[2] - other[1] - meet(one, other)

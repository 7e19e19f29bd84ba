"""A reading against a key: which highlights match, how they differ, and how much of the text both marked alike.

All offsets are weighted ones, as `weighed` makes them: white space counts for nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.errors import NotEnoughData, gettext_noop
from annotator.domain.spans import Span, reading_order

NOTHING_MARKED = gettext_noop("nobody has marked anything yet")


class Kind(StrEnum):
    """How a highlight stands to the key."""

    EXACT = "exact"
    EDGES = "edges"
    LABEL = "label"
    MISSED = "missed"
    EXTRA = "extra"


RANK = {Kind.EXACT: 0, Kind.EDGES: 1, Kind.LABEL: 2}


@dataclass(frozen=True, slots=True)
class Match:
    """A highlight of the reader and the one of the key that it was matched with; one of the two may be missing."""

    kind: Kind
    own: Span | None
    key: Span | None

    @property
    def place(self) -> tuple[int, int, int]:
        """Sort key: text order of whichever comes first."""
        return min(reading_order(span) for span in (self.own, self.key) if span is not None)


def weighed(span: Span, before: Sequence[int]) -> Span:
    """The span in weighted coordinates; `before` as `nonspace_offsets` gives it."""
    return Span(int(before[span.start]), int(before[span.end]), span.label, span.number)


def matches(own: Iterable[Span], key: Iterable[Span]) -> tuple[Match, ...]:
    """Each highlight of both sides once, in text order (CLASSROOM.md 4).

    Matched one to one, the largest overlap first. Of equal overlaps the better match goes first, so that nothing can
    take an exact one away, then text order. Exchanging the sides exchanges missed and extra and nothing else.
    O(n log n + p log p) with p the pairs that share text.
    """
    own, key = sorted(own, key=reading_order), sorted(key, key=reading_order)
    free_own, free_key = set(range(len(own))), set(range(len(key)))
    found = []
    for _turn, kind, a, b in sorted(candidates(own, key)):
        if a in free_own and b in free_key:
            free_own.remove(a)
            free_key.remove(b)
            found.append(Match(kind, own[a], key[b]))
    found += [Match(Kind.EXTRA, own[a], None) for a in free_own]
    found += [Match(Kind.MISSED, None, key[b]) for b in free_key]
    return tuple(sorted(found, key=lambda match: match.place))


def candidates(own: Sequence[Span], key: Sequence[Span]) -> Iterator[tuple[tuple[object, ...], Kind, int, int]]:
    """Every pair that could match, with its turn; both sides in text order."""
    for a, b in meeting(own, key):
        kind = kind_of(own[a], key[b])
        if kind is not None:
            yield turn(own[a], key[b], kind), kind, a, b


def meeting(own: Sequence[Span], key: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The places of each two spans that share text: one sweep over both, keeping those that have not ended."""
    coming = sorted([(span.start, 0, at) for at, span in enumerate(own)] + [(s.start, 1, n) for n, s in enumerate(key)])
    running: tuple[list[int], list[int]] = ([], [])
    sides = (own, key)
    for start, side, at in coming:
        other = 1 - side
        running[other][:] = [each for each in running[other] if sides[other][each].end > start]
        running[side].append(at)
        for each in running[other]:
            yield (at, each) if side == 0 else (each, at)


def kind_of(one: Span, other: Span) -> Kind | None:
    """What two highlights that share text are to each other; None where they are too far apart for two labels."""
    if one.label == other.label:
        return Kind.EXACT if (one.start, one.end) == (other.start, other.end) else Kind.EDGES
    return Kind.LABEL if 3 * shared(one, other) >= one.length + other.length else None


def shared(one: Span, other: Span) -> int:
    """Characters that both cover."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def turn(one: Span, other: Span, kind: Kind) -> tuple[object, ...]:
    """When a pair's turn comes; the same whichever of the two is the key."""
    edges = sorted((span.start, -span.end, span.label) for span in (one, other))
    return (-shared(one, other), RANK[kind], *edges)


def counts(found: Iterable[Match]) -> dict[Kind, int]:
    """How many of each kind, in the order of `Kind`."""
    sums = dict.fromkeys(Kind, 0)
    for match in found:
        sums[match.kind] += 1
    return sums


@dataclass(frozen=True, slots=True)
class Shares:
    """(character, label) pairs: in both, in the reading, in the key. Sums of them are sums of texts."""

    both: int = 0
    own: int = 0
    key: int = 0

    def __add__(self, other: "Shares") -> "Shares":
        return Shares(self.both + other.both, self.own + other.own, self.key + other.key)

    def f1(self) -> float:
        """2|R∩K| / (|R| + |K|); NotEnoughData where neither holds anything."""
        if not self.own + self.key:
            raise NotEnoughData(NOTHING_MARKED)
        return 2 * self.both / (self.own + self.key)


def text_shares(own: Iterable[Span], key: Iterable[Span]) -> Shares:
    """One text's pairs. O(n log n)."""
    ours, theirs = united(own), united(key)
    both = sum(overlap(ours[label], theirs[label]) for label in ours.keys() & theirs.keys())
    return Shares(both, covered(ours), covered(theirs))


def key_f1(texts: Iterable[tuple[Iterable[Span], Iterable[Span]]]) -> float:
    """A reader's match with the key over some texts, pooled (FORMATS.md): for each (own, key).

    Texts without a key are left out by the caller. NotEnoughData where nobody marked anything, or there is no text.
    """
    return sum((text_shares(own, key) for own, key in texts), Shares()).f1()


def united(spans: Iterable[Span]) -> Mapping[str, list[tuple[int, int]]]:
    """By label, the stretches covered, in order and apart."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for span in sorted(spans, key=reading_order):
        stretches = found[span.label]
        if stretches and span.start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], span.end))
        else:
            stretches.append((span.start, span.end))
    return found


def covered(stretches: Mapping[str, list[tuple[int, int]]]) -> int:
    """Characters, once for each label."""
    return sum(end - start for found in stretches.values() for start, end in found)


def overlap(ours: Sequence[tuple[int, int]], theirs: Sequence[tuple[int, int]]) -> int:
    """Characters in both of two lists of stretches, each in order and apart."""
    total = at = 0
    for start, end in ours:
        while at < len(theirs) and theirs[at][1] <= start:
            at += 1
        ahead = at
        while ahead < len(theirs) and theirs[ahead][0] < end:
            total += min(end, theirs[ahead][1]) - max(start, theirs[ahead][0])
            ahead += 1
    return total

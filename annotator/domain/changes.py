"""What a reader changed from one round to the next, and whether that came nearer to the key.

Offsets are weighted ones, as in scoring.py. Without a key a change is a change, never better or worse.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.scoring import matches, text_shares
from annotator.domain.spans import Span, reading_order


class Change(StrEnum):
    """What happened to a highlight."""

    ADDED = "added"
    REMOVED = "removed"
    LABEL = "label"
    EDGES = "edges"


@dataclass(frozen=True, slots=True)
class Changed:
    """One highlight that differs between the rounds: as it was, None if it is new, and as it is, None if it went.

    `nearer` is 1 towards the key, -1 away from it, 0 as far from it as before; None without a key.
    """

    before: Span | None
    after: Span | None
    nearer: int | None = None

    @property
    def kind(self) -> Change:
        """A tag changed together with edges is told as a tag."""
        if self.before is None or self.after is None:
            return Change.ADDED if self.before is None else Change.REMOVED
        return Change.EDGES if self.before.label == self.after.label else Change.LABEL

    @property
    def place(self) -> tuple[int, int, int]:
        """Sort key: text order, by where the highlight is now."""
        found = self.after or self.before
        return reading_order(found) if found else (0, 0, 0)


def changes(
    first: Sequence[Span], second: Sequence[tuple[Span, Span | None]], key: Sequence[Span] | None = None
) -> tuple[Changed, ...]:
    """What differs between two rounds, in text order; `second` names for each highlight the one it began as.

    What was taken away and marked again is compared like any two: the same words with the same tag are no change.
    """
    pairs = paired(first, second)
    found = [Changed(before, after) for before, after in pairs if extent(before) != extent(after)]
    if key is not None:
        found = [Changed(each.before, each.after, nearer(each, first, key)) for each in found]
    return tuple(sorted(found, key=lambda each: each.place))


def paired(first: Sequence[Span], second: Sequence[tuple[Span, Span | None]]) -> list[tuple[Span | None, Span | None]]:
    """Each highlight of both rounds once: with the one it began as, else with what it would be matched with."""
    kept = {origin.number for _span, origin in second if origin is not None}
    gone = [span for span in first if span.number not in kept]
    new = [span for span, origin in second if origin is None]
    pairs: list[tuple[Span | None, Span | None]] = [(origin, span) for span, origin in second if origin is not None]
    return pairs + [(match.key, match.own) for match in matches(new, gone)]


def extent(span: Span | None) -> tuple[int, int, str] | None:
    """What of a highlight can change."""
    return None if span is None else (span.start, span.end, span.label)


def nearer(change: Changed, first: Sequence[Span], key: Iterable[Span]) -> int:
    """1, 0 or -1: how the characters that differ from the key grow fewer by this one change to the first round."""
    target = list(key)
    after = [span for span in first if span != change.before]
    after += [change.after] if change.after is not None else []
    gain = apart(first, target) - apart(after, target)
    return (gain > 0) - (gain < 0)


def apart(own: Iterable[Span], key: Iterable[Span]) -> int:
    """(character, label) pairs that one of the two has and the other has not."""
    found = text_shares(own, key)
    return found.own + found.key - 2 * found.both

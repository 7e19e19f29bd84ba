"""Spans over a text: quotes and their check, what may stand together, and the flat segments that a page paints."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.domain.errors import RuleError, TextMismatch, gettext_noop

# How much of a quote travels at each end to prove that two sides mean the same words.
QUOTE_ENDS = 32

OVERLAP_ALLOWED = "allowed"
OVERLAP_DIFFERENT_LABELS = "different_labels"
OVERLAP_NONE = "none"
# The tag that stands alone: overlapping it draws a hint, never a refusal.
BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` under one label; `number` names it within its reading."""

    start: int
    end: int
    label: str
    number: int = 0

    @property
    def length(self) -> int:
        """Code points covered."""
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between two neighbouring edges, with the spans covering it, shortest first; none where unmarked."""

    start: int
    end: int
    covering: tuple[Span, ...]


def quote(text: str, start: int, end: int) -> str:
    """The words of a span; TextMismatch unless `0 <= start < end <= len(text)`."""
    check_bounds(len(text), start, end)
    return text[start:end]


def check_bounds(length: int, start: int, end: int) -> None:
    """Refuse offsets that are not a stretch of a text of `length` code points."""
    if not 0 <= start < end <= length:
        raise TextMismatch(
            gettext_noop("These words are not where the page says they are. Reload the page and mark them again."),
            code="out_of_range",
        )


def check_quote_ends(words: str, first: str, last: str) -> None:
    """Refuse unless `first` and `last` are the first and last 32 code points of the stored `words`."""
    if first != words[:QUOTE_ENDS] or last != words[-QUOTE_ENDS:]:
        raise TextMismatch(
            gettext_noop("The words on your page differ from the stored text. Reload the page and mark them again."),
            code="quote_mismatch",
        )


def quote_ends(words: str) -> tuple[str, str]:
    """What a write must carry for `words`: their first and last 32 code points."""
    return words[:QUOTE_ENDS], words[-QUOTE_ENDS:]


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """The 32 code points before and after a span, fewer at the text's edges."""
    return text[max(0, start - QUOTE_ENDS) : start], text[end : end + QUOTE_ENDS]


def reading_order(span: Span) -> tuple[int, int, int]:
    """Sort key: by place, the longer first where two begin together."""
    return span.start, -span.end, span.number


def shortest_first(span: Span) -> tuple[int, int, int]:
    """Sort key: the span a click means first."""
    return span.length, span.number, span.start


def check_together(spans: Iterable[Span], rule: str) -> None:
    """Refuse spans that may not stand in one reading: the same stretch and label twice, and what `rule` forbids.

    O(n log n) over any number of spans, so that one save and a whole import ask the same question.
    """
    seen: set[tuple[str, int, int]] = set()
    furthest: dict[str, int] = {}
    for span in sorted(spans, key=reading_order):
        if (span.label, span.start, span.end) in seen:
            raise RuleError(gettext_noop("These words already have this tag."), code="twice")
        seen.add((span.label, span.start, span.end))
        layer = span.label if rule == OVERLAP_DIFFERENT_LABELS else ""
        if rule != OVERLAP_ALLOWED and span.start < furthest.get(layer, 0):
            raise RuleError(overlap_sentence(rule), code="overlap")
        furthest[layer] = max(span.end, furthest.get(layer, 0))


def overlap_sentence(rule: str) -> str:
    """Why a codebook refuses an overlap, and what to do."""
    if rule == OVERLAP_NONE:
        return gettext_noop("Some of these words are marked already. In this exercise highlights may not overlap.")
    return gettext_noop("Some of these words already have this tag. Choose other words, or another tag.")


def is_boilerplate_overlap(span: Span, neighbours: Iterable[Span]) -> bool:
    """Whether boilerplate and something else would share words: allowed, but worth a second look."""
    return any(
        span.overlaps(other) and (span.label == BOILERPLATE) != (other.label == BOILERPLATE) for other in neighbours
    )


def segments(start: int, end: int, spans: Iterable[Span]) -> list[Segment]:
    """Cut `start..end` at every edge of `spans` into flat segments that join without a gap; O(n log n) plus output."""
    inside = sorted((s for s in spans if s.start < end and s.end > start), key=lambda s: s.start)
    edges = {start, end}
    for span in inside:
        edges.add(max(span.start, start))
        edges.add(min(span.end, end))
    cuts = sorted(edges)
    covering: list[Span] = []
    found = []
    coming = 0
    for left, right in pairwise(cuts):
        covering = [span for span in covering if span.end > left]
        while coming < len(inside) and inside[coming].start <= left:
            insort(covering, inside[coming], key=shortest_first)
            coming += 1
        found.append(Segment(left, right, tuple(covering)))
    return found


def spans_by_block(blocks: Sequence[tuple[int, int]], spans: Iterable[Span]) -> list[list[Span]]:
    """For each block `(start, end)`, in order and not overlapping, the spans touching it."""
    starts = [start for start, _ in blocks]
    touching: list[list[Span]] = [[] for _ in blocks]
    for span in spans:
        first = max(0, bisect_right(starts, span.start) - 1)
        for place in range(first, bisect_left(starts, span.end)):
            if blocks[place][1] > span.start:
                touching[place].append(span)
    return touching

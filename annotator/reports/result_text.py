"""A result's text: one's own highlights as tint, the key as a frame where it differs, signs in the gutter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain import spans as domain
from annotator.models import Block
from annotator.reports.reading_parts import (
    BlockPart,
    LabelPart,
    Piece,
    block_part,
    is_title_block,
    mark_css,
)

# How much of a highlight its card repeats.
CARD_QUOTE = 140


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch in or out of a frame; its pieces join to its text. `cards` are the numbers of those in the frame."""

    pieces: tuple[Piece, ...]
    frame: str = ""
    cards: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands in the gutter for one card that begins in the block; `kind` is empty where there is no key."""

    kind: str
    name: str
    label: LabelPart
    is_framed: bool


@dataclass(frozen=True, slots=True)
class ResultBlock:
    """One block: `runs` join to exactly its text."""

    part: BlockPart
    runs: tuple[Run, ...]
    signs: tuple[Sign, ...]


def runs(
    text: str, start: int, end: int, own: Iterable[domain.Span], frames: Iterable[domain.Span],
    labels: Mapping[str, LabelPart],
) -> tuple[Run, ...]:  # fmt: skip
    """text[start:end] cut at the frames, and each part of it at one's own highlights. Numbers are those of cards."""
    marks = list(own)
    return tuple(
        Run(
            pieces=pieces(text, frame.start, frame.end, marks, labels),
            frame=labels[frame.covering[0].label].css if frame.covering else "",
            cards=numbers(frame.covering),
        )
        for frame in domain.segments(start, end, frames)
    )


def pieces(
    text: str, start: int, end: int, own: Iterable[domain.Span], labels: Mapping[str, LabelPart]
) -> tuple[Piece, ...]:
    """One stretch with one's own highlights."""
    return tuple(
        Piece(
            text=text[each.start : each.end],
            css=mark_css(each.covering, labels) if each.covering else "",
            numbers=numbers(each.covering),
        )
        for each in domain.segments(start, end, own)
    )


def numbers(covering: Iterable[domain.Span]) -> str:
    """The cards that a stretch belongs to, the shortest highlight's first."""
    return " ".join(str(span.number) for span in covering)


def short_runs(
    text: str, own: domain.Span | None, frame: domain.Span | None, labels: Mapping[str, LabelPart]
) -> tuple[Run, ...]:
    """A card's quote: both extents together, cut short with an ellipsis."""
    both = [span for span in (own, frame) if span is not None]
    start, end = min(span.start for span in both), max(span.end for span in both)
    stop = min(end, start + CARD_QUOTE)
    own_part, frame_part = ([span] if span is not None and span.start < stop else [] for span in (own, frame))
    found = runs(text, start, stop, own_part, frame_part, labels)
    return found if stop == end else (*found, Run((Piece("…"),)))


def result_blocks(
    blocks: Sequence[Block], text: str, title: str, own: Sequence[domain.Span], frames: Sequence[domain.Span],
    labels: Mapping[str, LabelPart], signs: Sequence[tuple[int, Sign]],
) -> list[ResultBlock]:  # fmt: skip
    """Every block; `signs` come with the offset where their card's words begin."""
    edges = [(block.start, block.end) for block in blocks]
    inside, framed = domain.spans_by_block(edges, own), domain.spans_by_block(edges, frames)
    found, headings = [], 0
    for place, block in enumerate(blocks):
        words = text[block.start : block.end]
        is_title = is_title_block(block, words, title)
        part = block_part(block, words, (), labels, headings_before=headings, is_title=is_title)
        begun = tuple(sign for start, sign in signs if home(edges, start) == place)
        drawn = runs(text, block.start, block.end, inside[place], framed[place], labels)
        found.append(ResultBlock(part, drawn, begun))
        headings += block.kind == Block.Kind.HEADING
    return found


def home(edges: Sequence[tuple[int, int]], start: int) -> int:
    """The block where something begins: the last that begins at or before it."""
    return max((place for place, (begin, _end) in enumerate(edges) if begin <= start), default=0)

"""A reading on paper: its lines, numbered alike on every printer, with the highlights drawn, and a list of them.

Asks what `reading_page` asks: seven queries at most.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.lines import lines
from annotator.models import Reading
from annotator.reports.reading_page import ReadingPage, reading_page
from annotator.reports.reading_parts import BlockPart, Card, LabelPart, Piece

EVERY = 5


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the text; `number` counts through the whole article, and is shown on every fifth."""

    number: int
    start: int
    end: int
    pieces: list[Piece]

    @property
    def shows(self) -> bool:
        """Whether its number is printed."""
        return self.number % EVERY == 0


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A block in lines; `letters` of the tags in it stand in the margin."""

    tag: str
    kind: str
    start: int
    paragraph: int | None
    letters: list[LabelPart]
    lines: list[PrintedLine]


@dataclass(frozen=True, slots=True)
class Listed:
    """A highlight in the list, with the lines it begins and ends on."""

    card: Card
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PrintedReading:
    """The sheet."""

    page: ReadingPage
    blocks: list[PrintedPart]
    listed: list[Listed]


def printed_reading(reading: Reading) -> PrintedReading:
    """The sheet of a reading."""
    page = reading_page(reading)
    blocks = []
    count = 0
    for chunk in page.chunks:
        for block in chunk.blocks:
            blocks.append(in_lines(block, count))
            count += len(blocks[-1].lines)
    return PrintedReading(page, blocks, listed(page.cards, [line for block in blocks for line in block.lines]))


def in_lines(block: BlockPart, before: int) -> PrintedPart:
    """A block, its lines numbered on from `before`."""
    text = "".join(piece.text for piece in block.pieces)
    found = [
        PrintedLine(number, block.start + start, block.start + end, cut(block.pieces, start, end))
        for number, (start, end) in enumerate(lines(text), before + 1)
    ]
    tag = "h2" if block.tag == "h1" else block.tag
    return PrintedPart(tag, block.kind, block.start, block.paragraph, block.letters, found)


def cut(pieces: Iterable[Piece], start: int, end: int) -> list[Piece]:
    """The pieces of a block between two of its places."""
    found, at = [], 0
    for piece in pieces:
        first, last = max(start, at), min(end, at + len(piece.text))
        if first < last:
            found.append(Piece(piece.text[first - at : last - at], piece.css))
        at += len(piece.text)
    return found


def listed(cards: Iterable[Card], all_lines: Sequence[PrintedLine]) -> list[Listed]:
    """The highlights with their lines; cards come in reading order."""
    found, at = [], 0
    for card in cards:
        while at + 1 < len(all_lines) and all_lines[at].end <= card.start:
            at += 1
        last = at
        while last + 1 < len(all_lines) and all_lines[last + 1].start < card.end:
            last += 1
        found.append(Listed(card, all_lines[at].number, all_lines[last].number))
    return found

"""Blocks of a long reading that go out as text alone, for their page's script to dress.

What stands in no block's HTML is what the script knows anyway: ids and numbers run on, a block begins two line breaks
behind the one before, and the highlights come in columns (far_cards.py). With thousands of highlights that saves
a third of the page's bytes and of the time it takes to make.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from annotator.reports.reading_page import ReadingPage
from annotator.reports.reading_parts import BlockPart

# Line breaks between two blocks, where nothing else is said. js/annotate/bare_blocks.js says the same.
GAP = 2


@dataclass(frozen=True, slots=True)
class BareBlock:
    """A block's text; `start` only where it begins elsewhere than expected, `sentences` counted from its own start."""

    tag: str
    kind: str
    text: str
    start: int | None
    sentences: str


@dataclass(frozen=True, slots=True)
class BareChunk:
    """As reading_page.Chunk; each block is whole or bare."""

    blocks: list[BlockPart | BareBlock]
    css: str


def chunks_with_bare(page: ReadingPage, shown: Container[str]) -> list[BareChunk]:
    """The page's chunks; whole are only blocks with a highlight whose number, in digits, is among those `shown`."""
    blocks = iter(with_bare((block for chunk in page.chunks for block in chunk.blocks), shown))
    return [BareChunk([next(blocks) for _block in chunk.blocks], chunk.css) for chunk in page.chunks]


def with_bare(blocks: Iterable[BlockPart], shown: Container[str]) -> Iterator[BlockPart | BareBlock]:
    """Each block, whole or bare."""
    expected = 0
    for block in blocks:
        text = "".join(piece.text for piece in block.pieces)
        is_whole = any(number in shown for piece in block.pieces for number in piece.numbers.split())
        yield block if is_whole else bare(block, text, expected)
        expected = block.start + len(text) + GAP


def bare(block: BlockPart, text: str, expected: int) -> BareBlock:
    """One block without its dress."""
    sentences = " ".join(str(int(start) - block.start) for start in block.sentences.split())
    start = None if block.start == expected else block.start
    return BareBlock(block.tag, block.kind, text, start, "" if sentences == "0" else sentences)

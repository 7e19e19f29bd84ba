"""Blocks over a text: how they join into it, and how one is split and two become one."""

from collections.abc import Iterable
from dataclasses import dataclass

BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class BlockRange:
    """A block's place: `text[start:end]`, code points, half-open."""

    kind: str
    start: int
    end: int


def assemble(blocks: Iterable[tuple[str, str]]) -> tuple[str, list[BlockRange]]:
    """The text of (kind, words) blocks with a blank line between two, none before or after, and where each stands.

    Blocks lose white space at both ends; one with nothing else is left out.
    """
    texts: list[str] = []
    ranges: list[BlockRange] = []
    start = 0
    for kind, words in blocks:
        text = words.strip()
        if not text:
            continue
        texts.append(text)
        ranges.append(BlockRange(kind, start, start + len(text)))
        start += len(text) + len(BETWEEN)
    return BETWEEN.join(texts), ranges


def split_at(text: str, place: int) -> tuple[str, str]:
    """The two parts before and from `place` (code points); the white space at the cut goes. A part may be empty."""
    return text[:place].strip(), text[place:].strip()


def join(first: str, second: str) -> str:
    """Two blocks as one, with one space where the blank line was."""
    return f"{first.rstrip()} {second.lstrip()}".strip()

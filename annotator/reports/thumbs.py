"""A small drawing of how an article is built: headings, paragraphs, quotations and the rest as lines on a page."""

from collections.abc import Iterable
from dataclasses import dataclass

LEFT, WIDTH, TOP, BOTTOM = 7, 30, 7, 50
# Characters that one drawn line stands for, and the most lines of one block.
CHARACTERS_A_LINE = 130
MOST_LINES = 3
CLASSES = {"heading": "heading", "paragraph": "text", "quotation": "quote"}


@dataclass(frozen=True, slots=True)
class Line:
    """A bar of the drawing, in units of its 44 by 56 view box; `css` ends in heading, text, quote or other."""

    css: str
    x: int
    y: int
    width: int
    height: int


def thumb(blocks: Iterable[tuple[str, int]]) -> list[Line]:
    """The lines of these blocks, (kind, length in code points) each, until the page is full."""
    lines: list[Line] = []
    y = TOP
    for number, (kind, length) in enumerate(blocks):
        css = CLASSES.get(kind, "other")
        height = 4 if css == "heading" and number == 0 else 2
        for x, width in bars(css, length):
            if y + height > BOTTOM:
                return lines
            lines.append(Line(css=css, x=x, y=y, width=width, height=height))
            y += height + (4 if height > 2 else 2)
        y += 2
    return lines


def bars(css: str, length: int) -> list[tuple[int, int]]:
    """Left edge and width of each line of one block; the last is as short as the text's end."""
    left, width = (LEFT + 4, WIDTH - 6) if css == "quote" else (LEFT, WIDTH)
    a_line = CHARACTERS_A_LINE // 3 if css == "heading" else CHARACTERS_A_LINE
    count = max(1, min(MOST_LINES, -(-length // a_line)))
    last = length % a_line or a_line
    return [(left, width)] * (count - 1) + [(left, max(9, min(width, width * last // a_line)))]

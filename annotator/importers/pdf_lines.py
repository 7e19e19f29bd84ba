"""The lines of a PDF's pages: runs of text with their places, put together as they stand beside each other."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# Two runs are on one line while they differ in height by less than this share of their size.
SAME_LINE = 0.4
# About how wide letters are, as shares of their size, in the faces that newspapers and offices use.
WIDTHS = {**dict.fromkeys(" .,;:'’|!()[]-ijlftrI1", 0.3), **dict.fromkeys("mwMW@—…", 0.85)}
CAPITAL, LETTER, SQUARE = 0.68, 0.53, 1.0
# A gap of more than this share of what stands before it, and of a letter, parts words; so does nothing smaller.
DOUBT, WIDE_GAP = 0.12, 0.6
# Letters smaller than this share of those before them are set high or low: notes, powers.
SMALL = 0.8
PAGE_NUMBER = re.compile(
    r"(?:page|seite|pagina|página|p\.|s\.)?\s?[-–—]?\s?\d{1,4}\s?(?:(?:of|/|von|sur|de|di)\s?\d{1,4})?\s?[-–—]?"
)
# So many lines at the top and at the bottom of a page may be running heads.
EDGE_LINES = 2
LONGEST_HEAD = 200
# Typesetters' double letters: no reader types them, so they become the letters they are.
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its left edge and height on the page in points, its letters' size, and whether all are bold."""

    text: str
    x: float
    y: float
    size: float
    is_bold: bool
    page: int

    @property
    def width(self) -> float:
        """About how far it reaches."""
        return self.size * sum(map(letter_width, self.text.rstrip("\n")))


def letter_width(letter: str) -> float:
    """About how wide one letter is, for letters of size 1."""
    if letter in WIDTHS:
        return WIDTHS[letter]
    if "\u2e80" <= letter <= "\uffef" or letter > "\uffff":
        return SQUARE
    return CAPITAL if letter.isupper() else LETTER


def page_lines(page: Any, number: int) -> list[Line]:
    """The lines of a pypdf page in the order in which they were written, which is nearly always that of reading."""
    runs: list[Line] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: dict[str, Any] | None, size: float) -> None:
        if text.strip():
            runs.append(run(text, cm, tm, font, size, number))

    page.extract_text(visitor_text=visit)
    lines: list[list[Line]] = []
    for each in runs:
        if lines and is_beside(lines[-1][-1], each):
            lines[-1].append(each)
        else:
            lines.append([each])
    return in_columns([together(line) for line in lines])


def run(
    text: str, cm: Sequence[float], tm: Sequence[float], font: dict[str, Any] | None, size: float, page: int
) -> Line:
    """A run of text where it stands: its own matrix within the page's."""
    x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale = math.sqrt(abs((tm[0] * tm[3] - tm[1] * tm[2]) * (cm[0] * cm[3] - cm[1] * cm[2])))
    name = str((font or {}).get("/BaseFont", "")).lower()
    return Line(
        text=text,
        x=x,
        y=y,
        size=max(abs(size) * scale, 0.1),
        is_bold="bold" in name or "black" in name,
        page=page,
    )


def is_beside(before: Line, after: Line) -> bool:
    """Whether a run goes on in the line of the one before."""
    return (
        abs(before.y - after.y) < SAME_LINE * max(before.size, after.size)
        and after.x >= before.x - before.size
        and "\n" not in before.text.strip(" ")
    )


def together(runs: Sequence[Line]) -> Line:
    """Runs beside each other as one line, of the size of most of its letters."""
    text = runs[0].text
    for before, after in pairwise(runs):
        text = f"{text} {after.text}" if is_apart(before, after) else text + after.text
    sizes: Counter[float] = Counter()
    for each in runs:
        sizes[each.size] += len(each.text.strip())
    return Line(
        text=" ".join(spelled(text).split(" ")).replace("\n", " ").strip(),
        x=runs[0].x,
        y=runs[0].y,
        size=sizes.most_common(1)[0][0],
        is_bold=all(each.is_bold for each in runs),
        page=runs[0].page,
    )


def is_apart(before: Line, after: Line) -> bool:
    """Whether a space belongs between two runs that bring none: a gap, or a note's number behind a figure."""
    if before.text[-1:].isspace() or after.text[:1].isspace():
        return False
    if before.text[-1:].isdigit() and after.text[:1].isdigit() and after.size < SMALL * before.size:
        return True
    return after.x - before.x > (1 + DOUBT) * before.width + WIDE_GAP * after.size


def spelled(text: str) -> str:
    """With single spaces, and double letters as two."""
    for sign, letters in LIGATURES.items():
        text = text.replace(sign, letters)
    return re.sub(r"[ \t\r\n\f\v]+", " ", text)


def in_columns(lines: list[Line]) -> list[Line]:
    """The lines of a page column by column, where they were written to and fro across a gutter; else as they are."""
    left = min((line.x for line in lines), default=0.0)
    starts = Counter(round(line.x) for line in lines if line.x > left + 100)
    if not starts or starts.most_common(1)[0][1] < 5:
        return lines
    gutter = starts.most_common(1)[0][0] - 2
    changes = sum((a.x < gutter) != (b.x < gutter) for a, b in pairwise(lines))
    if changes < len(lines) / 2 or any(line.x < gutter < line.x + 0.8 * line.width for line in lines[2:-2]):
        return lines
    return [line for line in lines if line.x < gutter] + [line for line in lines if line.x >= gutter]


def parted_heads(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], list[Line], list[Line]]:
    """(running heads, the text, running feet): what comes again on other pages at their edges, and page numbers."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({same_everywhere(line) for line in {*edge(lines, top=True), *edge(lines, top=False)}})
    often = max(2, len(pages) // 3)
    heads, text, feet = [], [], []
    for lines in pages:
        top = [each for each in edge(lines, top=True) if is_running(each, seen, often)]
        foot = [each for each in edge(lines, top=False) if is_running(each, seen, often) and each not in top]
        heads += top
        feet += foot
        text += [line for line in lines if line not in top and line not in foot]
    return heads, text, feet


def edge(lines: Iterable[Line], *, top: bool) -> list[Line]:
    """The lines nearest the top or the bottom of a page."""
    return sorted(lines, key=lambda line: line.y, reverse=top)[:EDGE_LINES]


def is_running(line: Line, seen: Counter[str], often: int) -> bool:
    """Whether a line at the edge of a page is no part of the text."""
    if PAGE_NUMBER.fullmatch(line.text.lower()):
        return True
    return len(line.text) <= LONGEST_HEAD and seen[same_everywhere(line)] >= often and same_everywhere(line) != "#"


def same_everywhere(line: Line) -> str:
    """The line without what differs from page to page."""
    return re.sub(r"\d{1,9}", "#", line.text.lower())

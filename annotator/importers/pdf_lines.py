"""The lines of a PDF's pages: runs of text with their places, put together as they stand beside each other."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from annotator.importers.pdf_letters import is_leftward, leftward, letter_width, spelled

# Two runs are on one line while they differ in height by less than this share of their size.
SAME_LINE = 0.4
# A gap of more than this share of what stands before it, and of a letter, parts words; so does nothing smaller.
DOUBT, WIDE_GAP = 0.12, 0.6
# Letters smaller than this share of those before them are set high or low: notes, powers.
SMALL = 0.8
PAGE_NUMBER = re.compile(
    r"(?:page|seite|pagina|página|p\.|s\.)?\s?[-–—]?\s?\d{1,4}\s?(?:(?:of|/|von|sur|de|di)\s?\d{1,4})?\s?[-–—]?"
)
# What browsers print above and below a page: title and address, the time, the page's number.
MOMENT = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?: [AP]M)?"
PRINTED = re.compile(
    rf"\A(?:{MOMENT}(?: .{{0,300}})?|(?:.{{0,300}} )?(?:https?|file)://\S{{1,2000}}(?: \d{{1,4}} ?/ ?\d{{1,4}})?"
    rf"|(?:.{{0,300}} )?{MOMENT})"
)
# So many lines at the top and at the bottom of a page may be running heads.
EDGE_LINES = 2
LONGEST_HEAD = 200
# A running head stands further from the text than lines from each other.
APART = 1.6
# As many lines beside others, with more letters than fit into a table's cell, are a column.
FEW_LINES, CELL = 5, 20


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
        return self.size * sum(map(letter_width, self.text.rstrip()))


def page_lines(page: Any, number: int) -> list[Line]:
    """The lines of a pypdf page in the order in which they were written, which is nearly always that of reading."""
    runs: list[Line] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: dict[str, Any] | None, size: float) -> None:
        if text.strip():
            runs.append(run(text, cm, tm, font, size, number))
        elif " " in text and runs:
            runs[-1] = replace(runs[-1], text=f"{runs[-1].text} ")

    page.extract_text(visitor_text=visit)
    gutter = gutter_of(runs)
    lines: list[list[Line]] = []
    for each in runs:
        if lines and is_beside(lines[-1][-1], each) and not lines[-1][-1].x < gutter <= each.x:
            lines[-1].append(each)
        else:
            lines.append([each])
    return in_columns([together(line) for line in lines], gutter)


def gutter_of(runs: Sequence[Line]) -> float:
    """Where the right one of two columns begins, if both were written to and fro, line by line; else infinity.

    A table is written so as well, but its cells are short.
    """
    pairs = [
        (before, after)
        for before, after in pairwise(runs)
        if is_beside(before, after) and after.x > before.x + (1 - DOUBT) * before.width
    ]
    starts = Counter(round(after.x) for _, after in pairs)
    place, count = starts.most_common(1)[0] if starts else (0, 0)
    lengths = [len(each.text) for pair in pairs for each in pair if round(pair[1].x) == place]
    return place - 1.0 if count >= FEW_LINES and median(lengths) > CELL else math.inf


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
    if is_leftward(text):
        text = leftward([(each.x, each.text) for each in runs])
    sizes: Counter[float] = Counter()
    for each in runs:
        sizes[each.size] += len(each.text.strip())
    return Line(
        text=spelled(text).strip(),
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


def in_columns(lines: list[Line], gutter: float) -> list[Line]:
    """What stands left of the gutter first, but for wide lines above the columns and below them."""
    if gutter == math.inf:
        return lines
    right = [line.y for line in lines if line.x >= gutter]
    above = [line for line in lines if line.x < gutter and line.y > max(right) + line.size]
    below = [
        line for line in lines if line.x < gutter and line.y < min(right) - line.size and line.x + line.width > gutter
    ]
    left = [line for line in lines if line.x < gutter and line not in above and line not in below]
    return [*above, *left, *(line for line in lines if line.x >= gutter), *below]


def parted_heads(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], list[Line], list[Line]]:
    """(running heads, the text, running feet): what comes again on other pages at their edges, and page numbers."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({same_everywhere(line) for line in {*edge(lines, top=True), *edge(lines, top=False)}})
    often = max(2, len(pages) // 3)
    heads, text, feet = [], [], []
    for lines in pages:
        top = running(edge(lines, top=True), seen, often)
        foot = running([line for line in edge(lines, top=False) if line not in top], seen, often)
        heads += top
        feet += foot
        text += [line for line in lines if line not in top and line not in foot]
    return heads, text, feet


def edge(lines: Iterable[Line], *, top: bool) -> list[Line]:
    """The lines nearest the top or the bottom of a page, the outermost first, and one more to measure against."""
    return sorted(lines, key=lambda line: line.y, reverse=top)[: EDGE_LINES + 1]


def running(lines: Sequence[Line], seen: Counter[str], often: int) -> list[Line]:
    """Those of the lines at an edge that are no part of the text: known from other pages, and apart from the text."""
    found: list[Line] = []
    for number, (line, inner) in enumerate(pairwise(lines), 1):
        if not (is_page_number(line) or is_known(line, seen, often)):
            break
        if is_page_number(line) or abs(line.y - inner.y) > APART * max(line.size, inner.size):
            found = list(lines[:number])
    if len(lines) == 1 and is_page_number(lines[0]):
        return list(lines)
    return found


def is_page_number(line: Line) -> bool:
    """“7”, “– 7 –”, “Page 7 of 9”, and what a browser prints around a page."""
    return bool(PAGE_NUMBER.fullmatch(line.text.lower()) or PRINTED.fullmatch(line.text))


def is_known(line: Line, seen: Counter[str], often: int) -> bool:
    """Whether the line stands at the edges of other pages too, its numbers apart."""
    return len(line.text) <= LONGEST_HEAD and seen[same_everywhere(line)] >= often


def same_everywhere(line: Line) -> str:
    """The line without what differs from page to page."""
    return re.sub(r"\d{1,9}", "#", line.text.lower())

"""Lines of print become paragraphs again: where one ends and the next begins, and words that were broken."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from annotator.importers.draft import SourceBlock
from annotator.importers.pdf_lines import Line

ENDS = re.compile(r"[.?!…:。！？؟۔][\"'”’»)\]]{0,3}\Z")
ITEM = re.compile(r"(?:[•●▪‣◦·∙–—*]|\d{1,2}[.)]|[a-z]\))\s")
# Other letters by so much are another kind of text; so much more space than between lines parts paragraphs.
OTHER_SIZE = 0.08
MORE_SPACE = 1.3
LEADING = 1.2
INDENT = 0.8
# A line that leaves so much of its column empty is the last of its paragraph.
SHORT = 0.8
HEADING_SIZE = 1.15
LONGEST_HEADING = 250
LONGEST_BOLD = 120


def blocks_of_lines(lines: Sequence[Line]) -> list[SourceBlock]:
    """The blocks of all pages, in order."""
    if not lines:
        return []
    body = body_size(lines)
    leading = usual_leading(lines)
    widest = widest_lines(lines)
    parts: list[list[Line]] = [[lines[0]]]
    for before, after in pairwise(lines):
        if begins(before, after, leading, widest, parts[-1]):
            parts.append([])
        parts[-1].append(after)
    words = Counter(word for line in lines for word in line.text.lower().split())
    return [SourceBlock(kind_of(part, body), joined([line.text for line in part], words)) for part in parts]


def body_size(lines: Sequence[Line]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def usual_leading(lines: Sequence[Line]) -> dict[float, float]:
    """For each size of letters, how far its lines usually stand apart."""
    steps: dict[float, list[float]] = {}
    for before, after in pairwise(lines):
        if before.page == after.page and is_same_size(before, after) and 0 < before.y - after.y < 3 * after.size:
            steps.setdefault(round(after.size), []).append(before.y - after.y)
    return {size: median(found) for size, found in steps.items() if len(found) > 2}


def widest_lines(lines: Sequence[Line]) -> dict[float, int]:
    """For each size of letters, how many of them a full line holds: more than nine lines of ten hold no more."""
    lengths: dict[float, list[int]] = {}
    for line in lines:
        lengths.setdefault(round(line.size), []).append(len(line.text))
    return {size: sorted(found)[int(len(found) * 0.9)] for size, found in lengths.items()}


def is_same_size(one: Line, other: Line) -> bool:
    """Whether two lines are set in letters of the same size."""
    return abs(one.size - other.size) <= OTHER_SIZE * max(one.size, other.size)


def begins(
    before: Line, after: Line, leading: dict[float, float], widest: dict[float, int], part: Sequence[Line]
) -> bool:
    """Whether a new paragraph begins with `after`; `part` is the one so far."""
    if not is_same_size(before, after) or before.is_bold != after.is_bold:
        return True
    has_ended = bool(ENDS.search(before.text))
    if ITEM.match(after.text):
        return has_ended or bool(ITEM.match(part[0].text)) or is_short(before, widest)
    step = before.y - after.y
    if before.page != after.page or step < -0.5 * after.size:
        return has_ended or (is_short(before, widest) and not after.text[:1].islower())
    usual = leading.get(round(after.size), LEADING * after.size)
    if step > MORE_SPACE * usual:
        return True
    is_indented = (
        after.x - min(line.x for line in part) > INDENT * after.size and after.x - before.x > INDENT * after.size
    )
    return has_ended and (is_indented or is_short(before, widest))


def is_short(line: Line, widest: dict[float, int]) -> bool:
    """Whether a line stops well before the end of its column."""
    return len(line.text) < SHORT * widest[round(line.size)]


def kind_of(part: Sequence[Line], body: float) -> str:
    """Heading, list item or paragraph, by size, weight and the sign at its start."""
    length = sum(len(line.text) for line in part)
    if part[0].size >= HEADING_SIZE * body and length <= LONGEST_HEADING:
        return "heading"
    if all(line.is_bold for line in part) and length <= LONGEST_BOLD and not part[-1].text.endswith((".", ",", ":")):
        return "heading"
    return "list_item" if ITEM.match(part[0].text) else "paragraph"


def joined(texts: Sequence[str], words: Counter[str]) -> str:
    """Lines as one text; a word broken at a line's end is whole again, and keeps its hyphen if it has one elsewhere."""
    text = texts[0]
    for after in texts[1:]:
        text = mended(text, after, words)
    return text


def mended(text: str, after: str, words: Counter[str]) -> str:
    """One more line behind the text."""
    if text.endswith("\u00ad"):
        return text[:-1] + after
    if not text.endswith(("-", "‐")) or text.endswith(" -") or not after[:1].isalpha():
        return f"{text} {after}"
    first, second = text.split(" ")[-1].lower(), after.split(" ")[0].lower()
    if not after[:1].islower() or first.count("-") > 1 or words[first + second.rstrip(".,;:!?")]:
        return text + after
    return text[:-1] + after

"""The text of the reveal, cut where its heat changes, with a minimap of where it is warm."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement import passages
from annotator.domain.agreement.runs import runs
from annotator.models import Block
from annotator.models.counted import CountedText
from annotator.reports.agreement_sentences import Sentence
from annotator.reports.heat_map import Heat, HeatPiece, heat, level, pieces_of, stretches
from annotator.reports.reading_page import MapPath
from annotator.reports.reading_parts import TAGS, LabelPart, is_title_block

# So many hundredths are all pairs of readers.
ALL = 100
# The minimap is drawn in so many steps of so many units, each as warm as the warmest place in it.
STEPS, STEP = 250, 4


@dataclass(frozen=True, slots=True)
class RevealSentence:
    """A sentence as cut by the heat; it opens where somebody marked it. `blanks` follow it."""

    start: int
    pieces: list[HeatPiece]
    blanks: str
    opens: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class RevealBlock:
    """One block: its sentences join to exactly its text. `most` readers, or hundredths of pairs, at its warmest."""

    tag: str
    kind: str
    start: int
    paragraph: int | None
    most: int
    sentences: list[RevealSentence]


def warmth(text: CountedText, place: int | None) -> tuple[list[Heat], int]:
    """The stretches of a label with their readers, of all readers; or of disagreement, in hundredths of pairs."""
    if place is not None:
        return heat(text, place), len(text.readers)
    if len(text.readers) < 2:
        return [], ALL
    found = runs(text.document)
    return stretches(text, found, np.rint(ALL * passages.heat(found)).astype(np.int64)), ALL


def painted(
    blocks: Sequence[Block], text: str, title: str, warm: Sequence[Heat], whole: int,
    sentences: Sequence[Sentence], marked: Sequence[bool], shown: int | None,
) -> Iterator[RevealBlock]:  # fmt: skip
    """The text, block by block. `marked` says of each sentence whether anybody chose a tag; `shown` is one's place."""
    starts, ends = [each.start for each in warm], [each.end for each in warm]
    begins = [each.start for each in sentences]
    paragraph = 0
    for block in blocks:
        inside = warm[bisect_right(ends, block.start) : bisect_left(starts, block.end)]
        is_heading = block.kind == Block.Kind.HEADING
        paragraph += not is_heading
        is_title = is_title_block(block, text[block.start : block.end], title)
        own = range(bisect_left(begins, block.start), bisect_left(begins, block.end))
        yield RevealBlock(
            tag="h1" if is_title else TAGS.get(Block.Kind(block.kind), "p"),
            kind=block.kind,
            start=block.start,
            paragraph=None if is_heading else paragraph,
            most=max((each.readers for each in inside), default=0),
            sentences=[
                sentence(sentences[each], text, inside, whole, opens=marked[each], is_shown=each == shown)
                for each in own
            ],
        )


def sentence(
    place: Sentence, text: str, inside: Sequence[Heat], whole: int, *, opens: bool, is_shown: bool
) -> RevealSentence:
    """One sentence of a block."""
    end = place.end_of_words(text)
    here = [each for each in inside if each.start < end and each.end > place.start]
    pieces = list(pieces_of(Sentence(place.start, end), text, here, whole))
    return RevealSentence(place.start, pieces, text[end : place.end], opens, is_shown)


def minimap(warm: Sequence[Heat], whole: int, length: int, label: LabelPart | None) -> list[MapPath]:
    """Where it is warm in the whole text: a path for each level that occurs."""
    steps = [0] * STEPS
    for each in warm:
        first, last = each.start * STEPS // length, (each.end * STEPS + length - 1) // length
        steps[first:last] = [max(each.readers, step) for step in steps[first:last]]
    tint = f"tint-{label.tint}" if label else "map-divided"
    levels = [level(each, whole) if each else 0 for each in steps]
    return [MapPath(f"{tint} map-{each}", path_of(levels, each)) for each in sorted({*levels} - {0})]


def path_of(steps: Sequence[int], wanted: int) -> str:
    """The rectangles of one level."""
    return "".join(f"M0 {STEP * place}h9v{STEP}h-9z" for place, found in enumerate(steps) if found == wanted)

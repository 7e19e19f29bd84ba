"""The heat of one tag over an article: which share of the readers marked each stretch, as the class may see it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.documents import IntArray
from annotator.domain.agreement.runs import BITS, Runs, runs
from annotator.models import Article, Block, Exercise
from annotator.models.counted import CountedText, labels_of
from annotator.reports.agreement_passages import original
from annotator.reports.agreement_rows import texts_in
from annotator.reports.agreement_sentences import Sentence
from annotator.reports.suppression import may_show

# From these shares on, in hundredths, a stretch takes the next level of the ramp; level 1 begins at a single reader.
LEVELS = (25, 45, 65, 80)
# How much of the most united stretch is quoted.
QUOTE = 70


@dataclass(frozen=True, slots=True)
class Heat:
    """text[start:end] of the article, in code points, marked by `readers` of them."""

    start: int
    end: int
    readers: int


@dataclass(frozen=True, slots=True)
class HeatPiece:
    """A stretch of a block's text; `level` is 1 to 5, 0 where nobody has marked it."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class HeatBlock:
    """One block: `pieces` join to exactly its text; `most` readers marked its warmest stretch."""

    kind: str
    most: int
    pieces: list[HeatPiece]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """An article's heat over `readers` counted readings; `is_hidden` where those are too few to show any share.

    `quote` is the warmest stretch, the longest of equal ones, which `most` readers marked; empty where nobody did.
    """

    title: str
    readers: int
    is_hidden: bool
    blocks: list[HeatBlock]
    most: int = 0
    quote: str = ""


def heat_map(exercise: Exercise, article: Article, label: str) -> HeatMap:
    """The heat of one label, a slug of the exercise's codebook, in round 1. RuleError "blind". Seven queries."""
    texts = texts_in([exercise], 1, article)
    _labels, slugs = labels_of(exercise.codebook_version_id)
    place = slugs.index(label)
    readers = len(texts[0].readers) if texts else 0
    if not may_show(exercise.classroom.kind, readers):
        return HeatMap(title=article.title, readers=readers, is_hidden=True, blocks=[])
    found = heat(texts[0], place)
    warmest = max(found, key=lambda each: (each.readers, each.end - each.start, -each.start), default=None)
    quote = " ".join(article.text[warmest.start : warmest.end].split()) if warmest else ""
    return HeatMap(
        title=article.title,
        readers=readers,
        is_hidden=False,
        blocks=[block_heat(block, article.text, found, readers) for block in article.blocks.order_by("number")],
        most=warmest.readers if warmest else 0,
        quote=quote if len(quote) <= QUOTE else f"{quote[:QUOTE].rsplit(' ', 1)[0]} …",
    )


def heat(text: CountedText, place: int) -> list[Heat]:
    """The stretches that somebody marked with the label, in order; where as many go on marking, one goes on."""
    found = runs(text.document)
    return stretches(text, found, readers_on(found, place))


def stretches(text: CountedText, found: Runs, values: IntArray) -> list[Heat]:
    """Where the `values` of the runs, (R,) whole numbers, are not 0; neighbours that are equal are one stretch."""
    first = np.flatnonzero(np.diff(values, prepend=-1))
    starts, ends = original(text.before, np.append(found.edges[first], found.edges[-1]))
    return [Heat(*each) for each in zip(starts, ends, values[first].tolist(), strict=True) if each[2]]


def readers_on(found: Runs, place: int) -> IntArray:
    """(R,): how many readers' label set on each run holds the label."""
    holds = (found.masks[:, place // BITS] >> (place % BITS)) & 1 if found.masks.shape[1] > place // BITS else None
    pieces = [
        counts[:, holds == 1].sum(axis=1) if holds is not None else np.zeros(len(counts), dtype=np.int64)
        for _piece, counts in found.counted()
    ]
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)


def block_heat(block: Block, text: str, found: Sequence[Heat], readers: int) -> HeatBlock:
    """One block's part of it."""
    inside = [each for each in found if each.start < block.end and each.end > block.start]
    return HeatBlock(
        kind=block.kind,
        most=max((each.readers for each in inside), default=0),
        pieces=list(pieces_of(block, text, inside, readers)),
    )


def pieces_of(block: Block | Sentence, text: str, inside: Sequence[Heat], readers: int) -> Iterator[HeatPiece]:
    """The text of a block, or of a sentence, cut where its level changes."""
    begun, now = block.start, 0
    for start, found in steps(block, text, inside, readers):
        if found != now:
            if start > begun:
                yield HeatPiece(text[begun:start], now)
            begun, now = start, found
    if begun < block.end:
        yield HeatPiece(text[begun : block.end], now)


def steps(block: Block | Sentence, text: str, inside: Sequence[Heat], readers: int) -> Iterator[tuple[int, int]]:
    """Where a level begins, and which. White space weighs nothing: between two levels it has the lower."""
    here, now = block.start, 0
    for each in inside:
        start, found = max(each.start, block.start), level(each.readers, readers)
        if start > here:
            yield here, 0 if text[here:start].strip() else min(now, found)
        yield start, found
        here, now = min(each.end, block.end), found
    yield here, 0


def level(part: int, readers: int) -> int:
    """1 to 5 for a share of the readers."""
    return bisect_right(LEVELS, 100 * part // readers) + 1

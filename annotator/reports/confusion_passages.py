"""The sentences behind a cell of the confusion table: how much of it each holds, on which words, who chose what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np

from annotator.domain.agreement.cell_passages import Cell, by_sentence, cell_masses
from annotator.domain.agreement.documents import FloatArray, IntArray, merged
from annotator.domain.agreement.runs import Runs, runs
from annotator.domain.percentages import whole_percentages
from annotator.domain.spans import Span as Extent
from annotator.models.counted import CountedText
from annotator.reports.agreement_passages import original, sentence_at
from annotator.reports.agreement_sentences import Sentence
from annotator.reports.read_articles import ReadArticle
from annotator.reports.reading_parts import LabelPart, Piece
from annotator.reports.result_text import pieces

# A run is painted where it holds at least half as much of the cell, for its length, as the fullest of its sentence.
CORE = 0.5
# So much of a long sentence is shown, and so much of that before the painted words.
WINDOW, BEFORE = 420, 140


@dataclass(frozen=True, slots=True)
class Marking:
    """How many readers marked some of the painted words with a label, or (None) with none at all."""

    label: LabelPart | None
    readers: int


@dataclass(frozen=True, slots=True)
class CellPassage:
    """A sentence, text[first:last] without its last blanks; `share` of the cell in whole hundredths.

    text[start:end] are the words on which most of it lies. A reader who gave them two tags is in two `markings`.
    `value` names them in a form.
    """

    article: UUID
    title: str
    language: str
    paragraph: int | None
    first: int
    last: int
    start: int
    end: int
    quote: str
    share: int
    readers: int
    pieces: tuple[Piece, ...]
    markings: tuple[Marking, ...]

    @property
    def value(self) -> str:
        """Article and places, as a form sends them."""
        return f"{self.article}:{self.start}:{self.end}"


@dataclass(frozen=True, slots=True, eq=False)
class CutArticle:
    """An article's runs cut at its sentences, with the cell's mass (R,) on them and (B,) in its sentences."""

    one: ReadArticle
    found: Runs
    masses: FloatArray
    sums: FloatArray


def cut_articles(read: Sequence[ReadArticle], labels: int, cell: Cell) -> list[CutArticle]:
    """Every article with text, for one cell."""
    cut = []
    for one in read:
        begins = np.array(one.begins, dtype=np.int64)
        if len(begins) and len(one.text.readers) > 1:
            found = runs(one.text.document, begins)
            masses = cell_masses(found, labels, cell)
            cut.append(CutArticle(one, found, masses, by_sentence(found, masses, begins)))
    return cut


def passages(
    read: Sequence[ReadArticle], labels: Sequence[LabelPart], cell: Cell, most: int | None
) -> tuple[tuple[CellPassage, ...], int]:
    """The sentences that hold most of the cell, the fullest first and the earlier where two are equal; and of how many.

    No query.
    """
    cut = cut_articles(read, len(labels), cell)
    ranked = [(float(mass), each, place) for each in cut for place, mass in enumerate(each.sums.tolist()) if mass > 0]
    ranked.sort(key=lambda each: -each[0])
    shares = whole_percentages([mass for mass, _each, _place in ranked])
    wanted = list(zip(ranked, shares, strict=True))[:most]
    found = [replace(passage(each, place, labels, cell), share=share) for (_mass, each, place), share in wanted]
    return tuple(found), len(ranked)


def passage(cut: CutArticle, place: int, labels: Sequence[LabelPart], cell: Cell) -> CellPassage:
    """One sentence."""
    one, begins = cut.one, cut.one.begins
    sentence = sentence_at(one.text, one.sentences, begins[place])
    text = one.article.text
    last = sentence.end_of_words(text)
    core = core_of(cut, begins[place], begins[place + 1] if place + 1 < len(begins) else None)
    start, end = fullest_stretch(core)
    return CellPassage(
        article=one.article.uuid,
        title=one.article.title,
        language=one.article.language,
        paragraph=one.paragraph(sentence),
        first=sentence.start,
        last=last,
        start=start,
        end=end,
        quote=" ".join(text[start:end].split()),
        share=0,
        readers=len(one.text.readers),
        pieces=painted(text, Sentence(sentence.start, last), core, labels, cell),
        markings=markings(one.text, core, labels, cell),
    )


def core_of(cut: CutArticle, begin: int, end: int | None) -> list[tuple[int, int, float]]:
    """(start, end, mass) in code points of the stretches of one sentence on which most of the cell lies."""
    edges: IntArray = cut.found.edges
    first = int(np.searchsorted(edges, begin))
    last = len(edges) - 1 if end is None else int(np.searchsorted(edges, end))
    density = cut.masses[first:last] / cut.found.weights[first:last]
    starts, ends = original(cut.one.text.before, edges[first : last + 1])
    joined: list[tuple[int, int, float]] = []
    goes_on = False
    for place, is_core in enumerate((density >= CORE * density.max()).tolist()):
        if is_core:
            before, mass = joined.pop()[::2] if goes_on else (starts[place], 0.0)
            joined.append((int(before), ends[place], mass + float(cut.masses[first + place])))
        goes_on = is_core
    return joined


def fullest_stretch(core: Sequence[tuple[int, int, float]]) -> tuple[int, int]:
    """The one that holds most, the first of equal ones."""
    start, end, _mass = max(core, key=lambda each: each[2])
    return start, end


def painted(
    text: str, sentence: Sentence, core: Sequence[tuple[int, int, float]], labels: Sequence[LabelPart], cell: Cell
) -> tuple[Piece, ...]:
    """The sentence, a long one around its fullest words, with the cell's labels painted on its core."""
    by_slug = {label.slug: label for label in labels}
    slugs = [labels[place].slug for place in dict.fromkeys(cell) if place < len(labels)]
    spans = [Extent(start, end, slug, number) for start, end, _mass in core for number, slug in enumerate(slugs, 1)]
    first, last = window(text, sentence, fullest_stretch(core)[0])
    inside = pieces(text, first, last, spans, by_slug)
    before = [Piece("… ")] if first > sentence.start else []
    after = [Piece(" …")] if last < sentence.end else []
    return (*before, *inside, *after)


def window(text: str, sentence: Sentence, at: int) -> tuple[int, int]:
    """Which part of a long sentence is shown: cut between words, some of them before `at`."""
    if sentence.end - sentence.start <= WINDOW:
        return sentence.start, sentence.end
    first = sentence.start
    if at - first > BEFORE:
        blank = text.find(" ", at - BEFORE, at)
        first = blank + 1 if blank >= 0 else at
    if sentence.end - first <= WINDOW:
        return first, sentence.end
    blank = text.rfind(" ", first, first + WINDOW)
    return first, blank if blank > at else first + WINDOW


def markings(
    text: CountedText, core: Sequence[tuple[int, int, float]], labels: Sequence[LabelPart], cell: Cell
) -> tuple[Marking, ...]:
    """Who marked any of the core, the cell's own labels first; what nobody chose is left out."""
    spans, before = merged(text.document), text.before
    edges = [(int(before[start]), int(before[end])) for start, end, _mass in core]
    meets = [(spans.start < end) & (spans.end > start) for start, end in edges]
    here = spans.taken(np.logical_or.reduce(meets))
    pairs = set(zip(here.reader.tolist(), here.label.tolist(), strict=True))
    counts = [sum(label == place for _reader, label in pairs) for place in range(len(labels))]
    left = len(text.readers) - len({reader for reader, _label in pairs})
    found = [Marking(label, count) for label, count in zip((*labels, None), (*counts, left), strict=True)]
    own = [labels[place] if place < len(labels) else None for place in cell if place <= len(labels)]
    return tuple(sorted((each for each in found if each.readers), key=lambda each: each.label not in own))

"""The sentences that divide a class most, as its printed report quotes them: what the readers chose, and why it parts.

What at least half of the readers marked is painted. The counts are those of the bars: each reader once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

import numpy as np

from annotator.domain.agreement.choices import choices, flattening
from annotator.domain.agreement.documents import merged
from annotator.domain.agreement.passages import Passage, most_divided
from annotator.domain.agreement.runs import Runs, runs
from annotator.domain.consensus import proposals
from annotator.domain.percentages import whole_percentages
from annotator.domain.spans import Span as Extent
from annotator.models.counted import CountedText
from annotator.reports.agreement_passages import sentence_at
from annotator.reports.agreement_sentences import Sentence
from annotator.reports.passage_shares import percent
from annotator.reports.read_articles import ReadArticle
from annotator.reports.reading_parts import LabelPart, Piece
from annotator.reports.result_text import pieces

MOST = 3
HALF = Fraction(1, 2)
# How much of a sentence fits on the page beside two others.
QUOTE = 180


@dataclass(frozen=True, slots=True)
class Choice:
    """How many readers chose a label, or none, for a sentence; `width` is their share as an SVG attribute."""

    label: LabelPart | None
    readers: int
    width: str


@dataclass(frozen=True, slots=True)
class DividedQuote:
    """One sentence; `share` of all disagreement in hundredths, and what that is made of: missed, edges, label.

    It begins at code point `start` of its `article`.
    """

    article: UUID
    start: int
    title: str
    language: str
    paragraph: int | None
    pieces: tuple[Piece, ...]
    share: int
    missed: int
    boundary: int
    label: int
    choices: tuple[Choice, ...]


def divided_quotes(
    found: Sequence[ReadArticle], labels: Mapping[str, LabelPart], part: str = "", *, longest: int = QUOTE
) -> tuple[DividedQuote, ...]:
    """The three that divide readers most, of all articles given, the worst first. No query.

    With a part of the disagreement, "missed", "boundary" or "label": most by that, and `share` is of that part alone.
    What is longer than `longest` characters is cut short.
    """
    ranked = [(mass_of(passage, part), passage, one) for one in found for passage in passages_of(one)]
    total = sum(mass for mass, _passage, _one in ranked)
    worst = sorted(ranked, key=lambda each: -each[0])[:MOST]
    return tuple(quote(one, passage, mass / total, labels, longest) for mass, passage, one in worst if mass)


def mass_of(passage: Passage, part: str) -> float:
    """The disagreement of a sentence, or of one part of it."""
    return passage.mass * (float(getattr(passage.split, part)) if part else 1.0)


def passages_of(one: ReadArticle) -> tuple[Passage, ...]:
    """Every sentence on which anybody differs, the worst first."""
    begins = one.begins
    return most_divided(runs(one.text.document, begins), begins, most=len(begins)) if begins else ()


def quote(
    one: ReadArticle, passage: Passage, share: float, labels: Mapping[str, LabelPart], longest: int
) -> DividedQuote:
    """One of them; `share` from 0 to 1."""
    sentence = sentence_at(one.text, one.sentences, one.begins[passage.sentence])
    split = passage.split
    missed, boundary, label = whole_percentages([split.missed, split.boundary, split.label])
    return DividedQuote(
        article=one.article.uuid,
        start=sentence.start,
        title=one.article.title,
        language=one.article.language,
        paragraph=one.paragraph(sentence),
        pieces=quoted(one, sentence, labels, longest),
        share=round(100 * share),
        missed=missed,
        boundary=boundary,
        label=label,
        choices=chosen(one.text, sentence, list(labels.values())),
    )


def quoted(one: ReadArticle, sentence: Sentence, labels: Mapping[str, LabelPart], longest: int) -> tuple[Piece, ...]:
    """The sentence, cut short at a word, with what at least half marked."""
    text = one.article.text
    end = sentence.end_of_words(text)
    stop = end if end - sentence.start <= longest else sentence.start + cut(text[sentence.start : end], longest)
    painted = pieces(text, sentence.start, stop, majority(one.text, labels), labels)
    return painted if stop == end else (*painted, Piece(" …"))


def cut(words: str, longest: int) -> int:
    """How many characters of a long sentence to show: up to the last blank that fits."""
    blank = words.rfind(" ", 0, longest)
    return blank if blank > 0 else longest


def majority(text: CountedText, labels: Mapping[str, LabelPart]) -> list[Extent]:
    """What at least half of the readers marked, in code points."""
    found: Runs = runs(text.document)
    characters = np.flatnonzero(np.diff(text.before)).tolist()
    marked = [
        (slug, each) for place, slug in enumerate(labels) for each in proposals(text.document, found, place, share=HALF)
    ]
    return [
        Extent(characters[each.start], characters[each.end - 1] + 1, slug, number)
        for number, (slug, each) in enumerate(marked, 1)
    ]


def chosen(text: CountedText, sentence: Sentence, labels: Sequence[LabelPart]) -> tuple[Choice, ...]:
    """In the codebook's order, "not marked" last; each reader once. A label that nobody chose is left out."""
    readers, order = len(text.readers), flattening([each.slug for each in labels])
    start, end = int(text.before[sentence.start]), int(text.before[sentence.end])
    found = choices(merged(text.document), readers, order, start, end).tolist()
    rows = [Choice(label, number, percent(number, readers)) for label, number in zip(labels, found, strict=False)]
    shown = [row for row in rows if row.readers]
    return (*shown, Choice(None, found[-1], percent(found[-1], readers)))

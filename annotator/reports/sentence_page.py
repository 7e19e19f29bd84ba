"""Tag by sentence: the text as numbered sentences, each with its tags, and the words each highlight covers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from annotator.domain import spans as domain
from annotator.domain.details import Asked
from annotator.domain.snapping import words
from annotator.models import Block, Reading, Span
from annotator.reports.history import history
from annotator.reports.reading_page import counted_labels, current_spans, fields_of, values_of
from annotator.reports.reading_parts import LabelPart, Piece, is_title_block, piece, shortened
from annotator.reports.span_details import DetailFields, Details, asked_in, details_of, source_names

# A page holds whole blocks, and no more are added once it has this many sentences.
PAGE_SENTENCES = 120


@dataclass(frozen=True, slots=True)
class Toggle:
    """One label of one sentence; `was` names the highlights that unticking it would delete."""

    label: LabelPart
    was: list[UUID]


@dataclass(frozen=True, slots=True)
class Word:
    """A word to begin or end at."""

    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A highlight that begins in the sentence; `firsts` and `lasts` are given for the one being changed."""

    number: int
    uuid: UUID
    version: int
    label: LabelPart
    start: int
    end: int
    quote: str
    note: str
    is_late: bool
    details: Details
    firsts: list[Word] = field(default_factory=list)
    lasts: list[Word] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, `start..end` without the white space after it; `form` makes its Save safe to press twice."""

    number: int
    start: int
    end: int
    pieces: list[Piece]
    toggles: list[Toggle]
    edges: list[Edge]
    form: UUID


@dataclass(frozen=True, slots=True)
class Group:
    """The sentences of one block; `paragraph` is None for a heading."""

    paragraph: int | None
    is_title: bool
    sentences: list[Sentence]


@dataclass(frozen=True, slots=True)
class SentencePage:
    """One page of the list, of `pages`; the counts are of the whole reading."""

    labels: list[LabelPart]
    groups: list[Group]
    total: int
    sentences: int
    page: int
    pages: int
    undo: str
    redo: str
    asked: Asked
    fields: DetailFields
    names: list[str]


def sentence_page(reading: Reading, *, page: int = 1, opened: int = 0, sees_class: bool = False) -> SentencePage:
    """Page `page` (the nearest there is), with the edges and details of highlight number `opened` to change.

    Five queries, and two more for the class's names of sources.
    """
    text = reading.article.text
    blocks = list(Block.objects.filter(article=reading.article_id).order_by("number"))
    spans = list(current_spans(reading))
    labels = counted_labels(reading, spans)
    plan = list(pages(blocks))
    here = plan[min(max(page, 1), len(plan)) - 1] if plan else []
    asked = asked_in(reading)
    slugs = {key: label.slug for key, label in labels.items()}
    steps = history(reading, text)
    writer = Writer(text, list(labels.values()), spans, values_of(spans, labels), opened, asked, slugs)
    return SentencePage(
        labels=list(labels.values()),
        groups=[writer.group(block, first, paragraph, reading.article.title) for block, first, paragraph in here],
        total=len(spans),
        sentences=sum(len(block.sentence_edges) for block in blocks),
        page=min(max(page, 1), max(1, len(plan))),
        pages=max(1, len(plan)),
        undo=newest(steps["undo"]),
        redo=newest(steps["redo"]),
        asked=asked,
        fields=fields_of(spans, labels, asked, blocks, opened),
        names=source_names(reading, spans, sees_class=sees_class) if asked.sources and opened else [],
    )


def newest(steps: Sequence[Mapping[str, Any]]) -> str:
    """The operation that would be taken back next, or nothing."""
    return str(steps[-1]["uuid"]) if steps else ""


def pages(blocks: Iterable[Block]) -> Iterator[list[tuple[Block, int, int | None]]]:
    """The blocks page by page, each with the number of its first sentence and its paragraph number."""
    current: list[tuple[Block, int, int | None]] = []
    sentence, headings, held = 1, 0, 0
    for block in blocks:
        is_heading = block.kind == Block.Kind.HEADING
        current.append((block, sentence, None if is_heading else block.number - headings))
        headings += is_heading
        sentence += len(block.sentence_edges)
        held += len(block.sentence_edges)
        if held >= PAGE_SENTENCES:
            yield current
            current, held = [], 0
    if current:
        yield current


def sentence_ranges(block: Block, text: str) -> list[tuple[int, int]]:
    """The block's sentences without the white space that parts them."""
    return [(left, left + len(text[left:right].rstrip())) for left, right in block.sentence_edges]


@dataclass(frozen=True, slots=True)
class Writer:
    """What every sentence of a page is written from."""

    text: str
    labels: list[LabelPart]
    spans: Sequence[Span]
    values: Sequence[domain.Span]
    opened: int
    asked: Asked
    slugs: Mapping[int, str]

    def group(self, block: Block, first: int, paragraph: int | None, title: str) -> Group:
        """The sentences of a block, numbered from `first`."""
        here = [
            (span, value) for span, value in zip(self.spans, self.values, strict=True)
            if value.start < block.end and value.end > block.start
        ]  # fmt: skip
        ranges = enumerate(sentence_ranges(block, self.text), first)
        is_title = is_title_block(block, self.text[block.start : block.end], title)
        return Group(paragraph, is_title, [self.sentence(number, *place, here) for number, place in ranges])

    def sentence(self, number: int, start: int, end: int, near: list[tuple[Span, domain.Span]]) -> Sentence:
        """One sentence with its tags and edges."""
        here = [(span, value) for span, value in near if value.start < end and value.end > start]
        by_slug = {label.slug: label for label in self.labels}
        cut = domain.segments(start, end, [value for _, value in here])
        return Sentence(
            number=number,
            start=start,
            end=end,
            pieces=[piece(segment, self.text[segment.start : segment.end], by_slug) for segment in cut],
            toggles=[
                Toggle(label, [span.uuid for span, value in here if value.label == label.slug]) for label in self.labels
            ],
            edges=[self.edge(span, by_slug[value.label], start, end) for span, value in here if start <= span.start],
            form=uuid4(),
        )

    def edge(self, span: Span, label: LabelPart, start: int, end: int) -> Edge:
        """A highlight of the sentence; with the words to choose from when it is the one opened."""
        firsts, lasts = self.words_around(span, start, end) if span.number == self.opened else ([], [])
        return Edge(
            number=span.number, uuid=span.uuid, version=span.version, label=label, start=span.start, end=span.end,
            quote=shortened(span.quote), note=span.note, is_late=span.is_late, firsts=firsts, lasts=lasts,
            details=details_of(span, self.slugs, self.asked),
        )  # fmt: skip

    def words_around(self, span: Span, start: int, end: int) -> tuple[list[Word], list[Word]]:
        """The words of the sentence and of the highlight, as first and as last; its own edges stay as they are."""
        found = words(self.text, start, max(end, span.end))
        firsts = [Word(left, self.text[left:right]) for left, right in found]
        lasts = [Word(right, self.text[left:right]) for left, right in found]
        return own_edge(firsts, span.start, found), own_edge(lasts, span.end, found)


def own_edge(options: list[Word], offset: int, found: list[tuple[int, int]]) -> list[Word]:
    """Give the word nearest the highlight's own edge that edge, so that saving unchanged moves nothing."""
    if not options or any(option.offset == offset for option in options):
        return options
    nearest = min(range(len(options)), key=lambda place: abs(options[place].offset - offset))
    return [Word(offset, option.text) if place == nearest else option for place, option in enumerate(options)]

"""The annotate page: the text in painted blocks, the cards, the counts, the minimap and what can be undone."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from annotator.domain import spans as domain
from annotator.domain.details import ATTRIBUTION, Asked
from annotator.domain.whole_numbers import whole_number
from annotator.models import Block, Label, Reading, Span
from annotator.reports.history import history
from annotator.reports.reading_parts import (
    BlockPart,
    Card,
    LabelPart,
    block_part,
    card,
    is_title_block,
    label_parts,
)
from annotator.reports.span_details import DetailFields, asked_in, detail_fields, details_of, source_names

# The minimap is drawn in this many steps, and no stroke is lower than so many: any number of highlights costs no more.
MAP_STEPS = 1000
MAP_STROKE = 4
# Long texts are put in chunks that the browser may leave unpainted while they are out of view.
CHUNK_WORDS = 5000
CHUNK_BLOCKS = 10
# About this many characters stand on a line: only the estimate of an unpainted chunk's height needs it.
LINE = 70
WORDS_A_MINUTE = 200


@dataclass(frozen=True, slots=True)
class MapPath:
    """All that looks alike in a minimap, as an SVG path 9 wide and, for the whole text, 1000 high."""

    css: str
    path: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """About ten blocks, and the class that estimates their height; a short text is one chunk without."""

    blocks: list[BlockPart]
    css: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """Everything the annotate page shows."""

    labels: list[LabelPart]
    chunks: list[Chunk]
    cards: list[Card]
    minimap: list[MapPath]
    total: int
    paragraphs: int
    blank: list[int]
    has_title: bool
    minutes: int
    history: dict[str, list[dict[str, Any]]]
    asked: Asked
    fields: DetailFields
    names: list[str]

    @property
    def history_json(self) -> str:
        """Undo and redo for the page's script."""
        return json.dumps(self.history, ensure_ascii=False, separators=(",", ":"))

    @property
    def labels_json(self) -> str:
        """The labels for the page's script."""
        names = ("slug", "name", "letter", "tint", "line", "question", "key")
        rows = [{name: getattr(label, name) for name in names} for label in self.labels]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def reading_page(reading: Reading, *, opened: int = 0, sees_class: bool = False) -> ReadingPage:
    """Read the page back in five queries: text, blocks, highlights, labels, operations.

    With the choices for the details of highlight number `opened`; two more queries for the class's names of sources.
    """
    article = reading.article
    text = article.text
    blocks = list(Block.objects.filter(article=article.pk).order_by("number"))
    spans = list(current_spans(reading))
    labels = counted_labels(reading, spans)
    asked = asked_in(reading)
    parts = painted(blocks, text, values_of(spans, labels), labels, article.title)
    return ReadingPage(
        labels=list(labels.values()),
        chunks=chunks(parts, article.word_count),
        cards=cards(spans, labels, parts, asked),
        minimap=minimap(spans, labels, article.length),
        total=len(spans),
        paragraphs=sum(part.paragraph is not None for part in parts),
        blank=[part.paragraph for part in parts if part.paragraph is not None and part.most == 0],
        has_title=bool(parts) and parts[0].tag == "h1",
        minutes=max(1, round(article.word_count / WORDS_A_MINUTE)),
        history=history(reading, text),
        asked=asked,
        fields=fields_of(spans, labels, asked, blocks, opened),
        names=source_names(reading, spans, sees_class=sees_class) if asked.sources else [],
    )


def deleted_span(reading: Reading, number: str) -> Span | None:
    """The deleted highlight of that number, as an address gave it, to bring it back; one query."""
    known = whole_number(number, 9)
    if known is None:
        return None
    return Span.objects.filter(reading=reading, number=known).exclude(deleted_at=None).first()


def current_spans(reading: Reading) -> Iterable[Span]:
    """The reading's undeleted highlights in reading order, with the columns that cards show."""
    rows = Span.objects.filter(reading=reading).current().in_reading_order().select_related("reported_by")
    return rows.only(
        "uuid", "number", "label_id", "start", "end", "quote", "note", "version", "is_late", "deleted_at",
        "source_name", "source_kind", "confidence", "reported_by__uuid", "reported_by__number", "reported_by__quote",
        "reported_by__label_id", "reported_by__deleted_at", "reported_by__source_name",
    )  # fmt: skip


def counted_labels(reading: Reading, spans: Iterable[Span]) -> dict[int, LabelPart]:
    """The codebook's labels by primary key, in order, with their counts: retired ones only where they are used."""
    counts: dict[int, int] = {}
    for span in spans:
        counts[span.label_id] = counts.get(span.label_id, 0) + 1
    rows = Label.objects.filter(version=reading.exercise.codebook_version_id).order_by("position")
    kept = [label for label in rows if not label.is_retired or label.pk in counts]
    for label in kept:
        label.n_spans = counts.get(label.pk, 0)  # type: ignore[attr-defined]
    return label_parts(kept)


def values_of(spans: Iterable[Span], labels: Mapping[int, LabelPart]) -> list[domain.Span]:
    """The highlights as the domain knows them."""
    return [domain.Span(span.start, span.end, labels[span.label_id].slug, span.number) for span in spans]


def painted(
    blocks: Sequence[Block], text: str, spans: Iterable[domain.Span], labels: Mapping[int, LabelPart], title: str
) -> list[BlockPart]:
    """Every block, painted."""
    by_slug = {label.slug: label for label in labels.values()}
    touching = domain.spans_by_block([(block.start, block.end) for block in blocks], spans)
    parts = []
    headings = 0
    for block, inside in zip(blocks, touching, strict=True):
        own = text[block.start : block.end]
        is_title = is_title_block(block, own, title)
        parts.append(block_part(block, own, inside, by_slug, headings_before=headings, is_title=is_title))
        headings += block.kind == Block.Kind.HEADING
    return parts


def fields_of(
    spans: Sequence[Span], labels: Mapping[int, LabelPart], asked: Asked, blocks: Iterable[Block], opened: int
) -> DetailFields:
    """The choices for the details of highlight number `opened`, or those that every highlight has."""
    span = next((each for each in spans if each.number == opened), None)
    known = [each for each in spans if labels[each.label_id].slug == ATTRIBUTION]
    starts = [start for block in blocks for start, _end in block.sentence_edges]
    return detail_fields(span, labels[span.label_id].slug if span else "", asked, known, starts)


def cards(
    spans: Sequence[Span], labels: Mapping[int, LabelPart], parts: Sequence[BlockPart], asked: Asked
) -> list[Card]:
    """One card for each highlight, in reading order, with the paragraph where it starts if there are `parts`."""
    found = []
    home = 0
    slugs = {key: label.slug for key, label in labels.items()}
    for span in spans:
        while home + 1 < len(parts) and parts[home + 1].start <= span.start:
            home += 1
        found.append(card(span, labels[span.label_id], parts[home] if parts else None, details_of(span, slugs, asked)))
    return found


def minimap(spans: Iterable[Span], labels: Mapping[int, LabelPart], length: int) -> list[MapPath]:
    """Where the highlights stand in the whole text; of those on the same spot the last is seen. As in minimap.js."""
    rows = bytearray(MAP_STEPS)
    for span in spans:
        top = span.start * MAP_STEPS // length
        bottom = min(MAP_STEPS, max(top + MAP_STROKE, -(-span.end * MAP_STEPS // length)))
        rows[top:bottom] = bytes([labels[span.label_id].tint]) * (bottom - top)
    paths: dict[int, str] = {}
    top = 0
    for tint, group in groupby(rows):
        height = len(list(group))
        if tint:
            paths[tint] = f"{paths.get(tint, '')}M0 {top}h9v{height}H0z"
        top += height
    return [MapPath(f"tint-{tint}", paths[tint]) for tint in sorted(paths)]


def chunks(parts: list[BlockPart], words: int) -> list[Chunk]:
    """The blocks of a long text in chunks of ten, those of a short one together."""
    if words <= CHUNK_WORDS:
        return [Chunk(parts)]
    groups = [parts[place : place + CHUNK_BLOCKS] for place in range(0, len(parts), CHUNK_BLOCKS)]
    return [Chunk(group, f"est-{lines(group)}") for group in groups]


def lines(group: Iterable[BlockPart]) -> int:
    """About how many lines a chunk takes, as one of the sizes 3 … 40 that the style sheet knows."""
    count = sum(1 + sum(len(piece.text) for piece in part.pieces) // LINE for part in group)
    return min((size for size in (3, 5, 8, 12, 16, 20, 25, 30, 35, 40) if size >= count), default=40)

"""The parts of the annotate page that are painted again after a save: blocks cut into segments, and cards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from annotator.domain import spans as domain
from annotator.domain.details import Asked
from annotator.models import Block, Exercise, Label, Span
from annotator.reports.span_details import Details, details_of

# How much of a highlight its card repeats.
CARD_QUOTE = 140
TAGS = {Block.Kind.HEADING: "h2", Block.Kind.QUOTATION: "blockquote"}


@dataclass(frozen=True, slots=True)
class LabelPart:
    """A label as the page shows it; `css` names its tint and line, `key` is the digit that tags with it."""

    slug: str
    name: str
    letter: str
    tint: int
    line: str
    question: str
    key: int
    count: int = 0

    @property
    def css(self) -> str:
        """Tint and line shape, by which marks, cards and swatches are painted."""
        return f"tint-{self.tint} line-{self.line}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block's text; `css` is empty where nothing is marked."""

    text: str
    css: str = ""
    numbers: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class BlockPart:
    """One block: `pieces` join to exactly its text; `paragraph` is None for a heading."""

    id: str
    tag: str
    kind: str
    start: int
    sentences: str
    paragraph: int | None
    letters: list[LabelPart]
    most: int
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Card:
    """One highlight in the margin."""

    number: int
    uuid: UUID
    label: LabelPart
    start: int
    end: int
    version: int
    quote: str
    note: str
    paragraph: int | None
    block: str
    is_late: bool
    details: Details

    @property
    def place(self) -> str:
        """Where it begins, for those who do not see it beside its line."""
        if self.paragraph is None:
            return gettext("heading")
        return gettext("paragraph %(number)d") % {"number": self.paragraph}

    @property
    def change(self) -> str:
        """The name of the card's button."""
        return gettext("Change %(name)s, highlight %(number)d") % {"name": self.label.name, "number": self.number}


def label_parts(labels: Iterable[Label]) -> dict[int, LabelPart]:
    """Labels by primary key, in codebook order; a label may carry its count as `n_spans`."""
    return {
        label.pk: LabelPart(
            slug=label.slug, name=label.name, letter=label.letter, tint=label.tint, line=label.line_style,
            question=label.question, key=key, count=getattr(label, "n_spans", 0),
        )
        for key, label in enumerate(labels, 1)
    }  # fmt: skip


def labels_by_key(exercise: Exercise) -> dict[int, LabelPart]:
    """The labels of an exercise's codebook by primary key, in its order, retired ones too. One query."""
    return label_parts(Label.objects.filter(version=exercise.codebook_version_id).order_by("position"))


def labels_by_slug(exercise: Exercise) -> dict[str, LabelPart]:
    """The same by slug. One query."""
    return {label.slug: label for label in labels_by_key(exercise).values()}


def block_part(
    block: Block, text: str, spans: Iterable[domain.Span], labels: Mapping[str, LabelPart], *,
    headings_before: int, is_title: bool = False,
) -> BlockPart:  # fmt: skip
    """Paint `text`, the block's own, with the `spans` that touch it."""
    segments = domain.segments(block.start, block.end, spans)
    present = {span.label for segment in segments for span in segment.covering}
    is_heading = block.kind == Block.Kind.HEADING
    return BlockPart(
        id=f"b{block.number}",
        tag="h1" if is_title else TAGS.get(Block.Kind(block.kind), "p"),
        kind=block.kind,
        start=block.start,
        sentences=" ".join(map(str, block.sentences)),
        paragraph=None if is_heading else block.number - headings_before,
        letters=[label for slug, label in labels.items() if slug in present],
        most=max(len(segment.covering) for segment in segments),
        pieces=[piece(segment, text[segment.start - block.start : segment.end - block.start], labels)
                for segment in segments],
    )  # fmt: skip


def piece(segment: domain.Segment, text: str, labels: Mapping[str, LabelPart]) -> Piece:
    """One flat segment."""
    if not segment.covering:
        return Piece(text)
    first = segment.covering[0].number
    return Piece(
        text=text,
        css=mark_css(segment.covering, labels),
        numbers=" ".join(str(span.number) for span in segment.covering),
        first=first,
    )


def mark_css(covering: Iterable[domain.Span], labels: Mapping[str, LabelPart]) -> str:
    """One label's paint, or two bands: above the highlight that starts first (of two, the longer), below the next."""
    shown = [labels[span.label] for span in sorted(covering, key=domain.reading_order)]
    if len(shown) == 1:
        return shown[0].css
    upper, lower = shown[:2]
    bands = f"upper-tint-{upper.tint} upper-line-{upper.line} lower-tint-{lower.tint} lower-line-{lower.line}"
    return f"two many {bands}" if len(shown) > 2 else f"two {bands}"


def card(span: Span, label: LabelPart, home: BlockPart | None, details: Details) -> Card:
    """The card of a highlight that starts in `home`; without it nobody sees where."""
    return Card(
        number=span.number, uuid=span.uuid, label=label, start=span.start, end=span.end, version=span.version,
        quote=shortened(span.quote), note=span.note, paragraph=home.paragraph if home else None,
        block=home.id if home else "", is_late=span.is_late, details=details,
    )  # fmt: skip


def shortened(quote: str) -> str:
    """The quote as a card shows it."""
    return quote if len(quote) <= CARD_QUOTE else quote[: CARD_QUOTE - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class TouchedParts:
    """What one save changes on the page: blocks and cards by id, and the cards that go."""

    blocks: dict[str, BlockPart]
    cards: dict[str, Card]
    removed: list[str]


def touched_parts(
    *, blocks: Iterable[Block], spans: Iterable[Span], touched: Sequence[Span], labels: Iterable[Label], title: str,
    asked: Asked,
) -> TouchedParts:  # fmt: skip
    """The parts for `touched` spans, given their blocks with `text` and every current span there; asks no query.

    What the touched claims rest on is at hand as their `reported_by`.
    """
    by_key = label_parts(labels)
    by_slug = {label.slug: label for label in by_key.values()}
    values = [domain.Span(s.start, s.end, by_key[s.label_id].slug, s.number) for s in spans]
    painted = [painted_block(block, values, by_slug, title) for block in blocks]
    slugs = {key: label.slug for key, label in by_key.items()}
    shown = [span for span in touched if span.deleted_at is None]
    return TouchedParts(
        blocks={part.id: part for part in painted},
        cards={
            f"h{span.number}": card(span, by_key[span.label_id], home_of(span, painted), details_of(span, slugs, asked))
            for span in shown
        },
        removed=[f"h{span.number}" for span in touched if span.deleted_at is not None],
    )


def painted_block(block: Block, spans: Iterable[domain.Span], labels: Mapping[str, LabelPart], title: str) -> BlockPart:
    """A block as the save's own query returns it, with `text` and `headings_before`."""
    text: str = block.text  # type: ignore[attr-defined]
    before: int = block.headings_before  # type: ignore[attr-defined]
    is_title = is_title_block(block, text, title)
    return block_part(block, text, spans, labels, headings_before=before, is_title=is_title)


def home_of(span: Span, painted: Sequence[BlockPart]) -> BlockPart:
    """The block where the span starts: the last that begins at or before it, else the first."""
    return next((part for part in reversed(painted) if part.start <= span.start), painted[0])


def is_title_block(block: Block, text: str, title: str) -> bool:
    """Whether the article's text begins with its own title, which the page then does not repeat above it."""
    return block.number == 1 and block.kind == Block.Kind.HEADING and " ".join(text.split()) == " ".join(title.split())

"""What one save works on: the reading held, its labels, and only the blocks and spans that the operations touch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Substr

from annotator.domain import spans as domain
from annotator.models import Article, Block, Label, Membership, Reading, Span, SpanOperation
from annotator.services.readings import whole_seconds


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to do to one span, as the browser asked for it; `details` holds only the fields given."""

    uuid: UUID
    kind: str
    span: UUID
    label: str = ""
    start: int = 0
    end: int = 0
    quote_start: str = ""
    quote_end: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    undoes: UUID | None = None
    base_version: int | None = None

    @property
    def has_extent(self) -> bool:
        """Whether the operation says where the span stands."""
        return self.kind in {SpanOperation.Kind.ADD, SpanOperation.Kind.MOVE}


@dataclass(slots=True)
class Workbench:
    """Everything one save reads, and the changes it makes as it goes; true to the database while the row is held.

    `spans` holds those named by an operation (deleted ones and other readings' too) and the current neighbours.
    """

    reading: Reading
    actor: Membership
    now: datetime
    labels: dict[str, Label]
    counts: dict[str, int]
    blocks: list[Block]
    spans: dict[UUID, Span]
    operations: dict[UUID, SpanOperation]
    window_start: int
    window: str
    touched: set[UUID] = field(default_factory=set)
    slugs: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.slugs = {label.pk: slug for slug, label in self.labels.items()}

    def quote(self, start: int, end: int) -> str:
        """The stored words; TextMismatch outside the text."""
        domain.check_bounds(self.reading.article.length, start, end)
        return self.window[start - self.window_start : end - self.window_start]

    def value(self, span: Span) -> domain.Span:
        """The span as the domain knows it."""
        return domain.Span(span.start, span.end, self.slugs[span.label_id], span.number)

    def current(self) -> list[Span]:
        """The reading's own undeleted spans at hand."""
        own = self.reading.pk
        return [span for span in self.spans.values() if span.reading_id == own and span.deleted_at is None]

    def neighbours(self, place: domain.Span) -> list[domain.Span]:
        """Current spans sharing words with `place`, without itself."""
        near = (span for span in self.current() if span.start < place.end and span.end > place.start)
        return [self.value(span) for span in near if span.number != place.number]


def workbench(*, reading: Reading, actor: Membership, operations: Sequence[Operation]) -> Workbench:
    """Lay out what `operations` need, in five queries; the reading's row is held from here on."""
    held = hold(reading)
    low, high = extent(operations, held.article.length)
    blocks = list(touched_blocks(held, operations, low, high))
    labels = list(labels_counted(held))
    return Workbench(
        reading=held,
        actor=actor,
        now=whole_seconds(),
        operations=known_operations(held, operations),
        blocks=blocks,
        spans={span.uuid: span for span in spans_at_hand(held, operations, blocks)},
        labels={label.slug: label for label in labels},
        counts={label.slug: label.n_spans for label in labels},  # type: ignore[attr-defined]
        window_start=low,
        window=window_of(held, blocks, low, high),
    )


def hold(reading: Reading) -> Reading:
    """The row as it stands now, held until the transaction ends."""
    rows = Reading.objects.select_related("exercise__classroom", "exercise__codebook_version", "article")
    rows = rows.select_for_update(of=("self",)).only(
        *("uuid", "state", "seen_at", "active_seconds", "last_number", "version", "round", "is_key", "member"),
        *("exercise", "article", "exercise__classroom", "exercise__codebook_version"),
        *("exercise__phase", "exercise__classroom__kind", "article__length"),
        *("exercise__codebook_version__overlap", "exercise__codebook_version__frozen_at"),
    )
    return rows.get(pk=reading.pk)


def extent(operations: Iterable[Operation], length: int) -> tuple[int, int]:
    """From the first to the last code point that the operations with offsets mean; 0, 0 when none is in the text."""
    places = [o for o in operations if o.has_extent and 0 <= o.start < o.end <= length]
    return min((o.start for o in places), default=0), max((o.end for o in places), default=0)


def known_operations(reading: Reading, operations: Iterable[Operation]) -> dict[UUID, SpanOperation]:
    """Those stored already, and those to be undone."""
    asked = {o.uuid for o in operations} | {o.undoes for o in operations if o.undoes}
    rows = SpanOperation.objects.filter(reading=reading, uuid__in=asked).select_related("span")
    return {row.uuid: row for row in rows}


def touched_blocks(reading: Reading, operations: Sequence[Operation], low: int, high: int) -> QuerySet[Block]:
    """The blocks to check and to paint again, each with its `text`, the `window` of quotes, and headings before it."""
    named = Span.objects.filter(reading=reading, uuid__in={o.span for o in operations})
    where = Q(Exists(named.filter(start__lt=OuterRef("end"), end__gt=OuterRef("start"))))
    for operation in operations:
        if operation.has_extent and 0 <= operation.start < operation.end <= high:
            where |= Q(start__lt=operation.end, end__gt=operation.start)
    rows = blocks_with_text(reading.article_id).filter(where)
    return rows.annotate(window=Substr("article__text", low + 1, high - low) if high else Value(""))


def blocks_with_text(article_id: int) -> QuerySet[Block]:
    """An article's blocks in order, cut out of its text by the database, so that a long text is not fetched whole."""
    before = Block.objects.filter(article=OuterRef("article"), kind=Block.Kind.HEADING, number__lt=OuterRef("number"))
    count = before.order_by().values("article").annotate(n=Count("pk")).values("n")
    return Block.objects.filter(article=article_id).annotate(
        text=Substr("article__text", F("start") + 1, F("end") - F("start")),
        headings_before=Coalesce(Subquery(count), 0),
    )


def window_of(reading: Reading, blocks: Sequence[Block], low: int, high: int) -> str:
    """The text from `low` to `high`: with the blocks already, or asked for when it lies between two blocks."""
    if blocks:
        return blocks[0].window  # type: ignore[attr-defined,no-any-return]  # annotated by touched_blocks
    return stored_words(reading.article_id, low, high) if high else ""


def stored_words(article_id: int, start: int, end: int) -> str:
    """A stretch of an article's text."""
    rows = Article.objects.filter(pk=article_id).annotate(words=Substr("text", start + 1, end - start))
    return rows.values_list("words", flat=True).get()


def quoted(article_id: int, length: int, start: int, end: int) -> tuple[str, str]:
    """The quote ends a plain form cannot carry: a form's offsets were made by our own page from the same text."""
    domain.check_bounds(length, start, end)
    return domain.quote_ends(stored_words(article_id, start, end))


def spans_at_hand(reading: Reading, operations: Iterable[Operation], blocks: Iterable[Block]) -> QuerySet[Span]:
    """The spans named, wherever they are, and the reading's current ones in the blocks."""
    named = {o.span for o in operations} | {
        o.details["reported_by"] for o in operations if o.details.get("reported_by")
    }
    near = Q()
    for block in blocks:
        near |= Q(start__lt=block.end, end__gt=block.start)
    where = Q(uuid__in=named)
    if near:
        where |= Q(near, reading=reading, deleted_at=None)
    return Span.objects.filter(where)


def labels_counted(reading: Reading) -> QuerySet[Label]:
    """The codebook's labels with `n_spans`, the reading's current highlights of each."""
    counted = Q(spans__reading=reading, spans__deleted_at=None)
    return (
        Label.objects.filter(version=reading.exercise.codebook_version_id)
        .annotate(n_spans=Count("spans", filter=counted))
        .order_by("position")
    )

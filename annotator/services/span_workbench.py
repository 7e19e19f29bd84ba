"""What one save works on: the reading held, its labels, and only the blocks and spans that the operations touch.

The queries are written out in SQL: building them by the ORM took five times as long as the database needs to answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.functions import Substr

from annotator.domain import details
from annotator.domain import spans as domain
from annotator.domain.lesson_clock import LATE, Times, standing
from annotator.models import Article, Block, Classroom, Label, Membership, Reading, Span, SpanOperation
from annotator.services.readings import whole_seconds

HELD = """
    SELECT r.id, r.state, r.seen_at, r.active_seconds, r.last_number, r.version, e.phase AS phase, c.kind AS kind,
        v.id AS codebook, v.uuid AS codebook_uuid, v.overlap AS overlap, v.frozen_at AS frozen_at,
        a.length AS length, a.text_sha256 AS text_sha256, a.title AS title, r.is_key AS is_key,
        e.asks_sources AS asks_sources, e.asks_links AS asks_links, e.asks_confidence AS asks_confidence,
        e.closed_at AS closed_at, e.closed_by_clock AS closed_by_clock, e.revealed_at AS revealed_at,
        e.wrapped_up_at AS wrapped_up_at, COALESCE(p.extra_seconds, 0) AS extra_seconds
    FROM annotator_reading r JOIN {exercise} e ON e.id = r.exercise_id
    LEFT JOIN annotator_participation p ON p.exercise_id = r.exercise_id AND p.member_id = r.member_id
    JOIN annotator_classroom c ON c.id = e.classroom_id JOIN annotator_codebookversion v ON v.id = e.codebook_version_id
    JOIN annotator_article a ON a.id = r.article_id WHERE r.id = %s"""
# The exercise is held before the reading, as whoever moves it does; others may save at the same time.
EXERCISE = "(SELECT * FROM annotator_exercise WHERE id = %s FOR SHARE)"
# The text is cut by the database: a long one is never fetched whole. `words` spans all quotes to be checked.
BLOCKS = """
    SELECT b.id, b.number, b.kind, b.start, b."end", b.sentences,
        SUBSTR(a.text, b.start + 1, b."end" - b.start) AS text, SUBSTR(a.text, %s, %s) AS words,
        (SELECT COUNT(*) FROM annotator_block h
         WHERE h.article_id = b.article_id AND h.number < b.number AND h.kind = 'heading') AS headings_before
    FROM annotator_block b JOIN annotator_article a ON a.id = b.article_id
    WHERE b.article_id = %s AND ({places}) ORDER BY b.number"""
TOUCHES = """(b.start < %s AND b."end" > %s)"""
TOUCHED_BY_SPAN = """
    EXISTS (SELECT 1 FROM annotator_span s
            WHERE s.reading_id = %s AND s.uuid IN ({uuids}) AND s.start < b."end" AND s."end" > b.start)"""
# Read of every highlight at hand.
COLUMNS = """
    id, uuid, reading_id, number, label_id, start, "end", quote, note, version, is_late, deleted_at, source_name,
    source_kind, confidence, reported_by_id"""
# Those named, those near them, and those that the named ones rest on.
SPANS = """
    SELECT {columns} FROM annotator_span WHERE uuid IN ({uuids})
    UNION SELECT {columns} FROM annotator_span WHERE reading_id = %s AND deleted_at IS NULL AND ({places})
    UNION SELECT {columns} FROM annotator_span
    WHERE id IN (SELECT reported_by_id FROM annotator_span WHERE uuid IN ({uuids}))"""
NEAR = """(start < %s AND "end" > %s)"""
OPERATIONS = "SELECT id, uuid, span_id FROM annotator_spanoperation WHERE reading_id = %s AND uuid IN ({uuids})"
LABELS = """
    SELECT l.id, l.slug, l.name, l.letter, l.tint, l.line_style, l.question, l.is_retired, COALESCE(c.n, 0) AS n_spans
    FROM annotator_label l LEFT JOIN
        (SELECT label_id, COUNT(*) AS n FROM annotator_span WHERE reading_id = %s AND deleted_at IS NULL
         GROUP BY label_id) c ON c.label_id = l.id
    WHERE l.version_id = %s ORDER BY l.position"""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to do to one span, as the browser asked for it; `details` holds only the fields given.

    With `base_version` it is refused where the span is another by now: made on that version, and on what the sender's
    own earlier operations `after` it have done, as far as they are stored.
    """

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
    after: tuple[UUID, ...] = ()

    @property
    def has_extent(self) -> bool:
        """Whether the operation says where the span stands."""
        return self.kind in {SpanOperation.Kind.ADD, SpanOperation.Kind.MOVE}


@dataclass(frozen=True, slots=True)
class Page:
    """What the page that sends operations believes it shows."""

    text_sha256: str
    codebook_version: UUID


@dataclass(frozen=True, slots=True)
class Rules:
    """What surrounds the reading: its exercise's times and kind of room, its codebook (a primary key), its article."""

    times: Times
    is_team: bool
    codebook: int
    overlap: str
    is_frozen: bool
    length: int
    title: str
    page: Page
    asked: details.Asked


@dataclass(slots=True)
class Workbench:
    """Everything one save reads, and the changes it makes as it goes; true to the database while the row is held.

    `spans` holds those named by an operation (deleted ones and other readings' too) and the current neighbours.
    `standing` says whether changes made now count, are late or are refused (domain/lesson_clock.py).
    """

    reading: Reading
    rules: Rules
    standing: str
    actor_id: int
    now: datetime
    labels: dict[str, Label]
    counts: dict[str, int]
    blocks: list[Block]
    spans: dict[UUID, Span]
    operations: dict[UUID, SpanOperation]
    window_start: int
    window: str
    is_changed: bool = False
    touched: set[UUID] = field(default_factory=set)
    refused: set[UUID] = field(default_factory=set)
    slugs: dict[int, str] = field(default_factory=dict)

    @property
    def is_late(self) -> bool:
        """Whether what is saved now comes after the cut-off."""
        return self.standing == LATE

    def __post_init__(self) -> None:
        self.slugs = {label.pk: slug for slug, label in self.labels.items()}

    def quote(self, start: int, end: int) -> str:
        """The stored words; TextMismatch outside the text."""
        domain.check_bounds(self.rules.length, start, end)
        return self.window[start - self.window_start : end - self.window_start]

    def value(self, span: Span) -> domain.Span:
        """The span as the domain knows it."""
        return domain.Span(span.start, span.end, self.slugs[span.label_id], span.number)

    def current(self) -> list[Span]:
        """The reading's own undeleted spans at hand."""
        own = self.reading.pk
        return [span for span in self.spans.values() if span.reading_id == own and span.deleted_at is None]

    def neighbours(self, place: domain.Span, *, is_late: bool) -> list[domain.Span]:
        """Current spans sharing words with `place`, without itself: the counted ones, or the late ones."""
        near = (span for span in self.current() if span.start < place.end and span.end > place.start)
        return [self.value(span) for span in near if span.number != place.number and span.is_late == is_late]


def workbench(*, reading: Reading, actor: Membership | None, operations: Sequence[Operation]) -> Workbench:
    """Lay out what `operations` need, in five queries; the reading is held from here on, and brought up to date."""
    rules = hold(reading)
    now = whole_seconds()
    low, high = extent(operations, rules.length)
    blocks = touched_blocks(reading, operations, low, high)
    labels = labels_counted(reading, rules.codebook)
    return Workbench(
        reading=reading,
        rules=rules,
        standing=standing(rules.times, number=reading.round, state=reading.state, now=now),
        actor_id=actor.pk if actor else reading.member_id,
        now=now,
        operations=known_operations(reading, operations),
        blocks=blocks,
        spans={span.uuid: span for span in spans_at_hand(reading, operations, blocks)},
        labels={label.slug: label for label in labels},
        counts={label.slug: label.n_spans for label in labels},  # type: ignore[attr-defined]
        window_start=low,
        window=window_of(reading, blocks, low, high),
    )


def hold(reading: Reading) -> Rules:
    """Hold the row until the transaction ends, and bring what saving changes up to date."""
    if connection.features.has_select_for_update_of:
        query = HELD.format(exercise=EXERCISE) + " FOR UPDATE OF r"
        [row] = Reading.objects.raw(query, [reading.exercise_id, reading.pk])
    else:
        [row] = Reading.objects.raw(HELD.format(exercise="annotator_exercise"), [reading.pk])
    for name in ("state", "seen_at", "active_seconds", "last_number", "version"):
        setattr(reading, name, getattr(row, name))
    return rules_of(row)


def rules_of(row: Any) -> Rules:
    """The columns that HELD adds to the reading's own; a UUID comes as text from SQLite."""
    return Rules(
        times=Times(
            phase=row.phase,
            closed_at=moment(row.closed_at),
            closed_by_clock=bool(row.closed_by_clock),
            revealed_at=moment(row.revealed_at),
            wrapped_up_at=moment(row.wrapped_up_at),
            extra_seconds=row.extra_seconds,
        ),
        is_team=row.kind == Classroom.Kind.TEAM,
        codebook=row.codebook,
        overlap=row.overlap,
        is_frozen=row.frozen_at is not None,
        length=row.length,
        title=row.title,
        page=Page(row.text_sha256, UUID(str(row.codebook_uuid))),
        asked=details.asked(
            sources=bool(row.asks_sources), links=bool(row.asks_links), confidence=bool(row.asks_confidence),
            is_key=bool(row.is_key),
        ),
    )  # fmt: skip


def moment(value: datetime | None) -> datetime | None:
    """A stored time; SQLite leaves out that it is UTC."""
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def extent(operations: Iterable[Operation], length: int) -> tuple[int, int]:
    """From the first to the last code point that the operations with offsets mean; 0, 0 when none is in the text."""
    places = [o for o in operations if o.has_extent and 0 <= o.start < o.end <= length]
    return min((o.start for o in places), default=0), max((o.end for o in places), default=0)


def known_operations(reading: Reading, operations: Iterable[Operation]) -> dict[UUID, SpanOperation]:
    """Those stored already, those to be undone, and those that others were made on."""
    asked = {uuid for o in operations for uuid in (o.uuid, o.undoes, *o.after) if uuid}
    sql = OPERATIONS.format(uuids=places(len(asked)))
    return {row.uuid: row for row in SpanOperation.objects.raw(sql, [reading.pk, *map(stored, asked)])}


def touched_blocks(reading: Reading, operations: Sequence[Operation], low: int, high: int) -> list[Block]:
    """The blocks to check and to paint again, with their `text`, the `words` of quotes, and `headings_before`."""
    where: list[str] = []
    values: list[object] = [low + 1, high - low, reading.article_id]
    for operation in operations:
        if operation.has_extent and 0 <= operation.start < operation.end <= high:
            where.append(TOUCHES)
            values += [operation.end, operation.start]
    named = {o.span for o in operations}
    where.append(TOUCHED_BY_SPAN.format(uuids=places(len(named))))
    values += [reading.pk, *map(stored, named)]
    return list(Block.objects.raw(BLOCKS.format(places=" OR ".join(where)), values))


def window_of(reading: Reading, blocks: Sequence[Block], low: int, high: int) -> str:
    """The text from `low` to `high`: with the blocks already, or asked for when it lies between two blocks."""
    if blocks:
        return blocks[0].words  # type: ignore[attr-defined,no-any-return]  # annotated by touched_blocks
    return stored_words(reading.article_id, low, high) if high else ""


def stored_words(article_id: int, start: int, end: int) -> str:
    """A stretch of an article's text."""
    rows = Article.objects.filter(pk=article_id).annotate(words=Substr("text", start + 1, end - start))
    return rows.values_list("words", flat=True).get()


def quoted(article_id: int, length: int, start: int, end: int) -> tuple[str, str]:
    """The quote ends a plain form cannot carry: a form's offsets were made by our own page from the same text."""
    domain.check_bounds(length, start, end)
    return domain.quote_ends(stored_words(article_id, start, end))


def spans_at_hand(reading: Reading, operations: Iterable[Operation], blocks: Sequence[Block]) -> Iterable[Span]:
    """The spans named, wherever they are, and the reading's current ones in the blocks."""
    reporters = {o.details["reported_by"] for o in operations if o.details.get("reported_by")}
    named = {o.span for o in operations} | reporters
    near = " OR ".join([NEAR] * len(blocks)) or "1 = 0"
    edges = [edge for block in blocks for edge in (block.end, block.start)]
    sql = SPANS.format(columns=COLUMNS, uuids=places(len(named)), places=near)
    uuids = [*map(stored, named)]
    found = {span.pk: span for span in Span.objects.raw(sql, [*uuids, reading.pk, *edges, *uuids])}
    for span in found.values():
        if span.reported_by_id in found:
            span.reported_by = found[span.reported_by_id]
    return list(found.values())


def labels_counted(reading: Reading, codebook: int) -> list[Label]:
    """The codebook's labels in order with `n_spans`, the reading's current highlights of each."""
    return list(Label.objects.raw(LABELS, [reading.pk, codebook]))


def places(count: int) -> str:
    """So many placeholders; for none a list that nothing is in, because PostgreSQL knows no empty one."""
    return ", ".join(["%s"] * count) or "NULL"


def stored(uuid: object) -> object:
    """A UUID as this database keeps it."""
    return Span._meta.get_field("uuid").get_db_prep_value(uuid, connection)

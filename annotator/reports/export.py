"""What leaves as spans.csv and readings.csv: every reading of some exercises, or one member's own, in file order.

Memory stays level however many spans there are: one article's text, and the spans of a few readings at a time.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.db.models import Case, Count, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from annotator.domain.offsets import nonspace_offsets, utf16_offsets
from annotator.exporters.readings_csv import LATE, Document, ReadingRow
from annotator.exporters.spans_csv import ReadingSpans, SpanRow, Text
from annotator.models import Article, Exercise, Membership, Reading, ReadingState, Span
from annotator.reports.snapshot import snapshot

KEY = "key"
NOT_STARTED = "not_started"
ATTRIBUTION = "attribution"
# About as many spans are fetched with one query; a single longer reading is fetched whole.
BATCH = 4_000
IN_TIME = Q(spans__deleted_at=None, spans__is_late=False)
AFTERWARDS = Q(spans__deleted_at=None, spans__is_late=True)


class UuidText(Func):
    """A UUID as both files and people write it, made by the database."""

    output_field = TextField()
    template = "CAST(%(expressions)s AS text)"

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        """SQLite keeps the 32 digits alone."""
        ends = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
        parts = " || '-' || ".join(f"substr(%(expressions)s, {start}, {length})" for start, length in ends)
        return self.as_sql(compiler, connection, template=f"({parts})", **context)


def readings_of(exercise: Exercise, member: Membership | None) -> QuerySet[Reading]:
    """The exercise's readings, or the member's alone."""
    found = Reading.objects.filter(exercise=exercise)
    return found if member is None else found.filter(member=member)


def annotator(reading: Reading) -> str:
    """The name a reading goes by in files."""
    return KEY if reading.is_key else reading.member.code


def span_export(exercises: Iterable[Exercise], member: Membership | None = None) -> Iterator[ReadingSpans]:
    """Every reading with its spans, sorted for spans.csv, as of one moment.

    Per exercise one query, per article one more, and one for about every 4,000 spans.
    """
    with snapshot():
        for exercise in sorted(exercises, key=public_id):
            readings = readings_of(exercise, member).select_related("member", "article")
            ordered = sorted(readings.defer("article__text", "article__search_text"), key=place_in_file)
            for article, of_article in itertools.groupby(ordered, key=attrgetter("article")):
                text = text_of(article)
                for batch in batches(list(of_article)):
                    yield from with_spans(exercise, text, batch)


def public_id(named: Exercise | Article) -> str:
    """What files call an exercise or a document."""
    return str(named.uuid)


def place_in_file(reading: Reading) -> tuple[str, int, str]:
    """Sort key within an exercise: document, round, annotator, by code point."""
    return public_id(reading.article), reading.round, annotator(reading)


def document(article: Article) -> Document:
    """What rows say about their document."""
    return Document(
        uuid=public_id(article),
        title=article.title,
        text_sha256=article.text_sha256,
        length=article.length,
        length_nonspace=article.length_nonspace,
    )


def text_of(article: Article) -> Text:
    """The article's text and tables; read once for all its readings."""
    text = article.text
    return Text(document=document(article), text=text, utf16=utf16_offsets(text), nonspace=nonspace_offsets(text))


def batches(readings: Sequence[Reading]) -> Iterator[list[Reading]]:
    """The readings in order, cut where about enough spans have come together."""
    held: list[Reading] = []
    expected = 0
    for reading in readings:
        if held and expected + reading.last_number > BATCH:
            yield held
            held, expected = [], 0
        held.append(reading)
        expected += reading.last_number
    if held:
        yield held


def with_spans(exercise: Exercise, text: Text, readings: Sequence[Reading]) -> Iterator[ReadingSpans]:
    """The readings that have spans, with them."""
    rows: dict[int, list[SpanRow]] = {reading.pk: [] for reading in readings}
    for row in span_rows(readings):
        rows[row[0]].append(row[1:])
    for reading in readings:
        yield ReadingSpans(
            exercise=public_id(exercise),
            text=text,
            annotator=annotator(reading),
            is_key=reading.is_key,
            round=reading.round,
            status=reading.state,
            rows=sorted(rows[reading.pk]),
        )


def span_rows(readings: Sequence[Reading]) -> Iterator[tuple[Any, ...]]:
    """(reading's primary key, *SpanRow) of every current span, as the database's own text and numbers.

    A deleted attribution, or one that was tagged anew, reports nothing.
    """
    reporter = When(
        reported_by__deleted_at=None, reported_by__label__slug=ATTRIBUTION, then=UuidText("reported_by__uuid")
    )
    return (
        Span.objects.current()
        .filter(reading__in=readings)
        .values_list(
            "reading_id",
            "start",
            "end",
            "label__slug",
            UuidText("uuid"),
            Case(When(is_late=True, then=Value(LATE)), default=Value(""), output_field=TextField()),
            "note",
            "source_name",
            "source_kind",
            "confidence",
            Case(reporter, default=Value(""), output_field=TextField()),
            Cast("created_at", TextField()),
            Cast("updated_at", TextField()),
        )
        .iterator(chunk_size=BATCH)
    )


def reading_export(exercises: Iterable[Exercise], member: Membership | None = None) -> Iterator[ReadingRow]:
    """The rows of readings.csv in file order, as of one moment. Four queries per exercise."""
    with snapshot():
        for exercise in sorted(exercises, key=public_id):
            found = readings_of(exercise, member).select_related("member")
            readings = list(found.annotate(n_spans=Count("spans", IN_TIME), n_late=Count("spans", AFTERWARDS)))
            documents = documents_of(exercise)
            rows = [reading_row(exercise, documents[reading.article_id], reading) for reading in readings]
            rows += not_started(exercise, documents.values(), rows, readers_of(exercise, member))
            yield from sorted(rows, key=lambda row: (row.document.uuid, row.round, row.annotator))


def documents_of(exercise: Exercise) -> dict[int, Document]:
    """The exercise's articles by primary key."""
    articles = exercise.articles.defer("text", "search_text")
    return {article.pk: document(article) for article in articles}


def readers_of(exercise: Exercise, member: Membership | None) -> list[Membership]:
    """Who is asked to read: those who belonged to the classroom before the reading was closed."""
    if member is not None:
        return [member] if member.is_reader else []
    readers = Membership.objects.readers().filter(classroom=exercise.classroom_id)
    if not exercise.is_blind and exercise.closed_at is not None:
        readers = readers.filter(joined_at__lte=exercise.closed_at)
    return list(readers)


def reading_row(exercise: Exercise, of: Document, reading: Any) -> ReadingRow:
    """One reading, with its annotated counts."""
    status = status_of(reading)
    return ReadingRow(
        exercise=public_id(exercise),
        document=of,
        annotator=annotator(reading),
        is_key=reading.is_key,
        round=reading.round,
        status=status,
        counted=status == ReadingState.SUBMITTED or (status == ReadingState.COLLECTED and reading.n_spans > 0),
        n_spans=reading.n_spans,
        codebook_version=codebook_name(exercise),
        started_at=reading.started_at,
        submitted_at=reading.submitted_at,
        active_seconds=reading.active_seconds,
    )


def status_of(reading: Any) -> str:
    """The reading's state; `late` where nothing but late spans came, and its reader did not hand in."""
    is_late = reading.n_late > 0 and reading.n_spans == 0 and reading.state != ReadingState.SUBMITTED
    return LATE if is_late else str(reading.state)


def codebook_name(exercise: Exercise) -> str:
    """The codebook and its version, such as sourcewise-news/1."""
    version = exercise.codebook_version
    return f"{version.codebook.slug}/{version.number}"


def not_started(
    exercise: Exercise, documents: Iterable[Document], rows: Sequence[ReadingRow], readers: Sequence[Membership]
) -> list[ReadingRow]:
    """A row for every document, round and reader without a reading; rounds are those that somebody began."""
    begun = {(row.document.uuid, row.round, row.annotator) for row in rows}
    rounds = {1} | {row.round for row in rows if not row.is_key}
    places = itertools.product(documents, sorted(rounds), [reader.code for reader in readers])
    return [
        ReadingRow(
            exercise=public_id(exercise),
            document=of,
            annotator=code,
            is_key=False,
            round=number,
            status=NOT_STARTED,
            counted=False,
            n_spans=0,
            codebook_version=codebook_name(exercise),
            started_at=None,
            submitted_at=None,
            active_seconds=0,
        )
        for of, number, code in places
        if (of.uuid, number, code) not in begun
    ]

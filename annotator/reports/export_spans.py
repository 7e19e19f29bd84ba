"""What leaves as spans.csv: every reading of some exercises, or one member's own, in file order.

Memory stays level however many spans there are: one article's text, and the spans of a few readings at a time.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Case, Func, TextField, Value, When
from django.db.models.functions import Cast

from annotator.domain.details import ATTRIBUTION
from annotator.domain.offsets import nonspace_offsets, utf16_offsets
from annotator.exporters.readings_csv import LATE
from annotator.exporters.spans_csv import ReadingSpans, SpanRow, Text
from annotator.models import Article, Exercise, Membership, Reading, Span
from annotator.reports.export_names import annotator, document, public_id, readings_of
from annotator.reports.snapshot import snapshot

# About as many spans are fetched with one query; a single longer reading is fetched whole.
BATCH = 4_000


class UuidText(Func):
    """A UUID as both files and people write it, made by the database."""

    output_field = TextField()
    template = "CAST(%(expressions)s AS text)"

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        """SQLite keeps the 32 digits alone."""
        ends = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
        parts = " || '-' || ".join(f"substr(%(expressions)s, {start}, {length})" for start, length in ends)
        return self.as_sql(compiler, connection, template=f"({parts})", **context)


def span_export(exercises: Iterable[Exercise], member: Membership | None = None) -> Iterator[ReadingSpans]:
    """Every reading with its spans, sorted for spans.csv, as of one moment.

    Per exercise one query, per article one more, and one for about every 4,000 spans.
    """
    with snapshot():
        for exercise in sorted(exercises, key=public_id):
            readings = readings_of(exercise, member).select_related("member", "article")
            ordered = sorted(readings.defer("article__text", "article__search_text"), key=place_in_file)
            for article, of_article in itertools.groupby(ordered, key=lambda reading: reading.article):
                text = text_of(article)
                for batch in batches(list(of_article)):
                    yield from with_spans(exercise, text, batch)


def place_in_file(reading: Reading) -> tuple[str, int, str]:
    """Sort key within an exercise: document, round, annotator, by code point."""
    return public_id(reading.article), reading.round, annotator(reading)


def text_of(article: Article) -> Text:
    """The article's text and tables; read once for all its readings. One that was withdrawn leaves without a text."""
    text = Article.objects.values_list("text", flat=True).get(pk=article.pk)
    shown = "" if article.withdrawn_at else text
    return Text(document=document(article), text=shown, utf16=utf16_offsets(text), nonspace=nonspace_offsets(text))


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
    """The readings in the order given, each with its spans."""
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

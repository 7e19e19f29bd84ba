"""What leaves as readings.csv: every assigned document, annotator and round, whether it was begun or not."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, Q

from annotator.exporters.readings_csv import LATE, Document, ReadingRow
from annotator.models import Exercise, Membership, ReadingState
from annotator.reports.dealt import dealt_in
from annotator.reports.export_names import annotator, document, public_id, readings_of
from annotator.reports.snapshot import snapshot

NOT_STARTED = "not_started"
IN_TIME = Q(spans__deleted_at=None, spans__is_late=False)
AFTERWARDS = Q(spans__deleted_at=None, spans__is_late=True)


def reading_export(exercises: Iterable[Exercise], member: Membership | None = None) -> Iterator[ReadingRow]:
    """The rows of readings.csv in file order, as of one moment. Five queries per exercise at most."""
    with snapshot():
        for exercise in sorted(exercises, key=public_id):
            found = readings_of(exercise, member).select_related("member")
            readings = list(found.annotate(n_spans=Count("spans", IN_TIME), n_late=Count("spans", AFTERWARDS)))
            documents = documents_of(exercise)
            rows = [reading_row(exercise, documents[reading.article_id], reading) for reading in readings]
            rows += not_started(exercise, asked_of(exercise, documents, member), rows)
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


def asked_of(
    exercise: Exercise, documents: Mapping[int, Document], member: Membership | None
) -> list[tuple[Document, str]]:
    """Who is asked to read what: every document and annotator, or those dealt to an annotator."""
    dealt = dealt_in(exercise)
    return [
        (of, reader.code)
        for reader in readers_of(exercise, member)
        for article, of in documents.items()
        if reader.pk not in dealt or article in dealt[reader.pk]
    ]


def not_started(
    exercise: Exercise, asked: Iterable[tuple[Document, str]], rows: Sequence[ReadingRow]
) -> list[ReadingRow]:
    """A row for everything asked and every round without a reading; rounds are those that somebody began."""
    begun = {(row.document.uuid, row.round, row.annotator) for row in rows}
    rounds = {1} | {row.round for row in rows if not row.is_key}
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
        for (of, code), number in itertools.product(asked, sorted(rounds))
        if (of.uuid, number, code) not in begun
    ]

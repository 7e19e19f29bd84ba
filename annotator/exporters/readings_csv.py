"""readings.csv: one row for every assigned document, annotator and round, those without a span included."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from annotator.exporters.csv_file import header, number_cell, record, text_cell, time_cell

COLUMNS = (
    "exercise", "document_id", "document_title", "text_sha256", "length", "annotator", "is_key", "round", "status",
    "counted", "n_spans", "codebook_version", "started_at", "submitted_at", "active_seconds", "length_nonspace",
)  # fmt: skip
# The status of a span past the cut-off, and of a reading that holds nothing else.
LATE = "late"


@dataclass(frozen=True, slots=True)
class Document:
    """An article as files name it; lengths in code points, and in those that are not white space."""

    uuid: str
    title: str
    text_sha256: str
    length: int
    length_nonspace: int


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading, or the place of one that was not started. `round` is 0 for the key, whose annotator is `key`."""

    exercise: str
    document: Document
    annotator: str
    is_key: bool
    round: int
    status: str
    counted: bool
    n_spans: int
    codebook_version: str
    started_at: datetime | None
    submitted_at: datetime | None
    active_seconds: int


def records(rows: Iterable[ReadingRow]) -> Iterator[str]:
    """The file, record by record."""
    yield header(COLUMNS)
    for row in rows:
        yield record(
            (
                text_cell(row.exercise),
                text_cell(row.document.uuid),
                text_cell(row.document.title),
                text_cell(row.document.text_sha256),
                number_cell(row.document.length),
                text_cell(row.annotator),
                number_cell(row.is_key),
                number_cell(row.round),
                text_cell(row.status),
                number_cell(row.counted),
                number_cell(row.n_spans),
                text_cell(row.codebook_version),
                time_cell(row.started_at),
                time_cell(row.submitted_at),
                number_cell(row.active_seconds),
                number_cell(row.document.length_nonspace),
            )
        )

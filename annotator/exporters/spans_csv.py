"""spans.csv: one row for each span, in one pass over each reading."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.spans import QUOTE_ENDS
from annotator.exporters.csv_file import header, number_cell, text_cell
from annotator.exporters.readings_csv import LATE, Document

COLUMNS = (
    "span_id", "exercise", "document_id", "document_title", "text_sha256", "annotator", "is_key", "round", "status",
    "label", "start", "end", "start_utf16", "end_utf16", "text", "prefix", "suffix", "note", "source_name",
    "source_kind", "confidence", "reported_by", "created_at", "updated_at", "start_nonspace", "end_nonspace",
)  # fmt: skip
EMPTY = '""'
# start, end, label, span_id, "late" or "", note, source_name, source_kind, confidence, reported_by or "", and the times
# of making and changing as text in UTC, date first: plain tuples, for there may be a million of them.
SpanRow = tuple[int, int, str, str, str, str, str, str, int | None, str, str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text, and its tables of other units (domain.offsets)."""

    document: Document
    text: str
    utf16: Sequence[int]
    nonspace: Sequence[int]


@dataclass(frozen=True, slots=True)
class ReadingSpans:
    """The spans of one reading, sorted; `status` is that of its spans in time."""

    exercise: str
    text: Text
    annotator: str
    is_key: bool
    round: int
    status: str
    rows: Sequence[SpanRow]


def records(readings: Iterable[ReadingSpans], *, notes: bool = True) -> Iterator[str]:
    """The file, record by record; without `notes` their cells stay empty."""
    yield header(COLUMNS)
    for reading in readings:
        yield from span_records(reading, notes=notes)


def span_records(reading: ReadingSpans, *, notes: bool) -> Iterator[str]:
    """The records of one reading. What all share is written once; identifiers and times hold nothing to guard.

    Most notes and sources are empty: not asking about these is a tenth of the time.
    """
    text, utf16, nonspace = reading.text.text, reading.text.utf16, reading.text.nonspace
    shared, shared_late = reading_cells(reading, reading.status), reading_cells(reading, LATE)
    for start, end, label, span_id, is_late, note, name, kind, confidence, reported_by, made, changed in reading.rows:
        before = start - QUOTE_ENDS if start > QUOTE_ENDS else 0
        yield (
            f'"{span_id}",{shared_late if is_late else shared},"{label}",'
            f'"{start}","{end}","{utf16[start]}","{utf16[end]}",'
            f"{text_cell(text[start:end])},{text_cell(text[before:start])},{text_cell(text[end : end + QUOTE_ENDS])},"
            f"{text_cell(note) if note and notes else EMPTY},{text_cell(name) if name else EMPTY},"
            f"{text_cell(kind) if kind else EMPTY},"
            f'"{"" if confidence is None else confidence}","{reported_by}",'
            f'"{made[:10]}T{made[11:19]}Z","{changed[:10]}T{changed[11:19]}Z",'
            f'"{nonspace[start]}","{nonspace[end]}"\r\n'
        )


def reading_cells(reading: ReadingSpans, status: str) -> str:
    """Columns 2 to 9, the same for all spans of a reading with this status."""
    document = reading.text.document
    cells = (
        text_cell(reading.exercise),
        text_cell(document.uuid),
        text_cell(document.title),
        text_cell(document.text_sha256),
        text_cell(reading.annotator),
        number_cell(reading.is_key),
        number_cell(reading.round),
        text_cell(status),
    )
    return ",".join(cells)

"""Spans and readings from two CSV files, this program's or any other's, as documents that can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from annotator.domain.agreement.documents import Document, document
from annotator.domain.errors import gettext_noop
from annotator.importers.agreement_csv import Row, Table, read_table

# Exercise and document: the same article in two exercises is two documents.
Text = tuple[str, str]
# Label, start and end in code points.
Mark = tuple[str, int, int]

LATE = "late"
MATCHED_BY = ("exercise", "round")


@dataclass(frozen=True, slots=True)
class Reading:
    """One row of readings.csv. `weights` are digits, one per code point, or empty where every code point weighs 1.

    `compared_length` counts the coordinates that are compared: without white space where both files have those.
    """

    exercise: str
    document: str
    annotator: str
    round: int
    length: int
    compared_length: int
    weights: str
    is_counted: bool
    spans: dict[Mark, tuple[int, int]] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        """What was read."""
        return self.exercise, self.document

    @property
    def measures(self) -> tuple[int, int, str]:
        """What every reading of one text must agree on."""
        return self.length, self.compared_length, self.weights


@dataclass(frozen=True, slots=True)
class Round:
    """What one round has to compare; a reader's id is the place in `readers`, which are in code-point order."""

    documents: tuple[Document, ...]
    readers: tuple[str, ...]
    labels: tuple[str, ...]
    spans: int


@dataclass(frozen=True, slots=True)
class Files:
    """The counted readings of both files, and how many spans belong to no reading at all."""

    readings: tuple[Reading, ...]
    unread: int

    @property
    def rounds(self) -> list[int]:
        """The rounds with a counted reading, ascending."""
        return sorted({reading.round for reading in self.readings})

    def round(self, number: int, labels: Sequence[str] = ()) -> Round:
        """One round; the codebook's `labels` come first, others that were used follow in code-point order."""
        chosen = [reading for reading in self.readings if reading.round == number]
        readers = tuple(sorted({reading.annotator for reading in chosen}))
        used = {label for reading in chosen for label, _start, _end in reading.spans}
        names = tuple(dict.fromkeys([*labels, *sorted(used)]))
        by_text: dict[Text, list[Reading]] = {}
        for reading in chosen:
            by_text.setdefault(reading.text, []).append(reading)
        ids = {name: place for place, name in enumerate(readers)}
        places = {name: place for place, name in enumerate(names)}
        documents = tuple(as_document(by_text[text], ids, places) for text in sorted(by_text))
        return Round(documents, readers, names, sum(len(reading.spans) for reading in chosen))


def as_document(readings: Sequence[Reading], ids: dict[str, int], places: dict[str, int]) -> Document:
    """All readings of one text as the engine takes them."""
    rows = [
        (ids[reading.annotator], places[label], low, high)
        for reading in readings
        for (label, _start, _end), (low, high) in reading.spans.items()
        if low < high
    ]
    weights = readings[0].weights
    return document(
        length=readings[0].compared_length,
        readers=[ids[reading.annotator] for reading in readings],
        spans=np.array(rows, dtype=np.int64).reshape(-1, 4),
        weights=np.frombuffer(weights.encode(), dtype=np.uint8) - ord("0") if weights else None,
    )


def read_files(spans: Path, readings: Path) -> Files:
    """Both files, checked; Problem, with file and line, for the first row that cannot be right."""
    rows = read_table(readings, required=("document", "length", "annotator"))
    marks = read_table(spans, required=("document", "annotator", "label", "start", "end"))
    is_nonspace = rows.has("length_nonspace") and marks.has("start_nonspace", "end_nonspace")
    found = read_readings(rows, is_nonspace=is_nonspace)
    unread = place_spans(marks, rows, found, is_nonspace=is_nonspace)
    return Files(tuple(reading for reading in found if reading.is_counted), unread)


def read_readings(rows: Table, *, is_nonspace: bool) -> list[Reading]:
    """Every reading, those that do not count included."""
    seen: set[tuple[str, str, str, int, bool]] = set()
    measures: dict[Text, tuple[int, int, str]] = {}
    found = []
    for row in rows:
        reading = read_reading(row, is_nonspace=is_nonspace)
        if measures.setdefault(reading.text, reading.measures) != reading.measures:
            raise row.problem(gettext_noop("this document has another length or other weights in an earlier row"))
        identity = (*reading.text, reading.annotator, reading.round, row.flag("is_key"))
        if identity in seen:
            raise row.problem(gettext_noop("this reading stands in an earlier row too"))
        seen.add(identity)
        found.append(reading)
    return found


def read_reading(row: Row, *, is_nonspace: bool) -> Reading:
    """One row of readings.csv."""
    length = row.number("length")
    compared = row.number("length_nonspace") if is_nonspace else length
    weights = "" if is_nonspace else row.text("text_weights")
    if compared > length:
        raise row.problem(gettext_noop("length_nonspace is more than length"))
    if weights and not (len(weights) == length and weights.isascii() and weights.isdigit()):
        raise row.problem(gettext_noop("text_weights is not one digit 0-9 for each character"))
    is_counted = row.flag("counted", missing=True) and not row.flag("is_key")
    number = row.number("round", missing=1)
    names = row.text("exercise"), row.name("document"), row.name("annotator")
    return Reading(*names, number, length, compared, weights, is_counted)


def place_spans(marks: Table, rows: Table, readings: Sequence[Reading], *, is_nonspace: bool) -> int:
    """Give every span to its reading; how many have none."""
    shared = [name for name in MATCHED_BY if marks.has(name) and rows.has(name)]
    check_one_value(marks, [name for name in MATCHED_BY if marks.has(name) and not rows.has(name)])
    lengths: dict[str, set[tuple[int, int]]] = {}
    index: dict[tuple[str, ...], list[Reading]] = {}
    for reading in readings:
        lengths.setdefault(reading.document, set()).add((reading.length, reading.compared_length))
        own = {"exercise": reading.exercise, "round": str(reading.round)}
        key = (reading.document, reading.annotator, *(own[name] for name in shared))
        index.setdefault(key, []).append(reading)
    unread = 0
    for row in marks:
        own = {"exercise": row.text("exercise"), "round": str(row.number("round", missing=1))}
        key = (row.name("document"), row.name("annotator"), *(own[name] for name in shared))
        candidates = index.get(key, [])
        found = {(reading.length, reading.compared_length) for reading in candidates}
        mark, compared = read_span(row, found or lengths.get(row.text("document"), set()), is_nonspace=is_nonspace)
        unread += not candidates
        if row.flag("is_key") or not row.flag("counted", missing=True) or row.text("status") == LATE:
            continue
        counted = [reading for reading in candidates if reading.is_counted]
        if len(counted) > 1:
            raise row.problem(
                gettext_noop("this span fits several readings; say which with the columns exercise and round")
            )
        for reading in counted:
            reading.spans[mark] = compared
    return unread


def check_one_value(marks: Table, columns: Sequence[str]) -> None:
    """Refuse spans of several exercises or rounds when the readings do not tell those apart: they never mix."""
    for column in columns:
        values = {row.text(column) for row in marks}
        if len(values) > 1:
            row = next(row for row in marks if row.text(column) != marks.rows[0].text(column))
            raise row.problem(
                gettext_noop("another %(column)s than above, and the readings have no such column"), column=column
            )


def read_span(row: Row, lengths: set[tuple[int, int]], *, is_nonspace: bool) -> tuple[Mark, tuple[int, int]]:
    """Label and code points, and the coordinates compared; Problem unless they are a stretch of a text that long."""
    start, end = row.number("start"), row.number("end")
    low, high = (row.number("start_nonspace"), row.number("end_nonspace")) if is_nonspace else (start, end)
    if start >= end or low > high:
        raise row.problem(gettext_noop("the span ends where it starts, or before"))
    if lengths and not any(end <= length and high <= compared for length, compared in lengths):
        raise row.problem(gettext_noop("the span ends behind the end of its document"))
    return (row.name("label"), start, end), (low, high)

"""gradebook.csv, one row for each student and exercise (FORMATS 2.3); and the file Moodle's grade import takes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from annotator.domain.grading import as_written
from annotator.exporters.csv_file import header, number_cell, record, text_cell, time_cell

BEFORE = (
    "annotator", "name", "student_ref", "section", "exercise", "joined_at", "status_r1", "submitted_at_r1", "status_r2",
    "submitted_at_r2", "active_minutes",
)  # fmt: skip
AFTER = ("key_f1_r1", "key_f1_r2", "key_gain", "points", "points_max")
MOODLE = ("ID number", "Grade", "Feedback")


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One student in one exercise. Pairs are of the first and the second round; a match that does not exist is None.

    `marks` counts the highlights of the latest round by label.
    """

    annotator: str
    name: str
    student_ref: str
    section: str
    exercise: str
    joined_at: datetime
    status: tuple[str, str]
    submitted_at: tuple[datetime | None, datetime | None]
    active_seconds: int
    marks: Mapping[str, int]
    key_f1: tuple[float | None, float | None]
    points: float
    points_max: int

    @property
    def key_gain(self) -> float | None:
        """How much closer to the key the second round came; None where one of the two is missing."""
        first, second = self.key_f1
        return None if first is None or second is None else second - first


def columns(labels: Sequence[str]) -> tuple[str, ...]:
    """The header for these labels, in the codebook's order."""
    return (*BEFORE, *(f"n_{label}" for label in labels), *AFTER)


def records(rows: Iterable[GradeRow], labels: Sequence[str], *, names: bool) -> Iterator[str]:
    """The file; without `names` nothing in it says who somebody is."""
    yield header(columns(labels))
    for row in rows:
        who = (row.name, row.student_ref, row.section) if names else ("", "", "")
        yield record((text_cell(row.annotator), *map(text_cell, who), *cells(row, labels)))


def cells(row: GradeRow, labels: Sequence[str]) -> Iterator[str]:
    """All columns that name nobody."""
    yield text_cell(row.exercise)
    yield time_cell(row.joined_at)
    for status, time in zip(row.status, row.submitted_at, strict=True):
        yield text_cell(status)
        yield time_cell(time)
    yield figure(f"{row.active_seconds / 60:.1f}")
    yield from (number_cell(row.marks.get(label, 0)) for label in labels)
    yield from map(share_cell, (*row.key_f1, row.key_gain))
    yield figure(as_written(row.points))
    yield number_cell(row.points_max)


def moodle_records(rows: Iterable[tuple[GradeRow, str]]) -> Iterator[str]:
    """Students with a number of their school, each with a sentence: grade and feedback are always both there."""
    yield header(MOODLE)
    for row, feedback in rows:
        if row.student_ref:
            yield record((text_cell(row.student_ref), figure(as_written(row.points)), text_cell(feedback)))


def share_cell(value: float | None) -> str:
    """A share or a difference of two, with four decimals."""
    return figure("" if value is None else f"{value:.4f}")


def figure(text: str) -> str:
    """A figure as a quoted field: never guarded."""
    return f'"{text}"'

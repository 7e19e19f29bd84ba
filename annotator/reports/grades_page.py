"""The page of grades: a table of who did what, and a column to copy in the order of the class list."""

from dataclasses import dataclass

from annotator.domain.grading import as_written
from annotator.exporters.gradebook_csv import GradeRow
from annotator.models import Exercise, Label
from annotator.reports.gradebook import Grades, grades_of


@dataclass(frozen=True, slots=True)
class Student:
    """A line of the table. `marks` in the order of the labels; a match is empty where there is none."""

    name: str
    code: str
    status: str
    minutes: int
    marks: list[int]
    first: str
    second: str
    points: str


@dataclass(frozen=True, slots=True)
class GradesPage:
    """The page of one exercise. `column` has one line for each student in list order; `unlisted` lack a number."""

    students: list[Student]
    labels: list[str]
    column: str
    unlisted: int
    has_key: bool
    has_second: bool


def grades_page(exercise: Exercise) -> GradesPage:
    """The page."""
    grades = grades_of([exercise])
    rows = grades.in_list_order()
    names = Label.objects.filter(version=exercise.codebook_version_id).order_by("position")
    return GradesPage(
        students=[student(row, grades) for row in rows],
        labels=list(names.values_list("name", flat=True)),
        column="\n".join(as_written(row.points) for row in rows),
        unlisted=sum(not row.student_ref for row in rows),
        has_key=any(match is not None for row in rows for match in row.key_f1),
        has_second=any(row.status[1] not in {"", "not_started"} for row in rows),
    )


def student(row: GradeRow, grades: Grades) -> Student:
    """One line."""
    first, second = ("" if match is None else f"{match:.2f}" for match in row.key_f1)
    return Student(
        name=row.name,
        code=row.annotator,
        status=row.status[0],
        minutes=round(row.active_seconds / 60),
        marks=[row.marks.get(label, 0) for label in grades.labels],
        first=first,
        second=second,
        points=as_written(row.points),
    )

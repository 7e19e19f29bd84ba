"""Grades: a table for the teacher alone, gradebook.csv, Moodle's file, and a column to copy."""

import uuid
from collections.abc import Iterator, Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotator import access
from annotator.exporters import csv_file, gradebook_csv
from annotator.exporters.file_names import content_disposition
from annotator.forms.export import MOODLE, GradesForm
from annotator.models import Exercise
from annotator.reports.export_columns import gradebook_columns
from annotator.reports.gradebook import feedback, grades_of
from annotator.reports.grades_page import grades_page
from annotator.views import downloads, errors


@login_required
@require_safe
def exercise_grades(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """Who did what in one exercise, not for the projector."""
    exercise = access.exercise_for_grades(access.signed_in(request), exercise_uuid)
    context = {"exercise": exercise, "page": grades_page(exercise), "columns": gradebook_columns()}
    return render(request, "annotator/grades/page.html", context)


@login_required
@require_safe
def exercise_file(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """The grade book of one exercise."""
    exercise = access.exercise_for_grades(access.signed_in(request), exercise_uuid)
    return sent(request, [exercise], exercise.title)


@login_required
@require_safe
def room_grades(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """The exercises of a class that can be graded, and all of them as one file."""
    user = access.signed_in(request)
    classroom = access.classroom(user, classroom_uuid)
    context = {"classroom": classroom, "exercises": access.exercises_for_grades(user, classroom)}
    return render(request, "annotator/grades/room.html", context)


@login_required
@require_safe
def room_file(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """The grade book of a class: each exercise that is closed."""
    user = access.signed_in(request)
    classroom = access.classroom(user, classroom_uuid)
    return sent(request, access.exercises_for_grades(user, classroom), classroom.name)


def sent(request: HttpRequest, exercises: Sequence[Exercise], title: str) -> HttpResponse:
    """The file that was asked for."""
    form = GradesForm(request.GET)
    if not form.is_valid():
        return errors.refusal(request, _("There is no such file. Go back to the grades and choose one."), 422)
    if refused := downloads.too_many(request):
        return refused
    asked = form.cleaned_data
    records = records_of(asked["file"], exercises, names=asked["names"])
    content = b"".join(csv_file.encode(records, bom=asked["excel"]))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition(title, asked["file"])
    return response


def records_of(name: str, exercises: Sequence[Exercise], *, names: bool) -> Iterator[str]:
    """The records of a file."""
    grades = grades_of(exercises)
    if name == MOODLE:
        return gradebook_csv.moodle_records((row, feedback(row)) for row in grades.in_list_order())
    return gradebook_csv.records(grades.rows, grades.labels, names=names)

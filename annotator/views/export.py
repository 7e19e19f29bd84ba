"""Taking highlights along: the page that says what there is, and the files, streamed."""

import uuid
from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotator import access
from annotator.exporters import readings_csv, spans_csv
from annotator.forms.export import SPANS, ExportForm
from annotator.models import Exercise, Membership
from annotator.reports.export_columns import readings_columns, spans_columns
from annotator.reports.export_page import export_page
from annotator.reports.export_readings import reading_export
from annotator.reports.export_spans import span_export
from annotator.views import downloads, errors


@login_required
@require_safe
def export(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """What can leave, and what each column means."""
    exercise, member = access.exercise_for_export(access.signed_in(request), exercise_uuid)
    context = {
        "exercise": exercise,
        "page": export_page(exercise, member),
        "is_own_only": member is not None,
        "spans_columns": spans_columns(),
        "readings_columns": readings_columns(),
    }
    return render(request, "annotator/export/page.html", context)


@login_required
@require_safe
def file(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponseBase:
    """One file, written while it is sent."""
    exercise, member = access.exercise_for_export(access.signed_in(request), exercise_uuid)
    form = ExportForm(request.GET)
    if not form.is_valid():
        return errors.refusal(request, _("There is no such file. Go back to the export page and choose one."), 422)
    if refused := downloads.too_many(request):
        return refused
    asked = form.cleaned_data
    records = records_of(asked["file"], exercise, member, notes=not asked["without_notes"])
    return downloads.csv_response(records, exercise.title, asked["file"], is_for_excel=asked["excel"])


def records_of(name: str, exercise: Exercise, member: Membership | None, *, notes: bool) -> Iterator[str]:
    """The records of a file."""
    if name == SPANS:
        return spans_csv.records(span_export([exercise], member), notes=notes)
    return readings_csv.records(reading_export([exercise], member))

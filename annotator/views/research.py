"""The researcher's table: the page, and its tables as files."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.exporters import csv_file, research_csv
from annotator.exporters.file_names import content_disposition
from annotator.forms.research import ResearchFileForm, ResearchForm
from annotator.reports.research import labels_in
from annotator.reports.research import research as research_of
from annotator.reports.research_files import FILES
from annotator.services.limits import EXPORT, attempt_add, limit_check
from annotator.views import errors


@login_required
@require_safe
def research(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """Every measure of one round."""
    found = access.exercise_analysed(access.signed_in(request), exercise_uuid)
    form = ResearchForm(request.GET, [label.slug for label in labels_in(found)])
    context = {"exercise": found, "page": research_of(found, *form.asked), "files": list(FILES)}
    return render(request, "annotator/research/page.html", context)


@login_required
@require_safe
def file(request: HttpRequest, exercise_uuid: UUID) -> HttpResponseBase:
    """One table, written while it is sent."""
    user = access.signed_in(request)
    found = access.exercise_analysed(user, exercise_uuid)
    form = ResearchFileForm(request.GET)
    if not form.is_valid():
        return errors.refusal(request, _("There is no such file. Go back to the table and choose one."), 422)
    try:
        limit_check(limit=EXPORT, who=str(user.uuid))
    except RuleError as error:
        return errors.too_many(request, error)
    attempt_add(limit=EXPORT, who=str(user.uuid))
    asked = form.cleaned_data
    columns, rows = FILES[asked["file"]]
    records = research_csv.records(columns, rows(found, asked["round"] or 1))
    response = StreamingHttpResponse(csv_file.encode(records, bom=asked["excel"]))
    response["Content-Type"] = "text/csv; charset=utf-8"
    response["Content-Disposition"] = content_disposition(found.title, asked["file"])
    return response

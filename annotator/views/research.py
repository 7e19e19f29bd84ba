"""The researcher's table: the page, the sentences behind a pair of readers, and its tables as files."""

from tempfile import SpooledTemporaryFile
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotator import access
from annotator.exporters import research_csv
from annotator.exporters.file_names import content_disposition
from annotator.exporters.zip_file import zip_into
from annotator.forms.research import PassagesForm, ResearchFileForm, ResearchForm
from annotator.models import Exercise
from annotator.reports.research import labels_in
from annotator.reports.research import readers as readers_of
from annotator.reports.research import research as research_of
from annotator.reports.research_bundle import NAME as BUNDLE
from annotator.reports.research_bundle import bundle_files
from annotator.reports.research_files import TABLES, columns_of, table
from annotator.reports.research_passages import passages_of
from annotator.views import downloads, errors

# A bundle up to this size is never written to disk.
IN_MEMORY = 16 * 1024 * 1024


@login_required
@require_safe
def research(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """Every measure of one round; the part about readers alone for htmx."""
    found = access.exercise_analysed(access.signed_in(request), exercise_uuid)
    form = ResearchForm(request.GET, [label.slug for label in labels_in(found)])
    if request.headers.get("HX-Request"):
        part = {"exercise": found, "page": readers_of(found, *form.asked)}
        return render(request, "annotator/research/_matrix.html", part)
    context = {"exercise": found, "page": research_of(found, *form.asked), "files": [*TABLES, BUNDLE]}
    return render(request, "annotator/research/page.html", context)


@login_required
@require_safe
def passages(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """The sentences where two readers differ, or one from all others; 404 for a code that is not compared."""
    found = access.exercise_analysed(access.signed_in(request), exercise_uuid)
    wanted = PassagesForm(request.GET, [label.slug for label in labels_in(found)]).wanted
    page = passages_of(found, wanted) if wanted else None
    if page is None:
        raise Http404
    return render(request, "annotator/research/passages.html", {"exercise": found, "page": page})


@login_required
@require_safe
def file(request: HttpRequest, exercise_uuid: UUID) -> HttpResponseBase:
    """One table, written while it is sent, or the bundle of all."""
    found = access.exercise_analysed(access.signed_in(request), exercise_uuid)
    form = ResearchFileForm(request.GET)
    if not form.is_valid():
        return errors.refusal(request, _("There is no such file. Go back to the table and choose one."), 422)
    if refused := downloads.too_many(request):
        return refused
    asked = form.cleaned_data
    if asked["file"] == BUNDLE:
        return bundle(found)
    records = research_csv.records(columns_of(asked["file"]), table(found, asked["file"], [asked["round"] or 1]))
    return downloads.csv_response(records, found.title, asked["file"], is_for_excel=asked["excel"])


def bundle(exercise: Exercise) -> HttpResponseBase:
    """All tables of all rounds, with the units behind them."""
    packed = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # the response closes it
    zip_into(packed, bundle_files(exercise))
    packed.seek(0)
    response = FileResponse(packed, content_type="application/zip")
    response["Content-Disposition"] = content_disposition(exercise.title, BUNDLE)
    return response

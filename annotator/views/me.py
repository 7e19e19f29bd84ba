"""What is kept about oneself: a page that says it in plain words, and all of it to take along."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator import access
from annotator.exporters.zip_file import zipped
from annotator.reports.own_profile import own_files
from annotator.reports.stored import stored_about
from annotator.views import downloads


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What we keep, who sees it, until when."""
    return render(request, "annotator/me/page.html", {"page": stored_about(access.signed_in(request))})


@login_required
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """Everything as one file."""
    if refused := downloads.too_many(request):
        return refused
    response = HttpResponse(zipped(own_files(access.signed_in(request))), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="sourcewise-about-me.zip"'
    return response

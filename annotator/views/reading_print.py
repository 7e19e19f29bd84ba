"""One's own reading on paper."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator import access
from annotator.reports.printed_reading import printed_reading


@login_required
@require_safe
def print_page(request: HttpRequest, reading_uuid: uuid.UUID) -> HttpResponse:
    """The text in numbered lines with the reader's highlights, the tags, and a list of highlights with their notes."""
    own = access.reading(access.signed_in(request), reading_uuid)
    context = {"reading": own, "article": own.article, "exercise": own.exercise, "sheet": printed_reading(own)}
    return render(request, "annotator/annotate/print.html", context)

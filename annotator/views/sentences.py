"""Tag by sentence: the whole work as a plain list, for screen readers, switches, small screens and without scripts."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from annotator import access
from annotator.reports.reading_page import reading_page
from annotator.views.annotate import page_context


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading_sentences(request: HttpRequest, reading_uuid: uuid.UUID) -> HttpResponse:
    """The sentences with their tags."""
    own = access.reading(access.signed_in(request), reading_uuid)
    return render(request, "annotator/annotate/page.html", page_context(request, own, reading_page(own)))

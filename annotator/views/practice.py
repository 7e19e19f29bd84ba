"""Practice for who reads outside a class: the warm-up's three sentences, one tap after the other, nothing kept."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator import access
from annotator.reports.warm_up import practice_sentence


@login_required
@require_safe
def practice(request: HttpRequest, reading_uuid: uuid.UUID) -> HttpResponse:
    """A sentence and what is said to the tag that was tapped: `?sentence=` counts from 1, `?label=` is a slug."""
    own = access.reading(access.signed_in(request), reading_uuid)
    number = request.GET.get("sentence", "1")
    found = practice_sentence(own.exercise, number=number, label=request.GET.get("label", ""))
    if found is None:
        raise Http404
    context = {"reading": own, "exercise": own.exercise, "warm_up": found}
    return render(request, "annotator/practice/page.html", context)

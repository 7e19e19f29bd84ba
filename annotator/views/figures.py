"""The teacher's four figures in words: how alike a class read, and why readers differ."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator import access
from annotator.reports.figures_page import figures_page


@login_required
@require_safe
def figures(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """The page; nothing is computed while the exercise is blind."""
    found = access.exercise_analysed(access.signed_in(request), exercise_uuid)
    page = {"exercise": found, "is_teacher": True, "page": figures_page(found)}
    return render(request, "annotator/figures/page.html", page)

"""Progress over time: a class's for its teacher, and one's own for oneself."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator import access
from annotator.reports.class_progress import class_progress
from annotator.reports.own_progress import own_progress


@login_required
@require_safe
def classroom(request: HttpRequest, classroom_uuid: UUID) -> HttpResponse:
    """A class's exercises; blind ones are counted and not looked at."""
    room = access.classroom(access.signed_in(request), classroom_uuid)
    return render(request, "annotator/progress/class.html", {"classroom": room, "progress": class_progress(room)})


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own, for nobody else."""
    points = own_progress(access.own_readings(access.signed_in(request)))
    return render(request, "annotator/progress/own.html", {"points": points})

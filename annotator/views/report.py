"""The printed report of an exercise: one page without names for the staff room."""

import zoneinfo
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator import access
from annotator.reports.printed_report import printed_report


@login_required
@require_safe
def report(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """The page; nothing is computed while the exercise is blind."""
    found = access.exercise_analysed(access.signed_in(request), exercise_uuid)
    day = found.closed_at.astimezone(zoneinfo.ZoneInfo(found.classroom.time_zone)).date() if found.closed_at else None
    page = {"exercise": found, "day": day, "report": printed_report(found)}
    return render(request, "annotator/report/page.html", page)

"""Before and after: what the second round changed, for the teacher."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotator import access
from annotator.reports.rounds import rounds as rounds_of


@login_required
@require_safe
def rounds(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """The page; nothing is computed while the exercise is blind."""
    found = access.exercise(access.signed_in(request), exercise_uuid)
    if not access.may_see_others(found):
        raise PermissionDenied(_("Before and after can be compared once the second round has begun."))
    return render(request, "annotator/rounds/page.html", {"exercise": found, "rounds": rounds_of(found)})

"""Steering the wall: which passage the projector shows while a class talks."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.reasons import SpotlightForm
from annotator.models import Exercise
from annotator.reports.spotlight import wall_target
from annotator.reports.wall import wall_now
from annotator.services.spotlight import NOWHERE, spot_of, spotlight_set
from annotator.views import errors, reveal
from annotator.views.exercise import refused
from annotator.views.reasons import to_passage


@login_required
@require_POST
def spotlight(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """The next passage, the one before, the most divided or united one, or the passage that is named."""
    user = access.signed_in(request)
    exercise = access.exercise_analysed(user, exercise_uuid)
    form = SpotlightForm(request.POST)
    if not form.is_valid():
        return errors.incomplete(request)
    sent = form.cleaned_data
    if sent["way"]:
        article, start = wall_target(exercise, sent["here"], sent["way"])
    else:
        article, start = access.article_in(exercise, sent["article"]), sent["start"]
    # What the press was about stands as a number and a place; it is compared with what is on the wall.
    here = spot_of(exercise) if sent["here"] == wall_now(exercise).here else NOWHERE
    try:
        spotlight_set(exercise=exercise, article=article, start=start, here=here)
    except RuleError as error:
        return not_moved(request, exercise, sent["back"], errors.sentence(error))
    return to_passage(request, exercise, article.uuid, start) if sent["back"] else redirect("exercise", exercise.uuid)


def not_moved(request: HttpRequest, exercise: Exercise, back: str, problem: str) -> HttpResponse:
    """The page that the press came from, as it is now, with the sentence that says why nothing moved."""
    if not back:
        return refused(request, exercise, problem)
    member = access.own_membership(access.signed_in(request), exercise.classroom)
    now = access.exercise_analysed(access.signed_in(request), exercise.uuid)
    return reveal.shown(request, now, member, None, None, is_wall=True, problem=problem, status=422)

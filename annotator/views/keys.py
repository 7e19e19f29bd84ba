"""The key: where a teacher of the class begins it or goes on with it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from annotator import access
from annotator.domain.errors import RuleError
from annotator.services.keys import key_start
from annotator.views import errors


@login_required
@require_POST
def start(request: HttpRequest, exercise_uuid: UUID, article_uuid: UUID) -> HttpResponse:
    """Open the key of an article; the annotate page serves it like any reading."""
    user = access.signed_in(request)
    exercise = access.exercise(user, exercise_uuid)
    article = access.article_in(exercise, article_uuid)
    try:
        key = key_start(exercise=exercise, article=article, member=access.own_membership(user, exercise.classroom))
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    return redirect("reading", reading_uuid=key.uuid)

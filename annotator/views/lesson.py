"""A lesson's page for who reads in its class: it follows the lesson by itself, from the waiting room to the end."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.lesson import VoteForm
from annotator.models import Exercise, Membership
from annotator.reports.lesson_page import lesson_page
from annotator.services.presence import presence_note
from annotator.services.warm_up import warm_up_vote
from annotator.views import errors
from annotator.views.unchanged import mark_of, not_modified

PAGE, NOW = "annotator/lesson/page.html", "annotator/lesson/_now.html"


def shown(request: HttpRequest, found: Exercise, member: Membership) -> HttpResponse:
    """The whole page."""
    return render(request, PAGE, context_for(request, found, member))


def context_for(request: HttpRequest, found: Exercise, member: Membership, problem: str = "") -> dict[str, Any]:
    """What its templates name; `problem` says why a tap did nothing."""
    page = lesson_page(found, access.signed_in(request), member)
    return {
        "exercise": found,
        "member": member,
        "page": page,
        "mark": mark_of(page, found.classroom.name, found.has_warm_up),
        "problem": problem,
        "exit": page.exit,
    }


@login_required
@require_safe
def now(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """The part that follows the lesson, asked for every few seconds."""
    context = context_for(request, *access.lesson(access.signed_in(request), exercise_uuid))
    response = not_modified(request, context["mark"]) or render(request, NOW, context)
    response.headers["ETag"] = context["mark"]
    return response


@login_required
@require_POST
def presence(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """A sign of life, sent while the page is looked at: looking alone changes nothing."""
    found, member = access.lesson(access.signed_in(request), exercise_uuid)
    presence_note(exercise=found, member=member)
    return HttpResponse(status=204)


@login_required
@require_POST
def vote(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """A tap in the warm-up: the part with what is said to it, or without scripts the page again."""
    found, member = access.lesson(access.signed_in(request), exercise_uuid)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return errors.incomplete(request)
    problem = ""
    try:
        warm_up_vote(exercise=found, member=member, **form.cleaned_data)
    except RuleError as error:
        problem = errors.sentence(error)
    is_part = getattr(request, "htmx", False)
    if not (problem or is_part):
        return redirect("exercise", exercise_uuid=found.uuid)
    context = context_for(request, found, member, problem)
    return render(request, NOW if is_part else PAGE, context, status=422 if problem else 200)

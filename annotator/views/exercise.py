"""An exercise's page: its phases and progress for who teaches, the articles to read for who reads, both for a team."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.exercises import MoveForm
from annotator.models import Classroom, Exercise, Membership, Phase
from annotator.reports.door import DoorCard, door_card
from annotator.reports.exercise_page import exercise_page
from annotator.reports.lesson_options import lesson_options
from annotator.reports.lesson_side import lesson_side
from annotator.services.exercises import exercise_discard, exercise_rename
from annotator.services.lesson_walk import lesson_go
from annotator.views import errors, lesson

MOVED = {
    "draft": gettext_lazy("Back to set-up. Its readers do not see the exercise until you open it again."),
    "draft:lobby": gettext_lazy("The lobby is open. Readers can come in and wait."),
    "draft:warm_up": gettext_lazy("The warm-up has begun."),
    "open": gettext_lazy("The blind reading is open. Its readers find it on their home page."),
    "closed": gettext_lazy("The reading is closed. You can see and export what was highlighted."),
    "revealed": gettext_lazy("The discussion has begun."),
    "revealed:discuss": gettext_lazy("Passage by passage now."),
    "revising": gettext_lazy("The second round has begun."),
    "wrapped_up": gettext_lazy("The exercise is wrapped up."),
    "wrapped_up:exit": gettext_lazy("The exit question is asked."),
    "archived": gettext_lazy("The exercise is in the archive. You can still look at it and export it."),
}


@login_required
@require_safe
def exercise(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """The page, by what one is in its class or team."""
    found, member = access.exercise_met(access.signed_in(request), exercise_uuid)
    return (lesson.shown if access.follows_lesson(found, member) else shown)(request, found, member)


def shown(
    request: HttpRequest,
    found: Exercise,
    member: Membership,
    *,
    problem: str = "",
    title_problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page for `member`; `problem` says why a press did nothing."""
    user = access.signed_in(request)
    is_open_to_all = access.may_see_others(found)
    context = {
        "exercise": found,
        "member": member,
        "page": exercise_page(found, user, member, access.articles_of(user), is_open_to_all=is_open_to_all),
        "is_open_to_all": is_open_to_all,
        "beside": lesson_side(found) if member.is_teacher else None,
        "asks_archive": found.phase == Phase.WRAPPED_UP and request.GET.get("step") == Phase.ARCHIVED,
        "options": lesson_options(found) if member.is_teacher and found.phase != Phase.ARCHIVED else None,
        "card": door_shown(request, found) if member.is_teacher else None,
        "problem": problem,
        "title_problem": title_problem,
        "typed_title": request.POST.get("title", found.title),
    }
    name = "page" if member.is_teacher else "reader"
    return render(request, f"annotator/exercise/{name}.html", context, status=status)


def refused(request: HttpRequest, found: Exercise, problem: str) -> HttpResponse:
    """The page as it is now, with the sentence that says why the press did nothing."""
    user = access.signed_in(request)
    now = access.exercise(user, found.uuid)
    return shown(request, now, access.own_membership(user, now.classroom), problem=problem, status=422)


def door_shown(request: HttpRequest, found: Exercise) -> DoorCard | None:
    """The card of the class's door, as long as readers may still come."""
    if found.classroom.kind != Classroom.Kind.CLASS:
        return None
    return door_card(found.classroom, join_address=request.build_absolute_uri(reverse("join")))


@login_required
@require_POST
def move(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """One stop on or back; a press on a page that has grown old gets the page as it is now."""
    found = access.exercise(access.signed_in(request), exercise_uuid)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return errors.incomplete(request)
    try:
        moved = lesson_go(exercise=found, to=form.cleaned_data["phase"], here=form.cleaned_data["here"])
    except RuleError as error:
        return refused(request, found, errors.sentence(error))
    messages.success(request, MOVED[moved.stop.key])
    return redirect("exercise", exercise_uuid=moved.uuid)


@login_required
@require_POST
def rename(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """Another title."""
    user = access.signed_in(request)
    found = access.exercise(user, exercise_uuid)
    try:
        exercise_rename(exercise=found, title=request.POST.get("title", ""))
    except RuleError as error:
        member = access.own_membership(user, found.classroom)
        return shown(request, found, member, title_problem=errors.sentence(error), status=422)
    messages.success(request, _("Renamed."))
    return redirect("exercise", exercise_uuid=found.uuid)


@login_required
@require_POST
def discard(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    found = access.exercise(access.signed_in(request), exercise_uuid)
    try:
        exercise_discard(exercise=found)
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    messages.success(
        request, _("The draft “%(title)s” is gone. Its articles stay in your library.") % {"title": found.title}
    )
    return redirect("home")

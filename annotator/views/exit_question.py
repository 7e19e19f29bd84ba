"""The exit question: asked of readers at the end of a lesson, its answers read by the teacher alone."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotator import access
from annotator.domain.errors import RuleError
from annotator.models import Exercise, Membership
from annotator.reports.exit_answers import exit_answers
from annotator.reports.exit_answers import exit_question as question_for
from annotator.services.exit_answers import exit_answer
from annotator.views import errors


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exit_question(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """All answers for who teaches, one's own for who reads; a post sends one's own."""
    found, member = access.exercise_seen(access.signed_in(request), exercise_uuid)
    if request.method == "POST":
        return sent(request, found, member)
    return answers(request, found) if member.is_teacher else asked(request, found, member)


def answers(request: HttpRequest, found: Exercise) -> HttpResponse:
    """What the readers answered, for their teacher."""
    if not access.may_see_others(found):
        raise PermissionDenied(_("Answers to the exit question come at the end of the lesson, in the wrap-up."))
    return render(request, "annotator/lesson/exit_answers.html", {"exercise": found, "answers": exit_answers(found)})


def asked(
    request: HttpRequest, found: Exercise, member: Membership, *, problem: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    """The question with one's own answer."""
    own = question_for(found, member, problem=problem, typed=typed)
    if own is None:
        raise PermissionDenied(_("The exit question comes at the end of the lesson. Your teacher asks it then."))
    return render(request, "annotator/lesson/exit.html", {"exercise": found, "exit": own}, status=status)


def sent(request: HttpRequest, found: Exercise, member: Membership) -> HttpResponse:
    """Keep the answer, or show the form again with what was wrong."""
    if not member.is_reader:
        raise Http404
    typed = request.POST.get("answer", "")
    try:
        exit_answer(exercise=found, member=member, answer=typed)
    except RuleError as error:
        if error.code in {"not_asked", "archived"}:
            return errors.refusal(request, errors.sentence(error), 422)
        return asked(request, found, member, problem=errors.sentence(error), typed=typed, status=422)
    messages.success(request, _("Your answer is saved. You can change it until the lesson is put away."))
    return redirect("exercise-exit", exercise_uuid=found.uuid)

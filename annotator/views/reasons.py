"""Reasons about passages: written on the reveal, shown or hidden by who teaches."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.reasons import ModerateForm, ReasonForm
from annotator.models import Exercise, Membership, Reason
from annotator.reports.reason_list import reason_list
from annotator.reports.reasons import said_now
from annotator.services.reasons import reason_add, reason_moderate, reason_take_back
from annotator.views import errors, reveal
from annotator.views.unchanged import mark_of, not_modified


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """All of them for who teaches; a post adds one's own."""
    user = access.signed_in(request)
    if request.method == "POST":
        return added(request, *access.exercise_discussed(user, exercise_uuid))
    exercise = access.exercise_analysed(user, exercise_uuid)
    return listed(request, exercise, access.own_membership(user, exercise.classroom))


def added(request: HttpRequest, exercise: Exercise, member: Membership) -> HttpResponse:
    """Keep the reason, or show the passage again with what was wrong and with what was typed."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return errors.incomplete(request)
    article = access.article_discussed(exercise, member, form.cleaned_data["article"])
    written = form.written()
    try:
        reason_add(exercise=exercise, article=article, member=member, written=written)
    except RuleError as error:
        typed = {"text": written.text, "label": written.label, "replaces": written.replaces}
        problem = errors.sentence(error)
        return reveal.shown(
            request, exercise, member, article.uuid, written.start, status=422, problem=problem, typed=typed
        )
    return to_passage(request, exercise, article.uuid, written.start)


@login_required
@require_safe
def said(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """The reasons about one passage of the reveal, for a reader who looks again and again; 304 while all is the same.

    `?article=` and `?start=` say which passage; 404 for what is none of one's own.
    """
    exercise, member = access.exercise_revealed(access.signed_in(request), exercise_uuid)
    uuid, start = reveal.article_asked(request), reveal.number_asked(request, "start")
    if uuid is None or start is None:
        raise Http404
    found = said_now(exercise, access.article_discussed(exercise, member, uuid), start, member)
    mark = mark_of(found)
    context = {"exercise": exercise, "said": found, "said_mark": mark, "is_teacher": member.is_teacher}
    answer = not_modified(request, mark) or render(request, "annotator/reveal/_said.html", context)
    answer.headers["ETag"] = mark
    return answer


@login_required
@require_POST
def take_back(request: HttpRequest, exercise_uuid: UUID, reason_uuid: UUID) -> HttpResponse:
    """Take one's own back."""
    exercise, member = access.exercise_discussed(access.signed_in(request), exercise_uuid)
    found = access.own_reason(exercise, member, reason_uuid)
    reason_take_back(reason=found)
    return to_passage(request, exercise, found.article.uuid, found.start)


@login_required
@require_POST
def moderate(request: HttpRequest, exercise_uuid: UUID, reason_uuid: UUID) -> HttpResponse:
    """Show one to everybody, hide it, or let it wait again."""
    user = access.signed_in(request)
    exercise = access.exercise_analysed(user, exercise_uuid)
    found = access.reason_taught(exercise, reason_uuid)
    member = access.own_membership(user, exercise.classroom)
    form = ModerateForm(request.POST)
    if not form.is_valid():
        return errors.incomplete(request)
    try:
        reason_moderate(reason=found, member=member, state=form.cleaned_data["state"])
    except RuleError as error:
        return refused(request, exercise, member, found, form.cleaned_data["back"], errors.sentence(error))
    if form.cleaned_data["back"]:
        return to_passage(request, exercise, found.article.uuid, found.start)
    return HttpResponseRedirect(reverse("reasons", args=[exercise.uuid]))


def refused(
    request: HttpRequest, exercise: Exercise, member: Membership, found: Reason, back: str, problem: str
) -> HttpResponse:
    """The page that the press came from, with the sentence that says why it did nothing."""
    if back:
        return reveal.shown(request, exercise, member, found.article.uuid, found.start, status=422, problem=problem)
    return listed(request, exercise, member, problem=problem, status=422)


def listed(
    request: HttpRequest, exercise: Exercise, member: Membership, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """The teacher's list; 304 to who looks again and has it already."""
    page = reason_list(exercise, member)
    mark = mark_of(page)
    context = {"exercise": exercise, "page": page, "problem": problem, "mark": mark}
    answer = not_modified(request, mark) if status == 200 else None
    name = "_list.html" if request.headers.get("HX-Request") or request.GET.get("part") else "page.html"
    return answer or render(request, f"annotator/reasons/{name}", context, status=status)


def to_passage(request: HttpRequest, exercise: Exercise, article: UUID, start: int) -> HttpResponse:
    """Back to the passage on the reveal, in the tab one was in."""
    query = urlencode({"article": article, "tag": request.POST.get("tag", ""), "at": start})
    return HttpResponseRedirect(f"{reverse('reveal', args=[exercise.uuid])}?{query}#passage")

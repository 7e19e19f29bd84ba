"""Make the key: the readers' proposals, accepted, edited or rejected one after another."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.adjudicate import DecisionForm, WhereForm
from annotator.models import Article, Exercise
from annotator.reports.adjudicate_page import Asked, adjudicate_page, articles_in
from annotator.reports.adjudication import consensus_of
from annotator.services.adjudication import decision_make, decision_undo
from annotator.views import errors


@login_required
@require_safe
def adjudicate(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """The page of one article of the exercise, the first by default."""
    exercise = access.exercise_analysed(access.signed_in(request), exercise_uuid)
    asked = WhereForm(request.GET).asked()
    named = asked.get("article")
    article = next((each for each in articles_in(exercise) if named in {each.uuid, None}), None)
    if article is None:
        raise Http404
    return shown(request, exercise, article, asked)


@login_required
@require_POST
def decide(request: HttpRequest, exercise_uuid: UUID, article_uuid: UUID) -> HttpResponse:
    """Keep one decision and go on to the next proposal."""
    user = access.signed_in(request)
    exercise = access.exercise_analysed(user, exercise_uuid)
    article = access.article_in(exercise, article_uuid)
    member = access.own_membership(user, exercise.classroom)
    form = DecisionForm(request.POST)
    asked = WhereForm(request.POST).asked()
    if not form.is_valid():
        return refused(request, exercise, article, asked, str(next(iter(form.errors.values()))[0]))
    number = form.cleaned_data["number"]
    try:
        found = consensus_of(exercise, article, asked["share"])
        decision_make(exercise=exercise, article=article, member=member, found=found, choice=form.choice())
    except RuleError as error:
        given = form.cleaned_data
        where = {**asked, "at": number, "start": given["first"], "end": given["last"]}
        return refused(request, exercise, article, where, errors.sentence(error))
    return onwards(request, exercise, article, share=asked["share"], then=number)


@login_required
@require_POST
def undecide(request: HttpRequest, exercise_uuid: UUID, article_uuid: UUID, decision_uuid: UUID) -> HttpResponse:
    """Take one decision back."""
    user = access.signed_in(request)
    exercise = access.exercise_analysed(user, exercise_uuid)
    article = access.article_in(exercise, article_uuid)
    member = access.own_membership(user, exercise.classroom)
    asked = WhereForm(request.POST).asked()
    try:
        decision_undo(exercise=exercise, article=article, member=member, uuid=decision_uuid)
    except RuleError as error:
        return refused(request, exercise, article, asked, errors.sentence(error))
    return onwards(request, exercise, article, share=asked["share"], back=decision_uuid)


def onwards(request: HttpRequest, exercise: Exercise, article: Article, **where: Any) -> HttpResponse:
    """To the next proposal that waits, or back to one: by address, or at once where htmx asks."""
    address = f"{reverse('adjudicate', args=[exercise.uuid])}?{urlencode({'article': article.uuid, **where})}"
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(f"{address}#now")
    response = shown(request, exercise, article, where)
    response["HX-Replace-Url"] = address
    return response


def refused(
    request: HttpRequest, exercise: Exercise, article: Article, asked: dict[str, Any], problem: str
) -> HttpResponse:
    """The page again with what was wrong, and the reason as it was typed."""
    return shown(request, exercise, article, asked, status=422, problem=problem, why=request.POST.get("why", ""))


def shown(
    request: HttpRequest, exercise: Exercise, article: Article, asked: dict[str, Any], *, status: int = 200,
    **more: object,
) -> HttpResponse:  # fmt: skip
    """The page at one proposal."""
    where = Asked(
        asked["share"], asked.get("at"), asked.get("then") or 1, asked.get("start") or 0, asked.get("end") or 0,
        asked.get("back"),
    )  # fmt: skip
    context = {
        "exercise": exercise, "article": article, "articles": articles_in(exercise),
        "page": adjudicate_page(exercise, article, where), "fresh": uuid4, **more,
    }  # fmt: skip
    if not request.headers.get("HX-Request"):
        return render(request, "annotator/adjudicate/page.html", context, status=status)
    response = render(request, "annotator/adjudicate/_part.html", context, status=status)
    if request.method == "GET":
        response["HX-Replace-Url"] = request.get_full_path()
    return response

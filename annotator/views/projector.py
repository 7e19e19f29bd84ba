"""The projector: a page of its own that anybody may look at who has its address, and that answers to nothing."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.reports.projector_heat import heat_key, heat_page
from annotator.reports.projector_page import left_of, projector_page
from annotator.services.projector import projector_open
from annotator.views import errors
from annotator.views.unchanged import mark_of, not_modified


@login_required
@require_POST
def start(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """Open the projector's page; `do=new` gives it another address, and the old one shows nothing any more."""
    found = access.exercise(access.signed_in(request), exercise_uuid)
    try:
        token = projector_open(exercise=found, is_new=request.POST.get("do") == "new")
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    return redirect("projector", token=token)


@require_safe
def projector(request: HttpRequest, token: str) -> HttpResponse:
    """The whole page. No session is asked for, none is begun."""
    return render(request, "annotator/projector/page.html", with_heat(screen(request, token)))


@require_safe
def now(request: HttpRequest, token: str) -> HttpResponse:
    """The screen, asked for every few seconds."""
    context = screen(request, token)
    response = not_modified(request, context["mark"])
    if response is None:
        response = render(request, "annotator/projector/_screen.html", with_heat(context))
    response.headers["ETag"] = context["mark"]
    return response


def screen(request: HttpRequest, token: str) -> dict[str, Any]:
    """What the screen shows, and its ETag; without the heat maps, which cost more than all the rest."""
    found = access.projector(token)
    page = projector_page(found, join_address=request.build_absolute_uri(reverse("join")))
    tag, number = request.GET.get("tag", ""), request.GET.get("article", "")
    is_shown = access.may_reader_see_others(found) and page.place == "shown"
    mark = mark_of(page, tag, number, heat_key(found) if is_shown else None)
    clock = page.countdown
    return {
        "exercise": found,
        "page": page,
        "mark": mark,
        "is_shown": is_shown,
        "tag": tag,
        "number": number,
        "token": token,
        "left": left_of(clock) if clock else 0,
    }


def with_heat(context: dict[str, Any]) -> dict[str, Any]:
    """The same with the heat map, as long as readers may see it."""
    if not context["is_shown"]:
        return context
    return context | {"heat": heat_page(context["exercise"], context["tag"], context["number"])}

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
from annotator.models import Exercise
from annotator.reports.projector_heat import heat_key, heat_page
from annotator.reports.projector_page import left_of, projector_page
from annotator.reports.spotlight import Asked, spotlight, wall_reasons
from annotator.services.projector import projector_open
from annotator.services.spotlight import spot_of
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
    return render(request, "annotator/projector/page.html", with_article(screen(request, token)))


@require_safe
def now(request: HttpRequest, token: str) -> HttpResponse:
    """The screen, asked for every few seconds."""
    context = screen(request, token)
    response = not_modified(request, context["mark"])
    if response is None:
        response = render(request, "annotator/projector/_screen.html", with_article(context))
    response.headers["ETag"] = context["mark"]
    return response


def screen(request: HttpRequest, token: str) -> dict[str, Any]:
    """What the screen shows, and its ETag; without the article, which costs more than all the rest."""
    found = access.projector(token)
    page = projector_page(found, join_address=request.build_absolute_uri(reverse("join")))
    is_shown = access.may_reader_see_others(found) and page.place in {"shown", "spotlight"}
    asked = {name: request.GET.get(name, "") for name in ("tag", "article", "passage", "since")}
    reasons = wall_reasons(found) if is_shown and page.place == "spotlight" else []
    clock = page.countdown
    return {
        "exercise": found,
        "page": page,
        "mark": mark_of(page, asked, heat_key(found) if is_shown else None, spot_of(found), reasons),
        "is_shown": is_shown,
        "asked": asked,
        "since": since(found),
        "reasons": reasons,
        "token": token,
        "left": left_of(clock) if clock else 0,
    }


def since(exercise: Exercise) -> str:
    """What names the passage that the lesson has chosen, and gives nothing of it away."""
    return mark_of(spot_of(exercise))[1:9]


def with_article(context: dict[str, Any]) -> dict[str, Any]:
    """The same with the heat map or the passage, as long as readers may see it."""
    if not context["is_shown"]:
        return context
    found, asked = context["exercise"], context["asked"]
    if context["page"].place == "shown":
        return context | {"heat": heat_page(found, asked["tag"], asked["article"])}
    # Whoever goes their own way on the wall is taken along again as soon as the lesson goes on.
    is_own_way = asked["passage"] and asked["since"] == context["since"]
    wanted = Asked(asked["article"], asked["passage"]) if is_own_way else Asked()
    return context | {"spot": spotlight(found, wanted, context["reasons"]), "is_own_way": is_own_way}

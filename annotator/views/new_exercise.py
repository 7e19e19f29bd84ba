"""A new exercise: articles from the library in an order, tags, and who reads it, on one page that needs no script."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.exercises import NewExerciseForm, articles_after, uuids
from annotator.models import User
from annotator.reports.new_exercise import new_exercise_page
from annotator.services.exercises import exercise_set_up
from annotator.views import errors


@access.teacher_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The page; a press that chooses articles shows it again, “Start” or “Save as draft” makes the exercise."""
    user = access.signed_in(request)
    if request.method != "POST":
        return shown(request, form_for(user, initial=asked(request.GET)))
    do = request.POST.get("do", "")
    if do not in {"start", "draft"}:
        kept = asked(request.POST)
        kept["article"] = articles_after(kept["article"], do)
        return shown(request, form_for(user, initial=kept), pressed=do)
    return made(request, form_for(user, data=request.POST), is_started=do == "start")


def made(request: HttpRequest, form: NewExerciseForm, *, is_started: bool) -> HttpResponse:
    """The new exercise, or the page again with a sentence wherever something is missing."""
    user = access.signed_in(request)
    if not form.is_valid():
        return shown(request, form, status=422)
    articles = access.articles_named(user, form.cleaned_data["article"])
    if len(articles) < len(form.cleaned_data["article"]):
        form.add_error("article", _("An article is no longer in your library, so it left the list. Look it over."))
        return shown(request, form, status=422)
    try:
        exercise = exercise_set_up(
            teacher=user, sent=form.cleaned_data["sent"], title=form.cleaned_data["title"], articles=articles,
            codebook_version=form.cleaned_data["codebook"], classroom=form.classroom(), is_started=is_started,
        )  # fmt: skip
    except RuleError as error:
        form.add_error(None, errors.sentence(error))
        return shown(request, form, status=422)
    return redirect("exercise", exercise_uuid=exercise.uuid)


def form_for(user: User, *, initial: dict[str, Any] | None = None, data: QueryDict | None = None) -> NewExerciseForm:
    """The form with what this teacher may choose."""
    rooms, codebooks = list(access.rooms_for_exercises(user)), list(access.codebooks_of(user))
    if initial is not None:
        initial["codebook"] = initial["codebook"] or next((str(each.uuid) for each in codebooks), "")
        initial["room"] = initial["room"] or (str(rooms[0].uuid) if len(rooms) == 1 else "")
        initial["time_zone"] = initial["time_zone"] or next((room.time_zone for room in rooms), "UTC")
    return NewExerciseForm(data, initial=initial, rooms=rooms, codebooks=codebooks)


def asked(given: QueryDict) -> dict[str, Any]:
    """What an address or a press says, with nothing demanded of it."""
    named = ("title", "q", "name", "time_zone", "codebook")
    asked: dict[str, Any] = {name: given.get(name, "").replace("\0", "") for name in named}
    asked |= {"article": uuids(given.getlist("article")), "room": given.get("room") or given.get("classroom", "")}
    return asked | {"sent": given.get("sent") or str(uuid.uuid4())}


def shown(request: HttpRequest, form: NewExerciseForm, *, pressed: str = "", status: int = 200) -> HttpResponse:
    """The page, with the articles that are still there."""
    user = access.signed_in(request)
    chosen = access.articles_named(user, uuids(form["article"].value() or []))
    page = new_exercise_page(chosen, access.articles_of(user), list(form.rooms.values()), form["q"].value() or "")
    context = {"form": form, "page": page, "pressed": pressed, "codebooks": list(form.codebooks.values())}
    return render(request, "annotator/new_exercise/page.html", context, status=status)

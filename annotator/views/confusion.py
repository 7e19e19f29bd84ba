"""Which tags meet on the same words, the passages behind each number, and rules written about them."""

from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.rule_book import LookForm, RuleForm
from annotator.models import Exercise
from annotator.reports.confusion_page import ConfusionPage, confusion_page
from annotator.services.rule_books import rule_write
from annotator.views import errors


@login_required
@require_safe
def confusion(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """The page, or its part alone for htmx; `?article=` `?cell=` `?at=` choose article, cell and passage."""
    exercise = access.exercise_analysed(access.signed_in(request), exercise_uuid)
    return shown(request, exercise, page_asked(exercise, request.GET))


@login_required
@require_POST
def write(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """Add one rule to the draft of the codebook's next version."""
    user = access.signed_in(request)
    exercise = access.exercise_analysed(user, exercise_uuid)
    member = access.own_membership(user, exercise.classroom)
    page = page_asked(exercise, request.POST)
    if page.offer is None:
        return shown(request, exercise, page, status=422)
    form = RuleForm(request.POST, page=page, offer=page.offer)
    if not form.is_valid():
        return shown(request, exercise, page, status=422, form=form)
    try:
        entry = rule_write(exercise=exercise, member=member, rule=form.rule())
    except RuleError as error:
        return shown(request, exercise, page, status=422, form=form, problem=errors.sentence(error))
    messages.success(request, _("Your rule is in the draft of version %(number)d.") % {"number": entry.version.number})
    return back_to(exercise, request.POST)


def page_asked(exercise: Exercise, given: QueryDict) -> ConfusionPage:
    """The page that an address asks for; 404 for an article that is not the exercise's."""
    asked = LookForm(given).asked()
    page = confusion_page(exercise, asked) if asked else None
    if page is None:
        raise Http404
    return page


def back_to(exercise: Exercise, given: QueryDict) -> HttpResponse:
    """To the same cell."""
    kept = {name: given[name] for name in ("article", "cell", "at", "all") if given.get(name)}
    return HttpResponseRedirect(f"{reverse('confusion', args=[exercise.uuid])}?{urlencode(kept)}")


def shown(
    request: HttpRequest, exercise: Exercise, page: ConfusionPage, *, status: int = 200, form: RuleForm | None = None,
    problem: str = "",
) -> HttpResponse:  # fmt: skip
    """The page, a refused rule as it was typed."""
    typed = {name: request.POST.get(name, "") for name in ("card", "other", "text", "example")}
    context = {
        "exercise": exercise, "is_teacher": True, "page": page, "fresh": uuid4, "is_refused": status >= 400,
        "problem": problem or first_error(form), "typed": typed,
    }  # fmt: skip
    name = "_confusion.html" if request.headers.get("HX-Request") else "page.html"
    return render(request, f"annotator/confusion/{name}", context, status=status)


def first_error(form: RuleForm | None) -> str:
    """What a form that is not complete says first."""
    return next((str(each[0]) for each in form.errors.values()), "") if form else ""

"""What was done in one's own reading: the list, and going back to one of its steps."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.domain.whole_numbers import whole_number
from annotator.forms.annotate import BackForm
from annotator.models import Reading
from annotator.reports.reading_history import reading_history
from annotator.services.going_back import reading_go_back
from annotator.views import errors
from annotator.views.annotate import refusal_status, write_refusal

LONGEST = 6


@login_required
@require_safe
def history(request: HttpRequest, reading_uuid: uuid.UUID) -> HttpResponse:
    """The page, or its list alone for a script; `?page=` for what was done earlier."""
    own = access.reading(access.signed_in(request), reading_uuid)
    return shown(request, own)


def shown(request: HttpRequest, own: Reading, *, problem: str = "", done: str = "", status: int = 200) -> HttpResponse:
    """The list, after a refusal with its sentence, after going back with what came of it."""
    actor = access.actor(access.signed_in(request), own)
    page = whole_number(request.GET.get("page", ""), LONGEST) or 1
    refusal = write_refusal(own)
    context = {
        "reading": own,
        "article": own.article,
        "exercise": own.exercise,
        "history": reading_history(own, viewer=actor.pk if actor else None, page=page),
        "is_writable": not refusal,
        "why_not": refusal,
        "operation": uuid.uuid4(),
        "problem": problem,
        "done": done,
    }
    name = "_history.html" if request.headers.get("HX-Request") else "page.html"
    return render(request, f"annotator/history/{name}", context, status=status)


@login_required
@require_POST
def go_back(request: HttpRequest, reading_uuid: uuid.UUID) -> HttpResponse:
    """Bring one's own reading to how it stood after a step of its history."""
    user = access.signed_in(request)
    own = access.reading(user, reading_uuid)
    form = BackForm(request.POST)
    if not form.is_valid():
        return shown(request, own, problem=_("This form was not complete. Load the page again."), status=422)
    fields = form.cleaned_data
    try:
        number = reading_go_back(
            reading=own, to=fields["to"], operation=fields["operation"], actor=access.actor(user, own)
        )
    except RuleError as error:
        own = access.reading(user, reading_uuid)
        return shown(request, own, problem=errors.sentence(error), status=refusal_status(error))
    done = went_back(number)
    if request.headers.get("HX-Request"):
        return shown(request, own, done=done)
    messages.success(request, done)
    return redirect("reading-history", reading_uuid=own.uuid)


def went_back(number: int) -> str:
    """What came of it."""
    if not number:
        return _("Nothing to change: your highlights stand as they did then.")
    words = ngettext("You went back. %(n)d highlight changed.", "You went back. %(n)d highlights changed.", number)
    return words % {"n": number}

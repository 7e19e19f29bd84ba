"""Coming back as the same reader on another device, and leaving a shared computer."""

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.doors import ResumeForm
from annotator.models import Door
from annotator.services.resuming import Way, member_return
from annotator.views import errors, visitor
from annotator.views.join import code_asked, started


@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Class code, name and resume code."""
    return asked(request) if request.method != "POST" else received(request)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The same past a class's link, which stands for its code."""
    try:
        door = access.door_to_return_by(token)
    except Http404:
        return code_asked(request, problem=_("This link does not open a class."), status=404)
    return asked(request, door) if request.method != "POST" else received(request, door)


def received(request: HttpRequest, door: Door | None = None) -> HttpResponse:
    """Let the reader back in, or show the form again with one sentence."""
    form = ResumeForm(request.POST)
    form.is_valid()
    given = form.cleaned_data
    way = Way(door=door, typed=given.get("code", ""), address=visitor.address_of(request))
    try:
        member = member_return(way=way, name=given.get("name", ""), resume=given.get("resume", ""))
    except RuleError as error:
        return refused(request, door, form, error)
    return started(request, member)


def refused(request: HttpRequest, door: Door | None, form: ResumeForm, error: RuleError) -> HttpResponse:
    """The form with one sentence; 429 says how long to wait."""
    is_slowed = error.code == "too_many"
    response = asked(request, door, given=form.cleaned_data, problem=errors.sentence(error), slowed=is_slowed)
    if is_slowed:
        response.headers["Retry-After"] = str(error.params["seconds"])
    return response


def asked(
    request: HttpRequest, door: Door | None = None, *, given: dict[str, str] | None = None, problem: str = "",
    slowed: bool = False,
) -> HttpResponse:  # fmt: skip
    """The page; the link to it may bring the name along."""
    typed = given or {"name": request.GET.get("name", "")[:40]}
    status = 429 if slowed else 422 if problem else 200
    return render(
        request, "annotator/join/resume.html", {"door": door, "typed": typed, "problem": problem}, status=status
    )


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session, here and on the server.

    No Clear-Site-Data: it would take along what waits here for somebody else. js/device/leaving.js deletes the own.
    """
    logout(request)
    return redirect(visitor.place_after(request, request.POST.get("next", ""), f"{reverse('join')}?left"))

"""Joining a class: the code, then a name to read under. Following the link goes past the code; only a press joins."""

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotator import access
from annotator.domain.codes import code_shown
from annotator.domain.errors import RuleError
from annotator.forms.doors import JoinForm
from annotator.models import Classroom, Door, Membership
from annotator.reports.join_page import join_page, running_exercise, spelled
from annotator.services.joining import Offer, door_recognise, member_join, offer_made, offer_read, offer_signed
from annotator.views import errors, visitor


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask for the code; the right one leads to the names."""
    if request.method != "POST":
        return code_asked(request)
    typed = request.POST.get("code", "")
    try:
        door = door_recognise(typed=typed, address=visitor.address_of(request))
    except RuleError as error:
        if error.code == "too_many":
            return errors.too_many(request, error)
        return code_asked(request, typed=typed, problem=errors.sentence(error), status=422)
    return redirect("join-link", token=door.token)


def code_asked(request: HttpRequest, *, typed: str = "", problem: str = "", status: int = 200) -> HttpResponse:
    """The page with the code; a wrong one stands there to be mended."""
    context = {"typed": typed[:40], "problem": problem, "has_left": "left" in request.GET}
    return render(request, "annotator/join/page.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Pick a name, see the resume code, start reading."""
    try:
        door = access.open_door(token)
    except Http404:
        return code_asked(request, problem=_("This link does not open a class."), status=404)
    member = access.membership_of(request.user, door.classroom)
    if member is not None:
        context = {"member": member, "classroom": door.classroom, "place": place_of_reader(door.classroom)}
        return render(request, "annotator/join/already.html", context, status=409 if request.POST else 200)
    if request.method != "POST":
        return names_shown(request, door, offer_made(door))
    return picked(request, door)


def picked(request: HttpRequest, door: Door) -> HttpResponse:
    """Three other names, or the start under the one that was picked."""
    form = JoinForm(request.POST)
    form.is_valid()
    try:
        offer = offer_read(request.POST.get("offer", ""), door)
    except RuleError as error:
        return names_shown(request, door, offer_made(door), form=form, problem=error)
    try:
        if form.cleaned_data.get("do") == "names":
            return names_shown(request, door, offer_made(door, kept=offer))
        return started(request, member_join(door=door, offer=offer, **form.choice()))
    except RuleError as error:
        offer = offer_made(door) if error.code == "old_offer" else offer
        return names_shown(request, door, offer, form=form, problem=error)


def started(request: HttpRequest, member: Membership) -> HttpResponse:
    """A fresh session for the new reader, and on to what the class is doing."""
    logout(request)
    visitor.session_begin(request, member.user)
    return redirect(place_of_reader(member.classroom))


def place_of_reader(classroom: Classroom) -> str:
    """The address of the exercise that pupils have come for, else home."""
    running = running_exercise(classroom)
    return reverse("exercise", args=[running.uuid]) if running else reverse("home")


def names_shown(
    request: HttpRequest, door: Door, offer: Offer, *, form: JoinForm | None = None, problem: RuleError | None = None
) -> HttpResponse:
    """The page with the names; what was picked stays picked."""
    picked = form.cleaned_data.get("pick", "") if form else ""
    context = {
        "door": door,
        "page": join_page(door.classroom),
        "offer": offer,
        "signed": offer_signed(offer),
        "code": code_shown(offer.code),
        "spelled": spelled(offer.code),
        "picked": picked if picked in {"own", "list", *offer.names} else offer.names[0],
        "own": form.cleaned_data.get("own", "") if form else "",
        "problem": problem,
        "problem_text": errors.sentence(problem) if problem else "",
    }
    return render(request, "annotator/join/name.html", context, status=422 if problem else 200)

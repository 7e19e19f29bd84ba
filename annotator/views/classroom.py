"""A class or team: who belongs to it and who leads, inviting and removing people, its name, its end."""

import uuid
import zoneinfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.exercises import ArchiveForm, ReadTooForm
from annotator.models import Classroom
from annotator.reports.class_people import class_people
from annotator.reports.classroom_page import classroom_page
from annotator.reports.door import DoorCard, door_card
from annotator.services.accounts import invitation_add
from annotator.services.classrooms import (
    classroom_archive,
    classroom_bring_back,
    classroom_rename,
    member_add,
    member_lead,
    member_remove,
)
from annotator.views import errors


@login_required
@require_safe
def classroom(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """People and exercises, for who teaches or leads."""
    return shown(request, access.classroom(access.signed_in(request), classroom_uuid))


@login_required
@require_POST
def invite(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """A link for one more teammate, shown this once and stored nowhere."""
    user = access.signed_in(request)
    team = access.classroom(user, classroom_uuid)
    if team.kind != Classroom.Kind.TEAM:
        raise Http404
    if team.archived_at is not None:
        return shown(request, team, problem=_("This team is in the archive. Bring it back first."), status=422)
    token = invitation_add(created_by=user, classroom=team)
    return shown(request, team, address=request.build_absolute_uri(reverse("invitation", args=[token])))


@login_required
@require_POST
def rename(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """Another name."""
    room = access.classroom(access.signed_in(request), classroom_uuid)
    try:
        classroom_rename(classroom=room, name=request.POST.get("name", ""))
    except RuleError as error:
        return shown(request, room, name_problem=errors.sentence(error), status=422)
    messages.success(request, _("Renamed."))
    return redirect("classroom", classroom_uuid=room.uuid)


@login_required
@require_POST
def archive(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """Put it away, or bring it back."""
    room = access.classroom(access.signed_in(request), classroom_uuid)
    form = ArchiveForm(request.POST)
    if not form.is_valid():
        return errors.incomplete(request)
    if form.cleaned_data["do"] == "archive":
        classroom_archive(classroom=room)
        messages.success(request, _("“%(name)s” is in the archive.") % {"name": room.name})
    else:
        classroom_bring_back(classroom=room)
        messages.success(request, _("“%(name)s” is back.") % {"name": room.name})
    return redirect("classroom", classroom_uuid=room.uuid)


@login_required
@require_POST
def read_too(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """Who leads reads as well, from now on."""
    user = access.signed_in(request)
    room = access.classroom(user, classroom_uuid)
    form = ReadTooForm(request.POST)
    try:
        member_add(classroom=room, user=user, is_reader=True)
    except RuleError as error:
        return shown(request, room, problem=errors.sentence(error), status=422)
    messages.success(request, _("You read too. Your reading counts like everybody’s."))
    came_from = form.cleaned_data.get("exercise") if form.is_valid() else None
    if came_from is None:
        return redirect("classroom", classroom_uuid=room.uuid)
    return redirect("exercise", exercise_uuid=access.exercise(user, came_from).uuid)


@login_required
@require_POST
def lead(request: HttpRequest, classroom_uuid: uuid.UUID, member_uuid: uuid.UUID) -> HttpResponse:
    """Let a teammate or colleague lead too."""
    room = access.classroom(access.signed_in(request), classroom_uuid)
    member = access.member(room, member_uuid)
    try:
        member_lead(member=member)
    except RuleError as error:
        return shown(request, room, problem=errors.sentence(error), status=422)
    messages.success(request, _("%(name)s leads too.") % {"name": member.user.get_full_name()})
    return redirect("classroom", classroom_uuid=room.uuid)


@login_required
@require_POST
def remove(request: HttpRequest, classroom_uuid: uuid.UUID, member_uuid: uuid.UUID) -> HttpResponse:
    """Somebody no longer belongs; who removes oneself goes home."""
    user = access.signed_in(request)
    room = access.classroom(user, classroom_uuid)
    member = access.member(room, member_uuid)
    try:
        member_remove(member=member)
    except RuleError as error:
        return shown(request, room, problem=errors.sentence(error), status=422)
    name = member.shown_name
    messages.success(request, _("%(name)s no longer belongs to “%(room)s”.") % {"name": name, "room": room.name})
    return redirect("home") if member.user_id == user.pk else redirect("classroom", classroom_uuid=room.uuid)


def shown(
    request: HttpRequest, room: Classroom, *, address: str = "", problem: str = "", name_problem: str = "",
    new_code: dict[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page."""
    user = access.signed_in(request)
    viewer = access.own_membership(user, room)
    context = {
        "classroom": room,
        "page": classroom_page(room, viewer, access.exercises_taught_by(user)),
        "address": address,
        "card": door_shown(request, room),
        "people": class_people(room) if room.kind == Classroom.Kind.CLASS else None,
        "zones": sorted(zoneinfo.available_timezones()),
        "new_code": new_code,
        "problem": problem,
        "name_problem": name_problem,
        "typed_name": request.POST.get("name", room.name),
    }
    return render(request, "annotator/classroom/page.html", context, status=status)


def door_shown(request: HttpRequest, room: Classroom) -> DoorCard | None:
    """The card of a class's door."""
    if room.kind != Classroom.Kind.CLASS:
        return None
    return door_card(room, join_address=request.build_absolute_uri(reverse("join")))

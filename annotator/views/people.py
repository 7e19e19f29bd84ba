"""What a teacher does with the pupils of a class: another name, a new resume code, back in, two that are one."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotator import access
from annotator.domain.codes import code_shown
from annotator.domain.errors import RuleError
from annotator.forms.doors import MergeForm, NameForm
from annotator.models import Classroom
from annotator.services.classrooms import classroom_zone
from annotator.services.members import member_let_back, member_merge, member_rename, resume_code_reset
from annotator.views import errors
from annotator.views.classroom import shown


def done(request: HttpRequest, room: Classroom, action: Callable[[], object], said: str) -> HttpResponse:
    """Do it and go back to the class, or show there why not."""
    try:
        action()
    except RuleError as error:
        return shown(request, room, problem=errors.sentence(error), status=422)
    messages.success(request, said)
    return redirect("classroom", classroom_uuid=room.uuid)


@login_required
@require_POST
def rename(request: HttpRequest, classroom_uuid: uuid.UUID, member_uuid: uuid.UUID) -> HttpResponse:
    """Another name for a pupil."""
    room = access.class_taught(access.signed_in(request), classroom_uuid)
    member = access.member(room, member_uuid)
    form = NameForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    return done(request, room, lambda: member_rename(member=member, name=name), _("Renamed."))


@login_required
@require_POST
def code(request: HttpRequest, classroom_uuid: uuid.UUID, member_uuid: uuid.UUID) -> HttpResponse:
    """A new resume code, shown this once."""
    room = access.class_taught(access.signed_in(request), classroom_uuid)
    member = access.member(room, member_uuid)
    try:
        made = resume_code_reset(member=member, everywhere=request.POST.get("everywhere") == "1")
    except RuleError as error:
        return shown(request, room, problem=errors.sentence(error), status=422)
    new_code = {"name": member.shown_name, "code": code_shown(made)}
    return shown(request, room, new_code=new_code)


@login_required
@require_POST
def let_back(request: HttpRequest, classroom_uuid: uuid.UUID, member_uuid: uuid.UUID) -> HttpResponse:
    """Somebody who was removed belongs again."""
    room = access.class_taught(access.signed_in(request), classroom_uuid)
    member = access.removed_member(room, member_uuid)
    return done(request, room, lambda: member_let_back(member=member), _("Back in the class."))


@login_required
@require_POST
def merge(request: HttpRequest, classroom_uuid: uuid.UUID, member_uuid: uuid.UUID) -> HttpResponse:
    """Two that are one person."""
    room = access.class_taught(access.signed_in(request), classroom_uuid)
    member = access.member(room, member_uuid)
    form = MergeForm(request.POST)
    if not form.is_valid():
        return shown(request, room, problem=_("Choose whose work is this person’s too."), status=422)
    into = access.member(room, form.cleaned_data["into"])
    said = _("They are one now. All work goes on under the name that was kept.")
    return done(request, room, lambda: member_merge(member=member, into=into), said)


@login_required
@require_POST
def zone(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """Another clock."""
    room = access.classroom(access.signed_in(request), classroom_uuid)
    wanted = request.POST.get("time_zone", "")
    return done(request, room, lambda: classroom_zone(classroom=room, time_zone=wanted), _("The clock is set."))

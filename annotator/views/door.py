"""A class's door, for who teaches it: making and locking it, a new code, another time to run out."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.doors import DoorForm
from annotator.models import Classroom
from annotator.services.doors import door_keep_until, door_lock, door_of, door_renew
from annotator.views import errors, visitor


@login_required
@require_POST
def door(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """One change, then back to the page where the card stands."""
    room = access.classroom(access.signed_in(request), classroom_uuid)
    form = DoorForm(request.POST, zone=room.time_zone)
    if not form.is_valid():
        return errors.refusal(request, form.sentence(), 422)
    try:
        said = changed(room, form)
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    messages.success(request, said)
    wanted = form.cleaned_data["next"] or reverse("classroom", args=[room.uuid])
    return redirect(visitor.place_after(request, wanted))


def changed(room: Classroom, form: DoorForm) -> str:
    """Do what was asked; what to say about it."""
    match form.cleaned_data["do"]:
        case "lock":
            door_lock(classroom=room, is_locked=True)
            return _("Locked. Nobody new comes in; who has joined can still come back.")
        case "unlock":
            door_lock(classroom=room, is_locked=False)
            return _("Unlocked. The code lets people in again.")
        case "renew":
            door_renew(classroom=room)
            return _("There is a new code. The old code and link no longer work; who has joined stays.")
        case "keep":
            door_keep_until(classroom=room, expires_at=form.cleaned_data["until"])
            return _("The code works longer now.")
        case _word:
            door_of(classroom=room)
            return _("The door is open. Readers join with the code or the link.")

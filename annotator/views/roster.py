"""The class list: names typed, pasted or from a CSV file, looked at before anything is stored; mending one."""

import json
import uuid
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotator import access
from annotator.domain.errors import RuleError
from annotator.domain.roster import RosterRow, typed_rows
from annotator.forms.doors import RosterEntryForm, RosterForm, RosterRowsForm
from annotator.importers.roster_csv import RosterFile
from annotator.importers.sandbox import list_in_child
from annotator.models import Classroom
from annotator.services.roster import roster_add, roster_mend, roster_plan, roster_remove
from annotator.views import errors
from annotator.views.classroom import shown
from annotator.views.people import done


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """Type, paste or choose a file; then look at what was found."""
    user = access.signed_in(request)
    room = access.class_taught(user, classroom_uuid)
    if request.method != "POST":
        return asked(request, room)
    form = RosterForm(request.POST, request.FILES)
    form.is_valid()
    try:
        found = found_in(form, str(user.uuid))
        plan = roster_plan(classroom=room, rows=found.rows)
    except RuleError as error:
        return asked(request, room, problem=errors.sentence(error))
    rows = json.dumps([asdict(row) for row in plan.new], ensure_ascii=False)
    context = {"classroom": room, "found": found, "plan": plan, "rows": rows}
    return render(request, "annotator/roster/preview.html", context)


def found_in(form: RosterForm, person: str) -> RosterFile:
    """The rows of the file, or of the typed text; without either, none. One file at a time is read for `person`."""
    file = form.cleaned_data.get("file")
    if file is not None:
        return list_in_child(file.read(), person)
    return RosterFile(typed_rows(form.cleaned_data.get("names", "")), [], 0, [])


def asked(request: HttpRequest, room: Classroom, *, problem: str = "") -> HttpResponse:
    """The form; what was typed stays."""
    context = {"classroom": room, "typed": request.POST.get("names", ""), "problem": problem}
    return render(request, "annotator/roster/page.html", context, status=422 if problem else 200)


@login_required
@require_POST
def save(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """Store what was looked at."""
    room = access.class_taught(access.signed_in(request), classroom_uuid)
    form = RosterRowsForm(request.POST)
    if not form.is_valid():
        return errors.incomplete(request)
    try:
        made = roster_add(classroom=room, rows=[RosterRow(**row) for row in form.cleaned_data["rows"]])
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    messages.success(
        request,
        ngettext("%(count)s name is on the class list now.", "%(count)s names are on the class list now.", len(made))
        % {"count": len(made)},
    )
    return redirect("classroom", classroom_uuid=room.uuid)


@login_required
@require_POST
def mend(request: HttpRequest, classroom_uuid: uuid.UUID, entry_uuid: uuid.UUID) -> HttpResponse:
    """Another name, number or section for one entry."""
    room = access.class_taught(access.signed_in(request), classroom_uuid)
    entry = access.listed_pupil(room, entry_uuid)
    form = RosterEntryForm(request.POST)
    if not form.is_valid():
        return shown(request, room, problem=_("That is too long for a class list."), status=422)
    given: dict[str, Any] = form.cleaned_data
    return done(request, room, lambda: roster_mend(entry=entry, **given), _("The class list is changed."))


@login_required
@require_POST
def remove(request: HttpRequest, classroom_uuid: uuid.UUID, entry_uuid: uuid.UUID) -> HttpResponse:
    """Take a name off the list."""
    room = access.class_taught(access.signed_in(request), classroom_uuid)
    entry = access.listed_pupil(room, entry_uuid)
    return done(request, room, lambda: roster_remove(entry=entry), _("The name is off the list."))

"""A lesson while it runs, for who teaches it: how it stands, its clock, a word and more time for its readers."""

import uuid
import zoneinfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.domain.lesson_clock import Moment, moment
from annotator.forms.lessons import ClockForm, ExtraTimeForm, NudgeForm, SwitchesForm, WordsForm, first_problem
from annotator.models import Exercise
from annotator.reports.exercise_page import lesson_panel
from annotator.reports.lesson_options import lesson_options
from annotator.reports.print_sheet import print_sheet
from annotator.services.exercises import exercise_settings
from annotator.services.lesson_presses import clock_press, extra_time_to, options_set, readers_at_work_nudge
from annotator.services.lessons import readers_nudge
from annotator.views import errors
from annotator.views.exercise import refused
from annotator.views.unchanged import mark_of, not_modified

TIMED = {
    "longer": gettext_lazy("Two minutes more for all."),
    "pause": gettext_lazy("The clock stands still."),
    "resume": gettext_lazy("The clock goes on."),
    "last": gettext_lazy("Two minutes are left."),
    "off": gettext_lazy("There is no clock now."),
    "set": gettext_lazy("The clock is set."),
}


@login_required
@require_safe
def progress(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """The parts of the page that change by themselves; 304 to who has them already."""
    user = access.signed_in(request)
    found = access.exercise(user, exercise_uuid)
    panel = lesson_panel(found, user, is_open_to_all=access.may_see_others(found), is_ticking=False)
    mark = mark_of(found.uuid, found.exit_question, found.classroom.kind, get_language(), panel)
    answer = not_modified(request, mark) or render(
        request, "annotator/exercise/_live.html", {"exercise": found, "lesson": panel}
    )
    answer.headers["ETag"] = mark
    return answer


@login_required
@require_POST
def timer(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """One press on the clock."""
    found = access.exercise(access.signed_in(request), exercise_uuid)
    form = ClockForm(request.POST)
    if not form.is_valid():
        return refused(request, found, first_problem(form))
    sent = form.cleaned_data
    due = moment(sent["due"], zone_of(found)) if sent["due"] else None
    try:
        clock_press(
            exercise=found, press=sent["press"], seen=sent["seen"], minutes=sent["minutes"],
            due_at=due.at if due else None,
        )  # fmt: skip
    except RuleError as error:
        return refused(request, found, errors.sentence(error))
    return done(request, found, due_said(due, found) if due else str(TIMED[sent["press"]]))


def zone_of(found: Exercise) -> zoneinfo.ZoneInfo:
    """The class's zone."""
    return zoneinfo.ZoneInfo(found.classroom.time_zone)


def due_said(due: Moment, found: Exercise) -> str:
    """When it is due, in the class's zone, and what the clocks do that night where it matters."""
    local = formats.date_format(due.at.astimezone(zone_of(found)), "l j F, H:i")
    said = _("Due %(time)s.") % {"time": local}
    if due.is_missing:
        said += " " + _("The clocks jump over the time you wrote.")
    if due.is_twice:
        said += " " + _("The clocks show that time twice; the later one is meant.")
    return said


@login_required
@require_POST
def options(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """The switches, or the exit question and the points: each a form of its own."""
    found = access.exercise(access.signed_in(request), exercise_uuid)
    form = WordsForm(request.POST) if "points" in request.POST else SwitchesForm(request.POST)
    if not form.is_valid():
        return refused(request, found, first_problem(form))
    try:
        if isinstance(form, WordsForm):
            exercise_settings(exercise=found, **form.cleaned_data)
        else:
            options_set(
                exercise=found, switches={name: form.cleaned_data[name] for name in lesson_options(found).open_names},
                late_joining=form.cleaned_data["late_joining"],
            )  # fmt: skip
    except RuleError as error:
        return refused(request, found, errors.sentence(error))
    return done(request, found, _("Saved."))


@login_required
@require_POST
def nudge(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """A word to one reader, or to all who are at work."""
    found = access.exercise(access.signed_in(request), exercise_uuid)
    form = NudgeForm(request.POST)
    if not form.is_valid():
        return refused(request, found, first_problem(form))
    wanted = form.cleaned_data["member"]
    try:
        if wanted:
            readers_nudge(exercise=found, members=[access.member(found.classroom, wanted)])
        else:
            readers_at_work_nudge(exercise=found)
    except RuleError as error:
        return refused(request, found, errors.sentence(error))
    return done(request, found, _("Nudged."))


@login_required
@require_POST
def extra_time(request: HttpRequest, exercise_uuid: uuid.UUID, member_uuid: uuid.UUID) -> HttpResponse:
    """More time for one reader."""
    found = access.exercise(access.signed_in(request), exercise_uuid)
    member = access.member(found.classroom, member_uuid)
    form = ExtraTimeForm(request.POST)
    if not form.is_valid():
        return refused(request, found, first_problem(form))
    try:
        extra_time_to(exercise=found, member=member, seconds=form.cleaned_data["extra"])
    except RuleError as error:
        return refused(request, found, errors.sentence(error))
    name = member.shown_name
    minutes = form.cleaned_data["extra"] // 60
    return done(
        request, found,
        _("%(name)s now has %(minutes)s extra minutes.") % {"name": name, "minutes": minutes},
    )  # fmt: skip


@login_required
@require_safe
def print_page(request: HttpRequest, exercise_uuid: uuid.UUID) -> HttpResponse:
    """The exercise on paper."""
    found = access.exercise(access.signed_in(request), exercise_uuid)
    return render(request, "annotator/exercise/print.html", {"exercise": found, "sheet": print_sheet(found)})


def done(request: HttpRequest, found: Exercise, said: str) -> HttpResponse:
    """Back to the exercise's page, with a word on what happened."""
    messages.success(request, said)
    return redirect("exercise", exercise_uuid=found.uuid)

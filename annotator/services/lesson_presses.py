"""Presses on the clock and for single readers, each safe to be sent twice: it says what it saw, or what it wants."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Door, Exercise, Membership, Participation, ReadingState
from annotator.services.doors import door_lock
from annotator.services.exercises import exercise_settings
from annotator.services.lesson_clock import (
    due_set,
    extra_time_add,
    timer_extend,
    timer_last_minutes,
    timer_pause,
    timer_resume,
    timer_set,
)
from annotator.services.lessons import readers_nudge

LONGER_SECONDS = 120
NO_TIME = gettext_noop("Say how many minutes, or on which day it is due.")
PRESSES: dict[str, Callable[..., Exercise]] = {
    "pause": timer_pause, "resume": timer_resume, "last": timer_last_minutes,
}  # fmt: skip


@transaction.atomic
def clock_press(
    *, exercise: Exercise, press: str, seen: int = 0, minutes: int | None = None, due_at: datetime | None = None
) -> Exercise:
    """One press on the clock: pause, resume, last, off, set (with `minutes` or `due_at`, UTC) or longer.

    `seen` is the end in seconds since 1970 that the page showed; where it is another by now, somebody was quicker, and
    a press on longer adds nothing.
    """
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if press in PRESSES:
        return PRESSES[press](exercise=locked)
    if press == "longer":
        return longer(locked, seen)
    if press == "off":
        return due_set(exercise=locked, due_at=None) if locked.is_homework else timer_set(exercise=locked, minutes=None)
    if due_at is not None:
        return due_set(exercise=locked, due_at=due_at)
    if minutes is None:
        raise RuleError(NO_TIME, code="no_time")
    return timer_set(exercise=locked, minutes=minutes)


def longer(exercise: Exercise, seen: int) -> Exercise:
    """Two minutes more than what the page showed."""
    end = exercise.ends_at or exercise.closed_at
    if end is None or int(end.timestamp()) != seen:
        return exercise
    return timer_extend(exercise=exercise, seconds=LONGER_SECONDS)


@transaction.atomic
def extra_time_to(*, exercise: Exercise, member: Membership, seconds: int) -> Exercise:
    """So much extra time in all for one reader; as much already, nothing changes."""
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    has = Participation.objects.filter(exercise=locked, member=member).values_list("extra_seconds", flat=True).first()
    more = seconds - (has or 0)
    return extra_time_add(exercise=locked, member=member, seconds=more) if more > 0 else locked


@transaction.atomic
def options_set(*, exercise: Exercise, switches: dict[str, bool], late_joining: bool) -> Exercise:
    """The lesson's switches, and its door; a class whose door was never made keeps having none."""
    done = exercise_settings(exercise=exercise, **switches)
    door = Door.objects.filter(classroom=exercise.classroom_id).first()
    if door is not None and door.is_locked == late_joining:
        door_lock(classroom=exercise.classroom, is_locked=not late_joining)
    return done


@transaction.atomic
def readers_at_work_nudge(*, exercise: Exercise) -> Exercise:
    """Nudge all who have an open reading in the round that runs."""
    rows = exercise.readings.filter(is_key=False, state=ReadingState.OPEN, member__removed_at=None)
    members = Membership.objects.filter(pk__in=rows.values("member"))
    return readers_nudge(exercise=exercise, members=list(members))

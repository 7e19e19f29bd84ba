"""The clock of an exercise: its timer or due date, extra time for one reader, and closing what has run out.

No process watches the clock. Whoever comes next applies what is due (`deadlines_apply`), dated to when it was due.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.lesson_clock import GRACE
from annotator.models import Exercise, Membership, Participation, Phase
from annotator.services.collecting import collect_by_clock, give_back_to
from annotator.services.exercises import IS_ARCHIVED, close_by_clock, exercise_move
from annotator.services.readings import whole_seconds

# The phases in which a clock runs. While revising it only shows the time: the teacher goes on.
TIMED = {Phase.OPEN, Phase.REVISING}
LAST_SECONDS = 120
MOST_MINUTES = 600
MOST_EXTRA = 4 * 3600
FURTHEST = timedelta(days=730)
DUE = """
    SELECT id FROM annotator_exercise
    WHERE ends_at <= %s AND ends_at IS NOT NULL AND (phase = 'open' OR (phase = 'closed' AND closed_by_clock))
    ORDER BY id"""

NO_TIMER_NOW = gettext_noop("A timer runs only while the class reads or revises. Set it before you open the reading.")
NO_TIMER = gettext_noop("No timer is set. Choose the minutes first.")
NO_MINUTES = gettext_noop("A timer runs for 1 to 600 minutes.")
NO_EXTRA = gettext_noop("Extra time is up to four hours. Choose a shorter one, or use no timer.")
PASSED = gettext_noop("That time has passed already. Choose a later one.")
TOO_FAR = gettext_noop("That day is more than two years away. Choose an earlier one.")
TOO_LATE = gettext_noop("The reading is closed for everybody. Open it again to give more time.")
IS_BEGUN = gettext_noop("A due date is set before the reading is closed.")


@transaction.atomic
def timer_set(*, exercise: Exercise, minutes: int | None) -> Exercise:
    """So many minutes from now, or no timer. A draft remembers them, and the opening starts them."""
    locked = held(exercise, {Phase.DRAFT, *TIMED})
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise RuleError(NO_MINUTES, code="no_minutes")
    if locked.phase != Phase.REVISING:
        locked.minutes, locked.is_homework = minutes, False
    runs = minutes is not None and locked.phase in TIMED
    return running(locked, whole_seconds() + timedelta(minutes=minutes or 0) if runs else None)


@transaction.atomic
def timer_extend(*, exercise: Exercise, seconds: int) -> Exercise:
    """More time for everybody. Just after the clock has closed the reading, it opens again for so long."""
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if just_closed(locked):
        return running(exercise_move(exercise=locked, phase=Phase.OPEN), whole_seconds() + timedelta(seconds=seconds))
    locked = held(exercise, TIMED)
    if locked.paused_seconds is not None:
        locked.paused_seconds += seconds
        locked.save(update_fields=["paused_seconds"])
        return locked
    if locked.ends_at is None:
        raise RuleError(NO_TIMER, code="no_timer")
    return running(locked, max(locked.ends_at, whole_seconds()) + timedelta(seconds=seconds))


def just_closed(exercise: Exercise) -> bool:
    """Whether the clock closed it less than the grace ago: who asked for more time then meant to be in time."""
    if exercise.phase != Phase.CLOSED or not exercise.closed_by_clock or exercise.closed_at is None:
        return False
    return exercise.revealed_at is None and whole_seconds() <= exercise.closed_at + GRACE


@transaction.atomic
def timer_pause(*, exercise: Exercise) -> Exercise:
    """The timer stands still and keeps what is left; it stands already, nothing changes."""
    locked = held(exercise, TIMED)
    if locked.paused_seconds is not None:
        return locked
    if locked.ends_at is None:
        raise RuleError(NO_TIMER, code="no_timer")
    locked.paused_seconds = max(0, int((locked.ends_at - whole_seconds()).total_seconds()))
    locked.ends_at = None
    locked.save(update_fields=["ends_at", "paused_seconds"])
    return locked


@transaction.atomic
def timer_resume(*, exercise: Exercise) -> Exercise:
    """The timer goes on with what was left; it runs already, nothing changes."""
    locked = held(exercise, TIMED)
    if locked.paused_seconds is None:
        if locked.ends_at is None:
            raise RuleError(NO_TIMER, code="no_timer")
        return locked
    return running(locked, whole_seconds() + timedelta(seconds=locked.paused_seconds))


@transaction.atomic
def timer_last_minutes(*, exercise: Exercise) -> Exercise:
    """Two minutes are left from now on, with or without a timer before; less stays less."""
    locked = held(exercise, TIMED)
    end = whole_seconds() + timedelta(seconds=LAST_SECONDS)
    return running(locked, end if locked.ends_at is None else min(end, locked.ends_at))


@transaction.atomic
def due_set(*, exercise: Exercise, due_at: datetime | None) -> Exercise:
    """A homework: blind until this moment (UTC), in place of a timer. None: no due date, and no timer.

    At most two years from now: at the calendar's end no page could say how long it is.
    """
    locked = held(exercise, {Phase.DRAFT, Phase.OPEN}, IS_BEGUN)
    due = due_at.replace(microsecond=0) if due_at else None
    if due is not None and due <= whole_seconds():
        raise RuleError(PASSED, code="passed")
    if due is not None and due > whole_seconds() + FURTHEST:
        raise RuleError(TOO_FAR, code="too_far")
    locked.is_homework, locked.minutes = due is not None, None
    return running(locked, due)


@transaction.atomic
def extra_time_add(*, exercise: Exercise, member: Membership, seconds: int) -> Exercise:
    """More time for one reader. When the clock has closed the reading, it counts from now, and gives the work back."""
    locked = held(exercise, {Phase.DRAFT, Phase.OPEN, Phase.CLOSED}, TOO_LATE)
    row, _ = Participation.objects.get_or_create(exercise=locked, member=member)
    now = whole_seconds()
    if locked.phase == Phase.CLOSED:
        if not locked.closed_by_clock or locked.closed_at is None or locked.revealed_at is not None:
            raise RuleError(TOO_LATE, code="too_late")
        row.extra_seconds = max(row.extra_seconds, int((now - locked.closed_at).total_seconds()))
    row.extra_seconds += seconds
    if seconds < 1 or row.extra_seconds > MOST_EXTRA:
        raise RuleError(NO_EXTRA, code="no_extra")
    row.save(update_fields=["extra_seconds"])
    if locked.phase == Phase.CLOSED:
        give_back_to(locked, member)
        collect_by_clock(locked, now)
        locked.save(update_fields=["ends_at"])
    return locked


def deadlines_apply() -> None:
    """Close what has run out, and take in whose extra time is over, each dated to its own end.

    One look at an index when nothing is due. Whoever comes at the same moment waits, and finds it done.
    """
    now = whole_seconds()
    for pk in due(now):
        deadline_apply(pk, now)


def due(now: datetime) -> list[int]:
    """The exercises whose clock has run out, by primary key."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, [connection.ops.adapt_datetimefield_value(now)])
        return [pk for (pk,) in cursor.fetchall()]


@transaction.atomic
def deadline_apply(pk: int, now: datetime) -> None:
    """What is due in one exercise, unless it was done meanwhile."""
    locked = Exercise.objects.select_for_update().filter(pk=pk).first()
    if locked is None or locked.ends_at is None or locked.ends_at > now:
        return
    if locked.phase == Phase.OPEN:
        close_by_clock(locked, now)
    elif locked.phase == Phase.CLOSED and locked.closed_by_clock:
        collect_by_clock(locked, now)
        locked.save(update_fields=["ends_at"])


def held(exercise: Exercise, phases: set[Phase], refusal: str = NO_TIMER_NOW) -> Exercise:
    """The exercise as it stands now, its row held; RuleError outside these phases."""
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if locked.phase == Phase.ARCHIVED:
        raise RuleError(IS_ARCHIVED, code="archived")
    if locked.phase not in phases:
        raise RuleError(refusal, code="no_clock_now")
    return locked


def running(exercise: Exercise, ends_at: datetime | None) -> Exercise:
    """The clock runs until `ends_at`, or there is none."""
    exercise.ends_at, exercise.paused_seconds = ends_at, None
    exercise.save(update_fields=["ends_at", "paused_seconds", "minutes", "is_homework"])
    return exercise

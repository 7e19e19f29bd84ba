"""The lesson as one reader's page follows it: the time left, whether it stands still, a nudge, what has changed."""

import hashlib
import zoneinfo
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone

from annotator.domain.lesson_clock import GRACE
from annotator.models import Exercise, Participation, Phase, Reading, ReadingState

LAST_SECONDS = 120


@dataclass(frozen=True, slots=True)
class ReadingLesson:
    """Nothing in it is of anybody else.

    `stand` is phase and state; a page asks with the one it was shown under, and `notice` names the new one where it
    differs. `ends_at` is the reader's own end in the class's zone, `left` the seconds until then, None without an end.
    `hands_in_until`: the reading was collected, and can still be handed in for so long.
    """

    stand: str
    notice: str = ""
    is_homework: bool = False
    is_still: bool = False
    is_shown: bool = True
    is_by_clock: bool = False
    is_nudged: bool = False
    ends_at: datetime | None = None
    hands_in_until: datetime | None = None
    left: int | None = None

    @property
    def is_last(self) -> bool:
        """Two minutes or less are left."""
        return self.left is not None and self.left <= LAST_SECONDS

    @property
    def left_text(self) -> str:
        """As on a clock: 7:42; hours once there are any."""
        minutes, seconds = divmod(self.left or 0, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"

    @property
    def etag(self) -> str:
        """The same as long as nothing changed but the seconds that pass."""
        still = self if self.is_still else replace(self, left=None)
        return f'"{hashlib.sha256(repr(astuple(still)).encode()).hexdigest()[:32]}"'


def reading_lesson(reading: Reading, *, was: str = "") -> ReadingLesson:
    """The lesson for the reading's own reader; `was` is the `stand` its page was shown under. One query."""
    exercise, now = reading.exercise, timezone.now()
    row = Participation.objects.filter(exercise=exercise.pk, member=reading.member_id).first()
    extra = row.extra_seconds if row else 0
    stand = f"{exercise.phase}:{reading.state}"
    ends_at = own_end(reading, extra)
    left = exercise.paused_seconds
    if left is not None:
        left += extra if exercise.phase == Phase.OPEN else 0
    elif ends_at is not None and not exercise.is_homework:
        left = max(0, int((ends_at - now).total_seconds()))
    is_open = reading.state == ReadingState.OPEN and not reading.is_key
    return ReadingLesson(
        stand=stand,
        notice=stand if was and was != stand else "",
        is_homework=exercise.is_homework,
        is_still=exercise.paused_seconds is not None,
        is_shown=exercise.shows_clock,
        is_by_clock=exercise.closed_by_clock,
        is_nudged=bool(is_open and row and row.nudged_at and row.nudged_at > reading.seen_at),
        ends_at=ends_at if is_open else None,
        hands_in_until=hands_in_until(reading, extra, now),
        left=left if is_open else None,
    )


def own_end(reading: Reading, extra: int) -> datetime | None:
    """When the reader's own time runs out, in the class's zone; None without an end."""
    exercise = reading.exercise
    if exercise.phase == Phase.CLOSED and exercise.closed_by_clock and exercise.closed_at and reading.round == 1:
        end = exercise.closed_at + timedelta(seconds=extra)
    elif exercise.phase == Phase.OPEN and exercise.ends_at and reading.round == 1:
        end = exercise.ends_at + timedelta(seconds=extra)
    elif exercise.phase == Phase.REVISING and exercise.ends_at and reading.round > 1:
        end = exercise.ends_at
    else:
        return None
    return in_zone(end, exercise)


def hands_in_until(reading: Reading, extra: int, now: datetime) -> datetime | None:
    """Until when a collected reading may still be handed in; None where it may not."""
    exercise = reading.exercise
    if reading.is_key or reading.state != ReadingState.COLLECTED:
        return None
    if reading.round > 1:
        end = exercise.wrapped_up_at if exercise.phase == Phase.WRAPPED_UP else None
    elif exercise.phase == Phase.CLOSED and exercise.closed_at and exercise.revealed_at is None:
        end = exercise.closed_at + timedelta(seconds=extra if exercise.closed_by_clock else 0)
    else:
        end = None
    return in_zone(end + GRACE, exercise) if end and now <= end + GRACE else None


def in_zone(time: datetime, exercise: Exercise) -> datetime:
    """As the clock on the classroom's wall shows it. Reads the classroom."""
    return time.astimezone(zoneinfo.ZoneInfo(exercise.classroom.time_zone))

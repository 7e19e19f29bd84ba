"""The clock of a lesson as its teacher sees it. No queries."""

import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from annotator.domain.lesson_clock import GRACE
from annotator.models import Classroom, Exercise, Phase


@dataclass(frozen=True, slots=True)
class Clock:
    """`state` is due (homework), running, still, over (a moment ago), set (for the opening), off, or empty for none.

    `ends_at` stands in the class's zone, called `zone`. `seen` is the end as buttons send it, so that a press on an old
    page is known. `total` and `left` are seconds; `left` is None where only the end is told, which does not change by
    itself.
    """

    state: str
    minutes: int | None = None
    ends_at: datetime | None = None
    zone: str = ""
    seen: int = 0
    total: int = 0
    left: int | None = None

    @property
    def is_on(self) -> bool:
        """Whether there is time left to speak of."""
        return self.state in {"running", "still"}

    @property
    def used(self) -> int:
        """Seconds gone."""
        return max(0, self.total - (self.left or 0))

    @property
    def left_text(self) -> str:
        """As on a clock: 7:42."""
        minutes, seconds = divmod(self.left or 0, 60)
        return f"{minutes}:{seconds:02d}"


def lesson_clock(exercise: Exercise, *, is_ticking: bool = True) -> Clock:
    """The clock; without `is_ticking` it says nothing that changes from second to second. Reads the classroom."""
    if exercise.classroom.kind == Classroom.Kind.TEAM:
        return Clock(state="")
    if exercise.phase == Phase.CLOSED:
        return just_over(exercise)
    if exercise.phase not in {Phase.DRAFT, Phase.OPEN, Phase.REVISING}:
        return Clock(state="")
    zone = zoneinfo.ZoneInfo(exercise.classroom.time_zone)
    ends_at = exercise.ends_at.astimezone(zone) if exercise.ends_at else None
    # The minutes are those of the blind reading: a second round has none to remember.
    minutes = None if exercise.phase == Phase.REVISING else exercise.minutes
    if exercise.is_homework and exercise.phase != Phase.REVISING:
        return Clock(state="due", ends_at=ends_at, zone=exercise.classroom.time_zone.replace("_", " "))
    if exercise.paused_seconds is not None:
        left = exercise.paused_seconds
        return Clock("still", minutes, total=max((minutes or 0) * 60, left) if minutes else 0, left=left)
    if ends_at is None or exercise.phase == Phase.DRAFT:
        return Clock("set" if minutes and exercise.phase == Phase.DRAFT else "off", minutes)
    return running(exercise, ends_at, minutes, is_ticking=is_ticking)


def running(exercise: Exercise, ends_at: datetime, minutes: int | None, *, is_ticking: bool) -> Clock:
    """A clock that runs; how long it runs in all is known of the blind reading alone."""
    since = exercise.opened_at if exercise.phase == Phase.OPEN else None
    total = max((minutes or 0) * 60, int((ends_at - since).total_seconds())) if since else 0
    return Clock(
        state="running",
        minutes=round(total / 60) if total else None,
        ends_at=ends_at,
        zone=exercise.classroom.time_zone,
        seen=int(ends_at.timestamp()),
        total=total,
        left=max(0, int((ends_at - timezone.now()).total_seconds())) if is_ticking else None,
    )


def just_over(exercise: Exercise) -> Clock:
    """Time was up a moment ago, and more of it can still be given; empty where it cannot."""
    if not exercise.closed_by_clock or exercise.closed_at is None or exercise.revealed_at is not None:
        return Clock(state="")
    if exercise.is_homework or timezone.now() > exercise.closed_at + GRACE:
        return Clock(state="")
    return Clock("over", seen=int((exercise.ends_at or exercise.closed_at).timestamp()), left=0)

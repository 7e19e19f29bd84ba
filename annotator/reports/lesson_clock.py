"""The clock of a lesson as its teacher sees it. No queries."""

import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from annotator.models import Classroom, Exercise, Phase


@dataclass(frozen=True, slots=True)
class Clock:
    """`state` is due (homework), running, still, set (for the opening to come), off, or empty where there is none.

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
    zone = zoneinfo.ZoneInfo(exercise.classroom.time_zone)
    ends_at = exercise.ends_at.astimezone(zone) if exercise.ends_at else None
    if exercise.classroom.kind == Classroom.Kind.TEAM or exercise.phase not in {Phase.DRAFT, Phase.OPEN}:
        return Clock(state="")
    if exercise.is_homework:
        return Clock(state="due", ends_at=ends_at, zone=exercise.classroom.time_zone.replace("_", " "))
    if exercise.paused_seconds is not None:
        left = exercise.paused_seconds
        return Clock("still", exercise.minutes, total=total(exercise, left), left=left)
    if ends_at is None or exercise.phase != Phase.OPEN:
        return Clock("set" if exercise.minutes and exercise.phase == Phase.DRAFT else "off", exercise.minutes)
    left = max(0, int((ends_at - timezone.now()).total_seconds()))
    since = exercise.opened_at or timezone.now()
    most = max((exercise.minutes or 0) * 60, int((ends_at - since).total_seconds()))
    return Clock(
        state="running",
        minutes=round(most / 60),
        ends_at=ends_at,
        zone=exercise.classroom.time_zone,
        seen=int(ends_at.timestamp()),
        total=most,
        left=left if is_ticking else None,
    )


def total(exercise: Exercise, left: int) -> int:
    """The whole time of a clock that stands still."""
    return max((exercise.minutes or 0) * 60, left)

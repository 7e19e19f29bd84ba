"""The talk about what a class found, beside its lesson: how many reasons wait, and what the wall shows."""

from dataclasses import dataclass

from annotator.models import Classroom, Exercise, Reason
from annotator.reports.wall import WallNow, has_wall, wall_now


@dataclass(frozen=True, slots=True)
class LessonTalk:
    """`reasons` are all that stand, `waits` those that wait for the teacher; `wall` while there is one."""

    reasons: int = 0
    waits: int = 0
    wall: WallNow | None = None


def lesson_talk(exercise: Exercise) -> LessonTalk:
    """One query, and three more for the wall; none while nobody may see anything."""
    if exercise.is_blind:
        return LessonTalk()
    states = list(Reason.objects.standing().filter(exercise=exercise).values_list("state", flat=True))
    is_class = exercise.classroom.kind == Classroom.Kind.CLASS
    return LessonTalk(
        reasons=len(states),
        waits=states.count(Reason.State.WAITING) if is_class else 0,
        wall=wall_now(exercise) if has_wall(exercise) else None,
    )

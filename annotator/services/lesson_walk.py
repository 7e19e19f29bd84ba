"""Presses of the lesson's one button and of its way back, each worth something only where it was meant."""

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.lesson_walk import Stop, walk
from annotator.models import Exercise, Phase
from annotator.services.exercises import NO_STEP, exercise_move
from annotator.services.lessons import exercise_step

MOVED_ON = gettext_noop("The lesson had moved on before you pressed. This is where it stands now.")


@transaction.atomic
def lesson_go(*, exercise: Exercise, to: Stop, here: Stop | None = None) -> Exercise:
    """The lesson at the stop `to`; there already, nothing changes.

    `here` is where the presser's page stood: RuleError (`moved_on`) where the lesson has gone elsewhere since, so that
    a second press or an old page never takes a step that nobody meant.
    """
    locked = Exercise.objects.select_related("classroom").select_for_update(of=("self",)).get(pk=exercise.pk)
    now = locked.stop
    if str(now) == str(to):
        return locked
    if here is not None and str(here) != str(now):
        raise RuleError(MOVED_ON, code="moved_on")
    if str(to) not in {str(stop) for stop in walk(locked.lesson, now)}:
        raise RuleError(NO_STEP, code="no_step", now=Phase(now.phase).label, then=Phase(to.phase).label)
    if locked.phase != to.phase:
        locked = exercise_move(exercise=locked, phase=to.phase)
    if str(locked.stop) != str(to):
        locked = exercise_step(exercise=locked, step=to.step, sentence=to.sentence)
    return locked

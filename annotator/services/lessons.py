"""The steps of a lesson inside its phases, and the nudge."""

from collections.abc import Iterable

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Classroom, Exercise, Membership, Participation, Phase, Step
from annotator.services.classrooms import ARCHIVED
from annotator.services.exercises import IS_ARCHIVED
from annotator.services.readings import whole_seconds

PHASE_OF = {
    Step.LOBBY: Phase.DRAFT,
    Step.WARM_UP: Phase.DRAFT,
    Step.DISCUSS: Phase.REVEALED,
    Step.EXIT: Phase.WRAPPED_UP,
}

NOT_HERE = gettext_noop("This step belongs to another part of the lesson. Reload the page.")
IS_OFF = gettext_noop("This step is switched off for this lesson. Switch it on first.")
NO_QUESTION = gettext_noop("There is no exit question yet. Write one first.")
NOT_IN_TEAM = gettext_noop("A team has no waiting room and no warm-up. Open the reading when you are ready.")
NOBODY_READS = gettext_noop("Nobody is reading now, so there is nobody to ask.")


@transaction.atomic
def exercise_step(*, exercise: Exercise, step: str, sentence: int = 1) -> Exercise:
    """The step of the lesson inside its phase, empty for the phase's first; there already, nothing changes.

    `sentence` is the warm-up's, from 1.
    """
    locked = Exercise.objects.select_for_update().select_related("classroom").get(pk=exercise.pk)
    check_lesson_step(locked, step)
    locked.step = step
    if step == Step.WARM_UP:
        locked.warm_up_sentence = max(1, sentence)
    locked.save(update_fields=["step", "warm_up_sentence"])
    return locked


def check_lesson_step(exercise: Exercise, step: str) -> None:
    """Refuse a step of another phase, or one that this lesson does not have."""
    if exercise.phase == Phase.ARCHIVED:
        raise RuleError(IS_ARCHIVED, code="archived")
    if not step:
        return
    if step not in Step.values or PHASE_OF[Step(step)] != exercise.phase:
        raise RuleError(NOT_HERE, code="not_here")
    if exercise.phase == Phase.DRAFT and exercise.classroom.archived_at is not None:
        raise RuleError(ARCHIVED, code="archived", name=exercise.classroom.name)
    if exercise.phase == Phase.DRAFT and exercise.classroom.kind == Classroom.Kind.TEAM:
        raise RuleError(NOT_IN_TEAM, code="not_in_team")
    if step == Step.EXIT and not exercise.exit_question:
        raise RuleError(NO_QUESTION, code="no_question")
    is_on = {Step.WARM_UP: exercise.has_warm_up, Step.DISCUSS: exercise.has_discussion}
    if not is_on.get(Step(step), True):
        raise RuleError(IS_OFF, code="is_off")


@transaction.atomic
def readers_nudge(*, exercise: Exercise, members: Iterable[Membership]) -> Exercise:
    """Ask some readers whether they are still there; their page shows it until they do something."""
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if locked.phase not in {Phase.OPEN, Phase.REVISING}:
        raise RuleError(NOBODY_READS, code="nobody_reads")
    now = whole_seconds()
    rows = [Participation(exercise=locked, member=member, nudged_at=now) for member in members]
    Participation.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["exercise", "member"], update_fields=["nudged_at"]
    )
    return locked

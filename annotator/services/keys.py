"""The key: a teacher's own reading that the class is compared with, one for each exercise and article."""

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Article, Exercise, Membership, Phase, Reading, ReadingState
from annotator.services.readings import exercise_held, whole_seconds

ARCHIVED = gettext_noop("This exercise is in the archive, so it gets no key any more.")


@transaction.atomic
def key_start(*, exercise: Exercise, article: Article, member: Membership) -> Reading:
    """The key of the article in this exercise, made now unless another teacher of the class made it already.

    It is never a reader's reading: round 0, not counted, and open to its teachers until the exercise is archived. It
    has no hand-in, so it stands as handed in from the start; with nothing in it, it is no key yet.
    """
    held = exercise_held(exercise.pk)
    found = Reading.objects.filter(exercise=held, article=article, is_key=True).first()
    if found is not None:
        return found
    if held.phase == Phase.ARCHIVED:
        raise RuleError(ARCHIVED, code="archived")
    now = whole_seconds()
    return Reading.objects.create(
        exercise=held, article=article, member=member, round=0, is_key=True, state=ReadingState.SUBMITTED,
        started_at=now, seen_at=now, submitted_at=now,
    )  # fmt: skip

"""Readings and highlights: one’s own, and those of a class one teaches."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from annotator.access.classrooms import classrooms_taught_by
from annotator.access.exercises import STARTED, exercises_taught_by
from annotator.models import Membership, Reading, Span, User


def reading(user: User, uuid: UUID) -> Reading:
    """One's own reading, with all that its page needs, as long as one belongs to the classroom."""
    own = own_readings(user).select_related("exercise__classroom", "exercise__codebook_version", "member", "article")
    return get_object_or_404(own.defer("article__text", "article__search_text"), uuid=uuid)


def reading_to_mark(user: User, uuid: UUID) -> Reading:
    """The same reading without its surroundings: it is asked for with every highlight saved."""
    return get_object_or_404(own_readings(user), uuid=uuid)


def own_readings(user: User) -> QuerySet[Reading]:
    """One's readings in classrooms one belongs to, from the opening of the exercise on.

    The key of an exercise is everybody's who teaches its classroom, at any time, whoever of them began it.
    """
    is_own = Q(is_key=False, exercise__phase__in=STARTED, member__user=user, member__removed_at=None)
    return Reading.objects.filter(is_own | Q(is_key=True, exercise__classroom__in=classrooms_taught_by(user)))


def actor(user: User, reading: Reading) -> Membership | None:
    """Whose doing a change to an own reading is: its reader's (None), or of a key that of the teacher at work."""
    if not reading.is_key:
        return None
    rows = Membership.objects.current().filter(user=user, classroom__exercises=reading.exercise_id)
    return get_object_or_404(rows)


def span(reading: Reading, number: int) -> Span:
    """A highlight of a reading that is one's own, deleted ones included."""
    return get_object_or_404(Span, reading=reading, number=number)


def reading_taught(user: User, uuid: UUID) -> Reading:
    """A reading in an exercise one teaches, to reopen it: its spans are another question (`may_see_others`)."""
    return get_object_or_404(Reading.objects.filter(exercise__in=exercises_taught_by(user)), uuid=uuid)

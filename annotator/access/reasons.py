"""Reasons about passages: one's own to take back, those of an exercise one teaches to show or hide."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from annotator.access.exercises import article_in, article_to_read
from annotator.access.revealed import exercise_revealed
from annotator.models import Article, Exercise, Membership, Reason, User


def exercise_discussed(user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """An exercise one reads in, while the class is shown, 403 before; 404 to who only teaches it."""
    found, member = exercise_revealed(user, uuid)
    if not member.is_reader:
        raise Http404
    return found, member


def article_discussed(exercise: Exercise, member: Membership, uuid: UUID) -> Article:
    """An article of it: any for who teaches, for readers those they were to read."""
    if member.is_teacher:
        return article_in(exercise, uuid)
    return article_to_read(exercise, member, uuid)


def own_reason(exercise: Exercise, member: Membership, uuid: UUID) -> Reason:
    """One's own, taken back or not."""
    return get_object_or_404(Reason, exercise=exercise, member=member, uuid=uuid)


def reason_taught(exercise: Exercise, uuid: UUID) -> Reason:
    """One of an exercise one teaches, by somebody who belongs to the class."""
    return get_object_or_404(Reason, exercise=exercise, uuid=uuid, member__removed_at=None)

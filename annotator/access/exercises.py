"""Exercises one teaches, reads or waits for."""

from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from annotator.access.library import articles_of, codebooks_of
from annotator.models import Article, Classroom, Exercise, ExerciseArticle, Membership, Phase, Step, User

# Readers meet an article from here on; before that an exercise does not exist for them.
STARTED = [phase for phase in Phase.values if phase != Phase.DRAFT]
# But a class waits and practises together before: its readers then have the lesson's own page, and nothing else of it.
IS_WAITING = Q(phase=Phase.DRAFT, step__in=[Step.LOBBY, Step.WARM_UP], classroom__kind=Classroom.Kind.CLASS)


def exercises_taught_by(user: User) -> QuerySet[Exercise]:
    """The exercises of the classrooms one teaches."""
    taught = Membership.objects.current().filter(user=user, is_teacher=True)
    return Exercise.objects.filter(classroom__memberships__in=taught).select_related("classroom", "codebook_version")


def exercises_read_by(user: User) -> QuerySet[Exercise]:
    """The exercises one reads, from their opening on."""
    read = Membership.objects.readers().filter(user=user)
    exercises = Exercise.objects.filter(classroom__memberships__in=read, phase__in=STARTED)
    return exercises.select_related("classroom", "codebook_version")


def articles_again(user: User, exercise: Exercise) -> list[UUID]:
    """The articles of an exercise in its order, as far as they are in the library still."""
    there = exercise.places.filter(article__in=articles_of(user)).order_by("position")
    return list(there.values_list("article__uuid", flat=True))


def codebook_again(user: User, exercise: Exercise) -> str:
    """The version on offer of the codebook that an exercise used, by its UUID; empty where there is none."""
    offered = codebooks_of(user).filter(codebook=exercise.codebook_version.codebook_id).first()
    return str(offered.uuid) if offered else ""


def exercise(user: User, uuid: UUID) -> Exercise:
    """An exercise one teaches."""
    return get_object_or_404(exercises_taught_by(user), uuid=uuid)


def article_in(exercise: Exercise, uuid: UUID) -> Article:
    """An article of an exercise one teaches."""
    return get_object_or_404(exercise.articles, uuid=uuid)


def exercise_seen(user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """An exercise one teaches or, from its opening on, reads; with one's membership, which says which of the two."""
    return exercise_where(Q(phase__in=STARTED), user, uuid)


def exercise_met(user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """The same for the exercise's own page, which a class's readers have from the waiting room on."""
    return exercise_where(Q(phase__in=STARTED) | IS_WAITING, user, uuid)


def exercise_where(is_known: Q, user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """An exercise one teaches, or reads while `is_known` holds."""
    member = Membership.objects.current().filter(user=user, classroom__exercises__uuid=uuid).first()
    found = Exercise.objects.select_related("classroom", "codebook_version").filter(uuid=uuid)
    if member is None or not member.is_teacher:
        found = found.filter(is_known)
    exercise = get_object_or_404(found if member else found.none())
    return exercise, cast("Membership", member)


def lesson(user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """A lesson one goes through as a reader of its class, with one's membership."""
    found, member = exercise_met(user, uuid)
    if not follows_lesson(found, member):
        raise Http404
    return found, member


def follows_lesson(exercise: Exercise, member: Membership) -> bool:
    """Whether the exercise's page is, for `member`, the one that goes along with the lesson."""
    return not member.is_teacher and exercise.classroom.kind == Classroom.Kind.CLASS


def exercises_met_by(user: User) -> QuerySet[Exercise]:
    """The exercises one reads, those among them that one's class waits for."""
    read = Membership.objects.readers().filter(user=user)
    exercises = Exercise.objects.filter(Q(phase__in=STARTED) | IS_WAITING, classroom__memberships__in=read)
    return exercises.select_related("classroom", "codebook_version")


def projector(token: str) -> Exercise:
    """The exercise whose projected page has this token; nobody signs in for it."""
    found = Exercise.objects.select_related("classroom", "codebook_version__codebook")
    return get_object_or_404(found, projector_token=token, classroom__kind=Classroom.Kind.CLASS)


def exercise_to_read(user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """An exercise one reads, with one's membership."""
    found = get_object_or_404(exercises_read_by(user), uuid=uuid)
    return found, Membership.objects.readers().get(user=user, classroom=found.classroom_id)


def article_to_read(exercise: Exercise, member: Membership, uuid: UUID) -> Article:
    """An article of an exercise one reads, if it is among those one is to read."""
    places = ExerciseArticle.objects.filter(exercise=exercise, article__uuid=uuid).read_by(member)
    return get_object_or_404(places.select_related("article")).article

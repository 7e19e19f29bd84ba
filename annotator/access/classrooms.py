"""Classrooms, teams and who belongs to them."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from annotator.models import Classroom, Membership, RosterEntry, User


def classrooms_taught_by(user: User) -> QuerySet[Classroom]:
    """The classrooms and teams one teaches or leads."""
    taught = Membership.objects.current().filter(user=user, is_teacher=True)
    return Classroom.objects.filter(memberships__in=taught)


def class_taught(user: User, uuid: UUID) -> Classroom:
    """A class one teaches; teams have neither codes nor lists."""
    return get_object_or_404(classrooms_taught_by(user).filter(kind=Classroom.Kind.CLASS), uuid=uuid)


def classroom(user: User, uuid: UUID) -> Classroom:
    """A classroom one teaches."""
    return get_object_or_404(classrooms_taught_by(user), uuid=uuid)


def rooms_for_exercises(user: User) -> QuerySet[Classroom]:
    """Where one may begin an exercise: the sample class is there to look at, and goes with all that is in it."""
    return classrooms_taught_by(user).filter(archived_at=None, is_sample=False).order_by("-created_at", "-pk")


def member(classroom: Classroom, uuid: UUID) -> Membership:
    """Somebody who belongs to the classroom now."""
    return get_object_or_404(
        Membership.objects.current().select_related("user", "classroom"), classroom=classroom, uuid=uuid
    )


def member_ever(classroom: Classroom, uuid: UUID) -> Membership:
    """Somebody who belongs to the classroom or once did: what is kept of them can be erased."""
    return get_object_or_404(Membership.objects.select_related("user", "classroom"), classroom=classroom, uuid=uuid)


def removed_member(classroom: Classroom, uuid: UUID) -> Membership:
    """Somebody who was removed and may be let back in: neither merged into another nor forgotten."""
    removed = Membership.objects.exclude(removed_at=None).select_related("user", "classroom")
    return get_object_or_404(removed, merged_into=None, anonymised_at=None, classroom=classroom, uuid=uuid)


def listed_pupil(classroom: Classroom, uuid: UUID) -> RosterEntry:
    """An entry of the class list."""
    return get_object_or_404(RosterEntry.objects.select_related("classroom", "member"), classroom=classroom, uuid=uuid)


def own_membership(user: User, classroom: Classroom) -> Membership:
    """What one is oneself in a classroom."""
    return get_object_or_404(Membership.objects.current(), user=user, classroom=classroom)


def membership_of(visitor: User | AnonymousUser, classroom: Classroom) -> Membership | None:
    """What a visitor is in a classroom, if anything."""
    if not isinstance(visitor, User):
        return None
    return Membership.objects.current().filter(user=visitor, classroom=classroom).first()

"""The page of a class or team: who belongs to it as what, and all its exercises. Five queries at most."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from annotator.models import Classroom, Exercise, Membership
from annotator.reports.home import ExerciseRow, rows_of
from annotator.reports.progress import places_of, readers_of


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs; `may_lead` says that one could let them."""

    uuid: UUID
    name: str
    code: str
    is_teacher: bool
    is_reader: bool
    is_self: bool
    may_lead: bool


@dataclass(frozen=True, slots=True)
class ClassroomPage:
    """The page."""

    members: list[Member]
    exercises: list[ExerciseRow]
    archived: list[ExerciseRow]
    readers: int
    leads: int
    is_reader: bool


def classroom_page(classroom: Classroom, viewer: Membership, exercises: QuerySet[Exercise]) -> ClassroomPage:
    """The page of `classroom` for one who teaches it; `exercises` are those the viewer teaches anywhere."""
    members = [member_of(each, viewer) for each in memberships(classroom)]
    here = list(exercises.filter(classroom=classroom).order_by("-created_at", "-pk"))
    readers = readers_of([classroom.pk])
    rows = rows_of(here, places_of({each.pk for each in here}), readers)
    listed = [rows[each.pk] for each in here]
    return ClassroomPage(
        members=sorted(members, key=lambda each: (not each.is_teacher, each.name.casefold(), each.code)),
        exercises=[row for row in listed if row.phase != "archived"],
        archived=[row for row in listed if row.phase == "archived"],
        readers=readers.get(classroom.pk, 0),
        leads=sum(each.is_teacher for each in members),
        is_reader=viewer.is_reader,
    )


def memberships(classroom: Classroom) -> QuerySet[Membership]:
    """Who belongs now."""
    return Membership.objects.current().filter(classroom=classroom).select_related("user")


def member_of(member: Membership, viewer: Membership) -> Member:
    """One person's line."""
    return Member(
        uuid=member.uuid,
        name=member.shown_name,
        code=member.code,
        is_teacher=member.is_teacher,
        is_reader=member.is_reader,
        is_self=member.pk == viewer.pk,
        may_lead=member.user.is_teacher and not member.is_teacher,
    )

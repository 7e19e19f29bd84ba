"""Who reads in a class, who was removed, and its class list. Two queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from annotator.models import Classroom, Membership, RosterEntry


@dataclass(frozen=True, slots=True)
class Pupil:
    """Somebody who reads, or read. `listed` is the name on the class list, where it is another than the own one.

    `has_code` says that a resume code can be made: not for somebody with an account.
    """

    uuid: UUID
    name: str
    code: str
    joined_at: datetime
    listed: str
    has_code: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A name of the class list, and who reads under it, if anybody."""

    uuid: UUID
    name: str
    student_ref: str
    section: str
    has_joined: bool
    reads_as: str


@dataclass(frozen=True, slots=True)
class ClassPeople:
    """The people of a class; pupils by name."""

    pupils: list[Pupil]
    removed: list[Pupil]
    listed: list[Listed]

    @property
    def waiting(self) -> int:
        """How many names of the list nobody has picked."""
        return sum(not each.has_joined for each in self.listed)


def class_people(classroom: Classroom) -> ClassPeople:
    """The people of this class; who teaches is not among them."""
    entries = list(RosterEntry.objects.filter(classroom=classroom).select_related("member__user"))
    by_member = {entry.member_id: entry.name for entry in entries if entry.member_id}
    members = Membership.objects.filter(classroom=classroom, is_teacher=False, is_reader=True, merged_into=None)
    rows = list(members.select_related("user"))
    return ClassPeople(
        pupils=pupils(rows, by_member, lambda each: each.removed_at is None),
        removed=pupils(rows, by_member, lambda each: each.removed_at is not None and each.anonymised_at is None),
        listed=[listed(entry) for entry in entries],
    )


def pupils(rows: list[Membership], by_member: dict[int, str], wanted: Callable[[Membership], bool]) -> list[Pupil]:
    """The wanted ones, by name."""
    found = [pupil(each, by_member.get(each.pk, "")) for each in rows if wanted(each)]
    return sorted(found, key=lambda each: (each.name.casefold(), each.code))


def pupil(member: Membership, listed: str) -> Pupil:
    """One line."""
    name = member.shown_name
    return Pupil(
        uuid=member.uuid,
        name=name,
        code=member.code,
        joined_at=member.joined_at,
        listed="" if listed == name else listed,
        has_code=not member.user.is_teacher and not member.user.has_usable_password(),
    )


def listed(entry: RosterEntry) -> Listed:
    """One line of the list."""
    name = entry.member.shown_name if entry.member else ""
    return Listed(
        uuid=entry.uuid,
        name=entry.name,
        student_ref=entry.student_ref,
        section=entry.section,
        has_joined=entry.member is not None,
        reads_as="" if name == entry.name else name,
    )

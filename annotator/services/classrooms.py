"""Classrooms and teams: making one, naming it, putting it away, and who belongs to it."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.names import one_line
from annotator.models import Classroom, Membership, ReaderCode, RosterEntry, User
from annotator.models.classrooms import validate_time_zone
from annotator.services.dealing import member_deal
from annotator.services.doors import door_of
from annotator.services.readings import whole_seconds

NO_NAME = gettext_noop("Give it a name, so that you and the others know it again.")
LONG_NAME = gettext_noop("That name is too long. Use at most 120 characters.")
NO_ZONE = gettext_noop("“%(name)s” is not a time zone we know. Choose one such as Europe/Oslo.")
ARCHIVED = gettext_noop("“%(name)s” is in the archive. Bring it back first, then try again.")
NO_ACCOUNT = gettext_noop("Only somebody with a teacher’s account can lead. Invite “%(name)s” as a teacher first.")
LAST_TEACHER = gettext_noop("Somebody has to lead. Ask another teacher to join before the last one goes.")


@transaction.atomic
def classroom_add(
    *, teacher: User, name: str, kind: str = Classroom.Kind.CLASS, time_zone: str = "UTC", uuid: UUID | None = None
) -> Classroom:
    """A classroom or team that `teacher` teaches; a class has its door. Made again under its `uuid`, it is the same."""
    found = Classroom.objects.filter(uuid=uuid).first() if uuid else None
    if found is not None:
        return found
    fields = {"name": checked_name(name), "kind": kind, "time_zone": checked_zone(time_zone)}
    made = Classroom.objects.create(**fields, created_at=whole_seconds(), **({"uuid": uuid} if uuid else {}))
    member_add(classroom=made, user=teacher, is_teacher=True)
    if made.kind == Classroom.Kind.CLASS:
        door_of(classroom=made)
    return made


def checked_name(name: str) -> str:
    """The name on one line; RuleError where nothing is left or too much."""
    name = one_line(name)
    if not name:
        raise RuleError(NO_NAME, code="no_name")
    if len(name) > 120:
        raise RuleError(LONG_NAME, code="long_name")
    return name


def checked_zone(name: str) -> str:
    """The IANA zone; RuleError where there is none of that name."""
    try:
        validate_time_zone(name)
    except ValidationError as error:
        raise RuleError(NO_ZONE, code="unknown_time_zone", name=name) from error
    return name


@transaction.atomic
def classroom_rename(*, classroom: Classroom, name: str) -> Classroom:
    """Another name; exercises and exports of the classroom stay what they are."""
    locked = classroom_locked(classroom)
    locked.name = checked_name(name)
    locked.save(update_fields=["name"])
    return locked


@transaction.atomic
def classroom_zone(*, classroom: Classroom, time_zone: str) -> Classroom:
    """Times are shown and meant by another clock; no moment that is stored changes."""
    locked = classroom_locked(classroom)
    locked.time_zone = checked_zone(time_zone)
    locked.save(update_fields=["time_zone"])
    return locked


@transaction.atomic
def classroom_archive(*, classroom: Classroom) -> Classroom:
    """Put it away: it leaves the home page, and nothing new begins in it until it is brought back."""
    return classroom_archived_at(classroom, whole_seconds())


@transaction.atomic
def classroom_bring_back(*, classroom: Classroom) -> Classroom:
    """Out of the archive again."""
    return classroom_archived_at(classroom, None)


def classroom_archived_at(classroom: Classroom, time: datetime | None) -> Classroom:
    """Archived at `time`, or not; what is so already keeps its time."""
    locked = classroom_locked(classroom)
    if (locked.archived_at is None) != (time is None):
        locked.archived_at = time
        locked.save(update_fields=["archived_at"])
    return locked


@transaction.atomic
def member_add(
    *, classroom: Classroom, user: User, is_reader: bool = False, is_teacher: bool = False, pseudonym: str = "",
    code_number: int | None = None,
) -> Membership:  # fmt: skip
    """`user` belongs to the classroom as reader, teacher or both; who belongs already gets what is new about it.

    A new reader gets `code_number` or the next free one. Who was removed comes back as what is asked for and no more,
    with the old code: a removed teacher who joins as a reader does not teach again.
    """
    locked = classroom_locked(classroom)
    if locked.archived_at is not None:
        raise RuleError(ARCHIVED, code="archived", name=locked.name)
    member = Membership.objects.filter(classroom=locked, user=user).first()
    if member is None:
        member = Membership(classroom=locked, user=user, joined_at=whole_seconds())
    is_back = member.removed_at is not None
    member.is_reader = is_reader or (member.is_reader and not is_back)
    member.is_teacher = is_teacher or (member.is_teacher and not is_back)
    member.pseudonym = pseudonym or member.pseudonym
    member.removed_at = None
    if member.is_reader and member.code_number is None:
        member.code_number = code_number or next_code_number()
    member.save()
    if member.is_reader:
        member_deal(member=member)
    return member


def next_code_number() -> int:
    """A reader's number that no one in the installation has or ever had: the key of a row that is never deleted."""
    while True:
        number = int(ReaderCode.objects.create().pk)
        if not Membership.objects.filter(code_number=number).exists():
            return number


@transaction.atomic
def member_lead(*, member: Membership) -> Membership:
    """The member also teaches or leads from now on; refused for who has no teacher's account."""
    if not member.user.is_teacher:
        raise RuleError(NO_ACCOUNT, code="no_account", name=member.shown_name)
    return member_add(classroom=member.classroom, user=member.user, is_teacher=True)


@transaction.atomic
def member_remove(*, member: Membership) -> Membership:
    """The person no longer belongs; readings, highlights and code stay, the name on the class list is free again.

    Refused for the last who teaches.
    """
    classroom_locked(member.classroom)
    locked = Membership.objects.select_for_update().get(pk=member.pk)
    if locked.removed_at is not None:
        return locked
    teachers = Membership.objects.current().filter(classroom=locked.classroom_id, is_teacher=True)
    if locked.is_teacher and not teachers.exclude(pk=locked.pk).exists():
        raise RuleError(LAST_TEACHER, code="last_teacher")
    locked.removed_at = whole_seconds()
    locked.save(update_fields=["removed_at"])
    # Whoever took another's name is removed, and the pupil it belongs to picks it.
    RosterEntry.objects.filter(member=locked).update(member=None)
    return locked


def classroom_locked(classroom: Classroom) -> Classroom:
    """The classroom as it stands now, its row held until the transaction ends."""
    return Classroom.objects.select_for_update().get(pk=classroom.pk)

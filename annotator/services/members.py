"""What a teacher does with the people of a class: another name, a new resume code, back in, two that are one."""

from uuid import UUID

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import (
    Assignment,
    Classroom,
    Exercise,
    Membership,
    Participation,
    Phase,
    Reading,
    Reason,
    RosterEntry,
    WarmUpVote,
)
from annotator.models.readings import ReadingState
from annotator.services.agreement import agreement_refresh
from annotator.services.classrooms import ARCHIVED, classroom_locked
from annotator.services.member_names import name_again, name_checked, name_free
from annotator.services.readings import whole_seconds
from annotator.services.resume_codes import resume_code_made, resume_hash

NO_READER = gettext_noop("Only a reader who joined with the class’s code has a resume code.")
SAME = gettext_noop("Choose somebody else: these are one person already.")
SHOWN = gettext_noop("“%(title)s” has been revealed, so it is too late to merge who read in it.")
MERGEABLE = {Phase.DRAFT, Phase.OPEN, Phase.CLOSED}
# Where one of two readings stands for a moment while they change places.
ASIDE = 30_000


@transaction.atomic
def member_rename(*, member: Membership, name: str) -> Membership:
    """Another name in this class; the reader code and all work stay. An entry of the class list keeps its own name."""
    room = classroom_locked(member.classroom)
    name = name_free(room, name_checked(name), but=member)
    locked = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=member.pk)
    locked.pseudonym = name
    locked.save(update_fields=["pseudonym"])
    if has_no_account(locked):
        locked.user.name = name
        locked.user.save(update_fields=["name"])
    return locked


def has_no_account(member: Membership) -> bool:
    """Who joined by a code: the person is this membership, and its name is theirs."""
    return not member.user.is_teacher and not member.user.has_usable_password()


@transaction.atomic
def resume_code_reset(*, member: Membership, everywhere: bool = False) -> str:
    """A new resume code, which nothing can show a second time; the old one is void.

    `everywhere` also ends all sessions of the reader: whoever sits there has to come back with the new code.
    """
    locked = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=member.pk)
    if locked.is_teacher or not has_no_account(locked):
        raise RuleError(NO_READER, code="no_reader")
    code = resume_code_made()
    locked.resume_hash = resume_hash(locked, code)
    locked.save(update_fields=["resume_hash"])
    if everywhere:
        # Sessions hang on the password, also on one that nobody can use.
        locked.user.set_unusable_password()
        locked.user.save(update_fields=["password"])
    return code


@transaction.atomic
def resume_codes_reset(*, classroom: Classroom) -> dict[UUID, str]:
    """New resume codes for everybody who joined by a code, by the UUID of the membership."""
    pupils = Membership.objects.readers().filter(classroom=classroom, is_teacher=False).select_related("user")
    return {each.uuid: resume_code_reset(member=each) for each in pupils.order_by("pk") if has_no_account(each)}


@transaction.atomic
def member_let_back(*, member: Membership) -> Membership:
    """Somebody who was removed belongs again, as the reader they were; with a number where the name was taken since."""
    room = classroom_locked(member.classroom)
    if room.archived_at is not None:
        raise RuleError(ARCHIVED, code="archived", name=room.name)
    locked = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=member.pk)
    if locked.removed_at is not None and locked.merged_into_id is None:
        named_again(room, locked)
        # Who taught comes back as a reader or not at all: teaching is given, not come back to.
        locked.is_teacher = locked.is_teacher and not locked.is_reader
        locked.removed_at = None
        locked.save(update_fields=["removed_at", "is_teacher"])
    return locked


def named_again(room: Classroom, member: Membership) -> None:
    """The old name, or one like it; and the entry of the class list that is still free."""
    name = name_again(room, member.shown_name, but=member)
    RosterEntry.objects.filter(classroom=room, name=name, member=None).update(member=member)
    if has_no_account(member):
        member.pseudonym = member.user.name = name
        member.save(update_fields=["pseudonym"])
        member.user.save(update_fields=["name"])


@transaction.atomic
def member_merge(*, member: Membership, into: Membership) -> Membership:
    """Two memberships of one person become one: `member`'s work goes to `into`, and `member` leaves.

    Where both have read the same article the reading with more highlights counts; the other stays, its highlights
    kept as late ones that never count. Refused once anything that `member` read in has been revealed.
    """
    room = classroom_locked(member.classroom)
    if room.pk != into.classroom_id or member.pk == into.pk or member.is_teacher or into.removed_at is not None:
        raise RuleError(SAME, code="same")
    read_in = Reading.objects.filter(member=member, is_key=False).order_by().values("exercise")
    held = list(Exercise.objects.select_for_update().filter(pk__in=read_in).order_by("pk"))
    for each in held:
        if each.phase not in MERGEABLE:
            raise RuleError(SHOWN, code="shown", title=each.title)
    for reading in Reading.objects.select_for_update().filter(member=member, is_key=False).order_by("pk"):
        reading_move(reading, into)
    lesson_move(member, into)
    for each in held:
        agreement_refresh(exercise=each)
    return member_gone(member, into)


def reading_move(reading: Reading, into: Membership) -> None:
    """Give a reading to `into`; of two of the same article and round the fuller one counts."""
    place = {"exercise": reading.exercise_id, "article": reading.article_id, "round": reading.round}
    other = Reading.objects.select_for_update().filter(member=into, **place).first()
    if other is None:
        Reading.objects.filter(pk=reading.pk).update(member=into)
        return
    if fullness(reading) > fullness(other):
        mine = Reading.objects.filter(pk=other.pk)
        mine.update(round=ASIDE)
        Reading.objects.filter(pk=reading.pk).update(member=into)
        mine.update(round=reading.round, member=reading.member_id)
        set_aside(other)
    else:
        set_aside(reading)


def fullness(reading: Reading) -> tuple[int, bool, int]:
    """How much work is in a reading: highlights, whether it was handed in, time."""
    spans = reading.spans.filter(deleted_at=None, is_late=False).count()
    return spans, reading.state == ReadingState.SUBMITTED, reading.active_seconds


def set_aside(reading: Reading) -> None:
    """Keep a reading without counting it: taken in, with late highlights alone."""
    reading.spans.update(is_late=True)
    now = whole_seconds()
    Reading.objects.filter(pk=reading.pk).update(state=ReadingState.COLLECTED, submitted_at=reading.submitted_at or now)


def lesson_move(member: Membership, into: Membership) -> None:
    """Give `into` what a lesson keeps of `member`, where there is none of its own."""
    for each in Participation.objects.filter(member=member):
        if not Participation.objects.filter(member=into, exercise=each.exercise_id).exists():
            Participation.objects.filter(pk=each.pk).update(member=into)
    for vote in WarmUpVote.objects.filter(member=member):
        if not WarmUpVote.objects.filter(member=into, exercise=vote.exercise_id, sentence=vote.sentence).exists():
            WarmUpVote.objects.filter(pk=vote.pk).update(member=into)
    for dealt in Assignment.objects.filter(member=member):
        if not Assignment.objects.filter(member=into, exercise=dealt.exercise_id, article=dealt.article_id).exists():
            Assignment.objects.filter(pk=dealt.pk).update(member=into)
    Reason.objects.filter(member=member).update(member=into)
    if not RosterEntry.objects.filter(member=into).exists():
        RosterEntry.objects.filter(member=member).update(member=into)


def member_gone(member: Membership, into: Membership) -> Membership:
    """Leave the class, and say for whom; the old name and code still bring the person back, as `into`."""
    Membership.objects.filter(merged_into=member).update(merged_into=into)
    Membership.objects.filter(pk=member.pk).update(removed_at=whole_seconds(), merged_into=into)
    into.refresh_from_db()
    return into

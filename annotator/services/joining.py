"""Joining a class without an account: finding its door by the code, the offer of names, becoming a reader."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.core import signing
from django.db import transaction

from annotator.domain.codes import DOOR_LENGTH, code_typed
from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.folding import folded
from annotator.models import Attempt, Classroom, Door, Membership, RosterEntry, User
from annotator.services.classrooms import classroom_locked, member_add, next_code_number
from annotator.services.limits import Limit, attempt_add, limit_check
from annotator.services.member_names import chance, name_checked, name_free, pseudonyms_offered
from annotator.services.readings import whole_seconds
from annotator.services.resume_codes import resume_code_made, resume_hash

log = logging.getLogger("sourcewise.joining")

OFFERED = 3
# A pupil may sit before the names for a while, and write the resume code down first.
OFFER_AGE = timedelta(hours=8)
# The same press again within this time is a double press, later it is somebody else at the same computer.
SAME_PRESS = timedelta(seconds=60)

WRONG_CODE = gettext_noop("This code does not open a class.")
DOOR_SHUT = gettext_noop("This class lets nobody new in at the moment. Ask your teacher.")
OLD_OFFER = gettext_noop("This page was open for too long. Here is a new resume code: keep this one.")
ENTRY_GONE = gettext_noop("Somebody has picked this name on the list already. Look again, or ask your teacher.")

JOIN_CODE = Limit(
    "join_code",
    100,
    timedelta(minutes=10),
    gettext_noop("Too many wrong codes came from this network. Wait ten minutes, or follow your teacher’s link."),
)
# All addresses together: somebody is guessing from many places. It is said in the log and stops nobody.
SITE_WIDE = 2000
ALERT = Limit("join_alert", 1, JOIN_CODE.within, "")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a pupil is shown before joining: the person they will be, made-up names, and the resume code."""

    door: int
    person: UUID
    names: tuple[str, ...]
    code: str


def door_recognise(*, typed: str, address: str) -> Door:
    """The open door with this code. Wrong, closed, locked and run out are the same refusal after the same work.

    Not one transaction: a failure must stay counted although it is refused. Only failures count, never joins.
    """
    limit_check(limit=JOIN_CODE, who=address)
    door = Door.objects.select_related("classroom").filter(code=code_typed(typed, DOOR_LENGTH)).first()
    if door is None or not is_open(door):
        attempt_add(limit=JOIN_CODE, who=address)
        alert_if_many()
        raise RuleError(WRONG_CODE, code="wrong")
    return door


def is_open(door: Door) -> bool:
    """Whether it lets somebody new in now."""
    return not door.is_locked and door.expires_at > whole_seconds() and door.classroom.archived_at is None


def alert_if_many() -> None:
    """Say in the log, once in ten minutes, that wrong codes come from all over."""
    since = whole_seconds() - JOIN_CODE.within
    if Attempt.objects.filter(scope=JOIN_CODE.scope, at__gt=since).count() < SITE_WIDE:
        return
    if not Attempt.objects.filter(scope=ALERT.scope, at__gt=since).exists():
        attempt_add(limit=ALERT, who="site")
        log.warning("join codes: more than %s wrong ones within ten minutes", SITE_WIDE)


def offer_made(door: Door, *, kept: Offer | None = None) -> Offer:
    """Three names nobody has, with a new resume code; of a `kept` offer all but the names stays."""
    names = tuple(pseudonyms_offered(door.classroom, OFFERED, but=kept.names if kept else ()))
    person, code = (kept.person, kept.code) if kept else (uuid4(), resume_code_made())
    return Offer(door=door.pk, person=person, names=names, code=code)


def offer_signed(offer: Offer) -> str:
    """The offer as it travels in the form: nothing is stored before the pupil has joined."""
    parts = {"door": offer.door, "person": offer.person.hex, "names": offer.names, "code": offer.code}
    return signing.dumps(parts, salt="join offer")


def offer_read(signed: str, door: Door) -> Offer:
    """The offer of this door that the form brought back; RuleError where it is none, or too old."""
    try:
        parts = signing.loads(signed, salt="join offer", max_age=OFFER_AGE)
    except signing.BadSignature as error:
        raise RuleError(OLD_OFFER, code="old_offer") from error
    if parts["door"] != door.pk:
        raise RuleError(OLD_OFFER, code="old_offer")
    return Offer(door=door.pk, person=UUID(parts["person"]), names=tuple(parts["names"]), code=parts["code"])


@transaction.atomic
def member_join(*, door: Door, offer: Offer, name: str = "", listed: UUID | None = None) -> Membership:
    """A new reader under this name, or under that of a `listed` entry of the class. A double press joins once."""
    room = classroom_locked(door.classroom)
    twin = Membership.objects.filter(classroom=room, user__uuid=offer.person).select_related("user").first()
    if twin is not None:
        return same_press(twin)
    if not is_open(Door.objects.select_related("classroom").get(pk=door.pk)):
        raise RuleError(DOOR_SHUT, code="shut")
    entry = entry_picked(room, listed) if listed else entry_named(room, name)
    name = entry.name if entry else name_checked(name)
    member = reader_made(room, name_free(room, name), offer)
    if entry is not None:
        entry.member = member
        entry.save(update_fields=["member"])
    return member


def entry_picked(room: Classroom, listed: UUID) -> RosterEntry:
    """The entry of the class list as it stands now; refused where somebody else has picked it."""
    entry = RosterEntry.objects.filter(classroom=room, uuid=listed, member=None).first()
    if entry is None:
        raise RuleError(ENTRY_GONE, code="entry_gone")
    return entry


def entry_named(room: Classroom, name: str) -> RosterEntry | None:
    """Who types a name of the list that nobody has picked picks it."""
    entries = RosterEntry.objects.filter(classroom=room, member=None)
    return next((each for each in entries if folded(each.name) == folded(name)), None)


def same_press(twin: Membership) -> Membership:
    """Who joined with this very offer, as long as it can only be the same press once more."""
    if twin.removed_at is not None or whole_seconds() - twin.joined_at > SAME_PRESS:
        raise RuleError(OLD_OFFER, code="old_offer")
    return twin


def reader_made(room: Classroom, name: str, offer: Offer) -> Membership:
    """The person, without password, and the membership with the resume code's hash."""
    user = User.objects.create_user(
        f"reader-{offer.person.hex}", None, uuid=offer.person, name=name, date_joined=whole_seconds()
    )
    number = number_dealt(room)
    member = member_add(classroom=room, user=user, is_reader=True, pseudonym=name, code_number=number)
    member.resume_hash = resume_hash(member, offer.code)
    member.save(update_fields=["resume_hash"])
    return member


def number_dealt(room: Classroom) -> int:
    """A number for one more reader: the next free one, or that of a random classmate who then gets the next.

    So numbers say nothing about who came first. Whose work bears a number already keeps it.
    """
    number = next_code_number()
    idle = Membership.objects.readers().filter(classroom=room, is_teacher=False, readings=None).exclude(resume_hash="")
    other = chance.choice([None, *idle])
    if other is None:
        return number
    Membership.objects.filter(pk=other.pk).update(code_number=number)
    return int(other.code_number)

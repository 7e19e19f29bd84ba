"""Coming back as the same reader: name and resume code, slowed after five wrong tries for a name, never locked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from annotator.domain.codes import DOOR_LENGTH, RESUME_LENGTH, code_typed
from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.folding import folded
from annotator.models import Attempt, Door, Membership
from annotator.services.joining import JOIN_CODE, alert_if_many
from annotator.services.limits import Limit, attempt_add, limit_check, whos
from annotator.services.readings import whole_seconds
from annotator.services.resume_codes import is_resume_code

WRONG = gettext_noop("These do not belong together. Check the name and the code, letter by letter.")
SLOW = gettext_noop("Too many wrong tries for this name. Wait %(seconds)s seconds, then try again.")
TRY = Limit("resume", 5, timedelta(hours=1), SLOW)
# After the fifth wrong try 5 seconds, then twice as long each time, up to a minute: nobody guesses one of 890 million
# codes that way, and nobody is kept out for longer than that by a classmate's tries.
SHORTEST_WAIT, LONGEST_WAIT = 5, 60


@dataclass(frozen=True, slots=True)
class Way:
    """By which door somebody comes back: the link's, or the one with the code that was `typed` from an address."""

    door: Door | None = None
    typed: str = ""
    address: str = ""


def member_return(*, way: Way, name: str, resume: str) -> Membership:
    """Who goes by this name and has this code. Unknown class, unknown name and wrong code are the same refusal.

    Not one transaction: a failure must stay counted although it is refused. By link a network's other failures do not
    matter. A locked or outdated door lets back in who has been in.
    """
    if way.door is None:
        limit_check(limit=JOIN_CODE, who=way.address)
    door = way.door or door_typed(way.typed)
    who = f"{door.pk if door else 0} {folded(name)[:200]}"
    wait_over(who)
    member = member_called(door, name, code_typed(resume, RESUME_LENGTH))
    if member is None:
        failure_add(way, who)
        raise RuleError(WRONG, code="wrong")
    return member


def door_typed(typed: str) -> Door | None:
    """The door with this code, locked and outdated ones too."""
    return Door.objects.select_related("classroom").filter(code=code_typed(typed, DOOR_LENGTH)).first()


def wait_over(who: str) -> None:
    """Refuse while the wait after too many wrong tries for a name is not over."""
    now = whole_seconds()
    tries = Attempt.objects.filter(scope=TRY.scope, who__in=whos(who, now), at__gt=now - TRY.within)
    times = sorted(tries.values_list("at", flat=True))
    left = wait_left(times, now)
    if left > 0:
        raise RuleError(SLOW, code="too_many", seconds=left)


def wait_left(times: list[datetime], now: datetime) -> int:
    """How many seconds the next try has to wait after wrong ones at these times, the oldest first."""
    if len(times) < TRY.most:
        return 0
    wait = min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** min(len(times) - TRY.most, 10))
    return int((times[-1] + timedelta(seconds=wait) - now).total_seconds())


def member_called(door: Door | None, name: str, code: str) -> Membership | None:
    """The reader of this name and code; who was merged into another comes back as that one."""
    room = door.classroom_id if door else 0
    readers = Membership.objects.filter(classroom=room, is_teacher=False).exclude(resume_hash="")
    wanted = folded(name)
    called = [each for each in readers.select_related("user", "merged_into__user") if is_called(each, wanted)]
    if not called:
        is_resume_code(None, code)
    found = [each.merged_into or each for each in called if is_resume_code(each, code)]
    return next((each for each in found if each.removed_at is None), None)


def is_called(member: Membership, wanted: str) -> bool:
    """Whether the member goes by this folded name."""
    return folded(member.shown_name) == wanted


def failure_add(way: Way, who: str) -> None:
    """Count a wrong try for the name, and for the network where a class code was typed."""
    attempt_add(limit=TRY, who=who)
    if way.door is None:
        attempt_add(limit=JOIN_CODE, who=way.address)
        alert_if_many()

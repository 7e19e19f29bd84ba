"""The door of a class: its code and link, until when they let people in, and locking it."""

import secrets
import zoneinfo
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from annotator.domain.codes import DOOR_LENGTH, LETTERS
from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Classroom, Door
from annotator.services.readings import whole_seconds

TOKEN_BYTES = 16
# Until the end of the school day, a week ahead: one lesson's code still works in the next, and no longer.
LIFETIME = timedelta(days=7)
LAST_HOUR = 16
LONGEST = timedelta(days=365)

NO_DOOR = gettext_noop("A team has no join code: invite people by a link instead.")
PAST = gettext_noop("That time is over already. Choose a later one.")
TOO_LATE = gettext_noop("A code can work for a year at most. Choose an earlier time.")


@transaction.atomic
def door_of(*, classroom: Classroom) -> Door:
    """The door of a class, made when there is none."""
    if classroom.kind != Classroom.Kind.CLASS:
        raise RuleError(NO_DOOR, code="no_door")
    # Held, so that two at once make one door.
    Classroom.objects.select_for_update().get(pk=classroom.pk)
    door = Door.objects.filter(classroom=classroom).first()
    return door or door_made(Door(classroom=classroom))


@transaction.atomic
def door_renew(*, classroom: Classroom) -> Door:
    """A new code and a new link; the old ones open nothing any more. Whoever is in stays in."""
    door = door_of(classroom=classroom)
    door.is_locked = False
    return door_made(door)


@transaction.atomic
def door_lock(*, classroom: Classroom, is_locked: bool) -> Door:
    """Nobody new comes in, by code or by link, until it is unlocked; who has been here still comes back."""
    door = door_of(classroom=classroom)
    door.is_locked = is_locked
    door.save(update_fields=["is_locked"])
    return door


@transaction.atomic
def door_keep_until(*, classroom: Classroom, expires_at: datetime | None = None) -> Door:
    """The code works until then, without a time for another week from now."""
    now = whole_seconds()
    expires_at = expires_at or week_ahead(now, classroom.time_zone)
    if expires_at <= now:
        raise RuleError(PAST, code="past")
    if expires_at > now + LONGEST:
        raise RuleError(TOO_LATE, code="too_late")
    door = door_of(classroom=classroom)
    door.expires_at = expires_at
    door.save(update_fields=["expires_at"])
    return door


def door_made(door: Door) -> Door:
    """Give the door a code and token that no other has."""
    door.made_at = whole_seconds()
    door.expires_at = week_ahead(door.made_at, door.classroom.time_zone)
    for _attempt in range(5):
        door.code, door.token = code_made(DOOR_LENGTH), secrets.token_urlsafe(TOKEN_BYTES)
        try:
            with transaction.atomic():
                door.save()
        except IntegrityError:  # pragma: no cover - one in a million million
            continue
        return door
    raise RuntimeError("No free door code was found.")  # pragma: no cover


def code_made(length: int) -> str:
    """A new random code of this length, without its dash."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def week_ahead(now: datetime, time_zone: str) -> datetime:
    """Four in the afternoon by the class's clock, seven days from now."""
    zone = zoneinfo.ZoneInfo(time_zone)
    day = (now.astimezone(zone) + LIFETIME).date()
    local = datetime(day.year, day.month, day.day, LAST_HOUR, tzinfo=zone)
    return local.astimezone(now.tzinfo)

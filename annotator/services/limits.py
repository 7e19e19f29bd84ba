"""Limits on guessing and on heavy work: attempts are counted, kept as keyed hashes, and forgotten after a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from annotator.domain.addresses import network_of
from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Attempt
from annotator.services.readings import whole_seconds

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts of one kind `within` a time by one address or person; `message` is for the next."""

    scope: str
    most: int
    within: timedelta
    message: str


# A school may stand behind one address: thirty pupils who each mistype three times stay under it.
SIGN_IN = Limit(
    "sign_in",
    100,
    timedelta(minutes=10),
    gettext_noop(
        "Too many sign-ins from this network did not work. Wait ten minutes, or use a link that signs you in once."
    ),
)
REGISTER = Limit(
    "register",
    100,
    timedelta(hours=1),
    gettext_noop("Many accounts were made from this network just now. Wait an hour, then try again."),
)
EXPORT = Limit(
    "export",
    60,
    timedelta(hours=1),
    gettext_noop("You have downloaded sixty files within an hour. Wait a while, then go on."),
)
UPLOAD = Limit(
    "upload",
    120,
    timedelta(hours=1),
    gettext_noop("You have sent 120 texts within an hour. Nothing was stored this time: wait a while, then go on."),
)


def limit_check(*, limit: Limit, who: str) -> None:
    """Refuse when `who`, a network address or a person's UUID, has used up the attempts."""
    now = whole_seconds()
    recent = Attempt.objects.filter(scope=limit.scope, who__in=whos(who, now), at__gt=now - limit.within)
    if recent.count() >= limit.most:
        raise RuleError(limit.message, code="too_many", seconds=int(limit.within.total_seconds()))


@transaction.atomic
def attempt_add(*, limit: Limit, who: str) -> None:
    """Count one attempt, and forget those of yesterday."""
    attempts_forget()
    now = whole_seconds()
    Attempt.objects.create(scope=limit.scope, who=whos(who, now)[0], at=now)


@transaction.atomic
def attempts_forget() -> None:
    """Drop every attempt that is a day old."""
    Attempt.objects.filter(at__lte=whole_seconds() - KEPT).delete()


def whos(who: str, now: datetime) -> list[str]:
    """Who it is under today's key and under that of a limit's time ago: a window may reach over midnight."""
    days = sorted({now.date(), (now - timedelta(hours=1)).date()}, reverse=True)
    return [salted_hmac(f"attempt {day}", network_of(who), algorithm="sha256").hexdigest() for day in days]

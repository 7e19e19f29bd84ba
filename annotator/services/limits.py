"""Limits on guessing: failures are counted for each address, kept as keyed hashes, and forgotten after a day."""

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
    """At most `most` attempts of one kind from one address `within` a time; `message` says what to do beyond it."""

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


def limit_check(*, limit: Limit, address: str) -> None:
    """Refuse when `address` has used up its attempts."""
    now = whole_seconds()
    recent = Attempt.objects.filter(scope=limit.scope, who__in=whos(address, now), at__gt=now - limit.within)
    if recent.count() >= limit.most:
        raise RuleError(limit.message, code="too_many", seconds=int(limit.within.total_seconds()))


@transaction.atomic
def attempt_add(*, limit: Limit, address: str) -> None:
    """Count one attempt, and forget those of yesterday."""
    attempts_forget()
    now = whole_seconds()
    Attempt.objects.create(scope=limit.scope, who=whos(address, now)[0], at=now)


@transaction.atomic
def attempts_forget() -> None:
    """Drop every attempt that is a day old."""
    Attempt.objects.filter(at__lte=whole_seconds() - KEPT).delete()


def whos(address: str, now: datetime) -> list[str]:
    """The address under today's key and under that of a limit's time ago: a window may reach over midnight."""
    days = sorted({now.date(), (now - timedelta(hours=1)).date()}, reverse=True)
    return [salted_hmac(f"attempt {day}", network_of(address), algorithm="sha256").hexdigest() for day in days]

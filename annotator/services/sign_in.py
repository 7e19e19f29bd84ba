"""Signing in by user name and password, and how long that lasts."""

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import User
from annotator.services.limits import SIGN_IN, attempt_add, attempts_forget, limit_check

# The key under which a session keeps the second at which it ends, however busily it is used.
SESSION_ENDS = "ends"
WRONG = gettext_noop(
    "This user name and password do not belong together. Check both: capital letters count in the password."
)


def person_recognise(*, username: str, password: str, address: str) -> User:
    """Whose user name and password these are. The same refusal, after the same work, whether the name exists or not.

    Not one transaction: a failure must stay counted although it is refused. Failures count for the address, never for
    the account, so nobody can lock a person out from elsewhere.
    """
    limit_check(limit=SIGN_IN, who=address)
    user = authenticate(username=username, password=password)
    if not isinstance(user, User):
        attempt_add(limit=SIGN_IN, who=address)
        raise RuleError(WRONG, code="wrong")
    return user


def session_end(*, user: User, now: int) -> int:
    """When a session begun `now` ends, both in seconds since 1970: a reader's after one school day."""
    return now + (settings.SESSION_COOKIE_AGE if user.is_teacher else settings.SESSION_READER_SECONDS)


@transaction.atomic
def past_forget() -> None:
    """Drop sessions that have ended and attempts that are a day old. Asked whenever somebody comes in."""
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
    attempts_forget()

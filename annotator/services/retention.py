"""How long a class in the archive is remembered, and the sweeping out of what has run out."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Q, QuerySet

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Attempt, Classroom, Door, Invitation, SignInLink
from annotator.services.classrooms import classroom_locked
from annotator.services.erasure import classroom_anonymise, classroom_empty
from annotator.services.limits import KEPT
from annotator.services.readings import whole_seconds

# Two years: who needs names for longer should not have put the class away.
MOST_DAYS = 730
# A door or an invitation that ran out is looked at for a while longer; nobody asks for it after that.
LEFT_LYING = timedelta(days=30)

WRONG_DAYS = gettext_noop("Choose between 1 and 730 days.")
PAST = gettext_noop("That day has passed already. Choose a longer time, or make the class nameless right now.")
IS_TEAM = gettext_noop("Teams are kept until somebody erases them.")
FORGOTTEN = gettext_noop("The names of this class have gone already.")


@transaction.atomic
def classroom_keep(*, classroom: Classroom, days: int, forgets_marks: bool) -> Classroom:
    """How many days a class is remembered after it is put away, and whether its readers' marks go as well then."""
    locked = classroom_locked(classroom)
    if locked.kind != Classroom.Kind.CLASS:
        raise RuleError(IS_TEAM, code="is_team")
    if locked.is_forgotten:
        raise RuleError(FORGOTTEN, code="forgotten")
    if not 1 <= days <= MOST_DAYS:
        raise RuleError(WRONG_DAYS, code="wrong_days")
    if locked.archived_at is not None and locked.archived_at + timedelta(days=days) <= whole_seconds():
        raise RuleError(PAST, code="past")
    locked.kept_days, locked.forgets_marks = days, forgets_marks
    locked.save(update_fields=["kept_days", "forgets_marks"])
    return locked


def classes_due(now: datetime) -> list[Classroom]:
    """The classes whose time has come."""
    remembered = Q(forgotten_at=None) | Q(forgotten_at__lt=F("archived_at"))
    archived = Classroom.objects.filter(remembered, kind=Classroom.Kind.CLASS, archived_at__lt=now).order_by("pk")
    return [each for each in archived if each.forgets_at is not None and each.forgets_at <= now]


@transaction.atomic
def classroom_forget(*, classroom: Classroom) -> bool:
    """Names and words of a class go, with `forgets_marks` its readers' marks too; False where it is not time.

    Dated to when it was due, however much later somebody came by.
    """
    locked = Classroom.objects.select_for_update().filter(pk=classroom.pk).first()
    due = locked.forgets_at if locked else None
    if locked is None or due is None or due > whole_seconds():
        return False
    forget = classroom_empty if locked.forgets_marks else classroom_anonymise
    forget(classroom=locked, by=None)
    locked.forgotten_at = due
    locked.save(update_fields=["forgotten_at"])
    return True


def tidy() -> Counter[str]:
    """Forget classes whose time has come, and sweep out what has run out; how many of what. Done again: nothing."""
    now = whole_seconds()
    counts = Counter(classes=sum(classroom_forget(classroom=each) for each in classes_due(now)))
    for name, rows in run_out(now).items():
        counts[name] = rows.delete()[0]
    return counts


def run_out(now: datetime) -> dict[str, QuerySet[Any]]:
    """What nobody can use any more."""
    old = now - LEFT_LYING
    return {
        "sessions": Session.objects.filter(expire_date__lte=now),
        "attempts": Attempt.objects.filter(at__lte=now - KEPT),
        "sign-in links": SignInLink.objects.filter(Q(expires_at__lte=now) | Q(used_at__isnull=False)),
        "invitations": Invitation.objects.filter(Q(expires_at__lte=old) | Q(used_at__lte=old)),
        "doors": Door.objects.filter(expires_at__lte=old),
    }

"""Taking rows away for good, from the leaves down: everything that stands on a reading is PROTECTed, so order matters.

Nothing here asks whether it may: services/erasure.py does, and keeps the record.
"""

from collections import Counter
from collections.abc import Iterable

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from annotator.models import (
    Assignment,
    Decision,
    Exercise,
    Membership,
    Participation,
    Reading,
    Reason,
    RosterEntry,
    Snapshot,
    Span,
    SpanOperation,
    User,
    WarmUpVote,
)


def readings_remove(readings: QuerySet[Reading]) -> Counter[str]:
    """Delete readings with their highlights, history and snapshots; how many rows of each there were."""
    held = [reading.pk for reading in readings.select_for_update().order_by("pk")]
    operations = SpanOperation.objects.filter(reading__in=held)
    spans = Span.objects.filter(reading__in=held)
    SpanOperation.objects.filter(undoes__in=operations).update(undoes=None)
    Span.objects.filter(reported_by__in=spans).update(reported_by=None)
    Span.objects.filter(copied_from__in=spans).update(copied_from=None)
    return Counter(
        decisions=Decision.objects.filter(key__in=held).delete()[0],
        operations=operations.delete()[0],
        spans=spans.delete()[0],
        snapshots=Snapshot.objects.filter(reading__in=held).delete()[0],
        readings=Reading.objects.filter(pk__in=held).delete()[0],
    )


def lesson_remove(members: Iterable[Membership]) -> Counter[str]:
    """Delete what lessons keep of readers beside their readings, and their places on the class list."""
    own = Q(member__in=[member.pk for member in members])
    return Counter(
        answers=Participation.objects.filter(own).delete()[0],
        reasons=Reason.objects.filter(own).delete()[0],
        votes=WarmUpVote.objects.filter(own).delete()[0],
        assignments=Assignment.objects.filter(own).delete()[0],
        roster=RosterEntry.objects.filter(own).delete()[0],
    )


def people_remove(users: Iterable[int]) -> int:
    """Delete those of some people who belong to nothing any more, signed out everywhere; how many there were.

    Teachers and operators stay, and so does who still belongs to a class or team, or owns anything.
    """
    made = Exercise.objects.filter(created_by=OuterRef("pk"))
    idle = User.objects.filter(
        ~Exists(made), pk__in=list(users), is_teacher=False, is_staff=False, is_superuser=False,
        memberships=None, articles=None, codebooks=None,
    )  # fmt: skip
    gone = set(idle.values_list("pk", flat=True))
    sessions_end(gone)
    log_forget(User, gone)
    User.objects.filter(pk__in=gone).delete()
    return len(gone)


def sessions_end(users: set[int]) -> None:
    """Sign some people out on every device, and leave nothing of their sessions. Reads every session there is."""
    if users:
        told = texts(users)
        ended = [each.pk for each in Session.objects.all() if str(each.get_decoded().get("_auth_user_id")) in told]
        Session.objects.filter(pk__in=ended).delete()


def log_forget(model: type[User | Membership | RosterEntry], keys: Iterable[int]) -> None:
    """Drop what the operator's admin noted about some rows: it repeats their names."""
    entries = LogEntry.objects.filter(content_type__app_label="annotator", content_type__model=model._meta.model_name)
    entries.filter(object_id__in=list(texts(keys))).delete()


def texts(keys: Iterable[int]) -> set[str]:
    """Primary keys as sessions and the admin's log write them."""
    return {str(key) for key in keys}


def wipe_when_committed() -> None:
    """Once this transaction is committed, let nothing of what went stay in SQLite's log file.

    In the database file itself `secure_delete` has overwritten it. While somebody else reads, SQLite puts the rest off
    until it next writes the log back.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(log_written_back, robust=True)


def log_written_back() -> None:
    """Write the log into the database file and empty it; wait at most a second for those who read."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        [usual] = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout=1000")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout={int(usual)}")

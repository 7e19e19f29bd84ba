"""Making people nameless, and erasing them or a whole class: for good, at once, with a record that names nobody.

Anonymised: a new code, no name, no word of their own; tags and edges stay and count. Erased: nothing stays, and every
figure that had counted them is computed anew. Both are done once: done again they find nobody and change nothing.
"""

from collections import Counter
from collections.abc import Sequence
from random import SystemRandom
from uuid import uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import (
    Classroom,
    Decision,
    Door,
    Erasure,
    Exercise,
    Invitation,
    Membership,
    Reading,
    Reason,
    RosterEntry,
    RuleEntry,
    SpanOperation,
    User,
)
from annotator.services.agreement import agreement_refresh
from annotator.services.classrooms import next_code_number
from annotator.services.free_text import answers_remove, reasons_remove, words_remove
from annotator.services.readings import whole_seconds
from annotator.services.removal import lesson_remove, log_forget, people_remove, readings_remove, wipe_when_committed
from annotator.services.rule_books import books_remove, rules_remove

Kind = Erasure.Kind
LEADS = gettext_noop("“%(name)s” leads here. Remove this person from the class or team first, then try again.")
IS_SAMPLE = gettext_noop("This is the sample class. Remove it from your home page: all of it goes, and nobody is real.")


@transaction.atomic
def member_anonymise(*, member: Membership, by: User | None) -> Erasure | None:
    """Nobody can tell any more whose readings these are. None where that was done before."""
    held = people_held(member)
    if not held or all(each.anonymised_at for each in held):
        return None
    counts = anonymised(held)
    return noted(Kind.MEMBER_ANONYMISED, by, counts)


@transaction.atomic
def member_erase(*, member: Membership, by: User | None) -> Erasure | None:
    """The person and all that was theirs in this class. None where they are gone already."""
    held = people_held(member)
    return noted(Kind.MEMBER_ERASED, by, erased(held)) if held else None


@transaction.atomic
def classroom_anonymise(*, classroom: Classroom, by: User | None) -> Erasure | None:
    """All its readers, the class list and the door. None where there was nothing left to do.

    Who teaches keeps the name: it is that of their account. The words in their key stay as well, for they explain it.
    """
    held = class_held(classroom)
    if held is None:
        return None
    counts = anonymised([each for each in readers_held(held) if not each.anonymised_at]) + list_remove(held)
    counts["notes"] += words_remove(Reading.objects.filter(exercise__classroom=held, is_key=False))
    counts["reasons"] += reasons_remove(Reason.objects.filter(exercise__classroom=held))
    return noted(Kind.CLASS_ANONYMISED, by, counts) if counts.total() else None


@transaction.atomic
def classroom_empty(*, classroom: Classroom, by: User | None) -> Erasure | None:
    """All its readers with what they made, the class list and the door. The exercises with their keys stay."""
    held = class_held(classroom)
    if held is None:
        return None
    counts = erased(readers_held(held)) + list_remove(held)
    counts += readings_gone(Reading.objects.filter(exercise__classroom=held, is_key=False))
    counts["reasons"] += reasons_remove(Reason.objects.filter(exercise__classroom=held))
    return noted(Kind.CLASS_EMPTIED, by, counts) if counts.total() else None


@transaction.atomic
def classroom_erase(*, classroom: Classroom, by: User | None) -> Erasure | None:
    """The class with everything in it. Articles are their owners' and stay in the library. None where it is gone."""
    held = class_held(classroom)
    if held is None:
        return None
    if held.is_sample:
        raise RuleError(IS_SAMPLE, code="is_sample")
    members = list(Membership.objects.filter(classroom=held).select_for_update().order_by("pk"))
    exercises = Exercise.objects.filter(classroom=held)
    list(exercises.select_for_update().order_by("pk"))
    counts = readings_remove(Reading.objects.filter(exercise__in=exercises)) + lesson_remove(members)
    rules, books = rules_remove(exercises)
    counts += rules
    counts["exercises"] = exercises.count()
    exercises.delete()
    counts["codebooks"] = books_remove(books)
    counts += list_remove(held)
    Invitation.objects.filter(classroom=held).delete()
    counts["people"] = members_remove(members)
    held.delete()
    return noted(Kind.CLASS_ERASED, by, counts)


def noted(kind: str, by: User | None, counts: Counter[str]) -> Erasure:
    """The record, and the end of what SQLite still has in its log."""
    wipe_when_committed()
    kept = {name: number for name, number in sorted(counts.items()) if number}
    return Erasure.objects.create(kind=kind, by=by, at=whole_seconds(), counts=kept)


def class_held(classroom: Classroom) -> Classroom | None:
    """The class as it stands, its row held, or None where it is gone. Taken before exercises, these before readings."""
    return Classroom.objects.select_for_update().filter(pk=classroom.pk).first()


def people_held(member: Membership) -> list[Membership]:
    """A person's membership and those merged into it, held. RuleError for who leads."""
    class_held(member.classroom)
    now = Membership.objects.filter(pk=member.pk).first()
    if now is None:
        return []
    root = now.merged_into_id or now.pk
    rows = Membership.objects.filter(Q(pk=root) | Q(merged_into=root)).select_related("user").order_by("pk")
    held = list(rows.select_for_update(of=("self",)))
    for each in held:
        if each.is_teacher and each.removed_at is None:
            raise RuleError(LEADS, code="leads", name=each.shown_name)
    return held


def readers_held(classroom: Classroom) -> list[Membership]:
    """Everybody who ever belonged without teaching, held."""
    rows = Membership.objects.filter(classroom=classroom, is_teacher=False).select_related("user").order_by("pk")
    return list(rows.select_for_update(of=("self",)))


def own_readings(members: Sequence[Membership]) -> QuerySet[Reading]:
    """Their readings. A key explains an exercise to everybody, so it is none of these."""
    return Reading.objects.filter(member__in=[each.pk for each in members], is_key=False)


def anonymised(members: Sequence[Membership]) -> Counter[str]:
    """Take names and words away; how much of what."""
    keys = [each.pk for each in members]
    counts = Counter(notes=words_remove(own_readings(members)), answers=answers_remove(keys))
    counts["reasons"] = reasons_remove(Reason.objects.filter(member__in=keys))
    counts["roster"] = roster_remove(RosterEntry.objects.filter(member__in=keys))
    # New codes are dealt at random: in the order of joining they would tell who is who.
    for each in SystemRandom().sample(members, len(members)):
        unlink(each)
    counts["people"] = len(members)
    return counts


def unlink(member: Membership) -> None:
    """A membership of nobody: a new account that cannot be entered, a new code, no name."""
    before = member.user_id
    member.user = User.objects.create_user(
        f"nobody-{uuid4().hex}", None, is_active=False, is_sample=member.user.is_sample, date_joined=member.joined_at
    )
    if member.code_number is not None:
        member.code_number = next_code_number()
    member.pseudonym = member.code
    member.resume_hash = ""
    member.anonymised_at = whole_seconds()
    member.removed_at = member.removed_at or member.anonymised_at
    member.save()
    log_forget(Membership, [member.pk])
    people_remove([before])


def erased(members: Sequence[Membership]) -> Counter[str]:
    """Delete what they made and then themselves; how much of what."""
    counts = readings_gone(own_readings(members)) + lesson_remove(members)
    counts["people"] = members_remove(members)
    return counts


def readings_gone(readings: QuerySet[Reading]) -> Counter[str]:
    """Delete readings, and compute anew every figure that may have counted them."""
    touched = set(readings.order_by().values_list("exercise", flat=True))
    exercises = list(Exercise.objects.filter(pk__in=touched).select_for_update().order_by("pk"))
    counts = readings_remove(readings)
    for exercise in exercises:
        agreement_refresh(exercise=exercise)
    return counts


def members_remove(members: Sequence[Membership]) -> int:
    """Delete memberships, and the accounts that belong to nothing else; how many memberships.

    Where a key, its history, a rule or a decision on a reason hangs on one, its person goes all the same and the row
    stays without a name.
    """
    keys = [each.pk for each in members]
    Membership.objects.filter(merged_into__in=keys).update(merged_into=None)
    kept = set(Reading.objects.filter(member__in=keys).values_list("member", flat=True))
    kept |= set(SpanOperation.objects.filter(actor__in=keys).values_list("actor", flat=True))
    kept |= set(Decision.objects.filter(member__in=keys).values_list("member", flat=True))
    kept |= set(RuleEntry.objects.filter(member__in=keys).values_list("member", flat=True))
    kept |= set(Reason.objects.filter(moderated_by__in=keys).values_list("moderated_by", flat=True))
    for each in members:
        if each.pk in kept:
            unlink(each)
    users = [each.user_id for each in members if each.pk not in kept]
    Membership.objects.filter(pk__in=set(keys) - kept).delete()
    log_forget(Membership, keys)
    people_remove(users)
    return len(keys)


def list_remove(classroom: Classroom) -> Counter[str]:
    """Delete the class list and the door."""
    door = Door.objects.filter(classroom=classroom).delete()[0]
    return Counter(roster=roster_remove(RosterEntry.objects.filter(classroom=classroom)), doors=door)


def roster_remove(entries: QuerySet[RosterEntry]) -> int:
    """Delete names of a class list; how many."""
    log_forget(RosterEntry, entries.values_list("pk", flat=True))
    return entries.delete()[0]

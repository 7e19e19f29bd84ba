"""What is kept about one person, in numbers and names, for the page that tells them. Nine queries at most."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from annotator.models import Article, Classroom, Membership, Participation, Reading, Reason, Span, User, WarmUpVote


@dataclass(frozen=True, slots=True)
class StoredRoom:
    """What is kept in one class or team. Names are empty and counts 0 where there is nothing.

    `forgets_at` and `days_left` count down in the archive; `kept_days` says how long that will be.
    """

    name: str
    is_team: bool
    time_zone: str
    joined_at: datetime
    is_over: bool
    is_teacher: bool
    is_reader: bool
    is_nameless: bool
    name_here: str
    list_name: str
    list_extras: list[str]
    code: str
    has_resume_code: bool
    readings: int
    spans: int
    notes: int
    answers: int
    votes: int
    reasons: int
    teachers: list[str]
    kept_days: int
    forgets_marks: bool
    forgets_at: datetime | None
    days_left: int
    is_forgotten: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """The page. `articles` are those in one's library, deleted ones included."""

    name: str
    user_name: str
    email: str
    has_password: bool
    is_teacher: bool
    articles: int
    rooms: list[StoredRoom]


def stored_about(user: User) -> Stored:
    """Everything, of every class and team one belongs or belonged to."""
    found = Membership.objects.filter(user=user).select_related("classroom", "roster_entry", "user")
    members = list(found.order_by("-joined_at", "-pk"))
    readings = counted(Reading.objects.filter(member__in=members), "member", all=Count("pk"))
    spans = counted(
        Span.objects.filter(reading__member__in=members), "reading__member", all=Count("pk"),
        notes=Count("pk", filter=~Q(note="")),
    )  # fmt: skip
    answers = counted(Participation.objects.filter(member__in=members), "member", all=Count("pk", ~Q(exit_answer="")))
    votes = counted(WarmUpVote.objects.filter(member__in=members), "member", all=Count("pk"))
    reasons = counted(Reason.objects.filter(member__in=members), "member", all=Count("pk"))
    leads = teachers_of([member.classroom_id for member in members], user)
    return Stored(
        name=user.name,
        user_name=user.username,
        email=user.email,
        has_password=user.has_usable_password(),
        is_teacher=user.is_teacher,
        articles=Article.objects.filter(owner=user).count() if user.is_teacher else 0,
        rooms=[
            room_of(
                each, leads.get(each.classroom_id, []), readings=readings.get(each.pk, {}).get("all", 0),
                spans=spans.get(each.pk, {}), answers=answers.get(each.pk, {}).get("all", 0),
                votes=votes.get(each.pk, {}).get("all", 0), reasons=reasons.get(each.pk, {}).get("all", 0),
            )
            for each in members
        ],
    )  # fmt: skip


def counted(rows: QuerySet[Any], by: str, **counts: Count) -> dict[int, dict[str, int]]:
    """Counts by membership."""
    return {row.pop(by): row for row in rows.order_by().values(by).annotate(**counts)}


def teachers_of(rooms: Iterable[int], user: User) -> dict[int, list[str]]:
    """Who else teaches in some classrooms, by name."""
    found = Membership.objects.current().filter(classroom__in=rooms, is_teacher=True).exclude(user=user)
    names: dict[int, list[str]] = {}
    for each in found.select_related("user").order_by("pk"):
        names.setdefault(each.classroom_id, []).append(each.user.get_full_name())
    return names


def room_of(
    member: Membership, teachers: list[str], *, readings: int, spans: dict[str, int], answers: int, votes: int,
    reasons: int,
) -> StoredRoom:  # fmt: skip
    """One class or team."""
    room = member.classroom
    entry = getattr(member, "roster_entry", None)
    return StoredRoom(
        name=room.name,
        is_team=room.kind == Classroom.Kind.TEAM,
        time_zone=room.time_zone,
        joined_at=member.joined_at,
        is_over=member.removed_at is not None,
        is_teacher=member.is_teacher,
        is_reader=member.is_reader,
        is_nameless=member.anonymised_at is not None,
        name_here=member.shown_name,
        list_name=entry.name if entry else "",
        list_extras=[text for text in (entry.student_ref, entry.section, entry.external_id) if text] if entry else [],
        code=member.code,
        has_resume_code=bool(member.resume_hash),
        readings=readings,
        spans=spans.get("all", 0),
        notes=spans.get("notes", 0),
        answers=answers,
        votes=votes,
        reasons=reasons,
        teachers=teachers,
        kept_days=room.kept_days,
        forgets_marks=room.forgets_marks,
        forgets_at=room.forgets_at,
        days_left=days_until(room.forgets_at),
        is_forgotten=room.is_forgotten,
    )


def days_until(time: datetime | None) -> int:
    """Whole days from now, the one that has begun included; 0 where the time has come."""
    if time is None:
        return 0
    return max(0, math.ceil((time - timezone.now()).total_seconds() / 86400))

"""All that is kept about one person, every field, as it leaves in their own download.

Exercises go by their public ids: a title may be one that readers are not to know yet.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from annotator.exporters import csv_file, readings_csv, spans_csv
from annotator.models import (
    Article,
    Assignment,
    CodebookVersion,
    Decision,
    Exercise,
    Invitation,
    Membership,
    Participation,
    Phase,
    Reading,
    Reason,
    RuleEntry,
    Snapshot,
    Span,
    SpanOperation,
    User,
    WarmUpVote,
)
from annotator.reports.export_names import public_id
from annotator.reports.export_readings import reading_export
from annotator.reports.export_spans import span_export
from annotator.reports.snapshot import snapshot

SCHEMA = 1


def own_files(user: User) -> dict[str, bytes]:
    """profile.json, spans.csv and readings.csv, as of one moment. About ten queries, and seven more per exercise."""
    with snapshot():
        read = list(exercises_read(user))
        return {
            "profile.json": json.dumps(profile(user), ensure_ascii=False, indent=2).encode() + b"\n",
            "spans.csv": b"".join(csv_file.encode(spans_csv.records(spans_of(read)))),
            "readings.csv": b"".join(csv_file.encode(readings_csv.records(readings_of(read)))),
        }


def exercises_read(user: User) -> Iterator[tuple[Exercise, Membership]]:
    """What a person has begun to read, and as whom; what was taken back to a draft is left out.

    A key is the class's: it leaves with the exercise, and its history is in the profile.
    """
    begun = Reading.objects.exclude(exercise__phase=Phase.DRAFT).filter(member__user=user, is_key=False)
    rows = begun.values_list("exercise", "member").distinct()
    pairs = set(rows.order_by())
    exercises = Exercise.objects.select_related("codebook_version__codebook").in_bulk({pair[0] for pair in pairs})
    members = Membership.objects.in_bulk({pair[1] for pair in pairs})
    found = [(exercises[exercise], members[member]) for exercise, member in pairs]
    yield from sorted(found, key=lambda pair: (public_id(pair[0]), pair[1].code))


def spans_of(read: Iterable[tuple[Exercise, Membership]]) -> Iterator[spans_csv.ReadingSpans]:
    """The rows of spans.csv."""
    for exercise, member in read:
        yield from span_export([exercise], member)


def readings_of(read: Iterable[tuple[Exercise, Membership]]) -> Iterator[readings_csv.ReadingRow]:
    """The rows of readings.csv."""
    for exercise, member in read:
        yield from reading_export([exercise], member)


def profile(user: User) -> dict[str, Any]:
    """The whole of profile.json."""
    members = Membership.objects.filter(user=user).select_related("classroom", "roster_entry", "merged_into")
    return {
        "schema": SCHEMA,
        "made_at": time(timezone.now()),
        "account": account(user),
        "classes": [belonging(member) for member in members.order_by("pk")],
        "articles": [each.title for each in Article.objects.filter(owner=user).order_by("pk").only("title")],
        "codebooks": [
            {"title": title, "version": number, "published_at": time(published)}
            for title, number, published in CodebookVersion.objects.filter(codebook__owner=user)
            .order_by("codebook", "number").values_list("title", "number", "published_at")
        ],
        "exercises_made": [str(each) for each in made_by(user)],
        "article_drafts": list(user.article_drafts.order_by("pk").values_list("title", flat=True)),
        "sign_in_links_until": [time(each.expires_at) for each in user.sign_in_links.order_by("pk")],
        "invitations": [
            {"made_at": time(made), "expires_at": time(until), "used_at": time(used)}
            for made, until, used in Invitation.objects.filter(Q(created_by=user) | Q(used_by=user))
            .order_by("pk").values_list("created_at", "expires_at", "used_at")
        ],
    }  # fmt: skip


def made_by(user: User) -> list[Any]:
    """The public ids of the exercises a person made."""
    return list(Exercise.objects.filter(created_by=user).order_by("pk").values_list("uuid", flat=True))


def account(user: User) -> dict[str, Any]:
    """What the account says; of a password only whether there is one."""
    return {
        "id": str(user.uuid),
        "user_name": user.username,
        "name": user.name,
        "email": user.email,
        "has_password": user.has_usable_password(),
        "is_teacher": user.is_teacher,
        "is_operator": user.is_superuser,
        "is_active": user.is_active,
        "is_sample": user.is_sample,
        "joined_at": time(user.date_joined),
        "last_signed_in_at": time(user.last_login),
    }


def belonging(member: Membership) -> dict[str, Any]:
    """One class or team, and all that was done in it."""
    entry = getattr(member, "roster_entry", None)
    return {
        "id": str(member.uuid),
        "class": member.classroom.name,
        "kind": member.classroom.kind,
        "is_teacher": member.is_teacher,
        "is_reader": member.is_reader,
        "code": member.code,
        "pseudonym": member.pseudonym,
        "has_resume_code": bool(member.resume_hash),
        "joined_at": time(member.joined_at),
        "removed_at": time(member.removed_at),
        "made_nameless_at": time(member.anonymised_at),
        "same_person_as": member.merged_into.code if member.merged_into else "",
        "class_list": {
            "name": entry.name,
            "student_id": entry.student_ref,
            "external_id": entry.external_id,
            "section": entry.section,
        }
        if entry
        else None,
        "lessons": [lesson(each) for each in Participation.objects.filter(member=member).select_related("exercise")],
        "warm_up": [
            {"exercise": public_id(each.exercise), "sentence": each.sentence, "label": each.label}
            for each in WarmUpVote.objects.filter(member=member).select_related("exercise").order_by("pk")
        ],
        "assigned": [
            {"exercise": public_id(each.exercise), "document_id": public_id(each.article)}
            for each in Assignment.objects.filter(member=member).select_related("exercise", "article").order_by("pk")
        ],
        "readings": [reading(each) for each in whole_readings(member)],
        "decisions": [decision(each) for each in decisions_of(member)],
        "rules": [rule(each) for each in rules_of(member)],
        "reasons": [reason(each) for each in reasons_of(member)],
    }


def whole_readings(member: Membership) -> Any:
    """A member's readings with what hangs on them."""
    found = Reading.objects.filter(member=member).select_related("exercise", "article").order_by("pk")
    return found.defer("article__text", "article__search_text").prefetch_related(
        "spans__label", "operations", "snapshots"
    )


def decisions_of(member: Membership) -> Any:
    """What a teacher has decided while making keys, the oldest first."""
    found = Decision.objects.filter(member=member).select_related("label", "key__exercise", "key__article")
    return found.defer("key__article__text", "key__article__search_text").order_by("pk")


def decision(row: Decision) -> dict[str, Any]:
    """One decision on what readers had marked, and why."""
    return {
        "exercise": public_id(row.key.exercise),
        "document_id": public_id(row.key.article),
        "kind": row.kind,
        "label": row.label.slug,
        "start": row.start,
        "end": row.end,
        "why": row.why,
        "made_at": time(row.made_at),
        "undone_at": time(row.undone_at),
    }


def rules_of(member: Membership) -> Any:
    """What a teacher has written into rule books, the oldest first."""
    found = RuleEntry.objects.filter(member=member).select_related("exercise", "article", "version").order_by("pk")
    return found.defer("article__text", "article__search_text")


def rule(row: RuleEntry) -> dict[str, Any]:
    """One rule, and the words it was about."""
    return {
        "exercise": public_id(row.exercise),
        "document_id": public_id(row.article) if row.article else "",
        "version": row.version.number,
        "in": row.includes,
        "out": row.excludes,
        "text": row.text,
        "start": row.start,
        "end": row.end,
        "quote": row.quote,
        "made_at": time(row.made_at),
        "taken_back_at": time(row.taken_back_at),
    }


def reasons_of(member: Membership) -> Any:
    """What a reader has written about passages, taken back or not, the oldest first."""
    found = Reason.objects.filter(member=member).select_related("exercise", "article", "label")
    return found.defer("article__text", "article__search_text").order_by("pk")


def reason(row: Reason) -> dict[str, Any]:
    """One reason and what became of it; who showed or hid it is not told."""
    return {
        "exercise": public_id(row.exercise),
        "document_id": public_id(row.article),
        "start": row.start,
        "end": row.end,
        "label": row.says,
        "text": row.text,
        "when": row.when,
        "state": row.state,
        "made_at": time(row.made_at),
        "moderated_at": time(row.moderated_at),
        "taken_back_at": time(row.taken_back_at),
    }


def lesson(row: Participation) -> dict[str, Any]:
    """What one lesson keeps beside the reading."""
    return {
        "exercise": public_id(row.exercise),
        "extra_seconds": row.extra_seconds,
        "nudged_at": time(row.nudged_at),
        "seen_at": time(row.seen_at),
        "exit_answer": row.exit_answer,
        "exit_at": time(row.exit_at),
    }


def reading(row: Reading) -> dict[str, Any]:
    """One reading: its times, its deleted highlights, its history and its snapshots. The rest is in spans.csv."""
    return {
        "id": str(row.uuid),
        "exercise": public_id(row.exercise),
        "document_id": public_id(row.article),
        "round": row.round,
        "is_key": row.is_key,
        "state": row.state,
        "started_at": time(row.started_at),
        "seen_at": time(row.seen_at),
        "submitted_at": time(row.submitted_at),
        "active_seconds": row.active_seconds,
        "deleted_highlights": [deleted(span) for span in row.spans.all() if span.deleted_at],
        "history": [operation(each) for each in row.operations.all()],
        "snapshots": [taken(each) for each in row.snapshots.all()],
    }


def deleted(span: Span) -> dict[str, Any]:
    """A highlight that its reader deleted; it can still be brought back."""
    return {
        "span_id": str(span.uuid),
        "label": span.label.slug,
        "start": span.start,
        "end": span.end,
        "note": span.note,
        "source_name": span.source_name,
        "source_kind": span.source_kind,
        "confidence": span.confidence,
        "created_at": time(span.created_at),
        "deleted_at": time(span.deleted_at),
    }


def operation(row: SpanOperation) -> dict[str, Any]:
    """One step of the history."""
    return {"at": time(row.created_at), "did": row.kind, "before": row.before, "after": row.after}


def taken(row: Snapshot) -> dict[str, Any]:
    """A reading as it was handed in or collected."""
    return {"at": time(row.made_at), "state": row.state, "highlights": row.spans}


def time(value: datetime | None) -> str:
    """A time as in our CSV files; empty for none."""
    return csv_file.time_cell(value).strip('"')

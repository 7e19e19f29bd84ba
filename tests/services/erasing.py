"""A class to erase from, and ways to look for what must be gone and what must have stayed."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils import timezone

from annotator.exporters import csv_file, readings_csv, spans_csv
from annotator.models import (
    Assignment,
    Classroom,
    Door,
    Exercise,
    Membership,
    Participation,
    Phase,
    Reading,
    Reason,
    RosterEntry,
    Snapshot,
    User,
    WarmUpVote,
)
from annotator.reports.export_readings import reading_export
from annotator.reports.export_spans import span_export
from annotator.services.exercises import exercise_move
from annotator.services.readings import reading_hand_in
from tests import factories
from tests.services.saving import add, apply, operation


@dataclass
class Lesson:
    """A class of `teacher` with one revealed exercise, read by `pupil` (canaries everywhere) and two classmates."""

    teacher: User
    room: Classroom
    exercise: Exercise
    pupil: Membership
    classmates: list[Membership]
    canary: str

    def others(self) -> bytes:
        """What leaves about the classmates and the key, byte by byte."""
        names = ["key", *(member.code for member in self.classmates)]
        return b"".join(line for line in self.files().splitlines(keepends=True) if has_name(line, names))

    def files(self) -> bytes:
        """spans.csv and readings.csv of the exercise."""
        return self.spans() + b"".join(csv_file.encode(readings_csv.records(reading_export([self.exercise]))))

    def spans(self) -> bytes:
        """spans.csv alone."""
        return b"".join(csv_file.encode(spans_csv.records(span_export([self.exercise]))))


def has_name(line: bytes, names: list[str]) -> bool:
    """Whether a record is about one of these annotators."""
    return any(f'"{name}"'.encode() in line for name in names)


def lesson() -> Lesson:
    """Everything that can hold a pupil's words or name does."""
    canary = f"kanari{uuid.uuid4().hex}"
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    exercise = factories.exercise(room, [factories.article(teacher)])
    pupil = factories.reader(room, f"{canary}-account", pseudonym=f"{canary} pseudonym", resume_hash=f"{canary}hash")
    classmates = [factories.reader(room, pseudonym=f"Classmate {number}") for number in (1, 2)]
    Door.objects.create(classroom=room, code=canary[-8:], token=canary[-32:], expires_at=timezone.now())
    RosterEntry.objects.create(
        classroom=room, position=1, name=f"{canary} roster", student_ref=f"{canary} ref", section=canary, member=pupil
    )
    logged(teacher, pupil, canary)
    Client().force_login(pupil.user)
    for number, member in enumerate([pupil, *classmates]):
        read(exercise, member, number, canary if member == pupil else "a classmate")
    key = Reading.objects.create(
        exercise=exercise,
        article=exercise.articles.get(),
        member=room.memberships.get(user=teacher),
        round=0,
        is_key=True,
    )
    add(key)
    exercise = exercise_move(exercise=exercise, phase=Phase.CLOSED)
    exercise = exercise_move(exercise=exercise, phase=Phase.REVEALED)
    return Lesson(teacher, room, exercise, pupil, classmates, canary)


def logged(teacher: User, pupil: Membership, canary: str) -> None:
    """An operator once looked after this account."""
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=teacher, content_type=kind, object_id=str(pupil.user.pk), object_repr=f"{canary} admin", action_flag=CHANGE
    )


def read(exercise: Exercise, member: Membership, number: int, words: str) -> None:
    """A reading with a note and a source that were changed twice, and all a lesson keeps beside it."""
    reading = factories.reading(exercise, member)
    source = add(reading, start=79, end=111, label="attribution")
    details = {"note": f"{words} first note", "source_name": f"{words} source", "source_kind": "official"}
    apply(reading, operation(reading, "detail", source.span, details=details))
    apply(reading, operation(reading, "detail", source.span, details={"note": f"{words} second note"}))
    claim = add(reading, start=28, end=50 + number)
    apply(reading, operation(reading, "detail", claim.span, details={"reported_by": source.span}))
    gone = add(reading, start=1, end=7, label="opinion")
    apply(reading, operation(reading, "detail", gone.span, details={"note": f"{words} deleted note"}))
    apply(reading, operation(reading, "delete", gone.span))
    reading_hand_in(reading=reading)
    spans = [{"span_id": str(claim.span), "note": f"{words} snapshot", "source_name": words, "source_kind": words}]
    Snapshot.objects.create(reading=reading, state="submitted", version=9, spans=spans)
    Participation.objects.create(exercise=exercise, member=member, exit_answer=f"{words} exit")
    WarmUpVote.objects.create(exercise=exercise, member=member, sentence=1, label="claim")
    Assignment.objects.create(exercise=exercise, article=reading.article, member=member)
    sentence = reading.article.blocks.get(number=2)
    quote = reading.article.text[sentence.start : sentence.end]
    Reason.objects.create(
        uuid=uuid.uuid4(), exercise=exercise, article=reading.article, start=sentence.start, end=sentence.end,
        quote=quote, text=f"{words} reason", member=member, when="before", made_at=timezone.now(),
    )  # fmt: skip


def found(canary: str) -> list[str]:
    """The tables that hold these letters in any column of any row."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return [table for table in tables if canary in content(cursor, table)]


def content(cursor: object, table: str) -> str:
    """A table's rows as Python shows them."""
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
    return repr(cursor.fetchall())


def bytes_on_disk() -> bytes:
    """SQLite's file and its log."""
    database = str(connection.settings_dict["NAME"])
    paths = [Path(f"{database}{suffix}") for suffix in ("", "-wal")]
    return b"".join(path.read_bytes() for path in paths if path.exists())

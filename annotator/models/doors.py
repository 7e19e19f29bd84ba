"""The way into a class without an account: its door, and the list of names that may be picked there."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from annotator.models.classrooms import Classroom, Membership


class DoorQuerySet(models.QuerySet["Door"]):
    """Questions about doors."""

    def open(self, now: datetime) -> Self:
        """Neither locked nor run out, and the class is not in the archive."""
        return self.filter(is_locked=False, expires_at__gt=now, classroom__archived_at=None)


class Door(models.Model):
    """A class's door. `code` (eight letters and numbers, without the dash) is typed, `token` stands in link and QR.

    Both are kept readable, as they hang on the wall; a new door code makes both anew.
    """

    classroom = models.OneToOneField(Classroom, on_delete=models.PROTECT, related_name="door")
    code = models.CharField(max_length=8, unique=True)
    token = models.CharField(max_length=32, unique=True)
    is_locked = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    objects = DoorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"door {self.pk}"


class RosterEntry(models.Model):
    """A name on a class list, in the teacher's order; `member` is who picked it.

    `student_ref` is the school's number for the pupil (the grade book matches by it), `external_id` a platform's.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.PROTECT, related_name="roster")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    student_ref = models.CharField(max_length=100, blank=True)
    external_id = models.CharField(max_length=255, blank=True)
    section = models.CharField(max_length=100, blank=True)
    member = models.OneToOneField(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="roster_entry"
    )

    class Meta:
        """Twins are told apart by a number, so a name stands once on a list."""

        ordering = ["classroom", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["classroom", "name"], name="roster_name_once")]

    def __str__(self) -> str:
        return str(self.uuid)

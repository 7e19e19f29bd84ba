"""Classrooms, teams, and who belongs to them."""

import uuid
import zoneinfo
from datetime import datetime, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotator.models.accounts import User


def validate_time_zone(name: str) -> None:
    """An IANA zone such as Europe/Oslo."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone. Try one such as Europe/Oslo."), params={"name": name})


class Classroom(models.Model):
    """A group of people. A team is a classroom without lobby or suppression.

    A class in the archive is forgotten after `kept_days`: names and free text go, and with `forgets_marks` the readings
    as well (`forgotten_at`). `context_id` is kept for a learning platform that names the class its own way.
    """

    class Kind(models.TextChoices):
        CLASS = "class", _("Class")
        TEAM = "team", _("Team")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CLASS)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC", validators=[validate_time_zone])
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)
    kept_days = models.PositiveSmallIntegerField(default=30)
    forgets_marks = models.BooleanField(default=False)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    context_id = models.CharField(max_length=255, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def forgets_at(self) -> datetime | None:
        """When a class in the archive is forgotten; None for a team, outside the archive, or once it is done."""
        if self.archived_at is None or self.kind != self.Kind.CLASS or self.is_forgotten:
            return None
        return self.archived_at + timedelta(days=self.kept_days)

    @property
    def is_forgotten(self) -> bool:
        """Whether names and free text went since it was last put into the archive."""
        return self.archived_at is not None and self.forgotten_at is not None and self.forgotten_at >= self.archived_at


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships."""

    def current(self) -> Self:
        """Not removed."""
        return self.filter(removed_at=None)

    def readers(self) -> Self:
        """Current members who read."""
        return self.current().filter(is_reader=True)

    def awaited(self) -> Self:
        """Readers whose reading is waited for: all of a team, but in a class not those who teach it."""
        return self.readers().exclude(is_teacher=True, classroom__kind=Classroom.Kind.CLASS)


class Membership(models.Model):
    """One person in one classroom, as teacher, reader or both.

    `code` (r01, r02 …) stands for the reader in every export, is unique in the installation and never used again.
    `resume_hash` is all that is kept of the code that brings a reader back; empty until one was given out.
    `merged_into` names the same person's other membership, for who joined twice.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    is_teacher = models.BooleanField(default=False)
    is_reader = models.BooleanField(default=False)
    code_number = models.PositiveIntegerField(null=True, blank=True, unique=True)
    pseudonym = models.CharField(max_length=60, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    resume_hash = models.CharField(max_length=128, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    anonymised_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        """A person belongs once, as something; who reads has a code."""

        constraints = [
            models.UniqueConstraint(fields=["classroom", "user"], name="membership_once"),
            models.CheckConstraint(condition=Q(is_teacher=True) | Q(is_reader=True), name="membership_is_something"),
            models.CheckConstraint(
                condition=Q(is_reader=False) | Q(code_number__isnull=False), name="membership_reader_has_code"
            ),
        ]

    def __str__(self) -> str:
        return self.code or str(self.uuid)

    @property
    def shown_name(self) -> str:
        """What the class calls the person: the name in it, else the account's. One query where `user` is not loaded."""
        return self.pseudonym or self.user.get_full_name()

    @property
    def code(self) -> str:
        """The reader code of the exports: r01, r02 … r100; empty for a teacher who does not read."""
        return "" if self.code_number is None else f"r{self.code_number:02d}"


class ReaderCode(models.Model):
    """The numbers of reader codes: a row's key is a number given once and for all, so rows are never deleted."""

    def __str__(self) -> str:
        return f"r{self.pk:02d}"

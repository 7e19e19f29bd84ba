"""Codebooks: named sets of labels in numbered versions; a published version never changes."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotator.models.accounts import User


class Codebook(models.Model):
    """A set of labels under one name, the same through all its versions. Without an owner it comes with the app."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=60)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="codebooks")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One name for each owner; one for the app's own."""

        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="codebook_slug_once"),
            models.UniqueConstraint(fields=["slug"], condition=Q(owner=None), name="codebook_own_slug_once"),
        ]

    def __str__(self) -> str:
        return self.slug


class CodebookVersion(models.Model):
    """One version. `attributes`, `decision_order` as in codebook.json; frozen by the first saved mark."""

    class Overlap(models.TextChoices):
        ALLOWED = "allowed", _("Highlights may overlap")
        DIFFERENT_LABELS = "different_labels", _("Only highlights with different tags may overlap")
        NONE = "none", _("Highlights may not overlap")

    class QuotedOpinion(models.TextChoices):
        OFF = "off", _("Opinions inside quotations are not marked")
        MARK = "mark", _("Opinions inside quotations are marked")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=150)
    language = models.CharField(max_length=35, default="en")
    overlap = models.CharField(max_length=20, choices=Overlap.choices, default=Overlap.ALLOWED)
    quoted_opinion = models.CharField(max_length=10, choices=QuotedOpinion.choices, default=QuotedOpinion.OFF)
    decision_order = models.JSONField(default=list)
    attributes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Versions are numbered from 1."""

        constraints = [
            models.UniqueConstraint(fields=["codebook", "number"], name="codebook_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="codebook_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class Label(models.Model):
    """A tag of one codebook version; `slug` is its permanent id through all versions. Retired, never deleted."""

    class LineStyle(models.TextChoices):
        SOLID = "solid", _("solid")
        DASHED = "dashed", _("dashed")
        DOUBLE = "double", _("double")
        DOTTED = "dotted", _("dotted")

    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="labels")
    slug = models.CharField(max_length=40, validators=[RegexValidator(r"^[a-z][a-z0-9_-]{0,39}\Z")])
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    letter = models.CharField(max_length=2)
    tint = models.PositiveSmallIntegerField(default=1)
    line_style = models.CharField(max_length=10, choices=LineStyle.choices, default=LineStyle.SOLID)
    question = models.CharField(max_length=200, blank=True)
    definition = models.TextField(blank=True)
    student_text = models.TextField(blank=True)
    include = models.JSONField(default=list)
    exclude = models.JSONField(default=list)
    extent = models.TextField(blank=True)
    examples = models.JSONField(default=list)
    is_retired = models.BooleanField(default=False)

    class Meta:
        """Slug, letter and place are each one label's own within a version; there are nine tints."""

        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "slug"], name="label_slug_once"),
            models.UniqueConstraint(fields=["version", "letter"], name="label_letter_once"),
            models.UniqueConstraint(fields=["version", "position"], name="label_position_once"),
            models.CheckConstraint(condition=Q(tint__gte=1, tint__lte=9), name="label_tint_1_to_9"),
        ]

    def __str__(self) -> str:
        return self.slug

"""Readings: one reader's pass over one article in one exercise and one round."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotator.models.articles import Article
from annotator.models.classrooms import Membership
from annotator.models.exercises import Exercise


class ReadingState(models.TextChoices):
    """`submitted` was handed in by its reader, `collected` was taken in at closing."""

    OPEN = "open", _("Reading")
    SUBMITTED = "submitted", _("Handed in")
    COLLECTED = "collected", _("Collected")


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Questions about readings."""

    def independent(self) -> Self:
        """First rounds, made without seeing anyone else's; the key is not among them."""
        return self.filter(round=1, is_key=False)

    def counted(self) -> Self:
        """Handed in, even with no span; or collected with at least one (FORMATS.md 2.2)."""
        has_span = Q(spans__isnull=False, spans__deleted_at=None, spans__is_late=False)
        return self.filter(Q(state=ReadingState.SUBMITTED) | Q(has_span, state=ReadingState.COLLECTED)).distinct()

    def with_span_counts(self) -> Self:
        """Adds `n_spans`: spans neither deleted nor late, and `n_late`: those that came after the cut-off."""
        there = Q(spans__isnull=False, spans__deleted_at=None)
        return self.annotate(
            n_spans=Count("spans", filter=there & Q(spans__is_late=False)),
            n_late=Count("spans", filter=there & Q(spans__is_late=True)),
        )


class Reading(models.Model):
    """One pass. `round` is 1, 2 … and 0 for the key. Times and counts belong to its own reader.

    `last_number` numbers spans within the reading (short names for the page); `version` counts saved operations.
    `active_seconds` sums the gaps under a minute between the reader's own requests.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="readings")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="readings")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="readings")
    round = models.PositiveSmallIntegerField(default=1)
    is_key = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ReadingState.choices, default=ReadingState.OPEN)
    started_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)
    active_seconds = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        """One reading for each reader, article and round; one key for each article; round 0 is the key's alone."""

        constraints = [
            models.UniqueConstraint(fields=["exercise", "article", "member", "round"], name="reading_once"),
            models.UniqueConstraint(fields=["exercise", "article"], condition=Q(is_key=True), name="reading_one_key"),
            models.CheckConstraint(
                condition=Q(is_key=True, round=0) | Q(is_key=False, round__gte=1), name="reading_round_0_is_key"
            ),
            models.CheckConstraint(condition=Q(state__in=ReadingState.values), name="reading_state_known"),
            models.CheckConstraint(
                condition=Q(state=ReadingState.OPEN) | Q(submitted_at__isnull=False), name="reading_closed_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"reading {self.uuid}"


class Snapshot(models.Model):
    """A reading as it was when it was handed in or taken in: never changed afterwards.

    `spans` is a list of objects with the columns of spans.csv that its reader made: span_id, label, start, end, note,
    source_name, source_kind, confidence, reported_by. `version` is the reading's at that moment.
    """

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="snapshots")
    state = models.CharField(max_length=10, choices=ReadingState.choices)
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    spans = models.JSONField(default=list)

    class Meta:
        """Numbered by their keys."""

        ordering = ["reading", "pk"]

    def __str__(self) -> str:
        return f"snapshot {self.pk}"

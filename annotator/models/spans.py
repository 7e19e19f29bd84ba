"""Spans, and the append-only history of what was done to them."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotator.models.classrooms import Membership
from annotator.models.codebooks import Label
from annotator.models.readings import Reading


class SpanQuerySet(models.QuerySet["Span"]):
    """Questions about spans."""

    def current(self) -> Self:
        """Not deleted."""
        return self.filter(deleted_at=None)

    def in_reading_order(self) -> Self:
        """By place in the text, longer first where two begin together."""
        return self.order_by("start", "-end", "number")


class Span(models.Model):
    """A labelled stretch `text[start:end]` of the reading's article; `quote` repeats it and is checked on every write.

    `uuid` is made by the browser, so that a repeated save is recognised; `number` is short and unique in the reading.
    Deleting only hides (`deleted_at`). `is_late`: saved past the cut-off, never counted. `copied_from` is the
    span of an earlier round that this one began as.
    """

    uuid = models.UUIDField(unique=True)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="spans")
    number = models.PositiveIntegerField()
    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="spans")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    note = models.TextField(blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    source_kind = models.CharField(max_length=40, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    reported_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    is_late = models.BooleanField(default=False)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        """A span is not empty; the same stretch carries the same label once."""

        constraints = [
            models.UniqueConstraint(fields=["reading", "number"], name="span_number_once"),
            models.UniqueConstraint(
                fields=["reading", "label", "start", "end"],
                condition=Q(deleted_at=None, is_late=False),
                name="span_extent_once",
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="span_not_empty"),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=1, confidence__lte=3), name="span_confidence_1_to_3"
            ),
            models.CheckConstraint(
                condition=Q(reported_by=None) | ~Q(reported_by=F("id")), name="span_not_its_own_source"
            ),
        ]

    def __str__(self) -> str:
        return f"span {self.uuid}"


class SpanOperation(models.Model):
    """One thing done to one span. Rows are added, never changed: they are undo, history and evidence in one.

    `before` and `after` hold the fields the operation changed ({} before an add). `undoes` names the operation this
    one takes back; an operation that undoes an undo is a redo.
    """

    class Kind(models.TextChoices):
        ADD = "add", _("Added")
        RELABEL = "relabel", _("Tag changed")
        MOVE = "move", _("Edges moved")
        DETAIL = "detail", _("Details changed")
        DELETE = "delete", _("Deleted")
        RESTORE = "restore", _("Brought back")

    uuid = models.UUIDField()
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="operations")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="operations")
    actor = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The same operation sent twice is stored once."""

        constraints = [models.UniqueConstraint(fields=["reading", "uuid"], name="operation_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

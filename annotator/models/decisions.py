"""Decisions of adjudication: what became of each proposal on its way into the key, who said so and why."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotator.models.classrooms import Membership
from annotator.models.codebooks import Label
from annotator.models.readings import Reading
from annotator.models.spans import Span


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Questions about decisions."""

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(undone_at=None)


class Decision(models.Model):
    """What a teacher decided of `label` on text[start:end], which `readers` of `of` had marked.

    `share` is the percentage asked for when it was proposed. `span` is what it put into the key, None where it was
    rejected; `is_made` says that taking it back takes that span along: it made it, or it stood on it when the decision
    that had made it was taken back. Rows are never changed, but for `undone_at` and for that. `uuid` comes with the
    form, so that sending it again changes nothing.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        EDITED = "edited", _("Edges edited")
        RELABELLED = "relabelled", _("Other tag")
        REJECTED = "rejected", _("Rejected")
        ADDED = "added", _("Added")

    uuid = models.UUIDField(unique=True)
    key = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    readers = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField()
    span = models.ForeignKey(Span, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    is_made = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        """A proposal has words, and one decision at a time stands."""

        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="decision_not_empty"),
            models.UniqueConstraint(
                fields=["key", "label", "start", "end"],
                condition=Q(undone_at=None),
                name="decision_standing_once",
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.uuid}"

"""Reasons: a line that a reader writes about a passage, and what its teacher made of it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotator.models.articles import Article
from annotator.models.classrooms import Membership
from annotator.models.codebooks import Label
from annotator.models.exercises import Exercise, Phase

# So many characters a reason may have: one line, read at a glance from the back row.
REASON_LENGTH = 200
# So many reasons of one reader stand on one passage before the talk, and as many after it.
MOST_STANDING = 3
# What a form says where the passage is none of the labels.
UNMARKED = "none"


class ReasonQuerySet(models.QuerySet["Reason"]):
    """Questions about reasons."""

    def standing(self) -> Self:
        """Neither taken back nor rewritten, by somebody who belongs to the class still."""
        return self.filter(taken_back_at=None, member__removed_at=None)

    def shown(self) -> Self:
        """Standing, and for everybody to see."""
        return self.standing().filter(state=Reason.State.SHOWN)


class Reason(models.Model):
    """What `member` says about text[start:end] of the article, a sentence, in at most REASON_LENGTH characters.

    `label` is what the writer says the passage is, None where nothing is said; `is_unmarked` says that it is nothing of
    all that. `when` is before or after the first talk, as the lesson stood when it was written. A row's words never
    change: a reason that is rewritten is taken back, and another one stands. `uuid` comes with the form, so that
    sending it again changes nothing.
    """

    class When(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SHOWN = "shown", _("Shown")
        HIDDEN = "hidden", _("Hidden")

    uuid = models.UUIDField(unique=True)
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="reasons")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    label = models.ForeignKey(Label, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_unmarked = models.BooleanField(default=False)
    text = models.CharField(max_length=REASON_LENGTH)
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reasons")
    when = models.CharField(max_length=6, choices=When.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    moderated_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    moderated_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ReasonQuerySet.as_manager()

    class Meta:
        """A passage has words, and what is said of it is a label, nothing of all that, or left open."""

        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="reason_not_empty"),
            models.CheckConstraint(condition=Q(label=None) | Q(is_unmarked=False), name="reason_says_one_thing"),
            models.CheckConstraint(condition=Q(when__in=["before", "after"]), name="reason_when_known"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "shown", "hidden"]), name="reason_state_known"),
        ]
        indexes = [models.Index(fields=["exercise", "article", "start"], name="reason_passage")]

    def __str__(self) -> str:
        return f"reason {self.uuid}"

    @property
    def says(self) -> str:
        """What it says the passage is, as forms and files write it: a slug, UNMARKED, or empty for nothing."""
        return self.label.slug if self.label else UNMARKED if self.is_unmarked else ""


def when_now(exercise: Exercise) -> Reason.When:
    """What a reason written now is: before the first talk has led anywhere, or after."""
    return Reason.When.AFTER if exercise.phase in {Phase.REVISING, Phase.WRAPPED_UP} else Reason.When.BEFORE

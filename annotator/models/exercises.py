"""Exercises: a classroom reading articles with one codebook, moving through phases."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotator.models.accounts import User
from annotator.models.articles import Article
from annotator.models.classrooms import Classroom
from annotator.models.codebooks import CodebookVersion


class Phase(models.TextChoices):
    """Where an exercise stands; `open` is blind."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open, blind")
    CLOSED = "closed", _("Closed")
    REVEALED = "revealed", _("Discussion")
    REVISING = "revising", _("Revising")
    WRAPPED_UP = "wrapped_up", _("Wrapped up")
    ARCHIVED = "archived", _("Archived")


class Exercise(models.Model):
    """One classroom, one codebook version, one or more articles."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.PROTECT, related_name="exercises")
    codebook_version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="exercises")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=150)
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.DRAFT)
    articles = models.ManyToManyField(Article, through="ExerciseArticle", related_name="exercises")
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    wrapped_up_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The phase is one of the seven."""

        constraints = [models.CheckConstraint(condition=Q(phase__in=Phase.values), name="exercise_phase_known")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_blind(self) -> bool:
        """Nobody may see another reader's spans, counts or figures yet."""
        return self.phase in {Phase.DRAFT, Phase.OPEN}


class ExerciseArticle(models.Model):
    """An article's place in an exercise."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="places")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()

    class Meta:
        """Each article once, each place once."""

        ordering = ["exercise", "position"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "article"], name="exercise_article_once"),
            models.UniqueConstraint(fields=["exercise", "position"], name="exercise_position_once"),
        ]

    def __str__(self) -> str:
        return f"place {self.position}"

"""Exercises: a classroom reading articles with one codebook, moving through phases."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotator.domain.lesson_walk import Lesson, Stop
from annotator.domain.warm_up import sentences_for
from annotator.models.accounts import User
from annotator.models.articles import Article
from annotator.models.classrooms import Classroom, Membership
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


class Step(models.TextChoices):
    """Where a lesson stands inside a phase; empty where a phase has but one step.

    In a draft: set up (empty), lobby, warm-up. In the discussion: what the class sees (empty), then passage by passage.
    In the wrap-up: the key (empty), then the exit question.
    """

    LOBBY = "lobby", _("Joining")
    WARM_UP = "warm_up", _("Warm-up")
    DISCUSS = "discuss", _("Passage by passage")
    EXIT = "exit", _("Exit question")


class Distribution(models.TextChoices):
    """Who reads which article."""

    ALL = "all", _("Everybody reads every article")
    BALANCED = "balanced", _("Different articles for different readers, equally often")
    RANDOM = "random", _("Different articles for different readers, at random")


class Exercise(models.Model):
    """One classroom, one codebook version, one or more articles.

    `ends_at` is where the timer or the homework runs out, None for no end; while the timer stands still
    `paused_seconds` says how much was left. `closed_by_clock`: nobody pressed Close, so a reader's own extra time still
    counts. Where not everybody reads all, `overlap` is how many readers each article gets, or `articles_each` how many
    articles each reader gets; with neither, each reader gets one.
    `asks_…`: the details that cards ask for; switched off, they are hidden and kept.
    Points are for the grade book alone; `key_points` of them depend on the match with the key.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.PROTECT, related_name="exercises")
    codebook_version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="exercises")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=150)
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.DRAFT)
    step = models.CharField(max_length=10, choices=Step.choices, blank=True)
    warm_up_sentence = models.PositiveSmallIntegerField(default=1)
    articles = models.ManyToManyField(Article, through="ExerciseArticle", related_name="exercises")
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    wrapped_up_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    # What the lesson is made of.
    has_warm_up = models.BooleanField(default=True)
    has_discussion = models.BooleanField(default=True)
    has_revision = models.BooleanField(default=True)
    has_key = models.BooleanField(default=True)
    shows_class_while_revising = models.BooleanField(default=False)
    shows_score = models.BooleanField(default=False)
    shows_clock = models.BooleanField(default=True)
    asks_sources = models.BooleanField(default=False)
    asks_links = models.BooleanField(default=False)
    asks_confidence = models.BooleanField(default=False)
    exit_question = models.CharField(max_length=200, blank=True)
    # The clock.
    is_homework = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    paused_seconds = models.PositiveIntegerField(null=True, blank=True)
    closed_by_clock = models.BooleanField(default=False)
    # Who reads what, and where the exercise came from.
    distribution = models.CharField(max_length=10, choices=Distribution.choices, default=Distribution.ALL)
    overlap = models.PositiveSmallIntegerField(null=True, blank=True)
    articles_each = models.PositiveSmallIntegerField(null=True, blank=True)
    is_side_by_side = models.BooleanField(default=False)
    made_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Grades.
    points = models.PositiveSmallIntegerField(default=10)
    key_points = models.PositiveSmallIntegerField(default=0)
    # The projector's own address; made when it is asked for.
    projector_token = models.CharField(max_length=32, null=True, blank=True, unique=True)
    # The passage it shows while the lesson goes through them, by where it begins; None for the most divided one.
    spotlight_article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    spotlight_start = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        """What is chosen is known, the clock runs or stands still, key points are part of all, a passage is whole."""

        constraints = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="exercise_phase_known"),
            models.CheckConstraint(condition=Q(step__in=["", *Step.values]), name="exercise_step_known"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(paused_seconds=None), name="exercise_clock_runs_or_stands"
            ),
            models.CheckConstraint(
                condition=Q(key_points__lte=models.F("points")), name="exercise_key_points_in_points"
            ),
            models.CheckConstraint(
                condition=Q(distribution__in=Distribution.values), name="exercise_distribution_known"
            ),
            models.CheckConstraint(
                condition=Q(spotlight_article=None, spotlight_start=None)
                | Q(spotlight_article__isnull=False, spotlight_start__isnull=False),
                name="exercise_spotlight_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(phase="open", ends_at__isnull=False), name="exercise_clock")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_blind(self) -> bool:
        """Nobody may see another reader's spans, counts or figures yet."""
        return self.phase in {Phase.DRAFT, Phase.OPEN}

    @property
    def shows_class(self) -> bool:
        """Readers may see what the class chose: from the reveal on; while they revise, the teacher decides."""
        if self.phase == Phase.REVISING:
            return self.shows_class_while_revising
        return self.phase in {Phase.REVEALED, Phase.WRAPPED_UP, Phase.ARCHIVED}

    @property
    def is_dealt(self) -> bool:
        """Different readers read different articles."""
        return self.distribution != Distribution.ALL

    @property
    def stop(self) -> Stop:
        """Where the lesson stands."""
        return Stop(self.phase, self.step, self.warm_up_sentence if self.step == Step.WARM_UP else 1)

    @property
    def lesson(self) -> Lesson:
        """What the lesson is made of; reads the classroom, and before the opening the tags.

        A team, like a homework, has no lobby to wait in.
        """
        is_class = self.classroom.kind == Classroom.Kind.CLASS
        return Lesson(
            has_lobby=is_class and not self.is_homework,
            warm_up=self.warm_up_length() if is_class else 0,
            has_discussion=is_class and self.has_discussion,
            has_revision=self.has_revision,
            has_exit=is_class and bool(self.exit_question),
        )

    def warm_up_length(self) -> int:
        """How many sentences there are to practise on. One query, and only where they can still come."""
        if not self.has_warm_up or self.phase != Phase.DRAFT:
            return 0
        labels = self.codebook_version.labels.filter(is_retired=False)
        return len(sentences_for(set(labels.values_list("slug", flat=True))))


class PlaceQuerySet(models.QuerySet["ExerciseArticle"]):
    """Questions about places."""

    def read_by(self, member: Membership) -> Self:
        """Those the member is to read: what was dealt to the member, else all.

        Nothing is dealt where everybody reads everything, and never to a class's teacher who reads too.
        """
        holds = Exists(member.assignments.filter(exercise=OuterRef("exercise")))
        holds_this = Exists(member.assignments.filter(exercise=OuterRef("exercise"), article=OuterRef("article")))
        return self.filter(Q(exercise__distribution=Distribution.ALL) | Q(~holds) | Q(holds_this))


class ExerciseArticle(models.Model):
    """An article's place in an exercise."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="places")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        """Each article once, each place once."""

        ordering = ["exercise", "position"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "article"], name="exercise_article_once"),
            models.UniqueConstraint(fields=["exercise", "position"], name="exercise_position_once"),
        ]

    def __str__(self) -> str:
        return f"place {self.position}"

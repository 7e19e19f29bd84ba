"""What a lesson keeps of a reader beside the reading: extra time, the exit answer, warm-up votes, assigned articles."""

from django.db import models
from django.db.models import Q

from annotator.models.articles import Article
from annotator.models.classrooms import Membership
from annotator.models.exercises import Exercise

# So many characters an answer to the exit question may have.
EXIT_ANSWER_LENGTH = 500


class Participation(models.Model):
    """One reader in one exercise; the row is made when there is something to keep.

    `extra_seconds` delay only this reader's collection, `nudged_at` is the last nudge, `seen_at` the last sign
    of life outside a reading (waiting room, warm-up).
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="participations")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="participations")
    extra_seconds = models.PositiveIntegerField(default=0)
    nudged_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    exit_answer = models.TextField(blank=True)
    exit_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Once for each reader."""

        constraints = [models.UniqueConstraint(fields=["exercise", "member"], name="participation_once")]

    def __str__(self) -> str:
        return f"participation {self.pk}"


class WarmUpVote(models.Model):
    """A reader's last vote on a warm-up sentence. Practice: never counted, never exported."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="warm_up_votes")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="warm_up_votes")
    sentence = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40)

    class Meta:
        """One vote for each sentence, counted from 1."""

        constraints = [
            models.UniqueConstraint(fields=["exercise", "member", "sentence"], name="warm_up_vote_once"),
            models.CheckConstraint(condition=Q(sentence__gte=1), name="warm_up_sentence_from_1"),
        ]

    def __str__(self) -> str:
        return f"warm-up vote {self.pk}"


class Assignment(models.Model):
    """An article that one reader was dealt, where not everybody reads every article."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="assignments")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="assignments")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="assignments")

    class Meta:
        """Dealt once."""

        constraints = [
            models.UniqueConstraint(fields=["exercise", "article", "member"], name="assignment_once"),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"

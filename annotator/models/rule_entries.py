"""Rules that a class writes into its rule book: the draft of its codebook's next version."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from annotator.models.articles import Article
from annotator.models.classrooms import Membership
from annotator.models.codebooks import Codebook, CodebookVersion
from annotator.models.exercises import Exercise

# One sentence, on a card.
RULE_LENGTH = 300


class RuleEntryQuerySet(models.QuerySet["RuleEntry"]):
    """Questions about rules."""

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(taken_back_at=None)


class RuleEntry(models.Model):
    """A rule that a class decided on in `exercise`, with the words that it was about: text[start:end] of `article`.

    It stands in `version`, on the cards of the labels whose slugs are in `includes` under "in", and of those in
    `excludes` under "out"; the version's labels repeat its text and, as an example, its words. Without an article
    there is no example. Once the article is withdrawn, `quote` is the mask. Rows are never changed but for that and
    `taken_back_at`. `uuid` comes with the form, so that sending it again changes nothing.
    """

    uuid = models.UUIDField(unique=True)
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="rule_entries")
    includes = models.JSONField(default=list)
    excludes = models.JSONField(default=list)
    text = models.CharField(max_length=RULE_LENGTH)
    quote = models.TextField(blank=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="rule_entries")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="rule_entries")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = RuleEntryQuerySet.as_manager()

    class Meta:
        """In the order of writing. An example has an article and words in it; without one there are none."""

        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article=None, start=None, end=None, quote="")
                | Q(article__isnull=False, start__isnull=False, end__gt=F("start")),
                name="rule_example_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"rule {self.uuid}"


def rule_book_of(exercise: Exercise) -> Codebook | None:
    """Where a rule from this exercise goes: the codebook it uses, or the class's copy of it where that is the app's.

    None where the class has no copy yet. Two queries at most.
    """
    used = Codebook.objects.get(versions=exercise.codebook_version_id)
    if used.owner_id is not None:
        return used
    copies = Codebook.objects.filter(versions__parent__codebook=used).exclude(owner=None)
    own = copies.filter(versions__rule_entries__exercise__classroom=exercise.classroom_id)
    return own.order_by("pk").first()

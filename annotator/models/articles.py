"""Articles: an immutable text with its blocks, and the drafts they are made from."""

import uuid
from itertools import pairwise
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotator.models.accounts import User


class ArticleQuerySet(models.QuerySet["Article"]):
    """Questions about articles."""

    def visible(self) -> Self:
        """Not deleted."""
        return self.filter(deleted_at=None)

    def in_library_of(self, user: User) -> Self:
        """One's own, and those of teachers one teaches a classroom with; sorted by nobody yet."""
        colleagues = User.objects.filter(
            memberships__is_teacher=True,
            memberships__removed_at=None,
            memberships__classroom__memberships__in=user.memberships.filter(is_teacher=True, removed_at=None),
        )
        return self.visible().filter(Q(owner=user) | Q(owner__in=colleagues))


class Article(models.Model):
    """A text that never changes once a reader has begun. `length` counts code points, offsets are half-open."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="articles")
    title = models.CharField(_("title"), max_length=300)
    publication = models.CharField(_("publication"), max_length=200, blank=True)
    author = models.CharField(_("author"), max_length=300, blank=True)
    published = models.DateField(_("date"), null=True, blank=True)
    address = models.URLField(_("address"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64, db_index=True)
    length = models.PositiveIntegerField()
    length_nonspace = models.PositiveIntegerField()
    word_count = models.PositiveIntegerField()
    # Title, publication, author and text, folded by str.casefold: SQLite's own LIKE folds ASCII only.
    search_text = models.TextField(editable=False)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)
    # Since then every character of the text but white space is a placeholder (domain/withdrawn.py).
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        """An article has a text."""

        constraints = [models.CheckConstraint(condition=Q(length__gt=0), name="article_has_text")]

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """One heading, paragraph, list item, quotation or caption: a range of its article's text.

    `sentences` holds the start of each sentence as code points from the start of the article, frozen at import.
    """

    class Kind(models.TextChoices):
        HEADING = "heading", _("Heading")
        PARAGRAPH = "paragraph", _("Paragraph")
        LIST_ITEM = "list_item", _("List item")
        QUOTATION = "quotation", _("Quotation")
        CAPTION = "caption", _("Caption")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="blocks")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentences = models.JSONField(default=list)

    class Meta:
        """Blocks stand in reading order and are never empty."""

        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="block_number_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="block_not_empty"),
        ]

    def __str__(self) -> str:
        return f"block {self.number}"

    @property
    def sentence_edges(self) -> list[tuple[int, int]]:
        """Start and end of each sentence, code points of the article; they join to exactly the block."""
        return list(pairwise([*sorted({self.start, *self.sentences}), self.end]))


class ArticleDraft(models.Model):
    """An upload on its way to becoming an article; nothing but its own preview reads it.

    `content` is {"blocks": [...], "warnings": [...], "changes": {...}}; domain/draft_blocks.py knows its blocks.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="article_drafts")
    title = models.CharField(_("title"), max_length=300, blank=True)
    publication = models.CharField(_("publication"), max_length=200, blank=True)
    author = models.CharField(_("author"), max_length=300, blank=True)
    published = models.DateField(_("date"), null=True, blank=True)
    address = models.URLField(_("address"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    content = models.JSONField(default=dict)
    replaces = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    # Counts edits, so that two windows cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.title or str(self.uuid)

"""Articles, drafts and codebooks that one may reach."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from annotator.access.classrooms import classrooms_taught_by
from annotator.models import Article, ArticleDraft, CodebookVersion, User


def articles_of(user: User) -> QuerySet[Article]:
    """The library: one's own articles and those of teachers one teaches a classroom with."""
    return Article.objects.in_library_of(user) if user.is_teacher else Article.objects.none()


def article(user: User, uuid: UUID) -> Article:
    """An article of the library."""
    return get_object_or_404(articles_of(user), uuid=uuid)


def articles_named(user: User, uuids: Sequence[UUID]) -> list[Article]:
    """Articles of the library in this order, without their texts; those that are not there are left out."""
    found = {each.uuid: each for each in articles_of(user).filter(uuid__in=uuids).defer("text", "search_text")}
    return [found[uuid] for uuid in dict.fromkeys(uuids) if uuid in found]


def own_article(user: User, uuid: UUID) -> Article:
    """An article to correct or to delete."""
    return get_object_or_404(articles_of(user), uuid=uuid, owner=user)


def draft(user: User, uuid: UUID) -> ArticleDraft:
    """One's own upload on its way."""
    return get_object_or_404(ArticleDraft, uuid=uuid, owner=user)


def codebooks_of(user: User) -> QuerySet[CodebookVersion]:
    """The published codebooks one may choose, the newest version of each: the app's own and one's own.

    Those of a colleague too, where a classroom that one teaches reads with them or writes its rules into them.
    """
    published = CodebookVersion.objects.exclude(published_at=None)
    newer = published.filter(codebook=OuterRef("codebook"), number__gt=OuterRef("number"))
    taught = classrooms_taught_by(user)
    shared = CodebookVersion.objects.filter(
        Q(exercises__classroom__in=taught) | Q(rule_entries__exercise__classroom__in=taught)
    )
    own = Q(codebook__owner=None) | Q(codebook__owner=user) | Q(codebook__in=shared.values("codebook"))
    return published.filter(own, ~Exists(newer)).order_by(F("codebook__owner").asc(nulls_first=True), "title", "pk")

"""Rule books of a classroom: codebooks that its exercises use or that its rules are written into."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from annotator.models import Classroom, Codebook, CodebookVersion, RuleEntry


def rule_books(classroom: Classroom) -> QuerySet[Codebook]:
    """The codebooks with an owner that the classroom reads with, or has written rules into."""
    versions = CodebookVersion.objects.filter(
        Q(exercises__classroom=classroom) | Q(rule_entries__exercise__classroom=classroom)
    )
    return Codebook.objects.filter(versions__in=versions).exclude(owner=None).distinct().order_by("-pk")


def rule_book_version(classroom: Classroom, uuid: UUID) -> CodebookVersion:
    """A version of one of them, draft or published."""
    found = CodebookVersion.objects.select_related("codebook", "parent").filter(codebook__in=rule_books(classroom))
    return get_object_or_404(found, uuid=uuid)


def rule(classroom: Classroom, uuid: UUID) -> RuleEntry:
    """A rule that was written in this classroom."""
    found = RuleEntry.objects.select_related("version", "article").defer("article__text", "article__search_text")
    return get_object_or_404(found, exercise__classroom=classroom, uuid=uuid)

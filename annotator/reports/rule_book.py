"""A classroom's rule books: what it has decided so far, version by version, each rule with the words it was about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from annotator.models import Classroom, Codebook, CodebookVersion, Label, Membership, RuleEntry
from annotator.reports.reading_parts import LabelPart, label_parts


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule. Another class's has no name, no exercise and no place in an article that this one could open."""

    uuid: UUID
    text: str
    ins: tuple[LabelPart, ...]
    outs: tuple[LabelPart, ...]
    quote: str
    is_withdrawn: bool
    is_here: bool
    exercise: UUID | None
    exercise_title: str
    article: UUID | None
    start: int
    language: str
    who: str
    made_at: datetime
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with its own rules; `used` counts this classroom's exercises that read with it."""

    uuid: UUID
    number: int
    published_at: datetime | None
    used: int
    has_before: bool
    rules: tuple[RuleRow, ...]
    taken_back: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A codebook, its newest version first; `newest` is the newest published one, for a new exercise."""

    title: str
    versions: tuple[VersionRow, ...]
    newest: UUID | None


def rule_book_page(classroom: Classroom, books: QuerySet[Codebook]) -> tuple[Book, ...]:
    """The classroom's `books`. Four queries."""
    entries = entries_of(RuleEntry.objects.filter(version__codebook__in=books))
    here = Count("exercises", filter=Q(exercises__classroom=classroom), distinct=True)
    versions = (
        CodebookVersion.objects.annotate(used=here)
        .order_by("-number")
        .prefetch_related(Prefetch("labels", Label.objects.order_by("position")), Prefetch("rule_entries", entries))
    )
    rows = books.prefetch_related(Prefetch("versions", versions))
    return tuple(book_of(list(each.versions.all()), classroom) for each in rows)


def entries_of(entries: QuerySet[RuleEntry]) -> QuerySet[RuleEntry]:
    """Rules with all that their rows say, in the order of writing."""
    return (
        entries.select_related("article", "exercise", "member__user")
        .defer("article__text", "article__search_text")
        .order_by("pk")
    )


def book_of(versions: Sequence[CodebookVersion], classroom: Classroom) -> Book:
    """One codebook."""
    published = [each.uuid for each in versions if each.published_at]
    return Book(versions[0].title, tuple(version_of(each, classroom) for each in versions), next(iter(published), None))


def version_of(version: CodebookVersion, classroom: Classroom) -> VersionRow:
    """One version."""
    labels = {label.slug: label for label in label_parts(version.labels.all()).values()}
    rules = [rule_of(each, labels, classroom) for each in version.rule_entries.all()]
    return VersionRow(
        uuid=version.uuid,
        number=version.number,
        published_at=version.published_at,
        used=version.used,  # type: ignore[attr-defined]
        has_before=version.parent_id is not None,
        rules=tuple(each for each in rules if each.taken_back_at is None),
        taken_back=tuple(each for each in rules if each.taken_back_at is not None and each.is_here),
    )


def rule_of(entry: RuleEntry, labels: dict[str, LabelPart], classroom: Classroom) -> RuleRow:
    """One rule as this classroom may see it."""
    is_here = entry.exercise.classroom_id == classroom.pk
    article = entry.article
    return RuleRow(
        uuid=entry.uuid,
        text=entry.text,
        ins=tuple(labels[slug] for slug in entry.includes if slug in labels),
        outs=tuple(labels[slug] for slug in entry.excludes if slug in labels),
        quote=entry.quote,
        is_withdrawn=article is not None and article.withdrawn_at is not None,
        is_here=is_here,
        exercise=entry.exercise.uuid if is_here else None,
        exercise_title=entry.exercise.title if is_here else "",
        article=article.uuid if article and is_here else None,
        start=entry.start or 0,
        language=article.language if article else "",
        who=who_wrote(entry.member) if is_here else "",
        made_at=entry.made_at,
        taken_back_at=entry.taken_back_at,
    )


def who_wrote(member: Membership) -> str:
    """A teacher's name; of who was made nameless, that."""
    if member.anonymised_at is not None:
        return _("somebody who has left")
    return member.shown_name

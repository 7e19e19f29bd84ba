"""Dealing articles to readers: at the opening of an exercise, and to whoever joins later."""

from django.db import transaction
from django.db.models import QuerySet

from annotator.domain.dealing import Rule, deal
from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Assignment, Distribution, Exercise, Membership, Phase

FEW = gettext_noop(
    "Each article is to have %(overlap)s readers, and %(readers)s have joined so far. Open the reading when enough "
    "of them are here: then the articles are dealt."
)


@transaction.atomic
def articles_deal(*, exercise: Exercise) -> list[Assignment]:
    """Deal to every reader who holds nothing yet; nothing where all read all, or before the opening and after closing.

    What was dealt stays with its reader, whoever comes or goes. A class's teachers are dealt nothing.
    """
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if not locked.is_dealt or locked.phase != Phase.OPEN:
        return []
    check_enough(locked, readers_of(locked).count())
    return dealt_now(locked)


def readers_of(exercise: Exercise) -> QuerySet[Membership]:
    """Who is dealt to."""
    return Membership.objects.awaited().filter(classroom=exercise.classroom_id).order_by("pk")


def dealt_now(locked: Exercise) -> list[Assignment]:
    """The new assignments of an open exercise, whose row is held."""
    readers = readers_of(locked)
    held = Assignment.objects.filter(exercise=locked, member__in=readers).order_by("pk")
    new = deal(
        rule_of(locked),
        articles=list(locked.places.order_by("position").values_list("article", flat=True)),
        readers=list(readers.values_list("pk", flat=True)),
        dealt=list(held.values_list("member", "article")),
    )
    rows = [Assignment(exercise=locked, member_id=reader, article_id=article) for reader, article in new]
    return Assignment.objects.bulk_create(rows)


def check_enough(exercise: Exercise, readers: int) -> None:
    """Refuse to begin dealing to fewer readers than each article is to have: they would all read everything."""
    if exercise.overlap and readers < exercise.overlap and not exercise.assignments.exists():
        raise RuleError(FEW, code="few_readers", overlap=exercise.overlap, readers=readers)


@transaction.atomic
def member_deal(*, member: Membership) -> None:
    """Deal to somebody who has just joined, in every open exercise of the classroom.

    Drafts are held as well: one that is being opened at this moment must either see the new reader or be seen open.
    """
    waiting = Exercise.objects.filter(classroom=member.classroom_id, phase__in=[Phase.DRAFT, Phase.OPEN])
    dealt = waiting.exclude(distribution=Distribution.ALL).order_by("pk")
    for exercise in dealt.select_for_update():
        if exercise.phase == Phase.OPEN:
            dealt_now(exercise)


def rule_of(exercise: Exercise) -> Rule:
    """How this exercise deals; its UUID is the seed."""
    return Rule(
        seed=str(exercise.uuid),
        is_balanced=exercise.distribution == Distribution.BALANCED,
        each=None if exercise.overlap else exercise.articles_each or 1,
        overlap=exercise.overlap,
    )

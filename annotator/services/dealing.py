"""Dealing articles to readers: at the opening of an exercise, and to whoever joins later."""

from django.db import transaction

from annotator.domain.dealing import Rule, deal
from annotator.models import Assignment, Distribution, Exercise, Membership, Phase


@transaction.atomic
def articles_deal(*, exercise: Exercise) -> list[Assignment]:
    """Deal to every reader who holds nothing yet; nothing where all read all, or before the opening and after closing.

    What was dealt stays with its reader, whoever comes or goes. A class's teachers are dealt nothing.
    """
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if not locked.is_dealt or locked.phase != Phase.OPEN:
        return []
    readers = Membership.objects.awaited().filter(classroom=locked.classroom_id).order_by("pk")
    held = Assignment.objects.filter(exercise=locked, member__in=readers).order_by("pk")
    new = deal(
        rule_of(locked),
        articles=list(locked.places.order_by("position").values_list("article", flat=True)),
        readers=list(readers.values_list("pk", flat=True)),
        dealt=list(held.values_list("member", "article")),
    )
    rows = [Assignment(exercise=locked, member_id=reader, article_id=article) for reader, article in new]
    return Assignment.objects.bulk_create(rows)


@transaction.atomic
def member_deal(*, member: Membership) -> None:
    """Deal to somebody who has just joined, in every open exercise of the classroom.

    Drafts are held as well: one that is being opened at this moment must either see the new reader or be seen open.
    """
    waiting = Exercise.objects.filter(classroom=member.classroom_id, phase__in=[Phase.DRAFT, Phase.OPEN])
    dealt = waiting.exclude(distribution=Distribution.ALL).order_by("pk")
    for exercise in dealt.select_for_update():
        articles_deal(exercise=exercise)


def rule_of(exercise: Exercise) -> Rule:
    """How this exercise deals; its UUID is the seed."""
    return Rule(
        seed=str(exercise.uuid),
        is_balanced=exercise.distribution == Distribution.BALANCED,
        each=None if exercise.overlap else exercise.articles_each or 1,
        overlap=exercise.overlap,
    )

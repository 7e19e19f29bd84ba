"""Which articles of an exercise are whose to read: those dealt to a reader; all, for whoever was dealt nothing."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, Subquery

from annotator.models import Assignment, Distribution, Exercise, User


def dealt_count(**of: Any) -> Subquery:
    """How many articles a reader was dealt in an exercise (both as fields or OuterRefs); None: none, so all."""
    rows = Assignment.objects.filter(**of).exclude(exercise__distribution=Distribution.ALL).order_by()
    counts = rows.values("exercise", "member").annotate(n=Count("pk")).values("n")
    return Subquery(counts, output_field=IntegerField())


def dealt_to(user: User, exercises: Iterable[Exercise]) -> dict[int, set[int]]:
    """For each exercise the articles that `user` was dealt, by primary keys. One query, none where nothing is dealt."""
    dealt = [each.pk for each in exercises if each.is_dealt]
    found: dict[int, set[int]] = {}
    if dealt:
        rows = Assignment.objects.filter(exercise__in=dealt, member__user=user, member__removed_at=None)
        for exercise, article in rows.values_list("exercise_id", "article_id"):
            found.setdefault(exercise, set()).add(article)
    return found


def dealt_in(exercise: Exercise) -> dict[int, set[int]]:
    """For each reader (membership) the articles dealt in the exercise. One query, none where nothing is dealt."""
    found: dict[int, set[int]] = {}
    if exercise.is_dealt:
        for member, article in Assignment.objects.filter(exercise=exercise).values_list("member_id", "article_id"):
            found.setdefault(member, set()).add(article)
    return found

"""The keys of an exercise as its teachers see them, and whether its readers may."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from annotator.models import Exercise, ExerciseArticle, Phase, Reading

# Readers see the key from the wrap-up on.
SHOWN_IN = {Phase.WRAPPED_UP, Phase.ARCHIVED}


@dataclass(frozen=True, slots=True)
class KeyLink:
    """One article and its key: `reading` is None where there is none; `unexplained` are its spans without a note."""

    article: UUID
    title: str
    reading: UUID | None
    spans: int
    unexplained: int


def may_readers_see_key(exercise: Exercise) -> bool:
    """The one rule of the key: readers see it, its explanations and a score in the wrap-up and the archive only."""
    return exercise.has_key and exercise.phase in SHOWN_IN


def keys_of(exercise: Exercise) -> list[KeyLink]:
    """The key of each article, in the exercise's order. Two queries."""
    marked = Q(spans__deleted_at=None)
    keys = Reading.objects.filter(exercise=exercise, is_key=True).annotate(
        n_spans=Count("spans", marked), n_bare=Count("spans", marked & Q(spans__note=""))
    )
    found = {article: rest for article, *rest in keys.values_list("article_id", "uuid", "n_spans", "n_bare")}
    places = ExerciseArticle.objects.filter(exercise=exercise).order_by("position")
    return [
        KeyLink(uuid, title, *found.get(article, (None, 0, 0)))
        for article, uuid, title in places.values_list("article_id", "article__uuid", "article__title")
    ]

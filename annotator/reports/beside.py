"""The other article of two that are read side by side: where it is read, and its text with one's own marks in it."""

from dataclasses import dataclass
from uuid import UUID

from annotator.domain import spans as domain
from annotator.models import Article, Block, Reading, Span
from annotator.reports.reading_page import painted
from annotator.reports.reading_parts import BlockPart, labels_by_key


@dataclass(frozen=True, slots=True)
class Beside:
    """The other article. `reading` is one's own of it, if begun; `blocks` its text where it is asked for."""

    article: UUID
    title: str
    publication: str
    language: str
    reading: UUID | None
    blocks: list[BlockPart] | None


def beside(reading: Reading, *, is_shown: bool) -> Beside | None:
    """What stands beside one's own reading; None where the exercise has no two articles side by side.

    Two queries for the two titles, four more for the text. A key is made one article at a time.
    """
    if not reading.exercise.is_side_by_side or reading.is_key:
        return None
    places = reading.exercise.places.exclude(article=reading.article_id).read_by(reading.member)
    place = places.select_related("article").defer("article__search_text").first()
    if place is None:
        return None
    other = Reading.objects.filter(
        exercise=reading.exercise_id, member=reading.member_id, article=place.article_id, round=reading.round
    ).first()
    return Beside(
        article=place.article.uuid,
        title=place.article.title,
        publication=place.article.publication,
        language=place.article.language,
        reading=other.uuid if other else None,
        blocks=text_of(place.article, reading, other) if is_shown else None,
    )


def text_of(article: Article, reading: Reading, other: Reading | None) -> list[BlockPart]:
    """The other article's blocks, one's own marks painted."""
    labels = labels_by_key(reading.exercise)
    own = Span.objects.filter(reading=other).current().in_reading_order() if other else []
    spans = [domain.Span(each.start, each.end, labels[each.label_id].slug, each.number) for each in own]
    blocks = list(Block.objects.filter(article=article.pk).order_by("number"))
    return painted(blocks, article.text, spans, labels, article.title)

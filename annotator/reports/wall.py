"""Which passage is on the wall, for who steers it and for who wants to read along."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Substr

from annotator.models import Article, Block, Exercise, ExerciseArticle, Phase, Step
from annotator.reports.reveal_passages import shortened


def has_wall(exercise: Exercise) -> bool:
    """Whether the lesson goes through its passages now, and so the projector shows them one by one."""
    return (exercise.phase, exercise.step) == (Phase.REVEALED, Step.DISCUSS)


def wall_place(exercise: Exercise) -> tuple[UUID | None, int | None]:
    """The article and the start of the passage that was chosen, as long as one is shown. One query at most."""
    if not has_wall(exercise) or exercise.spotlight_article_id is None:
        return None, None
    article = Article.objects.filter(pk=exercise.spotlight_article_id).values_list("uuid", flat=True).get()
    return article, exercise.spotlight_start


@dataclass(frozen=True, slots=True)
class WallNow:
    """What the wall shows: `here` goes along with each press. No article: the first one's most divided passage.

    Where nobody differs in that, it is the passage on which most agree.
    """

    here: str
    article: UUID | None = None
    start: int = 0
    title: str = ""
    quote: str = ""


def wall_now(exercise: Exercise) -> WallNow:
    """The passage that was chosen. No query before one was, three after."""
    article, start = exercise.spotlight_article_id, exercise.spotlight_start
    if article is None or start is None:
        return WallNow("")
    places = ExerciseArticle.objects.filter(exercise=exercise, article=article)
    number, uuid, title = places.values_list("position", "article__uuid", "article__title").get()
    return WallNow(f"{number}:{start}", uuid, start, title, quoted(article, start))


def quoted(article: int, start: int) -> str:
    """The sentence that holds a code point, shortened; the rest of the text stays in the database. Two queries."""
    block = Block.objects.filter(article=article, start__lte=start, end__gt=start).first()
    edges = block.sentence_edges if block else []
    for first, end in edges:
        if first <= start < end:
            words = Substr("text", first + 1, end - first)
            return shortened(Article.objects.filter(pk=article).values_list(words, flat=True).get())
    return ""

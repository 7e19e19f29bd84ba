"""An exercise's page: its articles, how far each reader is, and one's own part. A known number of queries."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from annotator.domain.word_count import minutes_to_read
from annotator.models import Article, Classroom, Exercise, ExerciseArticle, Membership, Phase, User
from annotator.reports.lesson_buttons import Buttons, buttons
from annotator.reports.lesson_clock import Clock, lesson_clock
from annotator.reports.lesson_progress import LessonProgress, lesson_progress
from annotator.reports.lesson_talk import LessonTalk, lesson_talk
from annotator.reports.phases import Step, steps
from annotator.reports.progress import OwnWork, Place, own_work


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of the exercise; `is_known` says that one may open its own page."""

    uuid: UUID
    title: str
    publication: str
    minutes: int
    is_known: bool


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """The page. `lesson` is for who teaches alone, `own` for who reads."""

    articles: list[ArticleRow]
    lesson: "LessonPanel | None"
    own: OwnWork | None

    @property
    def minutes(self) -> int:
        """Reading time of all articles."""
        return sum(article.minutes for article in self.articles)


@dataclass(frozen=True, slots=True)
class LessonPanel:
    """What changes while one looks at it: phases, buttons, clock, readers.

    `is_watched` says that one may nudge readers: in a class that reads or revises; `gives_time` that one may give each
    more time, which is so while the blind reading's clock runs.
    """

    steps: list[Step]
    buttons: Buttons
    clock: Clock
    progress: LessonProgress
    talk: LessonTalk
    is_watched: bool
    gives_time: bool


def exercise_page(
    exercise: Exercise, user: User, member: Membership, library: QuerySet[Article], *, is_open_to_all: bool
) -> ExercisePage:
    """The page as `member` may see it: readers by how far they are for who teaches, one's own part for who reads.

    `is_open_to_all` is the answer of the one rule of blindness: only then are highlights counted at all.
    """
    places = list(places_in(exercise))
    plain = [Place(article=each.article_id, uuid=each.article.uuid, title=each.article.title) for each in places]
    own = own_work(user, [exercise], {exercise.pk: plain})[exercise.pk] if member.is_reader else None
    if own is not None and not member.is_teacher:
        theirs = {each.article for each in own.readings}
        places = [place for place in places if place.article.uuid in theirs]
    return ExercisePage(
        articles=article_rows(places, library),
        lesson=lesson_panel(exercise, user, is_open_to_all=is_open_to_all) if member.is_teacher else None,
        own=own,
    )


def lesson_panel(exercise: Exercise, viewer: User, *, is_open_to_all: bool, is_ticking: bool = True) -> LessonPanel:
    """The lesson as its teacher sees it now. Three queries, two for a team; while the class is shown up to four more.

    Without `is_ticking` nothing in it changes by itself within a minute.
    """
    progress = lesson_progress(exercise, viewer, is_open_to_all=is_open_to_all)
    clock = lesson_clock(exercise, is_ticking=is_ticking)
    is_class = exercise.classroom.kind == Classroom.Kind.CLASS
    return LessonPanel(
        steps=steps(exercise.phase, has_revision=exercise.has_revision),
        buttons=buttons(exercise, progress.unfinished),
        clock=clock,
        progress=progress,
        talk=lesson_talk(exercise),
        is_watched=is_class and exercise.phase in {Phase.OPEN, Phase.REVISING},
        gives_time=exercise.phase == Phase.OPEN and clock.is_on,
    )


def places_in(exercise: Exercise) -> QuerySet[ExerciseArticle]:
    """The exercise's articles in order, without their texts."""
    rows = ExerciseArticle.objects.filter(exercise=exercise).select_related("article").order_by("position")
    return rows.defer("article__text", "article__search_text")


def article_rows(places: list[ExerciseArticle], library: QuerySet[Article]) -> list[ArticleRow]:
    """The lines of the articles. One query for who may open them."""
    known = set(library.filter(pk__in=[each.article_id for each in places]).values_list("pk", flat=True))
    return [
        ArticleRow(
            uuid=each.article.uuid,
            title=each.article.title,
            publication=each.article.publication,
            minutes=minutes_to_read(each.article.word_count),
            is_known=each.article_id in known,
        )
        for each in places
    ]

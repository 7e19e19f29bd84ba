"""The library: articles found by words and filters, with where each is used. Six queries, however many articles."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Collate, Substr

from annotator.domain.folding import folded
from annotator.domain.word_count import minutes_to_read
from annotator.models import Article, Block, Classroom, Exercise, ExerciseArticle, Phase, User
from annotator.reports.languages import foreign_name, language_name
from annotator.reports.thumbs import Line, thumb

STEP = 12
# More rows than this on one page help nobody: the page then says to search.
MOST_SHOWN = 240
# Longer than this hardly fits a lesson of reading, tagging and talking.
LONG_MINUTES = 6
# A search for a whole page of words would only make the database sweat.
MOST_WORDS = 12
UNUSED = "none"
# By code point, as the folded title that the search text begins with was written: databases sort by rules of their own.
BY_CODE_POINT = {"sqlite": "BINARY", "postgresql": "C"}
TITLE = Collate(Substr("search_text", 1, 300), BY_CODE_POINT[connection.vendor])
ORDERS: dict[str, list[str | Collate]] = {
    "newest": ["-created_at", "-pk"],
    "title": [TITLE, "pk"],
    "shortest": ["word_count", "pk"],
    "longest": ["-word_count", "pk"],
}


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """What to look for; empty means anything. `used` is `none` or a classroom's UUID."""

    q: str = ""
    publication: str = ""
    language: str = ""
    used: str = ""
    year: int | None = None
    order: str = "newest"
    shown: int = STEP

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q.strip() or self.publication or self.language or self.used or self.year)


@dataclass(frozen=True, slots=True)
class Use:
    """An exercise that reads the article."""

    uuid: UUID
    classroom: str
    title: str
    phase: str


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the list; `owner` is empty for one's own."""

    uuid: UUID
    title: str
    publication: str
    author: str
    published: date | None
    language: str
    owner: str
    minutes: int
    is_long: bool
    is_sample: bool
    thumb: list[Line]
    used: list[Use] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: only what the library holds."""

    publications: list[str]
    languages: list[tuple[str, str]]
    years: list[int]
    classrooms: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Library:
    """The page: `total` articles in the library, `found` of them fit, `rows` of these are shown."""

    total: int
    colleagues: int
    found: int
    rows: list[Row]
    choices: Choices

    @property
    def more(self) -> int:
        """How many the next press adds."""
        return max(0, min(STEP, self.found - len(self.rows), MOST_SHOWN - len(self.rows)))

    @property
    def is_cut(self) -> bool:
        """Whether there are more than one page may show."""
        return self.found > len(self.rows) and not self.more

    @property
    def next_shown(self) -> int:
        """How many stand there after the next press."""
        return len(self.rows) + self.more


def library(
    user: User,
    articles: QuerySet[Article],
    exercises: QuerySet[Exercise],
    classrooms: QuerySet[Classroom],
    question: LibraryQuestion,
) -> Library:
    """The page of `user`, from the articles, exercises and classrooms that `user` may see."""
    every = list(articles.values_list("owner_id", "publication", "language", "published__year"))
    matching = matched(articles, exercises, question)
    listed = matching.select_related("owner").defer("text", "search_text")
    chosen = list(listed.order_by(*ORDERS.get(question.order, ORDERS["newest"]))[: question.shown])
    return Library(
        total=len(every),
        colleagues=len({owner for owner, *_ in every} - {user.pk}),
        found=matching.count(),
        rows=rows(user, chosen, exercises),
        choices=choices(every, classrooms),
    )


def matched(articles: QuerySet[Article], exercises: QuerySet[Exercise], question: LibraryQuestion) -> QuerySet[Article]:
    """The articles that fit: every word stands somewhere in title, publication, author or text."""
    fits = Q()
    for word in folded(question.q).split()[:MOST_WORDS]:
        fits &= Q(search_text__contains=word)
    if question.publication:
        fits &= Q(publication=question.publication)
    if question.language:
        fits &= Q(language=question.language)
    if question.year:
        fits &= Q(published__year=question.year)
    if question.used:
        fits &= used(exercises, question.used)
    return articles.filter(fits)


def used(exercises: QuerySet[Exercise], where: str) -> Q:
    """In no exercise one knows of, or in one of this classroom."""
    if where == UNUSED:
        return ~Q(pk__in=ExerciseArticle.objects.filter(exercise__in=exercises).values("article"))
    there = exercises.filter(classroom__uuid=where)
    return Q(pk__in=ExerciseArticle.objects.filter(exercise__in=there).values("article"))


def rows(user: User, articles: list[Article], exercises: QuerySet[Exercise]) -> list[Row]:
    """The lines of the list, with their uses and drawings."""
    uses = uses_of(articles, exercises)
    drawings = thumbs_of(articles)
    return [
        Row(
            uuid=each.uuid,
            title=each.title,
            publication=each.publication,
            author=each.author,
            published=each.published,
            language=foreign_name(each.language),
            owner="" if each.owner_id == user.pk else each.owner.name or each.owner.username,
            minutes=minutes_to_read(each.word_count),
            is_long=minutes_to_read(each.word_count) > LONG_MINUTES,
            is_sample=each.is_sample,
            thumb=drawings.get(each.pk, []),
            used=uses.get(each.pk, []),
        )
        for each in articles
    ]


def uses_of(articles: Iterable[Article], exercises: QuerySet[Exercise]) -> dict[int, list[Use]]:
    """For each article the exercises that read it, newest first. One query."""
    places = ExerciseArticle.objects.filter(article__in=list(articles), exercise__in=exercises)
    fields = ("article_id", "exercise__uuid", "exercise__classroom__name", "exercise__title", "exercise__phase")
    found: dict[int, list[Use]] = {}
    for article, uuid, classroom, title, phase in places.order_by("-exercise__created_at", "pk").values_list(*fields):
        use = Use(uuid=uuid, classroom=classroom, title=title, phase=str(Phase(phase).label))
        found.setdefault(article, []).append(use)
    return found


def thumbs_of(articles: Iterable[Article]) -> dict[int, list[Line]]:
    """For each article a drawing of how its first blocks stand. One query."""
    first = Block.objects.filter(article__in=list(articles), number__lte=9).order_by("article", "number")
    found: dict[int, list[tuple[str, int]]] = {}
    for article, kind, start, end in first.values_list("article_id", "kind", "start", "end"):
        found.setdefault(article, []).append((kind, end - start))
    return {article: thumb(blocks) for article, blocks in found.items()}


def choices(every: list[tuple[int, str, str, int | None]], classrooms: QuerySet[Classroom]) -> Choices:
    """What stands in the filters, sorted for reading."""
    publications = {publication for _, publication, _, _ in every if publication}
    codes = {language for _, _, language, _ in every if language}
    named = [(str(uuid), name) for uuid, name in classrooms.order_by("name", "pk").values_list("uuid", "name")]
    return Choices(
        publications=sorted(publications, key=str.casefold),
        languages=sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1].casefold()),
        years=sorted({year for _, _, _, year in every if year}, reverse=True),
        classrooms=named,
    )

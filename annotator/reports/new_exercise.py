"""The page of a new exercise: articles chosen and to choose from, who could read, earlier exercises. Three queries."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from annotator.domain.word_count import LESSON_WORDS, minutes_to_mark, minutes_to_read
from annotator.models import Article, Classroom, Exercise
from annotator.reports.library import LibraryQuestion, matched
from annotator.reports.progress import readers_of

MOST_FOUND = 6
MOST_EARLIER = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """An article that is chosen or may be."""

    uuid: UUID
    title: str
    publication: str
    minutes: int
    is_first: bool = False
    is_last: bool = False

    @property
    def key(self) -> str:
        """The UUID as buttons name it."""
        return str(self.uuid)


@dataclass(frozen=True, slots=True)
class RoomChoice:
    """A class or team that could read."""

    uuid: str
    name: str
    kind: str
    readers: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """An exercise whose set-up could be used again."""

    uuid: UUID
    title: str
    classroom: str


@dataclass(frozen=True, slots=True)
class NewExercisePage:
    """`found` are the newest articles that fit the search and are not chosen, `more` says that others fit too."""

    chosen: list[Choice]
    found: list[Choice]
    more: bool
    is_library_empty: bool
    rooms: list[RoomChoice]
    earlier: list[Earlier]
    words: int
    minutes: int
    minutes_marking: int

    @property
    def is_long(self) -> bool:
        """Too long for one lesson."""
        return self.words > LESSON_WORDS


def new_exercise_page(
    chosen: list[Article], library: QuerySet[Article], rooms: list[Classroom], taught: QuerySet[Exercise], q: str
) -> NewExercisePage:
    """What the page shows next to the form."""
    fitting = matched(library, Exercise.objects.none(), LibraryQuestion(q=q)).exclude(
        pk__in=[each.pk for each in chosen]
    )
    found = list(fitting.defer("text", "search_text").order_by("-created_at", "-pk")[: MOST_FOUND + 1])
    words = sum(each.word_count for each in chosen)
    last = len(chosen) - 1
    return NewExercisePage(
        chosen=[choice(each, is_first=n == 0, is_last=n == last) for n, each in enumerate(chosen)],
        found=[choice(each) for each in found[:MOST_FOUND]],
        more=len(found) > MOST_FOUND,
        is_library_empty=not chosen and not found and not q,
        rooms=room_choices(rooms),
        earlier=earlier_of(taught),
        words=words,
        minutes=minutes_to_read(words),
        minutes_marking=minutes_to_mark(words),
    )


def choice(article: Article, *, is_first: bool = False, is_last: bool = False) -> Choice:
    """One article's line."""
    return Choice(
        uuid=article.uuid,
        title=article.title,
        publication=article.publication,
        minutes=minutes_to_read(article.word_count),
        is_first=is_first,
        is_last=is_last,
    )


def room_choices(rooms: list[Classroom]) -> list[RoomChoice]:
    """The classes and teams with how many read in each."""
    readers = readers_of([room.pk for room in rooms])
    return [
        RoomChoice(uuid=str(room.uuid), name=room.name, kind=room.kind, readers=readers.get(room.pk, 0))
        for room in rooms
    ]


def earlier_of(taught: QuerySet[Exercise]) -> list[Earlier]:
    """The newest exercises; what came with the sample class is none of one's own."""
    newest = taught.filter(is_sample=False).order_by("-created_at", "-pk")[:MOST_EARLIER]
    return [Earlier(*row) for row in newest.values_list("uuid", "title", "classroom__name")]

"""The home page: what needs its teacher now, classes and teams, and what one reads. Nine queries at most."""

import zoneinfo
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from annotator.domain.word_count import minutes_to_read
from annotator.models import Article, Classroom, Exercise, Phase, User
from annotator.reports.phases import Step, steps
from annotator.reports.progress import OwnWork, Place, own_work, places_of, progress_of, readers_of

# A classroom shows its newest exercises; its own page has them all.
MOST_EXERCISES = 6
MOST_NEEDS = 5
MOST_FINISHED = 6
NEWEST = 3
RECENT = timedelta(days=14)
UNFINISHED = {"waiting", "reading"}


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """An exercise one teaches; `about` is its only article's title or empty, `done` of `readers` have handed in.

    `need` says why it wants its teacher: all_in, empty (nobody reads in it), open, closed or draft; or nothing.
    `ends_at` is when an open one closes by itself, in the zone of its class; `is_homework`: that is a day, not a clock.
    """

    uuid: UUID
    title: str
    classroom: str
    classroom_uuid: UUID
    about: str
    articles: int
    phase: str
    phase_name: str
    steps: list[Step]
    done: int
    readers: int
    need: str
    ends_at: datetime | None
    is_homework: bool


NEEDS = ("all_in", "empty", "open", "closed", "draft")


@dataclass(frozen=True, slots=True)
class Room:
    """A classroom or team with its newest exercises, and how many more it has."""

    uuid: UUID
    name: str
    kind: str
    is_sample: bool
    readers: int
    exercises: list[ExerciseRow]
    more: int


@dataclass(frozen=True, slots=True)
class OwnRow:
    """An exercise one reads."""

    uuid: UUID
    title: str
    classroom: str
    phase: str
    work: OwnWork


@dataclass(frozen=True, slots=True)
class NewArticle:
    """One of the newest in the library."""

    uuid: UUID
    title: str
    publication: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Home:
    """The page. `to_read` is what one has still to hand in, `read` the newest of the rest."""

    needs: list[ExerciseRow]
    rooms: list[Room]
    to_read: list[OwnRow]
    read: list[OwnRow]
    newest: list[NewArticle]
    articles: int

    @property
    def is_empty(self) -> bool:
        """Nothing here yet."""
        return not (self.rooms or self.to_read or self.read or self.articles)


def home(
    user: User,
    classrooms: QuerySet[Classroom],
    taught: QuerySet[Exercise],
    reads: QuerySet[Exercise],
    articles: QuerySet[Article],
) -> Home:
    """The page of `user`, from what `user` teaches, reads and has in the library."""
    rooms = list(classrooms.filter(archived_at=None).order_by("is_sample", "-created_at", "-pk"))
    mine = list(taught.filter(classroom__in=rooms).exclude(phase=Phase.ARCHIVED).order_by("-created_at", "-pk"))
    # What the class is gathering for comes first: it has not been opened yet.
    newest_first = F("opened_at").desc(nulls_first=True)
    own = list(reads.filter(classroom__archived_at=None).exclude(phase=Phase.ARCHIVED).order_by(newest_first, "-pk"))
    shown = shown_of(mine)
    places = places_of({each.pk for each in [*shown, *own]})
    readers = readers_of([room.pk for room in rooms])
    rows = rows_of(shown, places, readers, alone={each.pk for each in own if is_alone(each, readers)})
    works = own_work(user, own, places)
    own_rows = [own_row(each, works[each.pk]) for each in own]
    newest = articles.order_by("-created_at", "-pk").values_list("uuid", "title", "publication", "word_count")
    return Home(
        needs=sorted((row for row in rows.values() if row.need), key=lambda row: NEEDS.index(row.need))[:MOST_NEEDS],
        rooms=[
            room_of(room, [each.pk for each in mine if each.classroom_id == room.pk], rows, readers) for room in rooms
        ],
        to_read=[row for row in own_rows if row.work.state in UNFINISHED],
        read=[row for row in own_rows if row.work.state not in UNFINISHED][:MOST_FINISHED],
        newest=[
            NewArticle(uuid, title, paper, minutes_to_read(words)) for uuid, title, paper, words in newest[:NEWEST]
        ],
        articles=articles.count(),
    )


def shown_of(exercises: list[Exercise]) -> list[Exercise]:
    """The newest of each classroom, and those that may need their teacher however old they are."""
    counted: dict[int, int] = {}
    shown = []
    for each in exercises:
        counted[each.classroom_id] = counted.get(each.classroom_id, 0) + 1
        if counted[each.classroom_id] <= MOST_EXERCISES or each.phase in {Phase.DRAFT, Phase.OPEN}:
            shown.append(each)
    return shown


def rows_of(
    exercises: list[Exercise], places: dict[int, list[Place]], readers: dict[int, int], alone: Collection[int] = ()
) -> dict[int, ExerciseRow]:
    """The rows of these exercises by primary key; those that one reads `alone` need nobody to wait for anybody."""
    far = progress_of({each.pk: places.get(each.pk, []) for each in exercises})
    awaited = {each.pk: readers.get(each.classroom_id, 0) + far[each.pk].extra for each in exercises}
    return {
        each.pk: ExerciseRow(
            uuid=each.uuid,
            title=each.title,
            classroom=each.classroom.name,
            classroom_uuid=each.classroom.uuid,
            about=about(places.get(each.pk, [])),
            articles=len(places.get(each.pk, [])),
            phase=each.phase,
            phase_name=str(Phase(each.phase).label),
            steps=steps(each.phase, has_revision=each.has_revision),
            done=far[each.pk].done,
            readers=awaited[each.pk],
            need="" if each.pk in alone else need(each, far[each.pk].done, awaited[each.pk]),
            ends_at=end_of(each),
            is_homework=each.is_homework,
        )
        for each in exercises
    }


def end_of(exercise: Exercise) -> datetime | None:
    """When it closes by itself, as its class says the time."""
    if exercise.phase != Phase.OPEN or exercise.ends_at is None:
        return None
    return exercise.ends_at.astimezone(zoneinfo.ZoneInfo(exercise.classroom.time_zone))


def is_alone(exercise: Exercise, readers: dict[int, int]) -> bool:
    """Whether one who reads it has nobody beside: a class's teachers do not count among its readers."""
    return readers.get(exercise.classroom_id, 0) == (exercise.classroom.kind == Classroom.Kind.TEAM)


def about(places: list[Place]) -> str:
    """The title of an exercise's only article."""
    return places[0].title if len(places) == 1 else ""


def need(exercise: Exercise, done: int, readers: int) -> str:
    """Why the exercise needs its teacher, if it does; what was closed long ago is finished for its people."""
    if exercise.phase == Phase.OPEN:
        return "empty" if not readers else "all_in" if done == readers else "open"
    if exercise.phase == Phase.CLOSED and exercise.closed_at:
        return "closed" if timezone.now() - exercise.closed_at < RECENT else ""
    return "draft" if exercise.phase == Phase.DRAFT else ""


def room_of(room: Classroom, exercises: list[int], rows: dict[int, ExerciseRow], readers: dict[int, int]) -> Room:
    """One classroom's box."""
    return Room(
        uuid=room.uuid,
        name=room.name,
        kind=room.kind,
        is_sample=room.is_sample,
        readers=readers.get(room.pk, 0),
        exercises=[rows[each] for each in exercises[:MOST_EXERCISES]],
        more=max(0, len(exercises) - MOST_EXERCISES),
    )


def own_row(exercise: Exercise, work: OwnWork) -> OwnRow:
    """One line of what one reads."""
    return OwnRow(
        uuid=exercise.uuid, title=exercise.title, classroom=exercise.classroom.name, phase=exercise.phase, work=work
    )

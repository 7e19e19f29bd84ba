"""An exercise's page: its articles, how far each reader is, and one's own part. Four queries, however many readers.

While the exercise is blind it says who is there and since when, never how much anybody has marked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from annotator.domain.word_count import minutes_to_read
from annotator.models import (
    Article,
    Classroom,
    Exercise,
    ExerciseArticle,
    Membership,
    Phase,
    Reading,
    ReadingState,
    User,
)
from annotator.reports.phases import Step, steps
from annotator.reports.progress import OwnWork, Place, overall, own_work

# A pupil who has done nothing for so long may need a word.
QUIET = timedelta(minutes=5)
GROUPS = ("look", "reading", "waiting", "handed_in", "unfinished", "missed")


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of the exercise; `is_known` says that one may open its own page."""

    uuid: UUID
    title: str
    publication: str
    minutes: int
    is_known: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A reader's reading of one article.

    `state` is none, open, submitted or collected; `minutes` were spent reading; `at` is when it was handed in or
    collected. `spans` is None as long as nobody may know; `is_counted` says whether figures and exports count it.
    """

    article: str
    state: str
    reading: UUID | None
    minutes: int
    at: datetime | None
    spans: int | None
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A reader. `quiet` are the minutes since anything was heard, where that is long enough to be worth a look."""

    name: str
    code: str
    is_self: bool
    parts: list[Part]
    handed_in: int
    minutes: int
    quiet: int | None

    @property
    def begun(self) -> list[Part]:
        """The readings that exist."""
        return [part for part in self.parts if part.reading is not None]


@dataclass(frozen=True, slots=True)
class Group:
    """Readers who are equally far, by name."""

    key: str
    people: list[Person]

    @property
    def is_dense(self) -> bool:
        """Whether each reader fits half a line."""
        is_short = all(len(person.parts) == 1 for person in self.people) and self.key != "look"
        return is_short or self.key in {"waiting", "missed"}


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """The page. `done_share` and `busy_share` are the parts of the bar, in hundredths of all readers."""

    steps: list[Step]
    articles: list[ArticleRow]
    groups: list[Group]
    readers: int
    reading: int
    handed_in: int
    unfinished: int
    own: OwnWork | None

    @property
    def done_share(self) -> int:
        """How much of the bar is handed in."""
        return self.handed_in * 100 // self.readers if self.readers else 0

    @property
    def busy_share(self) -> int:
        """How much of it is being read."""
        return self.reading * 100 // self.readers if self.readers else 0

    @property
    def minutes(self) -> int:
        """Reading time of all articles."""
        return sum(article.minutes for article in self.articles)


def exercise_page(
    exercise: Exercise, user: User, member: Membership, library: QuerySet[Article], *, is_open_to_all: bool
) -> ExercisePage:
    """The page as `member` may see it: readers by how far they are for who teaches, one's own part for who reads.

    `is_open_to_all` is the answer of the one rule of blindness: only then are highlights counted at all.
    """
    places = list(places_in(exercise))
    articles = article_rows(places, library)
    plain = [Place(article=each.article_id, uuid=each.article.uuid, title=each.article.title) for each in places]
    own = own_work(user, [exercise], {exercise.pk: plain})[exercise.pk] if member.is_reader else None
    people = people_of(exercise, plain, member, is_open_to_all=is_open_to_all) if member.is_teacher else []
    by_group = {key: [person for group, person in people if group == key] for key in GROUPS}
    return ExercisePage(
        steps=steps(exercise.phase),
        articles=articles,
        groups=[Group(key=key, people=found) for key, found in by_group.items() if found],
        readers=len(people),
        reading=len(by_group["reading"]) + len(by_group["look"]),
        handed_in=len(by_group["handed_in"]),
        unfinished=sum(part.state == ReadingState.OPEN for _group, person in people for part in person.parts),
        own=own,
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


def people_of(
    exercise: Exercise, places: list[Place], viewer: Membership, *, is_open_to_all: bool
) -> list[tuple[str, Person]]:
    """The present readers with the group that fits, by name. Two queries.

    A class's teachers who may read too are among them once they have begun: nobody waits for them.
    """
    members = Membership.objects.readers().filter(classroom=exercise.classroom_id).select_related("user")
    readings = Reading.objects.independent().filter(exercise=exercise, member__in=members)
    if is_open_to_all:
        readings = readings.with_span_counts()
    begun = {(reading.member_id, reading.article_id): reading for reading in readings}
    at_work = {member for member, _article in begun}
    is_team = exercise.classroom.kind == Classroom.Kind.TEAM
    listed = [each for each in members if is_team or not each.is_teacher or each.pk in at_work]
    now = timezone.now()
    found = [person_of(exercise, each, places, begun, now=now, viewer=viewer) for each in listed]
    return sorted(found, key=lambda pair: (pair[1].name.casefold(), pair[1].code))


def person_of(
    exercise: Exercise, member: Membership, places: list[Place], begun: dict[tuple[int, int], Reading],
    *, now: datetime, viewer: Membership,
) -> tuple[str, Person]:  # fmt: skip
    """One reader, and the group."""
    readings = [begun.get((member.pk, place.article)) for place in places]
    parts = [part_of(place, reading) for place, reading in zip(places, readings, strict=True)]
    group = overall([part.state for part in parts], exercise.phase)
    is_self = member.pk == viewer.pk
    quiet = quiet_minutes(exercise, readings, now) if group == "reading" and not is_self else None
    person = Person(
        name=member.pseudonym or member.user.get_full_name(),
        code=member.code,
        is_self=is_self,
        parts=parts,
        handed_in=sum(part.state == ReadingState.SUBMITTED for part in parts),
        minutes=sum(part.minutes for part in parts),
        quiet=quiet,
    )
    return (group if quiet is None else "look"), person


def part_of(place: Place, reading: Reading | None) -> Part:
    """What one reading shows of itself; its highlights only where they were counted."""
    if reading is None:
        return Part(place.title, "none", None, 0, None, None, is_counted=False)
    spans = getattr(reading, "n_spans", None)
    return Part(
        article=place.title,
        state=reading.state,
        reading=reading.uuid,
        minutes=round(reading.active_seconds / 60),
        at=reading.submitted_at,
        spans=spans,
        is_counted=reading.state == ReadingState.SUBMITTED or (reading.state == ReadingState.COLLECTED and bool(spans)),
    )


def quiet_minutes(exercise: Exercise, readings: list[Reading | None], now: datetime) -> int | None:
    """How long nothing was heard from a pupil who is reading; None where that is short, and in a team."""
    if exercise.phase != Phase.OPEN or exercise.classroom.kind == Classroom.Kind.TEAM:
        return None
    quiet = now - max(reading.seen_at for reading in readings if reading is not None)
    return int(quiet.total_seconds()) // 60 if quiet >= QUIET else None

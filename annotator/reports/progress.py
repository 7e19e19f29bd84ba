"""How far the readers of exercises are: what was handed in, and one's own next step. Never what was marked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Q

from annotator.models import Classroom, Exercise, ExerciseArticle, Membership, Phase, Reading, ReadingState, User
from annotator.reports.dealt import dealt_count, dealt_to


@dataclass(frozen=True, slots=True)
class Place:
    """An article's place in an exercise."""

    article: int
    uuid: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How many have handed in all articles, and how many read who were not waited for: a class's teachers."""

    done: int
    extra: int


@dataclass(frozen=True, slots=True)
class OwnReading:
    """One's own reading of one article. `state` is none, open, submitted or collected; `reading` its UUID if begun."""

    article: UUID
    title: str
    state: str
    reading: UUID | None


@dataclass(frozen=True, slots=True)
class OwnWork:
    """One's own part of an exercise.

    `state` is waiting (not begun), reading, handed_in, unfinished (closed before all was handed in) or missed
    (closed before one began). `has_result`: what one began can be looked at beside the class.
    """

    state: str
    readings: list[OwnReading]
    has_result: bool = False

    @property
    def handed_in(self) -> int:
        """How many of the articles are handed in."""
        return sum(each.state == ReadingState.SUBMITTED for each in self.readings)

    @property
    def has_begun(self) -> bool:
        """Whether there is anything of one's own to export."""
        return any(each.reading is not None for each in self.readings)

    @property
    def next(self) -> OwnReading | None:
        """The first article that is not handed in."""
        return next((each for each in self.readings if each.state in {"none", ReadingState.OPEN}), None)


def places_of(exercises: Collection[int]) -> dict[int, list[Place]]:
    """For each exercise its articles in order. One query."""
    rows = ExerciseArticle.objects.filter(exercise__in=exercises).order_by("exercise", "position")
    found: dict[int, list[Place]] = {}
    for exercise, article, uuid, title in rows.values_list(
        "exercise_id", "article_id", "article__uuid", "article__title"
    ):
        found.setdefault(exercise, []).append(Place(article=article, uuid=uuid, title=title))
    return found


def progress_of(places: dict[int, list[Place]]) -> dict[int, Progress]:
    """How far each exercise is, among its present readers: done is who handed in all that is theirs. One query."""
    readings = Reading.objects.independent().filter(
        exercise__in=list(places), member__is_reader=True, member__removed_at=None
    )
    is_extra = Q(member__is_teacher=True, member__classroom__kind=Classroom.Kind.CLASS)
    people = readings.values("exercise_id", "member_id").annotate(
        n_done=Count("pk", filter=Q(state=ReadingState.SUBMITTED)),
        n_extra=Count("pk", filter=is_extra),
        n_dealt=dealt_count(exercise=OuterRef("exercise"), member=OuterRef("member")),
    )
    done, extra = dict.fromkeys(places, 0), dict.fromkeys(places, 0)
    columns = ("exercise_id", "n_done", "n_extra", "n_dealt")
    for exercise, n_done, n_extra, n_dealt in people.order_by().values_list(*columns):
        done[exercise] += n_done == (n_dealt or len(places[exercise]))
        extra[exercise] += n_extra > 0
    return {each: Progress(done=done[each], extra=extra[each]) for each in places}


def own_work(user: User, exercises: Iterable[Exercise], places: dict[int, list[Place]]) -> dict[int, OwnWork]:
    """For each exercise what `user` has done in it as a reader. One query, two where articles are dealt."""
    listed = list(exercises)
    dealt = dealt_to(user, listed)
    rows = Reading.objects.independent().filter(exercise__in=listed, member__user=user, member__removed_at=None)
    begun = {
        (exercise, article): (state, uuid)
        for exercise, article, state, uuid in rows.values_list("exercise_id", "article_id", "state", "uuid")
    }
    return {each.pk: work_of(each, theirs(places.get(each.pk, []), dealt.get(each.pk)), begun) for each in listed}


def theirs(places: list[Place], dealt: set[int] | None) -> list[Place]:
    """The places among those dealt; all where nothing was dealt."""
    return [place for place in places if not dealt or place.article in dealt]


def work_of(exercise: Exercise, places: list[Place], begun: dict[tuple[int, int], tuple[str, UUID]]) -> OwnWork:
    """One's own part of one exercise, from the readings one has begun anywhere."""
    readings = []
    for place in places:
        state, uuid = begun.get((exercise.pk, place.article), ("none", None))
        readings.append(OwnReading(article=place.uuid, title=place.title, state=state, reading=uuid))
    state = overall([each.state for each in readings], exercise.phase)
    return OwnWork(state=state, readings=readings, has_result=exercise.shows_class)


def overall(states: list[str], phase: str) -> str:
    """One word for the states of a reader's articles in an exercise."""
    if all(state == ReadingState.SUBMITTED for state in states):
        return "handed_in"
    if phase in {Phase.DRAFT, Phase.OPEN}:
        return "waiting" if all(state == "none" for state in states) else "reading"
    return "missed" if all(state == "none" for state in states) else "unfinished"


def readers_of(classrooms: Collection[int]) -> dict[int, int]:
    """For each classroom how many are to read in it now. One query."""
    rows = Membership.objects.awaited().filter(classroom__in=classrooms).values("classroom_id")
    return dict(rows.annotate(n=Count("pk")).values_list("classroom_id", "n"))

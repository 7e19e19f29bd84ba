"""How far the readers of one exercise are, for who teaches it. Three queries, however many readers.

While the exercise is blind it says who is there and since when, never how much anybody has marked. Minutes are counted
from one full minute to the next, all of them at once, so that between two of these the same question gets the same
answer (the page asks every few seconds).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotator.domain.lesson_walk import LOBBY, WARM_UP
from annotator.models import (
    Classroom,
    Exercise,
    ExerciseArticle,
    Membership,
    Phase,
    Reading,
    ReadingState,
    RosterEntry,
    User,
)
from annotator.reports.dealt import dealt_count
from annotator.reports.progress import overall

# A pupil who has done nothing for so long may need a word; one whose page has said nothing for so long is offline.
QUIET = timedelta(minutes=5)
OFFLINE = timedelta(minutes=2)
# Longer than this since the beginning, and there was a break in it: then the time at work is told instead.
ONE_SITTING = timedelta(hours=2)
# So many names that have not joined stand among those that need a look; more of them make a list of their own.
MOST_MISSING = 6
# Most pressing first.
TROUBLES = ("offline", "quiet", "extra", "missing")
GROUPS = ("look", "joined", "reading", "waiting", "handed_in", "unfinished", "missed", "missing")


@dataclass(frozen=True, slots=True)
class Part:
    """A reader's reading of one article.

    `state` is open, submitted or collected; `minutes` were spent with it. `spans` is None as long as nobody may know;
    `is_counted` says whether figures and exports count it; `late` of its highlights came after the cut-off.
    """

    article: str
    state: str
    reading: UUID
    minutes: int
    spans: int | None
    is_counted: bool
    late: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A reader, or a name on the class list that nobody has taken yet (`uuid` is None).

    `why` says what needs a look: missing, offline, quiet or extra; `since` are its minutes (for extra: those left).
    `extra` is the reader's extra time in seconds, `nudged` the minutes since the last nudge, `is_there` whether the
    reader's page was heard just now.
    """

    name: str
    code: str
    uuid: UUID | None = None
    is_self: bool = False
    is_there: bool = False
    articles: int = 1
    parts: list[Part] = field(default_factory=list)
    why: str = ""
    since: int = 0
    extra: int = 0
    nudged: int | None = None

    @property
    def handed_in(self) -> int:
        """How many articles are handed in."""
        return sum(part.state == ReadingState.SUBMITTED for part in self.parts)

    @property
    def longer(self) -> int:
        """The extra time a press on +2 min leads to, so that a second press of the same button adds nothing."""
        return self.extra + 120

    @property
    def reopenable(self) -> list[Part]:
        """What was handed in, to be given back."""
        return [part for part in self.parts if part.state == ReadingState.SUBMITTED]


@dataclass(frozen=True, slots=True)
class Group:
    """Readers who are equally far, by name. `is_short`: a name is all there is to say of each."""

    key: str
    people: list[Person]
    is_short: bool

    @property
    def is_dense(self) -> bool:
        """Whether each reader fits half a line."""
        return self.key != "look" and all(person.articles == 1 for person in self.people)


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """All readers.

    `there` are those whose page was heard just now, `listed` how many there should be by the class list; `cut_short`
    are readers whom the closing found at work, `unfinished` readings that are still open.
    """

    groups: list[Group]
    joined: int
    there: int
    listed: int
    reading: int
    handed_in: int
    cut_short: int
    unfinished: int

    @property
    def done_share(self) -> int:
        """How much of the bar is handed in, in hundredths."""
        return self.handed_in * 100 // self.listed if self.listed else 0

    @property
    def busy_share(self) -> int:
        """How much of it is being read."""
        return self.reading * 100 // self.listed if self.listed else 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a line is made from, beside the reader: the exercise, the full minute, who looks."""

    exercise: Exercise
    minute: datetime
    viewer: User
    is_team: bool


def lesson_progress(exercise: Exercise, viewer: User, *, is_open_to_all: bool) -> LessonProgress:
    """The readers as `viewer`, who teaches, may see them; `is_open_to_all` is the answer of the rule of blindness."""
    is_team = exercise.classroom.kind == Classroom.Kind.TEAM
    minute = timezone.now().replace(second=0, microsecond=0)
    seen = Seen(exercise=exercise, minute=minute, viewer=viewer, is_team=is_team)
    people = people_of(seen, is_open_to_all=is_open_to_all)
    missing = [] if is_team else missing_of(exercise)
    by_group: dict[str, list[Person]] = {key: [] for key in GROUPS}
    for key, person in [*people, *missing_in(seen, missing)]:
        by_group[key].append(person)
    by_group["look"].sort(key=lambda person: TROUBLES.index(person.why))
    return LessonProgress(
        groups=[Group(key, found, is_short(exercise, key, found)) for key, found in by_group.items() if found],
        joined=len(people),
        there=sum(person.is_there for _key, person in people),
        listed=len(people) + len(missing),
        reading=len(by_group["reading"]) + sum(person.uuid is not None for person in by_group["look"]),
        handed_in=len(by_group["handed_in"]),
        cut_short=len(by_group["unfinished"]),
        unfinished=sum(part.state == ReadingState.OPEN for _key, person in people for part in person.parts),
    )


def is_short(exercise: Exercise, key: str, people: Sequence[Person]) -> bool:
    """Whether names suffice: before anybody has begun, and of who is done with the one article while it is blind."""
    is_done = key == "handed_in" and exercise.is_blind and all(person.articles == 1 for person in people)
    return is_done or key in {"joined", "waiting", "missed", "missing"}


def missing_of(exercise: Exercise) -> list[Person]:
    """The names on the class list that nobody has taken, in its order. One query."""
    names = RosterEntry.objects.filter(classroom=exercise.classroom_id, member=None).order_by("position", "pk")
    return [Person(name=name, code="", why="missing") for name in names.values_list("name", flat=True)]


def missing_in(seen: Seen, missing: list[Person]) -> list[tuple[str, Person]]:
    """Where they stand: a few in a running lesson need a look."""
    needs_look = seen.exercise.phase == Phase.OPEN and not seen.exercise.is_homework and len(missing) <= MOST_MISSING
    return [("look" if needs_look else "missing", person) for person in missing]


def people_of(seen: Seen, *, is_open_to_all: bool) -> list[tuple[str, Person]]:
    """The present readers with the group that fits, by name. Two queries.

    A class's teachers who may read too are among them once they have begun: nobody waits for them.
    """
    begun: dict[int, list[Reading]] = {}
    for reading in readings_of(seen.exercise, is_open_to_all=is_open_to_all):
        begun.setdefault(reading.member_id, []).append(reading)
    members = [each for each in members_of(seen.exercise) if seen.is_team or not each.is_teacher or each.pk in begun]
    found = [person_of(seen, each, begun.get(each.pk, [])) for each in members]
    return sorted(found, key=lambda pair: (pair[1].name.casefold(), pair[1].code))


def members_of(exercise: Exercise) -> QuerySet[Membership]:
    """The readers, each with what the lesson keeps of them and how many articles there are to read."""
    places = ExerciseArticle.objects.filter(exercise=exercise).order_by().values("exercise").annotate(n=Count("pk"))
    here = FilteredRelation("participations", condition=Q(participations__exercise=exercise))
    return (
        Membership.objects.readers()
        .filter(classroom=exercise.classroom_id)
        .select_related("user")
        .annotate(
            here=here,
            extra=Coalesce(F("here__extra_seconds"), 0),
            nudged_at=F("here__nudged_at"),
            alive_at=F("here__seen_at"),
            n_articles=Coalesce(
                dealt_count(exercise=exercise, member=OuterRef("pk")),
                Subquery(places.values("n"), output_field=IntegerField()),
                0,
            ),
        )
    )


def readings_of(exercise: Exercise, *, is_open_to_all: bool) -> QuerySet[Reading]:
    """The readings of the round that is looked at, in the articles' order, each with its article's title.

    While readers revise that is the second; else it is the first, which counts.
    """
    place = ExerciseArticle.objects.filter(exercise=exercise, article=OuterRef("article"))
    number = 2 if exercise.phase == Phase.REVISING else 1
    readings = Reading.objects.filter(exercise=exercise, round=number, is_key=False)
    readings = readings.annotate(title=F("article__title"))
    counted = readings.with_span_counts() if is_open_to_all else readings
    return counted.order_by(Subquery(place.values("position")[:1]), "pk")


def person_of(seen: Seen, member: Membership, readings: list[Reading]) -> tuple[str, Person]:
    """One reader, and the group."""
    n_articles: int = member.n_articles  # type: ignore[attr-defined]
    parts = [part_of(seen, reading) for reading in readings]
    states = [part.state for part in parts] + ["none"] * (n_articles - len(parts))
    is_at_work = seen.exercise.phase == Phase.REVISING
    group = overall(states, Phase.OPEN if is_at_work else seen.exercise.phase)
    is_self = member.user_id == seen.viewer.pk
    why, since = "", 0
    if group == "reading" and not is_self and not seen.is_team:
        why, since = trouble(seen, member, readings)
    if group == "waiting" and seen.exercise.step in {LOBBY, WARM_UP}:
        group = "joined"
    return ("look" if why else group), Person(
        name=member.shown_name,
        code=member.code,
        uuid=member.uuid,
        is_self=is_self,
        is_there=is_within(seen, member.alive_at, OFFLINE),  # type: ignore[attr-defined]
        articles=n_articles,
        parts=parts,
        why=why,
        since=since,
        extra=member.extra,  # type: ignore[attr-defined]
        nudged=nudged(seen, member.nudged_at),  # type: ignore[attr-defined]
    )


def part_of(seen: Seen, reading: Reading) -> Part:
    """What one reading shows of itself; its highlights only where they were counted."""
    spans: int | None = getattr(reading, "n_spans", None)
    return Part(
        article=reading.title,  # type: ignore[attr-defined]
        state=reading.state,
        reading=reading.uuid,
        minutes=minutes_with(seen, reading),
        spans=spans,
        late=getattr(reading, "n_late", 0),
        is_counted=reading.state == ReadingState.SUBMITTED or (reading.state == ReadingState.COLLECTED and bool(spans)),
    )


def minutes_with(seen: Seen, reading: Reading) -> int:
    """Minutes since the beginning for who is at it in a lesson; else those the reader was at work."""
    since = seen.minute - reading.started_at.replace(second=0, microsecond=0)
    is_one_sitting = seen.exercise.phase == Phase.OPEN and not seen.exercise.is_homework and since < ONE_SITTING
    if reading.state == ReadingState.OPEN and is_one_sitting and not seen.is_team:
        return whole_minutes(since)
    return round(reading.active_seconds / 60)


def trouble(seen: Seen, member: Membership, readings: list[Reading]) -> tuple[str, int]:
    """Why a reader who is at it needs a look, with the minutes; empty where all is well."""
    exercise = seen.exercise
    if exercise.phase != Phase.OPEN or exercise.is_homework:
        return "", 0
    heard = max(reading.seen_at for reading in readings).replace(second=0, microsecond=0)
    alive: datetime | None = member.alive_at  # type: ignore[attr-defined]
    begun = min(reading.started_at for reading in readings)
    # A page that has told of itself since the beginning, and does no more.
    if alive is not None and alive > begun and seen.minute - max(alive, heard) >= OFFLINE:
        return "offline", whole_minutes(seen.minute - max(alive, heard))
    if seen.minute - heard >= QUIET:
        return "quiet", whole_minutes(seen.minute - heard)
    extra: int = member.extra  # type: ignore[attr-defined]
    if extra and exercise.ends_at:
        return "extra", max(0, whole_minutes(exercise.ends_at + timedelta(seconds=extra) - seen.minute))
    return "", 0


def nudged(seen: Seen, at: datetime | None) -> int | None:
    """Minutes since the last nudge, where that is not long ago."""
    return whole_minutes(seen.minute - at) if at is not None and is_within(seen, at, 2 * QUIET) else None


def is_within(seen: Seen, at: datetime | None, span: timedelta) -> bool:
    """Whether something happened less than `span` ago."""
    return at is not None and seen.minute - at < span


def whole_minutes(span: timedelta) -> int:
    """Full minutes, none below zero."""
    return max(0, int(span.total_seconds()) // 60)

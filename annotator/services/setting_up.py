"""Setting up a lesson in one go: a pasted text, a class or team, the exercise and what it is made of."""

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from annotator.domain.blocks import assemble
from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.lesson_clock import moment
from annotator.domain.names import one_line
from annotator.domain.text import fingerprint
from annotator.domain.word_count import minutes_to_mark
from annotator.importers import DraftArticle
from annotator.models import Article, Classroom, CodebookVersion, Distribution, Exercise, Membership, Phase, Step, User
from annotator.services.articles import article_store
from annotator.services.classrooms import classroom_add, member_add
from annotator.services.drafts import facts_found
from annotator.services.exercises import checked_articles, exercise_add, exercise_move, exercise_settings
from annotator.services.lesson_clock import due_set, timer_set
from annotator.services.lessons import exercise_step

# A lesson of 45 minutes leaves so many for the blind reading.
LEAST_MINUTES, MOST_MINUTES = 12, 20
# More people or articles than this are a slip of the finger.
MOST_DEALT = 500

NOT_TWO = gettext_noop("Side by side works with exactly two articles. Choose two, or switch it off.")
NOT_ALL = gettext_noop("Side by side needs readers who read both articles. Let everybody read all, or switch it off.")
BOTH = gettext_noop("Say how many articles each reader gets or how many readers each article gets, not both.")
NO_NUMBER = gettext_noop("Articles are dealt in whole numbers from 1 to 500.")
JUMPED = gettext_noop(
    "Clocks jump over %(time)s on that day in %(zone)s, so this time does not exist. Choose one an hour later."
)


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A class or team to be made along with its first exercise."""

    name: str
    kind: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a lesson is made of, beside its articles and readers.

    `settings` are those of `exercise_settings`. `minutes` are the timer's, None for none; `is_timed_by_length`: by the
    length of the text instead. `due` is a homework's local time in the zone of its class. `overlap` and
    `articles_each` are for articles that are dealt, one of them or neither.
    """

    settings: Mapping[str, Any] = field(default_factory=dict)
    minutes: int | None = None
    is_timed_by_length: bool = False
    due: datetime | None = None
    distribution: str = Distribution.ALL
    overlap: int | None = None
    articles_each: int | None = None
    is_side_by_side: bool = False
    made_from: Exercise | None = None


@transaction.atomic
def exercise_set_up(
    *,
    teacher: User,
    sent: UUID,
    title: str,
    articles: Sequence[Article],
    codebook_version: CodebookVersion,
    classroom: Classroom | NewRoom,
    is_started: bool,
    text: DraftArticle | None = None,
    library: QuerySet[Article] | None = None,
    plan: Plan | None = None,
) -> Exercise:
    """An exercise with its class or team, made now where it is new, and its pasted `text`, started or left as a draft.

    Started, a class's lesson stands in the lobby, where its readers come in; a team's or a homework is open at once.
    Without a title it takes that of its first article. `sent` names the form: sent twice, it makes one exercise. The
    maker of a new team reads in it, as teammates do.
    """
    teacher = User.objects.select_for_update().get(pk=teacher.pk)
    found = Exercise.objects.filter(uuid=uuid5(teacher.uuid, f"exercise {sent}")).first()
    if found is not None:
        return found
    plan = plan or Plan()
    room = classroom if isinstance(classroom, Classroom) else room_add(teacher, sent, classroom)
    pasted = [text_store(teacher, sent, text, library)] if text else []
    chosen = checked_articles([*pasted, *articles])
    made = exercise_add(
        classroom=room, created_by=teacher, title=one_line(title) or chosen[0].title[:150],
        articles=chosen, codebook_version=codebook_version, uuid=uuid5(teacher.uuid, f"exercise {sent}"),
    )  # fmt: skip
    made = planned(made, plan, chosen)
    return started(made) if is_started else made


def room_add(teacher: User, sent: UUID, new: NewRoom) -> Classroom:
    """The new class or team of one form."""
    made = classroom_add(
        teacher=teacher, name=new.name, kind=new.kind, time_zone=new.time_zone,
        uuid=uuid5(teacher.uuid, f"classroom {sent}"),
    )  # fmt: skip
    if new.kind == Classroom.Kind.TEAM:
        member_add(classroom=made, user=teacher, is_reader=True)
    return made


def text_store(teacher: User, sent: UUID, text: DraftArticle, library: QuerySet[Article] | None) -> Article:
    """The article of a pasted text, whole; where the library has exactly this text already, that one."""
    blocks = [(block.kind, block.text) for block in text.blocks if block.kept]
    whole = assemble(blocks)[0]
    same = library.filter(text_sha256=fingerprint(whole)).order_by("-pk").first() if library is not None else None
    if same is not None:
        return same
    facts = asdict(facts_found(text))
    facts["title"] = facts["title"] or first_words(whole)
    return article_store(owner=teacher, blocks=blocks, uuid=uuid5(teacher.uuid, f"article {sent}"), **facts)


def first_words(text: str) -> str:
    """What a text without a title is called."""
    line = one_line(text[:400])
    return line if len(line) <= 60 else line[:60].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + " …"


def planned(exercise: Exercise, plan: Plan, articles: Sequence[Article]) -> Exercise:
    """The draft with all that the plan says."""
    check_plan(plan, articles)
    exercise.distribution, exercise.is_side_by_side = plan.distribution, plan.is_side_by_side
    if exercise.is_dealt:
        exercise.overlap, exercise.articles_each = plan.overlap, plan.articles_each
    exercise.made_from = plan.made_from
    exercise.save(update_fields=["distribution", "is_side_by_side", "overlap", "articles_each", "made_from"])
    exercise = exercise_settings(exercise=exercise, **plan.settings) if plan.settings else exercise
    if plan.due is not None:
        return due_set(exercise=exercise, due_at=due_in_utc(plan.due, exercise.classroom.time_zone))
    minutes = minutes_for(articles) if plan.is_timed_by_length else plan.minutes
    is_class = exercise.classroom.kind == Classroom.Kind.CLASS
    return timer_set(exercise=exercise, minutes=minutes) if minutes and is_class else exercise


def check_plan(plan: Plan, articles: Sequence[Article]) -> None:
    """Refuse what cannot go together."""
    if plan.is_side_by_side and len(articles) != 2:
        raise RuleError(NOT_TWO, code="not_two")
    if plan.is_side_by_side and plan.distribution != Distribution.ALL:
        raise RuleError(NOT_ALL, code="not_all")
    if plan.overlap is not None and plan.articles_each is not None:
        raise RuleError(BOTH, code="both")
    if any(number is not None and not 1 <= number <= MOST_DEALT for number in (plan.overlap, plan.articles_each)):
        raise RuleError(NO_NUMBER, code="no_number")


def minutes_for(articles: Sequence[Article]) -> int:
    """How long the blind reading is to take: by the length of what is read, within what a lesson leaves for it."""
    needed = minutes_to_mark(sum(each.word_count for each in articles))
    return max(LEAST_MINUTES, min(MOST_MINUTES, needed))


def due_in_utc(local: datetime, zone: str) -> datetime:
    """A wall clock's time in UTC; where it is shown twice, the later. RuleError where clocks jump over it."""
    found = moment(local, zoneinfo.ZoneInfo(zone))
    if found.is_missing:
        raise RuleError(JUMPED, code="jumped", time=local.strftime("%H:%M"), zone=zone)
    return found.at


def started(exercise: Exercise) -> Exercise:
    """Into the lobby where the lesson has one, else open; where readers are still to come before dealing, a draft."""
    if exercise.lesson.has_lobby:
        return exercise_step(exercise=exercise, step=Step.LOBBY)
    return exercise if lacks_readers(exercise) else exercise_move(exercise=exercise, phase=Phase.OPEN)


def lacks_readers(exercise: Exercise) -> bool:
    """Whether articles are to be dealt to more readers than have joined."""
    readers = Membership.objects.awaited().filter(classroom=exercise.classroom_id)
    return exercise.is_dealt and exercise.overlap is not None and readers.count() < exercise.overlap

"""Exercises: making one, and moving it through its phases and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.names import one_line
from annotator.models import (
    Article,
    Classroom,
    CodebookVersion,
    Exercise,
    ExerciseArticle,
    Phase,
    Reading,
    ReadingState,
    User,
)
from annotator.services.agreement import agreement_refresh
from annotator.services.classrooms import ARCHIVED, classroom_add, classroom_locked, member_add
from annotator.services.readings import whole_seconds

# From each phase, where it may go; all but archiving can be taken back.
STEPS: dict[str, set[str]] = {
    Phase.DRAFT: {Phase.OPEN},
    Phase.OPEN: {Phase.CLOSED, Phase.DRAFT},
    Phase.CLOSED: {Phase.REVEALED, Phase.OPEN},
    Phase.REVEALED: {Phase.REVISING, Phase.WRAPPED_UP, Phase.CLOSED},
    Phase.REVISING: {Phase.WRAPPED_UP, Phase.REVEALED},
    Phase.WRAPPED_UP: {Phase.ARCHIVED, Phase.REVISING, Phase.REVEALED},
    Phase.ARCHIVED: set(),
}
ORDER = Phase.values
# When a phase began; `revising` keeps no time of its own.
TIMES = {
    Phase.OPEN: "opened_at",
    Phase.CLOSED: "closed_at",
    Phase.REVEALED: "revealed_at",
    Phase.WRAPPED_UP: "wrapped_up_at",
    Phase.ARCHIVED: "archived_at",
}

NO_TITLE = gettext_noop("Give the exercise a title, so that its readers know what it is about.")
LONG_TITLE = gettext_noop("That title is too long. Use at most 150 characters.")
NO_ARTICLE = gettext_noop("Choose at least one article to read.")
GONE_ARTICLE = gettext_noop("“%(title)s” has been deleted from the library. Choose another article.")
NO_DRAFT = gettext_noop("Only a draft can be thrown away. Put a finished exercise into the archive instead.")
IS_READ = gettext_noop(
    "Somebody has read in it already, so it stays. Open it again, or put it into the archive one day."
)
UNPUBLISHED = gettext_noop("This codebook is still being written. Publish it first, or choose another.")
NO_STEP = gettext_noop("This exercise stands at “%(now)s” and cannot go from there to “%(then)s”. Reload its page.")
IS_ARCHIVED = gettext_noop("This exercise is in the archive, and from there nothing leads back.")


@transaction.atomic
def exercise_add(
    *,
    classroom: Classroom,
    created_by: User,
    title: str,
    articles: Sequence[Article],
    codebook_version: CodebookVersion,
    uuid: UUID | None = None,
) -> Exercise:
    """A draft with its articles in this order. Made again under a `uuid` of the maker's own, it is the same."""
    room = classroom_locked(classroom)
    found = Exercise.objects.filter(uuid=uuid).first() if uuid else None
    if found is not None:
        return found
    if room.archived_at is not None:
        raise RuleError(ARCHIVED, code="archived", name=room.name)
    chosen = checked_articles(articles)
    if codebook_version.published_at is None:
        raise RuleError(UNPUBLISHED, code="unpublished")
    made = Exercise.objects.create(
        classroom=room, created_by=created_by, title=checked_title(title), codebook_version=codebook_version,
        created_at=whole_seconds(), **({"uuid": uuid} if uuid else {}),
    )  # fmt: skip
    places = [ExerciseArticle(exercise=made, article=each, position=n) for n, each in enumerate(chosen, 1)]
    ExerciseArticle.objects.bulk_create(places)
    return made


def checked_title(title: str) -> str:
    """The title on one line; RuleError where nothing is left or too much."""
    title = one_line(title)
    if not title:
        raise RuleError(NO_TITLE, code="no_title")
    if len(title) > 150:
        raise RuleError(LONG_TITLE, code="long_title")
    return title


def checked_articles(articles: Sequence[Article]) -> list[Article]:
    """Each article once, in its first place; RuleError where there is none, or one was deleted."""
    chosen = list(dict.fromkeys(articles))
    if not chosen:
        raise RuleError(NO_ARTICLE, code="no_article")
    for each in chosen:
        if each.deleted_at is not None:
            raise RuleError(GONE_ARTICLE, code="gone_article", title=each.title)
    return chosen


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A class or team to be made along with its first exercise."""

    name: str
    kind: str
    time_zone: str


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
) -> Exercise:
    """An exercise with its class or team, made now where it is new; opened at once or left as a draft.

    Without a title it takes that of its first article. `sent` names the form: sent twice, it makes one exercise. The
    maker of a new team reads in it, as teammates do.
    """
    teacher = User.objects.select_for_update().get(pk=teacher.pk)
    found = Exercise.objects.filter(uuid=uuid5(teacher.uuid, f"exercise {sent}")).first()
    if found is not None:
        return found
    room = classroom if isinstance(classroom, Classroom) else room_add(teacher, sent, classroom)
    made = exercise_add(
        classroom=room, created_by=teacher, title=one_line(title) or checked_articles(articles)[0].title[:150],
        articles=articles, codebook_version=codebook_version, uuid=uuid5(teacher.uuid, f"exercise {sent}"),
    )  # fmt: skip
    return exercise_move(exercise=made, phase=Phase.OPEN) if is_started else made


def room_add(teacher: User, sent: UUID, new: NewRoom) -> Classroom:
    """The new class or team of one form."""
    made = classroom_add(
        teacher=teacher, name=new.name, kind=new.kind, time_zone=new.time_zone,
        uuid=uuid5(teacher.uuid, f"classroom {sent}"),
    )  # fmt: skip
    if new.kind == Classroom.Kind.TEAM:
        member_add(classroom=made, user=teacher, is_reader=True)
    return made


@transaction.atomic
def exercise_rename(*, exercise: Exercise, title: str) -> Exercise:
    """Another title, as long as the exercise is not in the archive."""
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if locked.phase == Phase.ARCHIVED:
        raise RuleError(IS_ARCHIVED, code="archived")
    locked.title = checked_title(title)
    locked.save(update_fields=["title"])
    return locked


@transaction.atomic
def exercise_discard(*, exercise: Exercise) -> None:
    """Throw a draft away that nobody has read in; done already, nothing changes."""
    locked = Exercise.objects.select_for_update().filter(pk=exercise.pk).first()
    if locked is None:
        return
    if locked.phase != Phase.DRAFT:
        raise RuleError(NO_DRAFT, code="no_draft")
    if locked.readings.exists():
        raise RuleError(IS_READ, code="is_read")
    locked.delete()


@transaction.atomic
def exercise_move(*, exercise: Exercise, phase: str) -> Exercise:
    """The exercise in `phase`, one step on or back; there already, nothing changes. RuleError on any other step.

    Closing collects the first-round readings that are still open; opening again gives these back to their readers,
    while what was handed in stays handed in. Figures are kept from the closing on, and go with the opening.
    """
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if locked.phase == phase:
        return locked
    check_step(locked, phase)
    now = whole_seconds()
    if (locked.phase, phase) == (Phase.OPEN, Phase.CLOSED):
        collect(locked, now)
    if (locked.phase, phase) == (Phase.CLOSED, Phase.OPEN):
        give_back(locked)
    was_blind = locked.is_blind
    locked.phase = phase
    stamp(locked, now)
    locked.save(update_fields=["phase", *TIMES.values()])
    if was_blind != locked.is_blind:
        agreement_refresh(exercise=locked)
    return locked


def check_step(exercise: Exercise, phase: str) -> None:
    """Refuse what is no step from where the exercise stands, and opening it in a classroom that was put away."""
    if exercise.phase == Phase.ARCHIVED:
        raise RuleError(IS_ARCHIVED, code="archived")
    if phase not in STEPS[exercise.phase]:
        raise RuleError(NO_STEP, code="no_step", now=Phase(exercise.phase).label, then=Phase(phase).label)
    if phase == Phase.OPEN and exercise.classroom.archived_at is not None:
        raise RuleError(ARCHIVED, code="archived", name=exercise.classroom.name)


def stamp(exercise: Exercise, now: datetime) -> None:
    """The new phase begins now unless it began before; what lies ahead of it again has no time."""
    here = ORDER.index(exercise.phase)
    for phase, name in TIMES.items():
        if phase == exercise.phase and getattr(exercise, name) is None:
            setattr(exercise, name, now)
        elif ORDER.index(phase) > here:
            setattr(exercise, name, None)


def collect(exercise: Exercise, now: datetime) -> None:
    """Take in the open readings as they are. Their readers did not say they were done, and the state keeps that."""
    unfinished = Reading.objects.independent().filter(exercise=exercise, state=ReadingState.OPEN)
    unfinished.update(state=ReadingState.COLLECTED, submitted_at=now)


def give_back(exercise: Exercise) -> None:
    """Let readers go on with what was collected from them."""
    collected = Reading.objects.independent().filter(exercise=exercise, state=ReadingState.COLLECTED)
    collected.update(state=ReadingState.OPEN, submitted_at=None)

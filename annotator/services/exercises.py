"""Exercises: making one, and moving it through its phases and back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

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
    Step,
    User,
)
from annotator.services.agreement import agreement_refresh
from annotator.services.classrooms import ARCHIVED, classroom_locked
from annotator.services.collecting import (
    INDEPENDENT,
    INFORMED,
    collect,
    collect_by_clock,
    give_back,
    snapshots_take,
)
from annotator.services.dealing import articles_deal
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
WITHDRAWN = gettext_noop("The text of “%(title)s” was withdrawn. Choose another article.")
NO_DRAFT = gettext_noop("Only a draft can be thrown away. Put a finished exercise into the archive instead.")
HAS_RULES = gettext_noop(
    "A rule in your rule book was written from it, so it stays. Open it again, or put it into the archive one day."
)
IS_READ = gettext_noop(
    "Somebody has read in it already, so it stays. Open it again, or put it into the archive one day."
)
UNPUBLISHED = gettext_noop("This codebook is still being written. Publish it first, or choose another.")
NO_STEP = gettext_noop("This exercise stands at “%(now)s” and cannot go from there to “%(then)s”. Reload its page.")
IS_OVER = gettext_noop("The time to hand in has passed already. Choose a later one, then open it.")
WAS_SEEN = gettext_noop(
    "The readers have seen each other’s work, so the blind reading cannot go on. Use this exercise as a template for a"
    " new one instead."
)
WAS_ANSWERED = gettext_noop("Somebody has answered the exit question, so it stays as it is.")
IS_REVISING = gettext_noop("The second round runs now. Go on to the wrap-up, or one step back, then switch it off.")
LONG_QUESTION = gettext_noop("That question is too long. Use at most 200 characters.")
NO_POINTS = gettext_noop("Points are whole numbers from 0 to 1000, and those for the key are a part of all points.")
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
        if each.withdrawn_at is not None:
            raise RuleError(WITHDRAWN, code="withdrawn", title=each.title)
    return chosen


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
    if locked.rule_entries.exists():
        raise RuleError(HAS_RULES, code="has_rules")
    locked.delete()


@transaction.atomic
def exercise_move(*, exercise: Exercise, phase: str) -> Exercise:
    """The exercise in `phase`, one step on or back; there already, nothing changes. RuleError on any other step.

    Closing collects the first-round readings that are still open, and wrapping up those of the second; opening or
    revising again gives these back to their readers, while what was handed in stays handed in. The first round is
    final at the reveal, the second in the archive: what was collected gets its snapshot there. Figures are kept from
    the closing on, computed anew at the reveal, and go with the opening.
    """
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if locked.phase == phase:
        return locked
    check_step(locked, phase)
    now = whole_seconds()
    was = locked.phase
    locked.phase = phase
    locked.step = ""
    leave_and_enter(locked, was, now)
    clock_follows(locked, was, now)
    stamp(locked, now)
    locked.save(update_fields=["phase", "step", "ends_at", "paused_seconds", "closed_by_clock", *TIMES.values()])
    if phase == Phase.OPEN:
        articles_deal(exercise=locked)
    if was in REFRESHED or phase in REFRESHED:
        agreement_refresh(exercise=locked)
    return locked


# Figures change when a round ends, and go while the exercise is blind.
REFRESHED = {Phase.OPEN, Phase.REVISING, Phase.REVEALED, Phase.ARCHIVED}


def leave_and_enter(exercise: Exercise, was: str, now: datetime) -> None:
    """What happens to the readings between two phases; `exercise` stands in the new one already."""
    is_on = ORDER.index(exercise.phase) > ORDER.index(was)
    match exercise.phase, is_on:
        case Phase.CLOSED, True:
            collect(exercise, now)
        case Phase.OPEN, False:
            give_back(exercise)
        case Phase.REVEALED, True:
            collect(exercise, now)
            snapshots_take(exercise, now, number=INDEPENDENT)
        case Phase.WRAPPED_UP, True:
            collect(exercise, now, number=INFORMED)
        case Phase.REVISING, False:
            give_back(exercise, number=INFORMED)
        case Phase.ARCHIVED, True:
            collect(exercise, now, number=INFORMED)
            snapshots_take(exercise, now, number=INFORMED)


def clock_follows(exercise: Exercise, was: str, now: datetime) -> None:
    """The clock of a phase ends with it; opening starts the remembered one, or goes on with what is left of one.

    A homework keeps its due date through all of it.
    """
    if exercise.phase == Phase.OPEN:
        start_clock(exercise, was, now)
        exercise.closed_by_clock = False
    elif not (exercise.phase == Phase.CLOSED and was == Phase.OPEN) and not exercise.is_homework:
        exercise.ends_at = exercise.paused_seconds = None


def start_clock(exercise: Exercise, was: str, now: datetime) -> None:
    """Set a clock that a draft remembers, take one away that has run out."""
    if was == Phase.DRAFT and exercise.minutes and not exercise.is_homework:
        exercise.ends_at, exercise.paused_seconds = now + timedelta(minutes=exercise.minutes), None
    if exercise.ends_at is not None and exercise.ends_at <= now:
        if was == Phase.DRAFT:
            raise RuleError(IS_OVER, code="is_over")
        exercise.ends_at = None


def check_step(exercise: Exercise, phase: str) -> None:
    """Refuse what is no step from where the exercise stands, and opening where it must not open."""
    if exercise.phase == Phase.ARCHIVED:
        raise RuleError(IS_ARCHIVED, code="archived")
    if phase not in STEPS[exercise.phase] or (phase == Phase.REVISING and not exercise.has_revision):
        raise RuleError(NO_STEP, code="no_step", now=Phase(exercise.phase).label, then=Phase(phase).label)
    if phase == Phase.OPEN and exercise.classroom.archived_at is not None:
        raise RuleError(ARCHIVED, code="archived", name=exercise.classroom.name)
    if phase == Phase.OPEN and exercise.revealed_at is not None:
        raise RuleError(WAS_SEEN, code="was_seen")


def stamp(exercise: Exercise, now: datetime) -> None:
    """The new phase begins now unless it began before; what lies ahead of it again has no time.

    Only the first reveal keeps its time for good: what was seen is not unseen, and all marks after it are informed.
    """
    here = ORDER.index(exercise.phase)
    for phase, name in TIMES.items():
        if phase == exercise.phase and getattr(exercise, name) is None:
            setattr(exercise, name, now)
        elif ORDER.index(phase) > here and phase != Phase.REVEALED:
            setattr(exercise, name, None)


def close_by_clock(exercise: Exercise, now: datetime) -> None:
    """Close an open exercise, whose row is held, at the moment its time ran out.

    Everybody's work is taken in as of that moment, but of those with extra time at their own end.
    """
    exercise.phase, exercise.step = Phase.CLOSED, ""
    exercise.closed_at, exercise.closed_by_clock = exercise.ends_at, True
    collect_by_clock(exercise, now)
    exercise.save(update_fields=["phase", "step", "closed_at", "closed_by_clock", "ends_at"])
    agreement_refresh(exercise=exercise)


# What may be set in a lesson, at any time while it is not in the archive.
SETTINGS = frozenset({
    "has_warm_up", "has_discussion", "has_revision", "has_key", "shows_class_while_revising", "shows_score",
    "shows_clock", "asks_sources", "asks_links", "asks_confidence", "exit_question", "points", "key_points",
})  # fmt: skip
MOST_POINTS = 1000
MOST_EXIT = 200


@transaction.atomic
def exercise_settings(*, exercise: Exercise, **fields: Any) -> Exercise:
    """Set some of SETTINGS; the others stay. RuleError where one is locked by now, or does not fit.

    The exit question is locked once somebody has answered it, the second round while it runs. A step that is switched
    off while it is shown goes back to the step before it. What is asked of readers (`asks_…`) only shows and hides: all
    of it is optional and no figure of agreement counts it, so that it may change while they read.
    """
    unknown = set(fields) - SETTINGS
    if unknown:
        raise TypeError(f"no such settings: {', '.join(sorted(unknown))}")
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if locked.phase == Phase.ARCHIVED:
        raise RuleError(IS_ARCHIVED, code="archived")
    if "exit_question" in fields:
        fields["exit_question"] = one_line(fields["exit_question"])
    changed = {name for name, value in fields.items() if getattr(locked, name) != value}
    for name in changed:
        setattr(locked, name, fields[name])
    check_settings(locked, changed)
    leave_step(locked)
    locked.save(update_fields=[*sorted(changed), "step"])
    return locked


def check_settings(exercise: Exercise, changed: set[str]) -> None:
    """Refuse settings that do not fit, or that somebody already relies on; `exercise` has the new ones."""
    if "exit_question" in changed and exercise.participations.exclude(exit_at=None).exists():
        raise RuleError(WAS_ANSWERED, code="was_answered")
    if "has_revision" in changed and exercise.phase == Phase.REVISING:
        raise RuleError(IS_REVISING, code="is_revising")
    if len(exercise.exit_question) > MOST_EXIT:
        raise RuleError(LONG_QUESTION, code="long_question")
    if not 0 <= exercise.key_points <= exercise.points <= MOST_POINTS:
        raise RuleError(NO_POINTS, code="no_points")


def leave_step(exercise: Exercise) -> None:
    """A step that was switched off is not shown any longer."""
    off = {
        Step.WARM_UP: exercise.has_warm_up, Step.DISCUSS: exercise.has_discussion, Step.EXIT: exercise.exit_question,
    }  # fmt: skip
    if not off.get(Step(exercise.step) if exercise.step else Step.LOBBY, True):
        exercise.step = Step.LOBBY if exercise.step == Step.WARM_UP else ""

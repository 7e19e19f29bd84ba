"""Readings: starting, handing in, opening again, and the time spent in them."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from annotator.domain import lesson_clock as clock
from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Article, Classroom, Exercise, Membership, Participation, Phase, Reading, ReadingState, Span
from annotator.services.agreement import agreement_refresh
from annotator.services.collecting import INFORMED, snapshots_add

# A longer gap between two of a reader's own requests was a break, not reading.
ACTIVE_GAP = timedelta(seconds=60)

SHARED = "SELECT * FROM annotator_exercise WHERE id = %s"

NOT_OPEN = {
    Phase.DRAFT: gettext_noop("This exercise has not begun yet. You can start as soon as it is opened."),
    Phase.OPEN: gettext_noop("The exercise is being read again. There is no second round now."),
    Phase.CLOSED: gettext_noop("This exercise is closed. You can still read, but not change anything."),
    Phase.REVEALED: gettext_noop("This text is being talked about now. Highlights can no longer change."),
    Phase.REVISING: gettext_noop("Your first reading stays as it was. Changes now belong to the second round."),
    Phase.WRAPPED_UP: gettext_noop("This exercise is finished. You can still read, but not change anything."),
    Phase.ARCHIVED: gettext_noop("This exercise is in the archive. You can still read, but not change anything."),
}
HANDED_IN = gettext_noop("You have handed this reading in, so it cannot change. Your teacher can open it again.")
HANDED_IN_TEAM = gettext_noop("You have handed this reading in, so it cannot change. Open it again first.")
COLLECTED = gettext_noop("This reading was collected when the exercise closed, so it cannot change.")
NO_SECOND_ROUND = gettext_noop("There is no second round now. Your teacher starts it.")
NOT_REOPENED = gettext_noop(
    "A reading can be opened again only while the exercise is open. Open the exercise first."
)  # fmt: skip


@transaction.atomic
def reading_start(*, exercise: Exercise, article: Article, member: Membership) -> Reading:
    """The member's first-round reading of the article, made now unless it exists already.

    Begun while the exercise is open; and by who has extra time, until that is over.
    """
    reading = Reading.objects.filter(exercise=exercise, article=article, member=member, round=1).first()
    if reading is not None:
        return reading
    held = exercise_held(exercise.pk)
    now = whole_seconds()
    if held.phase != Phase.OPEN and not has_time_left(held, member, now):
        raise RuleError(NOT_OPEN.get(Phase(held.phase), NOT_OPEN[Phase.CLOSED]), code="not_open")
    times = {"started_at": now, "seen_at": now}
    return Reading.objects.get_or_create(exercise=exercise, article=article, member=member, round=1, defaults=times)[0]


def reading_go_on(*, exercise: Exercise, article: Article, member: Membership) -> Reading:
    """The member's reading to go on with: of the round that runs, else the last one there is."""
    if exercise.phase == Phase.REVISING:
        return reading_revise(exercise=exercise, article=article, member=member)
    own = Reading.objects.filter(exercise=exercise, article=article, member=member, is_key=False)
    if exercise.phase != Phase.OPEN and (last := own.order_by("-round").first()):
        return last
    return reading_start(exercise=exercise, article=article, member=member)


@transaction.atomic
def reading_revise(*, exercise: Exercise, article: Article, member: Membership) -> Reading:
    """The member's second-round reading of the article, made now as a copy of the first unless it exists already.

    Copied is what counts in the first round, which itself is never touched again. Copies keep their numbers and name
    their source; they have no history, so that no undo takes them away. Without a first reading it begins empty.
    """
    reading = Reading.objects.filter(exercise=exercise, article=article, member=member, round=2).first()
    if reading is not None:
        return reading
    if exercise_held(exercise.pk).phase != Phase.REVISING:
        raise RuleError(NO_SECOND_ROUND, code="not_open")
    now = whole_seconds()
    times = {"started_at": now, "seen_at": now}
    made, is_new = Reading.objects.get_or_create(
        exercise=exercise, article=article, member=member, round=2, defaults=times
    )
    if is_new:
        copy_first_round(made)
    return made


def copy_first_round(second: Reading) -> None:
    """Fill a new second reading with what counts in the first."""
    first = Reading.objects.filter(
        exercise=second.exercise_id, article=second.article_id, member=second.member_id, round=1
    ).first()
    if first is None:
        return
    sources = list(Span.objects.current().filter(reading=first, is_late=False).order_by("number"))
    copies = {source.pk: copy_of(source, second) for source in sources}
    Span.objects.bulk_create(copies.values())
    linked = []
    for source in sources:
        reporter = copies.get(source.reported_by_id or 0)
        if reporter is not None:
            copies[source.pk].reported_by = reporter
            linked.append(copies[source.pk])
    Span.objects.bulk_update(linked, ["reported_by"])
    second.last_number = max((source.number for source in sources), default=0)
    second.save(update_fields=["last_number"])


def copy_of(source: Span, second: Reading) -> Span:
    """The same highlight in the second reading, under a name of its own."""
    return Span(
        uuid=uuid4(), reading=second, number=source.number, label_id=source.label_id, start=source.start,
        end=source.end, quote=source.quote, note=source.note, source_name=source.source_name,
        source_kind=source.source_kind, confidence=source.confidence, copied_from=source,
        created_at=second.started_at, updated_at=second.started_at,
    )  # fmt: skip


def has_time_left(exercise: Exercise, member: Membership, now: datetime) -> bool:
    """Whether the member's own time runs on although the clock has closed the exercise."""
    if exercise.phase != Phase.CLOSED or not exercise.closed_by_clock or exercise.closed_at is None:
        return False
    extra = extra_seconds_of(exercise, member.pk)
    return now < clock.own_end(exercise.closed_at, closed_by_clock=True, extra_seconds=extra)


def extra_seconds_of(exercise: Exercise, member: int) -> int:
    """A reader's own extra time; `member` is a primary key."""
    rows = Participation.objects.filter(exercise=exercise, member=member).values_list("extra_seconds", flat=True)
    return rows.first() or 0


def times_of(exercise: Exercise, member: int) -> clock.Times:
    """What decides whether a reader's work comes in time. One query, none while it is open."""
    needs_extra = exercise.phase == Phase.CLOSED and exercise.closed_by_clock
    return clock.Times(
        phase=exercise.phase,
        closed_at=exercise.closed_at,
        closed_by_clock=exercise.closed_by_clock,
        revealed_at=exercise.revealed_at,
        wrapped_up_at=exercise.wrapped_up_at,
        extra_seconds=extra_seconds_of(exercise, member) if needs_extra else 0,
    )


def standing_of(reading: Reading, now: datetime) -> str:
    """Whether a change at `now` counts, comes late, or why it is refused; reads the reading's exercise."""
    times = times_of(reading.exercise, reading.member_id)
    return clock.standing(times, number=reading.round, state=reading.state, now=now)


def refusal_for(standing: str, *, phase: str, is_team: bool = False) -> RuleError:
    """The sentence for a change that `standing` does not allow."""
    if standing == clock.HANDED_IN:
        return RuleError(HANDED_IN_TEAM if is_team else HANDED_IN, code="handed_in")
    if standing in {clock.COLLECTED, clock.LATE}:
        return RuleError(COLLECTED, code="collected")
    return RuleError(NOT_OPEN.get(Phase(phase), NOT_OPEN[Phase.CLOSED]), code="not_open")


def still(reading: Reading) -> RuleError | None:
    """Why the reading's page offers no changes, or None. What is on its way from an open page is another question."""
    standing = standing_of(reading, whole_seconds())
    is_taken = reading.state != ReadingState.OPEN and not reading.is_key
    is_paused = reading.round >= INFORMED and reading.exercise.phase == Phase.REVEALED
    if standing == clock.IN_TIME and not is_taken and not is_paused:
        return None
    if is_taken and standing not in {clock.HANDED_IN, clock.NOT_OPEN}:
        standing = clock.HANDED_IN if reading.state == ReadingState.SUBMITTED else clock.COLLECTED
    if standing == clock.IN_TIME or (reading.round == 1 and reading.exercise.phase == Phase.REVISING):
        standing = clock.NOT_OPEN
    is_team = reading.exercise.classroom.kind == Classroom.Kind.TEAM
    return refusal_for(standing, phase=reading.exercise.phase, is_team=is_team)


@transaction.atomic
def reading_hand_in(*, reading: Reading) -> Reading:
    """Done, said by its reader; a blank reading is an answer too. Handing in twice changes nothing.

    A reading just collected can still be handed in until the cut-off. Each time, a snapshot is kept.
    """
    exercise = exercise_shared(reading.exercise_id)
    locked = reading_locked(reading)
    if locked.state == ReadingState.SUBMITTED:
        return locked
    now = whole_seconds()
    standing = standing_of(locked, now)
    if standing != clock.IN_TIME:
        raise refusal_for(standing, phase=exercise.phase)
    was_collected = locked.state == ReadingState.COLLECTED
    locked.state = ReadingState.SUBMITTED
    locked.submitted_at = now
    reading_seen(reading=locked, now=now)
    locked.save(update_fields=["state", "submitted_at", "seen_at", "active_seconds"])
    snapshots_add([locked], at=now)
    if not was_collected:
        figures_follow(locked)
    return locked


@transaction.atomic
def reading_reopen(*, reading: Reading) -> Reading:
    """Open again what was handed in or collected, as long as its round still runs; nothing that is open changes."""
    exercise_held(reading.exercise_id)
    locked = reading_locked(reading)
    if locked.state == ReadingState.OPEN:
        return locked
    times = times_of(locked.exercise, locked.member_id)
    as_open = clock.standing(times, number=locked.round, state=ReadingState.OPEN, now=whole_seconds())
    if as_open != clock.IN_TIME or not runs(locked):
        raise RuleError(NOT_REOPENED, code="not_open")
    locked.state = ReadingState.OPEN
    locked.submitted_at = None
    locked.save(update_fields=["state", "submitted_at"])
    figures_follow(locked)
    return locked


def runs(reading: Reading) -> bool:
    """Whether the reading's round runs in its exercise's phase: the grace after a round gives nothing back."""
    return reading.is_key or reading.exercise.phase == (Phase.OPEN if reading.round == 1 else Phase.REVISING)


@transaction.atomic
def reading_here(*, reading: Reading) -> Reading:
    """Its reader is there, and says so: an answer to the teacher's nudge."""
    locked = reading_locked(reading)
    reading_seen(reading=locked, now=whole_seconds())
    locked.save(update_fields=["seen_at", "active_seconds"])
    return locked


def figures_follow(reading: Reading) -> None:
    """Keep the article's figures in step with a reading handed in or opened again. Nothing is computed while blind."""
    if not reading.is_key and not reading.exercise.is_blind:
        agreement_refresh(exercise=reading.exercise, article=reading.article)


def reading_seen(*, reading: Reading, now: datetime) -> None:
    """Count the time since the reader's last request, unless it was a break. The caller saves both fields."""
    gap = now - reading.seen_at
    if timedelta(0) < gap < ACTIVE_GAP:
        reading.active_seconds += int(gap.total_seconds())
    reading.seen_at = max(now, reading.seen_at)


def reading_locked(reading: Reading) -> Reading:
    """The reading as it stands now, its row held until the transaction ends (SQLite holds the whole file)."""
    rows = Reading.objects.select_related("exercise__classroom").select_for_update(of=("self",))
    return rows.get(pk=reading.pk)


def exercise_held(pk: int) -> Exercise:
    """The exercise as it stands now, held: it cannot be closed between the look at its phase and what follows.

    Always taken before the reading's own row, as closing does, so that the two cannot wait for each other.
    """
    return Exercise.objects.select_for_update().get(pk=pk)


def exercise_shared(pk: int) -> Exercise:
    """The same, held together with others who do not move it: a class hands in at once, and nobody waits."""
    [found] = Exercise.objects.raw(SHARED + for_share(), [pk])
    return found


def for_share() -> str:
    """How a query holds a row with others; SQLite has one writer at a time anyway."""
    return " FOR SHARE" if connection.features.has_select_for_update_of else ""


def whole_seconds() -> datetime:
    """Now, as every stored time is kept."""
    return timezone.now().replace(microsecond=0)

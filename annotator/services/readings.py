"""Readings: starting, handing in, opening again, and the time spent in them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Article, Exercise, Membership, Phase, Reading, ReadingState
from annotator.services.agreement import agreement_refresh

# A longer gap between two of a reader's own requests was a break, not reading.
ACTIVE_GAP = timedelta(seconds=60)

NOT_OPEN = {
    Phase.DRAFT: gettext_noop("This exercise has not begun yet. You can start as soon as it is opened."),
    Phase.CLOSED: gettext_noop("This exercise is closed. You can still read, but not change anything."),
    Phase.REVEALED: gettext_noop("This text is being talked about now. Highlights can no longer change."),
    Phase.REVISING: gettext_noop("Your first reading stays as it was. Changes now belong to the second round."),
    Phase.WRAPPED_UP: gettext_noop("This exercise is finished. You can still read, but not change anything."),
    Phase.ARCHIVED: gettext_noop("This exercise is in the archive. You can still read, but not change anything."),
}
HANDED_IN = gettext_noop("You have handed this reading in, so it cannot change. Your teacher can open it again.")
HANDED_IN_TEAM = gettext_noop("You have handed this reading in, so it cannot change. Open it again first.")
COLLECTED = gettext_noop("This reading was collected when the exercise closed, so it cannot change.")


@transaction.atomic
def reading_start(*, exercise: Exercise, article: Article, member: Membership) -> Reading:
    """The member's first-round reading of the article, made now unless it exists already."""
    reading = Reading.objects.filter(exercise=exercise, article=article, member=member, round=1).first()
    if reading is not None:
        return reading
    phase = exercise_held(exercise.pk).phase
    if phase != Phase.OPEN:
        raise RuleError(NOT_OPEN.get(Phase(phase), NOT_OPEN[Phase.CLOSED]), code="not_open")
    now = whole_seconds()
    times = {"started_at": now, "seen_at": now}
    return Reading.objects.get_or_create(exercise=exercise, article=article, member=member, round=1, defaults=times)[0]


def check_writable(*, reading: Reading, phase: str, is_team: bool = False) -> None:
    """Refuse a change to a reading that is handed in, collected, or whose exercise stands in another phase.

    A key has no hand-in: it can change until the archive, whatever its state.
    """
    if reading.state == ReadingState.COLLECTED and not reading.is_key:
        raise RuleError(COLLECTED, code="collected")
    if reading.state == ReadingState.SUBMITTED and not reading.is_key:
        raise RuleError(HANDED_IN_TEAM if is_team else HANDED_IN, code="handed_in")
    if not is_phase_writable(phase=phase, reading=reading):
        raise RuleError(NOT_OPEN.get(Phase(phase), NOT_OPEN[Phase.CLOSED]), code="not_open")


def is_phase_writable(*, phase: str, reading: Reading) -> bool:
    """The first round while the exercise is open, later rounds while it is revised, the key until the archive."""
    if reading.is_key:
        return phase != Phase.ARCHIVED
    return phase == (Phase.OPEN if reading.round == 1 else Phase.REVISING)


@transaction.atomic
def reading_hand_in(*, reading: Reading) -> Reading:
    """Done, said by its reader; a blank reading is an answer too. Handing in twice changes nothing."""
    locked = reading_locked(reading)
    if locked.state == ReadingState.SUBMITTED:
        return locked
    check_writable(reading=locked, phase=locked.exercise.phase)
    locked.state = ReadingState.SUBMITTED
    locked.submitted_at = whole_seconds()
    reading_seen(reading=locked, now=locked.submitted_at)
    locked.save(update_fields=["state", "submitted_at", "seen_at", "active_seconds"])
    figures_follow(locked)
    return locked


@transaction.atomic
def reading_reopen(*, reading: Reading) -> Reading:
    """Open again what was handed in or collected, as long as its round still runs; nothing that is open changes."""
    exercise_held(reading.exercise_id)
    locked = reading_locked(reading)
    if locked.state == ReadingState.OPEN:
        return locked
    if not is_phase_writable(phase=locked.exercise.phase, reading=locked):
        raise RuleError(
            gettext_noop("A reading can be opened again only while the exercise is open. Open the exercise first."),
            code="not_open",
        )
    locked.state = ReadingState.OPEN
    locked.submitted_at = None
    locked.save(update_fields=["state", "submitted_at"])
    figures_follow(locked)
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


def whole_seconds() -> datetime:
    """Now, as every stored time is kept."""
    return timezone.now().replace(microsecond=0)

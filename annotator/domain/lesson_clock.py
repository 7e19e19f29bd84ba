"""The clock of a lesson: a reader's own end, the cut-off, what a late change is, and local times in UTC."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, tzinfo

# Work still on its way when a round ends counts this long.
GRACE = timedelta(minutes=2)
FIRST_ROUND = 1
# While a first reading stands in one of these, somebody has closed it and the archive has not.
TAKEN_IN = frozenset({"closed", "revealed", "revising", "wrapped_up"})

IN_TIME, LATE = "in_time", "late"
NOT_OPEN, HANDED_IN, COLLECTED = "not_open", "handed_in", "collected"


@dataclass(frozen=True, slots=True)
class Times:
    """What decides whether a reader's work comes in time: the exercise's phase and times, the reader's extra time.

    `closed_by_clock`: nobody pressed Close, so extra time counts. `revealed_at` is the first reveal, for good.
    """

    phase: str
    closed_at: datetime | None = None
    closed_by_clock: bool = False
    revealed_at: datetime | None = None
    wrapped_up_at: datetime | None = None
    extra_seconds: int = 0


def own_end(closed_at: datetime, *, closed_by_clock: bool, extra_seconds: int = 0) -> datetime:
    """When a reader's first round ends: the closing, and after it the reader's extra time if the clock closed."""
    return closed_at + timedelta(seconds=extra_seconds if closed_by_clock else 0)


def cut_off(times: Times) -> datetime | None:
    """The last moment that counts in the first round: two minutes after the own end, or the reveal if sooner.

    None while it has no end yet, or where the times of an old exercise are not known.
    """
    if times.closed_at is None:
        return None
    end = own_end(times.closed_at, closed_by_clock=times.closed_by_clock, extra_seconds=times.extra_seconds)
    return min(end + GRACE, times.revealed_at or end + GRACE)


def standing(times: Times, *, number: int, state: str, now: datetime) -> str:
    """Whether a change at `now` counts (in_time), is kept aside (late), or why it is refused.

    `number` is the reading's round, 0 for the key; `state` is open, submitted or collected.
    """
    if times.phase == "archived":
        return NOT_OPEN
    if number == FIRST_ROUND:
        return first_round(times, state, now)
    if number > FIRST_ROUND:
        return later_round(times, state, now)
    # A key has no hand-in: it can change until the archive, whatever its state.
    return IN_TIME


def while_open(state: str) -> str:
    """A round that runs: what its reader handed in stays, and so does what was taken in."""
    return {"submitted": HANDED_IN, "collected": COLLECTED}.get(state, IN_TIME)


def first_round(times: Times, state: str, now: datetime) -> str:
    """The independent reading. Past the closing nothing is refused: it counts until the cut-off, or is late."""
    if times.phase == "open":
        return while_open(state)
    if times.phase not in TAKEN_IN:
        return NOT_OPEN
    last = cut_off(times)
    # Within the second of the reveal the clock cannot tell: what comes after it has been seen, so it is late.
    is_over = last is None or now > last or times.revealed_at is not None
    return LATE if is_over or state == "submitted" else IN_TIME


def later_round(times: Times, state: str, now: datetime) -> str:
    """The informed reading: until two minutes after the wrap-up.

    When the teacher steps back to the discussion it stands still, yet what was on its way then is taken.
    """
    if times.phase in {"revising", "revealed"}:
        return while_open(state)
    if times.phase != "wrapped_up":
        return NOT_OPEN
    in_grace = times.wrapped_up_at is not None and now <= times.wrapped_up_at + GRACE
    return IN_TIME if in_grace and state != "submitted" else LATE


@dataclass(frozen=True, slots=True)
class Moment:
    """A local time in UTC. `is_missing`: clocks jumped over it, so it is the first moment after the jump.

    `is_twice`: clocks were put back and showed it twice; the later one is meant, so that nobody loses an hour.
    """

    at: datetime
    is_missing: bool = False
    is_twice: bool = False


def moment(local: datetime, zone: tzinfo) -> Moment:
    """What the clock on the wall in `zone` means; `local` has no zone of its own.

    The calendar's first and last year, where a zone's hours may lead out of it, count as the ones next to them.
    """
    local = local.replace(year=min(max(local.year, MINYEAR + 1), MAXYEAR - 1))
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return Moment(first)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return Moment(second, is_twice=True)
    return Moment(jump(second, first, zone), is_missing=True)


def jump(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The first whole second after `before`, and not after `after`, at which the zone's offset is that of `after`."""
    wanted = after.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == wanted:
            high = middle
        else:
            low = middle
    return datetime.fromtimestamp(high, UTC)

"""Taking readings in at the end of a round, giving them back, and keeping what was handed in as it was."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from annotator.models import Exercise, Membership, Participation, Reading, ReadingState, Snapshot, Span

INDEPENDENT, INFORMED = 1, 2


def collect(exercise: Exercise, at: datetime, *, number: int = INDEPENDENT) -> None:
    """Take in the open readings of a round as they are. Their readers did not say they were done: the state says so."""
    open_now(exercise, number).update(state=ReadingState.COLLECTED, submitted_at=at)


def give_back(exercise: Exercise, *, number: int = INDEPENDENT) -> None:
    """Let readers go on with what was collected from them in a round."""
    taken = Reading.objects.filter(exercise=exercise, round=number, state=ReadingState.COLLECTED)
    taken.update(state=ReadingState.OPEN, submitted_at=None)


def give_back_to(exercise: Exercise, member: Membership) -> None:
    """Let one reader go on in the first round."""
    taken = member.readings.filter(exercise=exercise, round=INDEPENDENT, state=ReadingState.COLLECTED)
    taken.update(state=ReadingState.OPEN, submitted_at=None)


def open_now(exercise: Exercise, number: int) -> Any:
    """The readings of a round that are under way."""
    return Reading.objects.filter(exercise=exercise, round=number, state=ReadingState.OPEN)


def collect_by_clock(exercise: Exercise, now: datetime) -> None:
    """Take in whose own end is past, dated to it; `ends_at` becomes the next own end, if anybody still reads.

    For an exercise that the clock has closed; the caller saves `ends_at`.
    """
    waiting: list[datetime] = []
    for extra, members in by_extra_time(exercise).items():
        end = closed_at(exercise) + timedelta(seconds=extra)
        if end <= now:
            mine = open_now(exercise, INDEPENDENT).filter(member__in=members)
            mine.update(state=ReadingState.COLLECTED, submitted_at=end)
        else:
            waiting.append(end)
    exercise.ends_at = min(waiting, default=None)


def closed_at(exercise: Exercise) -> datetime:
    """When a closed exercise was closed."""
    if exercise.closed_at is None:
        raise AssertionError("only a closed exercise is collected")
    return exercise.closed_at


def by_extra_time(exercise: Exercise) -> dict[int, set[int]]:
    """The members with a reading under way, by their extra seconds; and who has extra time and may yet begin."""
    extra = dict(
        Participation.objects.filter(exercise=exercise, extra_seconds__gt=0).values_list("member_id", "extra_seconds")
    )
    found: dict[int, set[int]] = {}
    reading = open_now(exercise, INDEPENDENT).values_list("member_id", flat=True)
    for member in {*reading, *extra}:
        found.setdefault(extra.get(member, 0), set()).add(member)
    return found


def snapshots_take(exercise: Exercise, at: datetime, *, number: int) -> None:
    """Keep what was collected in a round as it is now that the round is final; done already, nothing is added.

    Collected readings change until the cut-off, so theirs are taken at the reveal (of the second round: at the
    archive). Who handed in has one for each time.
    """
    taken = Reading.objects.filter(exercise=exercise, round=number, state=ReadingState.COLLECTED)
    kept = Snapshot.objects.filter(reading__in=taken, state=ReadingState.COLLECTED, version=F("reading__version"))
    snapshots_add(taken.exclude(pk__in=kept.values("reading")), at=at)


def snapshots_add(readings: Iterable[Reading], *, at: datetime) -> None:
    """One snapshot for each reading, of how it stands `at` this moment. Two queries."""
    listed = list(readings)
    rows = counted_spans(listed)
    Snapshot.objects.bulk_create(
        Snapshot(
            reading=each, state=each.state, version=each.version, spans=rows[each.pk],
            made_at=at,
        )
        for each in listed
    )  # fmt: skip


def counted_spans(readings: Iterable[Reading]) -> dict[int, list[dict[str, Any]]]:
    """By reading, its counted spans as a snapshot keeps them, in reading order."""
    found: dict[int, list[dict[str, Any]]] = {each.pk: [] for each in readings}
    spans = Span.objects.current().filter(reading__in=list(found), is_late=False).in_reading_order()
    for span in spans.select_related("label", "reported_by"):
        found[span.reading_id].append(kept(span))
    return found


def kept(span: Span) -> dict[str, Any]:
    """One span with the columns of spans.csv that its reader made."""
    return {
        "span_id": str(span.uuid),
        "label": span.label.slug,
        "start": span.start,
        "end": span.end,
        "note": span.note,
        "source_name": span.source_name,
        "source_kind": span.source_kind,
        "confidence": span.confidence,
        "reported_by": str(span.reported_by.uuid) if span.reported_by else "",
    }

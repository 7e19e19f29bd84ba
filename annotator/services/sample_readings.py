"""The sample class's readings: from quotes in a file to spans with a history and plausible times."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from annotator.domain.spans import quote_ends
from annotator.models import Article, Exercise, Membership, Reading, ReadingState, Span, SpanOperation
from annotator.services.readings import ACTIVE_GAP, reading_hand_in, reading_start, whole_seconds
from annotator.services.span_details import OWN_DETAILS
from annotator.services.span_workbench import Operation
from annotator.services.spans import operations_apply

# A note is typed a little after its words were marked.
TYPING = timedelta(seconds=9)


@dataclass(frozen=True, slots=True)
class Timetable:
    """When the sample class did what; readers begin `step` after one another."""

    begun: datetime
    key: datetime
    opened: datetime
    closed: datetime
    revealed: datetime
    reopened: datetime
    step: timedelta = timedelta(seconds=20)


def timetable() -> Timetable:
    """A lesson a week ago, and an exercise opened half an hour ago."""
    now = whole_seconds()
    lesson = now - timedelta(days=7)
    return Timetable(
        begun=lesson - timedelta(days=2),
        key=lesson - timedelta(days=1),
        opened=lesson,
        closed=lesson + timedelta(minutes=24),
        revealed=lesson + timedelta(minutes=26),
        reopened=now - timedelta(minutes=30),
    )


def reading_write(
    *, exercise: Exercise, article: Article, member: Membership, entry: dict[str, Any], begins: datetime
) -> Reading:
    """One invented reader's reading, saved as a browser would save it, then dated."""
    reading = reading_start(exercise=exercise, article=article, member=member)
    spans_write(reading, article.text, entry["spans"])
    if entry["state"] == ReadingState.SUBMITTED:
        reading_hand_in(reading=reading)
    return reading_date(reading, begins, entry["minutes"], article.length)


def key_write(
    *, exercise: Exercise, article: Article, member: Membership, entry: dict[str, Any], begins: datetime
) -> Reading:
    """The teacher's own reading as the key."""
    reading = Reading.objects.create(exercise=exercise, article=article, member=member, round=0, is_key=True)
    spans_write(reading, article.text, entry["spans"])
    reading_hand_in(reading=reading)
    return reading_date(reading, begins, entry["minutes"], article.length)


def spans_write(reading: Reading, text: str, entries: Sequence[dict[str, Any]]) -> None:
    """All highlights, then their details: a claim may name an attribution that comes after it. None is fine too."""
    if not entries:
        return
    named = [(uuid.uuid4(), entry) for entry in entries]
    sources = {entry["quote"]: name for name, entry in named if entry["label"] == "attribution"}
    operations = [add(name, text, entry) for name, entry in named]
    operations += [detail(name, found) for name, entry in named if (found := details(entry, sources))]
    for outcome in operations_apply(reading=reading, operations=operations).outcomes:
        if outcome.refusal is not None:
            raise outcome.refusal


def add(span: UUID, text: str, entry: dict[str, Any]) -> Operation:
    """The operation that marks an entry's quote."""
    start, end = place(text, entry["quote"], entry.get("occurrence"))
    first, last = quote_ends(text[start:end])
    return Operation(
        uuid=uuid.uuid4(), kind=SpanOperation.Kind.ADD, span=span, label=entry["label"], start=start, end=end,
        quote_start=first, quote_end=last,
    )  # fmt: skip


def detail(span: UUID, found: dict[str, object]) -> Operation:
    """The operation that fills in what an entry says beside its quote."""
    return Operation(uuid=uuid.uuid4(), kind=SpanOperation.Kind.DETAIL, span=span, details=found)


def details(entry: dict[str, Any], sources: dict[str, UUID]) -> dict[str, object]:
    """What an entry says beside its quote; `reported_by` is the quote of an attribution in the same reading."""
    found = {name: entry[name] for name in OWN_DETAILS if name in entry}
    return found | ({"reported_by": sources[entry["reported_by"]]} if "reported_by" in entry else {})


def place(text: str, quote: str, occurrence: int | None = None) -> tuple[int, int]:
    """Where a quote stands; ValueError unless once, or `occurrence` (from 1) says which one is meant."""
    starts = [start for start in range(len(text)) if text.startswith(quote, start)]
    if len(starts) != 1 and occurrence is None:
        raise ValueError(f"{quote!r} stands in the text {len(starts)} times")
    if not 1 <= (occurrence or 1) <= len(starts):
        raise ValueError(f"{quote!r} does not stand in the text {occurrence} times")
    start = starts[(occurrence or 1) - 1]
    return start, start + len(quote)


def reading_date(reading: Reading, begins: datetime, minutes: int, length: int) -> Reading:
    """Give a reading the times of somebody who reads steadily for `minutes`: a highlight comes where its words end."""
    reading = Reading.objects.get(pk=reading.pk)
    ends = begins + timedelta(minutes=minutes)
    moments = [begins, *operations_date(reading, begins, (ends - begins) * 0.96 / length)]
    reading.started_at = begins
    if reading.state != ReadingState.OPEN:
        reading.submitted_at = ends
        moments.append(ends)
        reading.snapshots.update(made_at=ends)
    reading.seen_at = moments[-1]
    reading.active_seconds = active_seconds(moments)
    reading.save(update_fields=["started_at", "submitted_at", "seen_at", "active_seconds"])
    return reading


def operations_date(reading: Reading, begins: datetime, pace: timedelta) -> list[datetime]:
    """Date each operation and its span, at `pace` for each code point; the moments, in order."""
    moment = begins
    operations = list(reading.operations.select_related("span").order_by("span__number", "pk"))
    for operation in operations:
        span = Span.objects.filter(pk=operation.span_id)
        if operation.kind == SpanOperation.Kind.ADD:
            moment = max(moment, (begins + operation.span.end * pace).replace(microsecond=0))
            operation.created_at = moment
            span.update(created_at=moment, updated_at=moment)
        else:
            operation.created_at = moment + TYPING
            span.update(updated_at=operation.created_at)
    SpanOperation.objects.bulk_update(operations, ["created_at"])
    return sorted(operation.created_at for operation in operations)


def active_seconds(moments: Iterable[datetime]) -> int:
    """The gaps under a minute, summed as services/readings.py does."""
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    return int(sum((gap for gap in gaps if gap < ACTIVE_GAP), timedelta()).total_seconds())

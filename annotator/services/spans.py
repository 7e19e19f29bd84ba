"""Every change to a highlight: applied in order, once, under the reading's lock, and kept in the history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from annotator.domain import spans as domain
from annotator.domain.errors import RuleError, TextMismatch, gettext_noop
from annotator.domain.lesson_clock import IN_TIME, LATE
from annotator.models import CodebookVersion, Label, Membership, Reading, Span, SpanOperation
from annotator.services.readings import reading_seen, refusal_for
from annotator.services.span_details import detail_changes
from annotator.services.span_workbench import Operation, Page, Workbench, workbench

Kind = SpanOperation.Kind
LATE_HINT = gettext_noop("This came after the reading was collected. It is kept, but does not count.")
COUNTED = gettext_noop(
    "This highlight was collected, so it stays as it was. Another tag or other edges are kept, but do not count."
)
TAKEN = gettext_noop("This highlight was saved before with other words. Reload the page to see it.")
BOILERPLATE_HINT = gettext_noop("Saved. Boilerplate mostly stands alone: have a second look at this overlap.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one operation: `made` a span, `is_repeat` of one stored before, or a `refusal`; else done."""

    operation: UUID
    span: UUID
    number: int = 0
    version: int = 0
    is_made: bool = False
    is_repeat: bool = False
    hint: str = ""
    refusal: RuleError | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """The outcomes in order, and the workbench as it was left: true to the database at the moment of the commit."""

    outcomes: list[Outcome]
    bench: Workbench


def operations_apply(
    *,
    reading: Reading,
    operations: Sequence[Operation],
    actor: Membership | None = None,
    page: Page | None = None,
    is_whole: bool = False,
) -> Applied:
    """Do `operations` in order, as `actor` or else as the reading's own member.

    Each is refused alone, unless `is_whole`: then the first refusal is raised and nothing is stored (fetch `reading`
    again). What is stored, is stored together by one commit. `page` is what their sender believes it
    shows: TextMismatch unless it does. A span's UUID taken by another reading at this very moment breaks the first
    try: the second sees it and refuses.
    """
    try:
        return attempt(reading=reading, actor=actor, operations=operations, page=page, is_whole=is_whole)
    except IntegrityError:
        return attempt(reading=reading, actor=actor, operations=operations, page=page, is_whole=is_whole)


@transaction.atomic
def attempt(
    *, reading: Reading, operations: Sequence[Operation], actor: Membership | None, page: Page | None, is_whole: bool
) -> Applied:
    """One try, one transaction."""
    bench = workbench(reading=reading, actor=actor, operations=operations)
    check_page(bench.rules.page, page)
    outcomes = [operation_apply(bench, operation) for operation in operations]
    refusal = next((outcome.refusal for outcome in outcomes if outcome.refusal), None)
    if is_whole and refusal:
        raise refusal
    if bench.is_changed:
        reading_seen(reading=bench.reading, now=bench.now)
        bench.reading.save(update_fields=["last_number", "version", "seen_at", "active_seconds"])
        freeze(bench)
    return Applied(outcomes, bench)


def check_page(ours: Page, page: Page | None) -> None:
    """The page must mean this text and this codebook."""
    if page is None or page == ours:
        return
    if page.text_sha256 != ours.text_sha256:
        message = gettext_noop("The words on your page differ from the stored text. Reload the page, then mark again.")
    else:
        message = gettext_noop("The tags of this exercise have changed. Reload the page.")
    raise TextMismatch(message, code="other_page")


def operation_apply(bench: Workbench, operation: Operation) -> Outcome:
    """One operation: the stored answer for a repeat, else what its rules allow."""
    stored = bench.operations.get(operation.uuid)
    if stored is not None:
        span = stored.span
        bench.touched.add(span.uuid)
        return Outcome(operation.uuid, span.uuid, span.number, span.version, is_repeat=True, hint=hint_for(span))
    try:
        check_standing(bench)
        check_undoes(bench, operation)
        if bench.is_late and is_counted(bench, operation):
            return counted_stays(bench, operation)
        return ACTIONS[Kind(operation.kind)](bench, operation)
    except RuleError as refusal:
        bench.refused.add(operation.uuid)
        span_there = bench.spans.get(operation.span)
        own = span_there if span_there is not None and span_there.reading_id == bench.reading.pk else None
        if own is not None:
            bench.touched.add(own.uuid)
        return Outcome(
            operation.uuid, operation.span, own.number if own else 0, own.version if own else 0, refusal=refusal
        )


def check_standing(bench: Workbench) -> None:
    """Refuse a change to what is handed in or not open; what comes late is kept aside."""
    if bench.standing not in {IN_TIME, LATE}:
        raise refusal_for(bench.standing, phase=bench.rules.times.phase, is_team=bench.rules.is_team)


def hint_for(span: Span) -> str:
    """What the reader is told of a late highlight."""
    return LATE_HINT if span.is_late else ""


def span_add(bench: Workbench, operation: Operation) -> Outcome:
    """A new highlight; its UUID seen before in this reading answers as the first time did."""
    if operation.span in bench.spans:
        return added_before(bench, operation)
    label = label_for(bench, operation.label)
    words = quote_for(bench, operation)
    place = domain.Span(operation.start, operation.end, label.slug, bench.reading.last_number + 1)
    neighbours = checked_neighbours(bench, place, is_late=bench.is_late)
    span = Span(
        uuid=operation.span, reading=bench.reading, number=place.number, label=label, is_late=bench.is_late,
        start=place.start, end=place.end, quote=words, created_at=bench.now, updated_at=bench.now,
    )  # fmt: skip
    made(bench, operation, span)
    hint = BOILERPLATE_HINT if domain.is_boilerplate_overlap(place, neighbours) else ""
    return Outcome(operation.uuid, span.uuid, span.number, span.version, is_made=True, hint=hint_for(span) or hint)


def made(bench: Workbench, operation: Operation, span: Span) -> None:
    """Store a new highlight, and note down that it was added."""
    span.save(force_insert=True)
    bench.reading.last_number = span.number
    bench.spans[span.uuid] = span
    slug = bench.slugs[span.label_id]
    bench.counts[slug] += 1
    after = {"label": slug, "start": span.start, "end": span.end}
    note_down(bench, operation, span, kind=Kind.ADD, before={}, after=after)


def added_before(bench: Workbench, operation: Operation) -> Outcome:
    """The answer for a span that exists: its state when it is this very highlight, else a refusal."""
    span = own_span(bench, operation)
    is_same = (operation.start, operation.end, operation.label) == (span.start, span.end, bench.slugs[span.label_id])
    if span.version == 1 and not is_same:
        raise TextMismatch(TAKEN, code="taken")
    bench.touched.add(span.uuid)
    return Outcome(operation.uuid, span.uuid, span.number, span.version, is_repeat=True, hint=hint_for(span))


def span_relabel(bench: Workbench, operation: Operation) -> Outcome:
    """Another tag for the same words."""
    span = current_span(bench, operation)
    label = label_for(bench, operation.label)
    old = bench.slugs[span.label_id]
    if label.slug == old:
        return unchanged(bench, operation, span)
    checked_neighbours(bench, domain.Span(span.start, span.end, label.slug, span.number), is_late=span.is_late)
    span.label = label
    bench.counts[old] -= 1
    bench.counts[label.slug] += 1
    return changed(bench, operation, span, before={"label": old}, after={"label": label.slug}, fields=["label"])


def span_move(bench: Workbench, operation: Operation) -> Outcome:
    """Other edges for the same highlight."""
    span = current_span(bench, operation)
    words = quote_for(bench, operation)
    if (operation.start, operation.end) == (span.start, span.end):
        return unchanged(bench, operation, span)
    place = domain.Span(operation.start, operation.end, bench.slugs[span.label_id], span.number)
    checked_neighbours(bench, place, is_late=span.is_late)
    before = {"start": span.start, "end": span.end}
    span.start, span.end, span.quote = place.start, place.end, words
    after = {"start": span.start, "end": span.end}
    return changed(bench, operation, span, before=before, after=after, fields=["start", "end", "quote"])


def span_detail(bench: Workbench, operation: Operation) -> Outcome:
    """Note, source, confidence and who reported it: whichever fields are given."""
    span = current_span(bench, operation)
    before, after = detail_changes(bench, span, operation.details)
    if not after:
        return unchanged(bench, operation, span)
    return changed(bench, operation, span, before=before, after=after, fields=list(after))


def span_delete(bench: Workbench, operation: Operation) -> Outcome:
    """Hide the highlight; it can be brought back. Deleting it twice is as good as once."""
    span = own_span(bench, operation)
    if span.deleted_at is not None:
        return unchanged(bench, operation, span)
    span.deleted_at = bench.now
    bench.counts[bench.slugs[span.label_id]] -= 1
    return changed(bench, operation, span, before={}, after={}, fields=["deleted_at"])


def span_restore(bench: Workbench, operation: Operation) -> Outcome:
    """Bring a deleted highlight back as it was, unless its place is taken by now."""
    span = own_span(bench, operation)
    if span.deleted_at is None:
        return unchanged(bench, operation, span)
    checked_neighbours(bench, bench.value(span), is_late=span.is_late)
    span.deleted_at = None
    bench.counts[bench.slugs[span.label_id]] += 1
    return changed(bench, operation, span, before={}, after={}, fields=["deleted_at"])


ACTIONS = {
    Kind.ADD: span_add,
    Kind.RELABEL: span_relabel,
    Kind.MOVE: span_move,
    Kind.DETAIL: span_detail,
    Kind.DELETE: span_delete,
    Kind.RESTORE: span_restore,
}

OPPOSITES = {Kind.ADD: Kind.DELETE, Kind.RESTORE: Kind.DELETE, Kind.DELETE: Kind.RESTORE}


def is_counted(bench: Workbench, operation: Operation) -> bool:
    """Whether the operation means a highlight that was there at the cut-off."""
    span = bench.spans.get(operation.span)
    return operation.kind != Kind.ADD and span is not None and not span.is_late


def counted_stays(bench: Workbench, operation: Operation) -> Outcome:
    """Past the cut-off a counted highlight stays as it is: another tag or other edges make a late one beside it."""
    span = own_span(bench, operation)
    if operation.kind not in {Kind.RELABEL, Kind.MOVE}:
        raise RuleError(COUNTED, code="counted")
    current_span(bench, operation)
    bench.touched.add(span.uuid)
    undoing = undoing_beside(bench, operation, span)
    if undoing is not None:
        return ACTIONS[Kind(undoing.kind)](bench, undoing)
    span = Span.objects.get(pk=span.pk)
    label, words, start, end = bench.labels[bench.slugs[span.label_id]], span.quote, span.start, span.end
    if operation.kind == Kind.RELABEL:
        label = label_for(bench, operation.label)
    else:
        words = quote_for(bench, operation)
        start, end = operation.start, operation.end
    if (label.pk, start, end) == (span.label_id, span.start, span.end):
        return unchanged(bench, operation, span)
    place = domain.Span(start, end, label.slug, bench.reading.last_number + 1)
    checked_neighbours(bench, place, is_late=True)
    uuid = uuid5(operation.uuid, "late")
    # Its sender can know it beforehand, and may have given it to another.
    if Span.objects.filter(uuid=uuid).exists():
        raise TextMismatch(TAKEN, code="taken")
    late = Span(
        uuid=uuid, reading=bench.reading, number=place.number, label=label, is_late=True,
        start=start, end=end, quote=words, note=span.note, source_name=span.source_name, source_kind=span.source_kind,
        confidence=span.confidence, copied_from=span, created_at=bench.now, updated_at=bench.now,
    )  # fmt: skip
    made(bench, operation, late)
    return Outcome(operation.uuid, late.uuid, late.number, late.version, is_made=True, hint=LATE_HINT)


def undoing_beside(bench: Workbench, operation: Operation, span: Span) -> Operation | None:
    """What takes back a change that made a late highlight beside `span`, where the page may not know of that one."""
    undone = bench.operations.get(operation.undoes) if operation.undoes else None
    if undone is None or undone.span.copied_from_id != span.pk or undone.kind not in OPPOSITES:
        return None
    bench.spans.setdefault(undone.span.uuid, undone.span)
    return replace(operation, kind=OPPOSITES[Kind(undone.kind)], span=undone.span.uuid, base_version=None)


def own_span(bench: Workbench, operation: Operation) -> Span:
    """The span named, of this reading; another reading's is as unknown as one that does not exist."""
    span = bench.spans.get(operation.span)
    if span is None or span.reading_id != bench.reading.pk:
        raise RuleError(gettext_noop("This highlight does not exist in your reading."), code="unknown_span")
    if operation.base_version is not None and expected_version(bench, operation, span) != span.version:
        raise RuleError(
            gettext_noop("This highlight was changed in another window. Both versions are kept: choose one."),
            code="changed",
        )
    return span


def expected_version(bench: Workbench, operation: Operation, span: Span) -> int:
    """The version that the span has if nobody else changed it: every stored operation has added one."""
    stored = [bench.operations[uuid] for uuid in set(operation.after) if uuid in bench.operations]
    return (operation.base_version or 0) + sum(row.span_id == span.pk for row in stored)


def current_span(bench: Workbench, operation: Operation) -> Span:
    """The span named, not deleted."""
    span = own_span(bench, operation)
    if span.deleted_at is not None:
        raise RuleError(gettext_noop("This highlight was deleted. Bring it back to change it."), code="deleted")
    return span


def label_for(bench: Workbench, slug: str) -> Label:
    """A label of this codebook that is still in use."""
    label = bench.labels.get(slug)
    if label is None:
        raise RuleError(gettext_noop("This exercise does not have that tag. Choose one of its tags."), code="no_label")
    if label.is_retired:
        raise RuleError(gettext_noop("This tag is no longer in use. Choose another one."), code="retired_label")
    return label


def quote_for(bench: Workbench, operation: Operation) -> str:
    """The stored words at the operation's offsets, once its own ends of the quote agree with them."""
    words = bench.quote(operation.start, operation.end)
    domain.check_quote_ends(words, operation.quote_start, operation.quote_end)
    if not words.strip():
        raise RuleError(gettext_noop("There are no words in this selection. Choose at least one word."), code="blank")
    return words


def checked_neighbours(bench: Workbench, place: domain.Span, *, is_late: bool) -> list[domain.Span]:
    """The spans that `place` would share words with; refused where the codebook does not allow it.

    Late highlights are a layer of their own above the counted ones; only the very same one is not added to it.
    """
    neighbours = bench.neighbours(place, is_late=is_late)
    domain.check_together([place, *neighbours], bench.rules.overlap)
    if is_late:
        domain.check_together([place, *bench.neighbours(place, is_late=False)], domain.OVERLAP_ALLOWED)
    return neighbours


def check_undoes(bench: Workbench, operation: Operation) -> None:
    """What was refused just now cannot be undone. What is stored nowhere may have been so before, by another device's
    doing: to undo that is a change as any other.
    """
    if operation.undoes in bench.refused:
        raise RuleError(gettext_noop("There is nothing to undo here: that change was never saved."), code="no_undo")


def unchanged(bench: Workbench, operation: Operation, span: Span) -> Outcome:
    """Nothing to do: the highlight is as asked already."""
    bench.touched.add(span.uuid)
    return Outcome(operation.uuid, span.uuid, span.number, span.version, hint=hint_for(span))


def changed(
    bench: Workbench, operation: Operation, span: Span, *, before: Mapping[str, object], after: Mapping[str, object],
    fields: list[str],
) -> Outcome:  # fmt: skip
    """Save `fields` of the span and note the operation down.

    Hidden and brought back, a span is what it was: its time of change is that of its content.
    """
    span.version += 1
    if fields != ["deleted_at"]:
        span.updated_at = bench.now
    span.save(update_fields=[*fields, "version", "updated_at"])
    note_down(bench, operation, span, kind=operation.kind, before=before, after=after)
    return Outcome(operation.uuid, span.uuid, span.number, span.version, hint=hint_for(span))


def note_down(
    bench: Workbench, operation: Operation, span: Span, *, kind: str, before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:  # fmt: skip
    """Add one row of history. Late ones leave the reading's version: what it counts has not changed."""
    undone = bench.operations.get(operation.undoes) if operation.undoes else None
    row = SpanOperation(
        uuid=operation.uuid, reading=bench.reading, span=span, actor_id=bench.actor_id, kind=kind,
        before=before, after=after, undoes=undone, created_at=bench.now,
    )  # fmt: skip
    row.save(force_insert=True)
    bench.operations[row.uuid] = row
    bench.is_changed = True
    bench.reading.version += not span.is_late
    bench.touched.add(span.uuid)


def freeze(bench: Workbench) -> None:
    """The first saved mark freezes the codebook version for good."""
    if not bench.rules.is_frozen:
        CodebookVersion.objects.filter(pk=bench.rules.codebook, frozen_at=None).update(frozen_at=bench.now)

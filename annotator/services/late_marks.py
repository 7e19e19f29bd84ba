"""Late highlights of the first round, taken into the second."""

from uuid import UUID, uuid5

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.spans import quote_ends
from annotator.models import Reading, Span, SpanOperation
from annotator.services.span_details import OWN_DETAILS
from annotator.services.span_workbench import Operation
from annotator.services.spans import operations_apply

Kind = SpanOperation.Kind

NO_SECOND = gettext_noop("What came late belongs to the second round. It begins when your teacher starts it.")


@transaction.atomic
def late_take_in(*, reading: Reading) -> Reading:
    """Put the late highlights of its first round into a second reading; once taken in, they are not offered again.

    One that gave a counted highlight another tag or other edges changes its copy, as long as that is as it was copied;
    any other is added. What the codebook does not allow beside what is there already stays behind. It is done by
    ordinary operations, so it can be undone.
    """
    if reading.round < 2:
        raise RuleError(NO_SECOND, code="no_second")
    for late in late_left(reading):
        outcomes = operations_apply(reading=reading, operations=operations_for(reading, late)).outcomes
        refusal = outcomes[0].refusal
        if refusal is not None and refusal.code in {"handed_in", "collected", "not_open"}:
            raise refusal
        if refusal is None:
            Span.objects.filter(uuid=outcomes[0].span).update(copied_from=late)
    return reading


def late_left(reading: Reading) -> list[Span]:
    """The late highlights of the same reader's first round that have no copy in this reading. One query."""
    late = Span.objects.current().filter(
        reading__exercise=reading.exercise_id, reading__article=reading.article_id, reading__member=reading.member_id,
        reading__round=1, is_late=True,
    )  # fmt: skip
    return list(late.exclude(copies__reading=reading).select_related("label").order_by("number"))


def operations_for(reading: Reading, late: Span) -> list[Operation]:
    """What takes one in: a changed tag or edges on the untouched copy of where it came from, else a new highlight."""
    copy = Span.objects.current().filter(reading=reading, copied_from=late.copied_from_id, version=1).first()
    if late.copied_from_id is not None and copy is not None:
        kind = Kind.MOVE if copy.label_id == late.label_id else Kind.RELABEL
        return [operation(reading, late, kind, copy.uuid)]
    span = uuid5(reading.uuid, f"late {late.uuid}")
    details = {name: getattr(late, name) for name in OWN_DETAILS if getattr(late, name)}
    made = [operation(reading, late, Kind.ADD, span)]
    if details:
        named = uuid5(reading.uuid, f"detail {late.uuid}")
        made.append(Operation(uuid=named, kind=Kind.DETAIL, span=span, details=details))
    return made


def operation(reading: Reading, late: Span, kind: str, span: UUID) -> Operation:
    """One operation that puts `span` where the late highlight stands, under its tag."""
    first, last = quote_ends(late.quote)
    return Operation(
        uuid=uuid5(reading.uuid, f"{kind} {late.uuid}"), kind=kind, span=span, label=late.label.slug,
        start=late.start, end=late.end, quote_start=first, quote_end=last,
    )  # fmt: skip

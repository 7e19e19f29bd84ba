"""Going back in one's own reading: to how it stood after an operation, by new operations; history loses nothing."""

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from django.db import transaction

from annotator.domain import going_back
from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Membership, Reading, Span, SpanOperation
from annotator.services.readings import still
from annotator.services.span_details import OWN_DETAILS
from annotator.services.span_workbench import Operation, quoted
from annotator.services.spans import operations_apply

UNKNOWN = gettext_noop("This step is not in the history of your reading. Load the page again.")
# So many operations are applied together, as when a page sends them.
BATCH = 50
# Why a highlight may not stand where another does.
IN_THE_WAY = {"overlap", "twice"}


@transaction.atomic
def reading_go_back(*, reading: Reading, to: UUID | None, operation: UUID, actor: Membership | None = None) -> int:
    """Bring the reading to how it stood after the operation `to`, None for its beginning; how many highlights change.

    `operation` comes with the form: sent again, it changes nothing more. Several steps of a page share it, and the page
    may be an old one: so the step and the newest operation make the UUIDs of all that this does along with it.
    All of it or nothing: RuleError as for any change, and code "unknown_step" for an operation of another reading.
    """
    if refusal := still(reading):
        raise refusal
    rows = SpanOperation.objects.filter(reading=reading)
    if to is not None:
        last = rows.filter(uuid=to).values_list("pk", flat=True).first()
        if last is None:
            raise RuleError(UNKNOWN, code="unknown_step")
        rows = rows.filter(pk__gt=last)
    after = list(rows.order_by("-pk"))
    done = [going_back.Done(row.span_id, row.kind, row.before) for row in after]
    spans = {span.pk: span for span in touched(done)}
    now = {key: state_of(span) for key, span in spans.items()}
    planned = going_back.changes(now, going_back.state_before(now, done))
    base = uuid5(operation, f"{to} {after[0].pk if after else 0}")
    try:
        make(reading, planned, spans, base, actor)
    except RuleError as error:
        if error.code not in IN_THE_WAY:
            raise
        make(reading, going_back.one_by_one(done), spans, base, actor)
    return len({change.key for change in planned})


@transaction.atomic
def make(
    reading: Reading, planned: Iterable[going_back.Change], spans: Mapping[int, Span], base: UUID,
    actor: Membership | None,
) -> None:  # fmt: skip
    """Make the changes in order, all of them or none."""
    asked = [
        operation_for(reading, spans[change.key], change, uuid5(base, str(place)))
        for place, change in enumerate(planned)
    ]
    for place in range(0, len(asked), BATCH):
        operations_apply(reading=reading, operations=asked[place : place + BATCH], actor=actor, is_whole=True)


def touched(done: Iterable[going_back.Done]) -> Iterable[Span]:
    """The highlights that the operations were about."""
    return Span.objects.filter(pk__in={each.key for each in done}).select_related("label", "reported_by")


def state_of(span: Span) -> going_back.State:
    """How a highlight stands now, in the words of its history."""
    details: dict[str, object] = {name: getattr(span, name) for name in OWN_DETAILS}
    details["reported_by"] = str(span.reported_by.uuid) if span.reported_by else None
    return going_back.State(
        label=span.label.slug, start=span.start, end=span.end, is_deleted=span.deleted_at is not None, details=details
    )


def operation_for(reading: Reading, span: Span, change: going_back.Change, uuid: UUID) -> Operation:
    """One change, its quote proven from the stored text."""
    fields = dict(change.fields)
    first, last = "", ""
    start, end = int(str(fields.get("start", 0))), int(str(fields.get("end", 0)))
    if change.kind == going_back.MOVE:
        first, last = quoted(reading.article_id, reading.article.length, start, end)
    if isinstance(fields.get("reported_by"), str):
        fields["reported_by"] = UUID(str(fields["reported_by"]))
    return Operation(
        uuid=uuid, kind=change.kind, span=span.uuid,
        label=str(fields.get("label", "")), start=start, end=end, quote_start=first, quote_end=last,
        details=fields if change.kind == going_back.DETAIL else {},
    )  # fmt: skip

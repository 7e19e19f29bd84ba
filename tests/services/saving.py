"""Plain functions that save highlights for tests and look at what a refusal must leave as it was."""

import uuid

from annotator.domain.spans import quote_ends
from annotator.models import Span, SpanOperation
from annotator.services.span_workbench import Operation
from annotator.services.spans import operations_apply


def operation(reading, kind, span, **fields):
    """An operation whose quote fits."""
    if "start" in fields:
        first, last = quote_ends(reading.article.text[fields["start"] : fields["end"]])
        fields = {"quote_start": first, "quote_end": last} | fields
    return Operation(uuid=fields.pop("uuid", None) or uuid.uuid4(), kind=kind, span=span, **fields)


def apply(reading, *operations):
    return operations_apply(reading=reading, actor=reading.member, operations=operations).outcomes


def add(reading, start=28, end=50, label="claim", **fields):
    span = fields.pop("span", None) or uuid.uuid4()
    [outcome] = apply(reading, operation(reading, "add", span, start=start, end=end, label=label, **fields))
    return outcome


def state(reading):
    """Everything a refusal must leave as it was."""
    reading.refresh_from_db()
    spans = Span.objects.order_by("pk").values_list(
        "uuid", "label__slug", "start", "end", "note", "deleted_at", "version"
    )
    return list(spans), SpanOperation.objects.count(), reading.version, reading.last_number


def code(outcome):
    return outcome.refusal.code if outcome.refusal else ""

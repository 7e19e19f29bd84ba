"""Notes, sources, confidence and who reported a claim."""

import uuid

import pytest

from annotator.models import Span, SpanOperation
from tests import factories
from tests.services.saving import add, apply, code, operation, state

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"note": "a\x00b"}, "unfit"),
        ({"note": "a\ud800b"}, "unfit"),
        ({"note": "a\x1bb"}, "unfit"),
        ({"note": "n" * 1001}, "too_long"),
        ({"source_name": "n" * 201}, "too_long"),
        ({"source_kind": "No Such Kind"}, "no_kind"),
        ({"confidence": 4}, "no_confidence"),
        ({"confidence": 0}, "no_confidence"),
        ({"reported_by": uuid.uuid4()}, "no_reporter"),
        ({"note": "fine", "reported_by": uuid.uuid4()}, "no_reporter"),
    ],
)
def test_unfit_details_are_refused_and_nothing_is_stored(reading, details, expected):
    span = add(reading).span
    before = state(reading)
    [outcome] = apply(reading, operation(reading, "detail", span, details=details))
    assert code(outcome) == expected
    assert state(reading) == before


def test_a_refused_detail_leaves_no_trace_on_the_same_batch(reading):
    span = add(reading).span
    refused = operation(reading, "detail", span, details={"note": "lost", "reported_by": uuid.uuid4()})
    apply(reading, refused, operation(reading, "relabel", span, label="opinion"))
    assert Span.objects.get().note == ""


def test_a_claim_names_the_attribution_that_reports_it(reading):
    claim, source = add(reading).span, add(reading, 95, 115, label="attribution").span
    apply(reading, operation(reading, "detail", claim, details={"reported_by": source}))
    assert Span.objects.get(uuid=claim).reported_by.uuid == source
    assert SpanOperation.objects.latest("pk").after == {"reported_by": str(source)}
    apply(reading, operation(reading, "detail", claim, details={"reported_by": None}))
    assert Span.objects.get(uuid=claim).reported_by is None


def test_neither_a_claim_nor_the_span_itself_nor_a_strangers_attribution_reports(reading):
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    theirs = add(other, label="attribution").span
    mine, claim = add(reading, label="attribution").span, add(reading, 60, 70).span
    for span, target in [(mine, mine), (mine, claim), (claim, theirs)]:
        [outcome] = apply(reading, operation(reading, "detail", span, details={"reported_by": target}))
        assert code(outcome) == "no_reporter"

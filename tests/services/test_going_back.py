"""Going back in a reading: by new operations, all or nothing, and only in one's own history."""

import uuid

import pytest

from annotator.domain.errors import RuleError
from annotator.models import CodebookVersion, Phase, Reading, ReadingState, Span, SpanOperation
from annotator.services.going_back import reading_go_back
from tests import factories
from tests.services.saving import add, apply, operation

pytestmark = pytest.mark.django_db


def standing(reading):
    """What stands, in reading order."""
    rows = Span.objects.filter(reading=reading).current().in_reading_order()
    return [(span.start, span.end, span.label.slug, span.note) for span in rows.select_related("label")]


def back(reading, to, sent=None):
    """Go back to the operation, and how many highlights changed."""
    fresh = Reading.objects.get(pk=reading.pk)
    return reading_go_back(reading=fresh, to=to, operation=sent or uuid.uuid4())


def worked_on(reading):
    """Three highlights, and everything that can be done to one; the operations after which to look."""
    first = add(reading)
    second = add(reading, 60, 80, label="attribution")
    apply(
        reading,
        operation(reading, "relabel", first.span, label="opinion"),
        operation(reading, "move", first.span, start=28, end=44),
        operation(reading, "detail", first.span, details={"note": "loaded?", "confidence": 1}),
        operation(reading, "delete", second.span),
    )
    third = add(reading, 100, 120)
    return first, second, third


def test_it_leads_to_how_everything_stood_and_the_history_keeps_all(reading):
    first, second, _third = worked_on(reading)
    moment = SpanOperation.objects.get(kind="relabel")
    before = SpanOperation.objects.count()
    assert back(reading, moment.uuid) == 3
    assert standing(reading) == [(28, 50, "opinion", ""), (60, 80, "attribution", "")]
    fresh = [(row.kind, row.span.uuid) for row in SpanOperation.objects.order_by("pk")[before:]]
    assert fresh[1:] == [("move", first.span), ("restore", second.span), ("detail", first.span)]
    assert fresh[0][0] == "delete"
    assert Span.objects.get(uuid=first.span).confidence is None


def test_from_there_one_can_go_forward_again(reading):
    worked_on(reading)
    newest = SpanOperation.objects.latest("pk")
    there = standing(reading)
    back(reading, None)
    assert standing(reading) == []
    back(reading, newest.uuid)
    assert standing(reading) == there


def test_the_same_press_sent_twice_counts_once(reading):
    worked_on(reading)
    moment, sent = SpanOperation.objects.get(kind="relabel"), uuid.uuid4()
    back(reading, moment.uuid, sent)
    there, rows = standing(reading), SpanOperation.objects.count()
    assert back(reading, moment.uuid, sent) == 0
    assert (standing(reading), SpanOperation.objects.count()) == (there, rows)


def test_an_old_page_leads_back_as_well_as_a_new_one(reading):
    span, sent = add(reading).span, uuid.uuid4()
    made = SpanOperation.objects.get()
    apply(reading, operation(reading, "relabel", span, label="opinion"))
    called = SpanOperation.objects.latest("pk")
    apply(reading, operation(reading, "relabel", span, label="attribution"))
    assert back(reading, called.uuid, sent) == 1
    assert back(reading, made.uuid, sent) == 1
    assert Span.objects.get().label.slug == "claim"
    apply(reading, operation(reading, "relabel", span, label="attribution"))
    assert back(reading, made.uuid, sent) == 1
    assert Span.objects.get().label.slug == "claim"


def test_a_claim_is_linked_again_to_the_attribution_that_comes_back(reading):
    claim, said = add(reading), add(reading, 60, 80, label="attribution")
    apply(reading, operation(reading, "detail", claim.span, details={"reported_by": said.span}))
    linked = SpanOperation.objects.latest("pk")
    apply(
        reading,
        operation(reading, "detail", claim.span, details={"reported_by": None}),
        operation(reading, "delete", said.span),
    )
    assert back(reading, linked.uuid) == 2
    assert Span.objects.get(uuid=claim.span).reported_by.uuid == said.span


def test_more_changes_than_fit_one_request_are_still_all_or_nothing(reading):
    for start in range(60):
        add(reading, 28 + start, 29 + start + 40)
    assert back(reading, None) == 60
    assert standing(reading) == []


@pytest.mark.parametrize("rule", ["none", "different_labels", "allowed"])
def test_two_that_changed_places_change_back(reading, rule):
    CodebookVersion.objects.update(overlap=rule)
    one, other = add(reading).span, add(reading, 60, 80).span
    there, moment = standing(reading), SpanOperation.objects.latest("pk")
    for span, start, end in [(one, 100, 120), (other, 28, 50), (one, 60, 80)]:
        apply(reading, operation(reading, "move", span, start=start, end=end))
    apply(reading, operation(reading, "detail", one, details={"note": "loaded?"}))
    swapped, sent = standing(reading), uuid.uuid4()
    assert swapped != there
    newest = SpanOperation.objects.latest("pk")
    assert back(reading, moment.uuid, sent) == 2
    assert standing(reading) == there
    assert back(reading, moment.uuid, sent) == 0
    assert back(reading, newest.uuid) == 2
    assert standing(reading) == swapped


def test_one_that_gave_way_to_another_gets_its_words_back_where_none_may_overlap(reading):
    CodebookVersion.objects.update(overlap="none")
    one, other = add(reading, 28, 60).span, add(reading, 60, 80).span
    there, moment = standing(reading), SpanOperation.objects.latest("pk")
    apply(
        reading, operation(reading, "move", one, start=28, end=40), operation(reading, "move", other, start=40, end=80)
    )
    assert back(reading, moment.uuid) == 2
    assert standing(reading) == there


def test_a_step_of_anothers_history_is_unknown(reading):
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    add(other)
    add(reading)
    with pytest.raises(RuleError) as refused:
        back(reading, SpanOperation.objects.get(reading=other).uuid)
    assert refused.value.code == "unknown_step"
    assert len(standing(reading)) == 1


@pytest.mark.parametrize("phase", [Phase.REVEALED, Phase.ARCHIVED])
def test_a_reading_that_is_closed_stays_as_it_is(reading, phase):
    add(reading)
    Reading.objects.update(state=ReadingState.SUBMITTED, submitted_at=factories.NOON)
    type(reading.exercise).objects.update(phase=phase, closed_at=factories.NOON, revealed_at=factories.NOON)
    with pytest.raises(RuleError):
        back(reading, None)
    assert len(standing(reading)) == 1

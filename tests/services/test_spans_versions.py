"""What a change was made on, a version and own changes since: nobody else’s change is written over unseen."""

import uuid

import pytest

from annotator.models import Span
from tests.services.saving import add, apply, code, operation, state

pytestmark = pytest.mark.django_db


def test_a_change_based_on_an_older_version_is_refused_and_both_are_kept(reading):
    span = add(reading).span
    apply(reading, operation(reading, "detail", span, details={"note": "mine"}, base_version=1))
    before = state(reading)
    [late] = apply(reading, operation(reading, "detail", span, details={"note": "theirs"}, base_version=1))
    assert (code(late), late.version) == ("changed", 2)
    assert state(reading) == before


def test_changes_made_after_each_other_without_an_answer_stand_on_each_other(reading):
    span, added, first = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    outcomes = apply(
        reading,
        operation(reading, "add", span, start=28, end=50, label="claim", uuid=added),
        operation(reading, "detail", span, details={"note": "one"}, uuid=first, base_version=0, after=(added,)),
        operation(reading, "detail", span, details={"note": "two"}, base_version=0, after=(added, first)),
    )
    assert [(code(outcome), outcome.version) for outcome in outcomes] == [("", 1), ("", 2), ("", 3)]
    assert Span.objects.get().note == "two"


@pytest.mark.parametrize("is_together", [True, False])
def test_the_second_of_two_notes_written_offline_is_refused_with_the_first(reading, is_together):
    span, first = add(reading).span, uuid.uuid4()
    apply(reading, operation(reading, "detail", span, details={"note": "theirs"}))
    mine = [
        operation(reading, "detail", span, details={"note": "mine"}, uuid=first, base_version=1),
        operation(reading, "detail", span, details={"note": "mine too"}, base_version=1, after=(first,)),
    ]
    before = state(reading)
    outcomes = apply(reading, *mine) if is_together else [apply(reading, each)[0] for each in mine]
    assert [code(outcome) for outcome in outcomes] == ["changed", "changed"]
    assert state(reading) == before


def test_a_note_of_another_device_between_a_lost_answer_and_the_next_try_is_not_written_over(reading):
    span, first = add(reading).span, uuid.uuid4()
    mine = operation(reading, "detail", span, details={"note": "mine"}, uuid=first, base_version=1)
    apply(reading, mine)
    apply(reading, operation(reading, "detail", span, details={"note": "theirs"}))
    then = operation(reading, "detail", span, details={"note": "mine too"}, base_version=1, after=(first,))
    again, refused = apply(reading, mine, then)
    assert again.is_repeat
    assert code(refused) == "changed"
    assert Span.objects.get().note == "theirs"


def test_an_own_change_that_was_refused_makes_no_conflict_of_the_next(reading):
    span, refused = add(reading).span, uuid.uuid4()
    outcomes = apply(
        reading,
        operation(reading, "relabel", span, label="no such tag", uuid=refused),
        operation(reading, "detail", span, details={"note": "mine"}, base_version=1, after=(refused,)),
    )
    assert [code(outcome) for outcome in outcomes] == ["no_label", ""]


def test_changes_to_another_highlight_do_not_count(reading):
    span, other, elsewhere = add(reading).span, add(reading, start=30, end=60).span, uuid.uuid4()
    apply(reading, operation(reading, "detail", span, details={"note": "theirs"}))
    [_, refused] = apply(
        reading,
        operation(reading, "relabel", other, label="opinion", uuid=elsewhere),
        operation(reading, "detail", span, details={"note": "mine"}, base_version=1, after=(elsewhere,)),
    )
    assert code(refused) == "changed"

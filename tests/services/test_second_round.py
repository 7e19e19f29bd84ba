"""The second round as a copy of the first, what came late taken into it, and snapshots."""

import pytest

from annotator.domain.errors import RuleError
from annotator.models import AgreementRow, Exercise, Phase, Reading, Snapshot, Span, SpanOperation
from annotator.services.exercises import exercise_move
from annotator.services.late_marks import late_left, late_take_in
from annotator.services.readings import reading_go_on, reading_hand_in, reading_reopen, reading_revise
from tests import factories
from tests.services.saving import add, apply, code, operation

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    """A first reading: an attribution, a claim that it reports with a note, and one deleted."""
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)])
    made = factories.reading(work, factories.reader(work.classroom))
    claim = add(made).span
    gone = add(made, 60, 70).span
    source = add(made, 80, 90, label="attribution").span
    details = {"note": "who says?", "source_name": "the council", "confidence": 2, "reported_by": source}
    apply(made, operation(made, "detail", claim, details=details), operation(made, "delete", gone))
    return made


def walk(reading, *phases):
    for phase in phases:
        exercise_move(exercise=reading.exercise, phase=phase)
    reading.exercise.refresh_from_db()


def revising(reading):
    walk(reading, Phase.CLOSED, Phase.REVEALED, Phase.REVISING)


def second_of(reading):
    return reading_revise(exercise=reading.exercise, article=reading.article, member=reading.member)


def rows(reading):
    return list(
        reading.spans.current()
        .order_by("number")
        .values_list("number", "label__slug", "start", "end", "note", "source_name", "confidence", "is_late")
    )


def whole(reading):
    """Everything of a reading that must stay for ever."""
    return (
        Reading.objects.filter(pk=reading.pk).values().get(),
        list(Span.objects.filter(reading=reading).order_by("pk").values()),
        list(SpanOperation.objects.filter(reading=reading).order_by("pk").values()),
    )


def test_the_second_round_begins_as_a_copy_that_names_its_source(first):
    revising(first)
    second = second_of(first)
    assert rows(second) == rows(first)
    assert (second.round, second.state, second.last_number) == (2, "open", 3)
    for copy in second.spans.all():
        assert copy.copied_from.reading == first
        assert copy.copied_from.number == copy.number
        assert copy.uuid != copy.copied_from.uuid
    claim = second.spans.get(label__slug="claim")
    assert claim.reported_by.reading == second
    assert not second.operations.exists()


def test_opened_twice_it_is_the_same_and_keeps_what_was_changed(first):
    revising(first)
    second = second_of(first)
    claim = second.spans.get(label__slug="claim")
    apply(second, operation(second, "relabel", claim.uuid, label="opinion"))
    assert second_of(first) == second
    assert second.spans.get(pk=claim.pk).label.slug == "opinion"


def test_the_first_round_is_untouched_for_ever(first):
    revising(first)
    before = whole(first)
    second = second_of(first)
    for span in second.spans.all():
        apply(second, operation(second, "delete", span.uuid))
    add(second, 100, 110)
    reading_hand_in(reading=second)
    walk(first, Phase.WRAPPED_UP)
    assert whole(first) == before


def test_without_a_first_reading_the_second_begins_empty(first):
    revising(first)
    late = factories.reader(first.exercise.classroom)
    second = reading_revise(exercise=first.exercise, article=first.article, member=late)
    assert (rows(second), second.last_number) == ([], 0)
    assert add(second).is_made


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase != Phase.REVISING])
def test_a_second_round_begins_only_while_the_class_revises(first, phase):
    Exercise.objects.update(phase=phase)
    with pytest.raises(RuleError):
        second_of(first)
    assert not Reading.objects.filter(round=2).exists()


def test_going_on_leads_to_the_round_that_runs_and_later_to_the_last_one(first):
    def go_on():
        return reading_go_on(exercise=first.exercise, article=first.article, member=first.member).round

    assert go_on() == 1
    walk(first, Phase.CLOSED)
    assert go_on() == 1
    walk(first, Phase.REVEALED, Phase.REVISING)
    assert go_on() == 2
    walk(first, Phase.WRAPPED_UP)
    assert go_on() == 2


def test_after_a_step_back_to_the_discussion_the_second_round_goes_on(first):
    revising(first)
    second = second_of(first)
    walk(first, Phase.REVEALED, Phase.REVISING)
    assert second_of(first) == second
    assert add(second, 100, 110).is_made


def test_wrapping_up_collects_the_second_round_and_stepping_back_gives_it_back(first):
    revising(first)
    second = second_of(first)
    walk(first, Phase.WRAPPED_UP)
    second.refresh_from_db()
    assert (second.state, second.submitted_at) == ("collected", first.exercise.wrapped_up_at)
    # On its way when it was wrapped up, so it counts.
    assert add(second, 100, 110).hint == ""
    walk(first, Phase.REVISING)
    second.refresh_from_db()
    assert (second.state, second.submitted_at) == ("open", None)


def test_rounds_are_never_mixed_in_the_figures(first):
    other = factories.reading(first.exercise, factories.reader(first.exercise.classroom))
    add(other)
    revising(first)
    for each in (first, other):
        second = second_of(each)
        add(second, 100, 110, label="opinion")
        reading_hand_in(reading=second)
    walk(first, Phase.WRAPPED_UP)
    found = dict(AgreementRow.objects.values_list("round", "readers"))
    assert set(found) == {1, 2}
    assert found[1] == found[2] == sorted([first.member_id, other.member_id])


def test_late_highlights_are_offered_and_taken_in_once(first):
    walk(first, Phase.CLOSED, Phase.REVEALED)
    add(first, 100, 110, label="opinion")
    claim = first.spans.current().get(label__slug="claim", is_late=False)
    apply(first, operation(first, "relabel", claim.uuid, label="opinion"))
    walk(first, Phase.REVISING)
    second = second_of(first)
    assert [each.start for each in late_left(second)] == [100, 28]
    late_take_in(reading=second)
    late_take_in(reading=second)
    assert late_left(second) == []
    assert [row[1:4] for row in rows(second)] == [("opinion", 28, 50), ("attribution", 80, 90), ("opinion", 100, 110)]
    assert {row[-1] for row in rows(second)} == {False}
    assert second.operations.count() == 2


def test_a_changed_copy_is_not_changed_by_what_came_late(first):
    claim = first.spans.current().get(label__slug="claim")
    walk(first, Phase.CLOSED, Phase.REVEALED)
    apply(first, operation(first, "relabel", claim.uuid, label="opinion"))
    walk(first, Phase.REVISING)
    second = second_of(first)
    copy = second.spans.get(copied_from=claim)
    apply(second, operation(second, "detail", copy.uuid, details={"note": "thought about it"}))
    late_take_in(reading=second)
    assert second.spans.get(pk=copy.pk).label.slug == "claim"
    assert second.spans.filter(label__slug="opinion", start=28).exists()


def test_a_first_round_takes_nothing_in(first):
    with pytest.raises(RuleError):
        late_take_in(reading=first)


def test_what_is_handed_in_takes_nothing_in(first):
    walk(first, Phase.CLOSED, Phase.REVEALED)
    add(first, 100, 110)
    walk(first, Phase.REVISING)
    second = second_of(first)
    reading_hand_in(reading=second)
    with pytest.raises(RuleError):
        late_take_in(reading=second)


def snapshots(reading):
    return [(each.state, len(each.spans)) for each in reading.snapshots.all()]


def test_each_hand_in_keeps_a_snapshot_that_later_work_does_not_change(first):
    reading_hand_in(reading=first)
    before = list(Snapshot.objects.values())
    reading_reopen(reading=first)
    add(first, 100, 110)
    reading_hand_in(reading=first)
    reading_hand_in(reading=first)
    assert snapshots(first) == [("submitted", 2), ("submitted", 3)]
    assert list(Snapshot.objects.order_by("pk").values())[:1] == before


def test_a_snapshot_holds_what_its_reader_made(first):
    reading_hand_in(reading=first)
    claim, source = first.spans.current().order_by("start")
    assert first.snapshots.get().spans[0] == {
        "span_id": str(claim.uuid), "label": "claim", "start": 28, "end": 50, "note": "who says?",
        "source_name": "the council", "source_kind": "", "confidence": 2, "reported_by": str(source.uuid),
    }  # fmt: skip


def test_what_was_collected_is_kept_as_it_is_at_the_reveal_and_once(first):
    walk(first, Phase.CLOSED)
    assert snapshots(first) == []
    add(first, 100, 110)
    walk(first, Phase.REVEALED)
    assert snapshots(first) == [("collected", 3)]
    add(first, 120, 130)
    walk(first, Phase.CLOSED, Phase.REVEALED)
    assert snapshots(first) == [("collected", 3)]


def test_the_second_round_is_kept_in_the_archive(first):
    revising(first)
    second = second_of(first)
    walk(first, Phase.WRAPPED_UP, Phase.ARCHIVED)
    assert snapshots(second) == [("collected", 2)]
    assert code(add(second, 100, 110)) == "not_open"

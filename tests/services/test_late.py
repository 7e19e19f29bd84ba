"""Work after the closing: what still counts, what is kept as late, and what stays as it was."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from annotator.domain.errors import RuleError
from annotator.models import AgreementRow, Exercise, Phase, Reading, Snapshot, Span, SpanOperation
from annotator.reports.export_readings import reading_export
from annotator.reports.export_spans import span_export
from annotator.services.exercises import exercise_move
from annotator.services.readings import reading_hand_in, whole_seconds
from annotator.services.spans import LATE_HINT
from tests import factories
from tests.services.saving import add, apply, code, operation

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading():
    """Under way, with one claim at 28..50 that counts."""
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)])
    made = factories.reading(work, factories.reader(work.classroom))
    add(made)
    return made


def closed(reading, seconds_ago):
    """Closed by its teacher, so long ago."""
    exercise_move(exercise=reading.exercise, phase=Phase.CLOSED)
    then = whole_seconds() - timedelta(seconds=seconds_ago)
    Exercise.objects.update(closed_at=then)
    Reading.objects.filter(state="collected").update(submitted_at=then)
    reading.refresh_from_db()
    reading.exercise.refresh_from_db()


def counted(reading):
    """What the reading counts, as agreement and exports see it."""
    spans = reading.spans.current().filter(is_late=False).order_by("pk")
    return list(spans.values_list("uuid", "label__slug", "start", "end", "version"))


def late(reading):
    return list(reading.spans.current().filter(is_late=True).order_by("pk").values_list("label__slug", "start", "end"))


def test_work_on_its_way_when_it_was_closed_counts(reading):
    closed(reading, 60)
    outcome = add(reading, 60, 70, label="opinion")
    assert (outcome.is_made, outcome.hint) == (True, "")
    assert (len(counted(reading)), late(reading)) == (2, [])


def test_what_comes_after_the_cut_off_is_kept_does_not_count_and_the_reader_is_told(reading):
    closed(reading, 180)
    before = counted(reading)
    outcome = add(reading, 60, 70, label="opinion")
    assert (outcome.is_made, outcome.hint) == (True, LATE_HINT)
    assert (counted(reading), late(reading)) == (before, [("opinion", 60, 70)])


def test_a_repeat_of_late_work_answers_alike_and_adds_nothing(reading):
    closed(reading, 180)
    span = uuid.uuid4()
    sent = operation(reading, "add", span, start=60, end=70, label="opinion")
    [first], [second] = apply(reading, sent), apply(reading, sent)
    assert (second.is_repeat, second.number, second.hint) == (True, first.number, first.hint)
    assert len(late(reading)) == 1


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("relabel", {"label": "opinion"}, ("opinion", 28, 50)),
        ("move", {"start": 28, "end": 60}, ("claim", 28, 60)),
    ],
)
def test_another_tag_or_other_edges_make_a_late_highlight_beside_the_counted_one(reading, kind, fields, expected):
    span = reading.spans.get()
    apply(reading, operation(reading, "detail", span.uuid, details={"note": "who says?", "confidence": 2}))
    closed(reading, 180)
    before = counted(reading)
    sent = operation(reading, kind, span.uuid, **fields)
    [first], [again] = apply(reading, sent), apply(reading, sent)
    assert (counted(reading), late(reading)) == (before, [expected])
    assert (first.hint, again.is_repeat, again.span, first.span != span.uuid) == (LATE_HINT, True, first.span, True)
    made = Span.objects.get(uuid=first.span)
    assert (made.note, made.confidence, made.copied_from, made.is_late) == ("who says?", 2, span, True)


@pytest.mark.parametrize("is_together", [True, False])
@pytest.mark.parametrize(
    ("kind", "there", "back"),
    [
        ("relabel", {"label": "opinion"}, {"label": "claim"}),
        ("move", {"start": 28, "end": 60}, {"start": 28, "end": 50}),
    ],
)
def test_a_page_that_knows_the_counted_highlight_alone_undoes_and_redoes_the_late_one_beside_it(
    reading, kind, there, back, is_together
):
    span = reading.spans.get()
    closed(reading, 180)
    before = counted(reading)
    steps = [operation(reading, kind, span.uuid, **there)]
    for fields in (back, there, back):
        steps.append(operation(reading, kind, span.uuid, undoes=steps[-1].uuid, **fields))
    if is_together:
        outcomes = apply(reading, *steps)
    else:
        outcomes = []
        for step, stands in zip(steps, [1, 0, 1, 0], strict=True):
            outcomes += apply(reading, step)
            assert len(late(reading)) == stands
    [made] = {outcome.span for outcome in outcomes}
    assert (made != span.uuid, [code(outcome) for outcome in outcomes]) == (True, [""] * 4)
    assert (counted(reading), late(reading)) == (before, [])
    rows = SpanOperation.objects.order_by("pk").values_list("kind", "undoes__uuid")[1:]
    assert list(rows) == [
        ("add", None), ("delete", steps[0].uuid), ("restore", steps[1].uuid), ("delete", steps[2].uuid),
    ]  # fmt: skip


def test_an_undo_that_names_something_else_takes_no_highlight_away(reading):
    span = reading.spans.get()
    other = add(reading, 60, 70)
    closed(reading, 180)
    [outcome] = apply(reading, operation(reading, "relabel", span.uuid, label="opinion", undoes=other.operation))
    assert (code(outcome), len(counted(reading)), late(reading)) == ("", 2, [("opinion", 28, 50)])


def test_a_late_highlights_uuid_that_was_given_to_another_before_is_refused(reading):
    counted_one = reading.spans.get()
    sent = operation(reading, "relabel", counted_one.uuid, label="opinion")
    add(reading, 60, 70, span=uuid.uuid5(sent.uuid, "late"))
    closed(reading, 180)
    before = counted(reading)
    [first], [second] = apply(reading, sent), apply(reading, sent)
    assert (code(first), code(second), counted(reading), late(reading)) == ("taken", "taken", before, [])


@pytest.mark.parametrize(("kind", "fields"), [("delete", {}), ("detail", {"details": {"note": "too late"}})])
def test_a_counted_highlight_stays_as_it_was(reading, kind, fields):
    span = reading.spans.get()
    closed(reading, 180)
    before = counted(reading)
    [outcome] = apply(reading, operation(reading, kind, span.uuid, **fields))
    assert (code(outcome), counted(reading)) == ("counted", before)


def test_one_deleted_in_time_does_not_come_back_into_the_count(reading):
    span = reading.spans.get()
    apply(reading, operation(reading, "delete", span.uuid))
    closed(reading, 180)
    [outcome] = apply(reading, operation(reading, "restore", span.uuid))
    assert (code(outcome), counted(reading)) == ("counted", [])


def test_late_highlights_change_as_any_other_and_count_no_more_for_it(reading):
    closed(reading, 180)
    before = counted(reading)
    span = add(reading, 60, 70, label="opinion").span
    steps = [
        operation(reading, "relabel", span, label="claim"),
        operation(reading, "move", span, start=60, end=80),
        operation(reading, "detail", span, details={"note": "late note"}),
    ]
    assert [code(outcome) for outcome in apply(reading, *steps)] == ["", "", ""]
    assert (counted(reading), late(reading)) == (before, [("claim", 60, 80)])
    apply(reading, operation(reading, "delete", span))
    assert late(reading) == []


def test_the_very_same_highlight_is_not_kept_a_second_time(reading):
    closed(reading, 180)
    assert code(add(reading)) == "twice"


def test_late_work_leaves_the_figures_as_they_are(reading):
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    add(other)
    closed(reading, 180)
    exercise_move(exercise=reading.exercise, phase=Phase.REVEALED)
    rows = list(AgreementRow.objects.values_list("summary", "source"))
    version = Reading.objects.get(pk=reading.pk).version
    assert add(reading, 60, 70).is_made
    assert list(AgreementRow.objects.values_list("summary", "source")) == rows
    assert Reading.objects.get(pk=reading.pk).version == version


def test_the_reveal_ends_the_grace(reading):
    closed(reading, 10)
    exercise_move(exercise=reading.exercise, phase=Phase.REVEALED)
    assert add(reading, 60, 70).hint == LATE_HINT
    # Taken back, what was seen was seen.
    exercise_move(exercise=reading.exercise, phase=Phase.CLOSED)
    assert add(reading, 70, 80).hint == LATE_HINT


def test_marks_on_what_was_handed_in_are_late_once_it_is_closed(reading):
    reading_hand_in(reading=reading)
    assert code(add(reading, 60, 70)) == "handed_in"
    closed(reading, 10)
    assert add(reading, 60, 70).hint == LATE_HINT


def test_a_collected_reading_is_handed_in_until_the_cut_off(reading):
    closed(reading, 60)
    assert reading_hand_in(reading=reading).state == "submitted"
    assert Snapshot.objects.get().state == "submitted"


def test_after_the_cut_off_nothing_is_handed_in(reading):
    closed(reading, 180)
    with pytest.raises(RuleError) as refusal:
        reading_hand_in(reading=reading)
    assert refusal.value.code == "collected"
    reading.refresh_from_db()
    assert reading.state == "collected"


def test_both_files_tell_late_work_apart(reading):
    blank = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    closed(reading, 180)
    add(reading, 60, 70)
    add(blank, 60, 70)
    rows = {row.annotator: row for row in reading_export([reading.exercise]) if row.status != "not_started"}
    assert [(row.status, row.n_spans, row.counted) for _name, row in sorted(rows.items())] == [
        ("collected", 1, True), ("late", 0, False),
    ]  # fmt: skip
    written = [[row[4] for row in each.rows] for each in span_export([reading.exercise]) if each.rows]
    assert sorted(written) == [["", "late"], ["late"]]


def test_the_teacher_sees_how_much_came_late(client, reading):
    closed(reading, 180)
    add(reading, 60, 70)
    client.force_login(reading.exercise.created_by)
    page = client.get(reverse("exercise", args=[reading.exercise.uuid])).content.decode()
    assert "· 1 late" in page

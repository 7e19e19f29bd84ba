"""The lesson under load: two closings at once, closing and revealing with saves in flight, one deadline for many."""

import uuid
from datetime import timedelta

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Exercise, Phase, Reading, Snapshot, Span
from annotator.services.exercises import exercise_move
from annotator.services.lesson_clock import deadlines_apply, timer_extend, timer_set
from annotator.services.readings import reading_hand_in, reading_revise, whole_seconds
from annotator.services.spans import LATE_HINT
from tests import factories
from tests.services.saving import add
from tests.services.together import together

pytestmark = pytest.mark.django_db(transaction=True)

SAVERS = 10
SAVES = 8


@pytest.fixture
def work():
    teacher = factories.teacher()
    return factories.exercise(factories.classroom(teacher), [factories.article(teacher)])


@pytest.fixture
def readings(work):
    return [factories.reading(work, factories.reader(work.classroom)) for _ in range(SAVERS)]


def saver(reading):
    """Save one mark after the other; for each its UUID and whether its reader was told that it came late."""

    def run():
        own = Reading.objects.get(pk=reading.pk)
        found = []
        for place in range(SAVES):
            span = uuid.uuid4()
            outcome = add(own, 30 + place, 50 + place, span=span)
            found.append((span, outcome.refusal, outcome.hint == LATE_HINT))
        return found

    return run


def told(answers):
    """All that the savers were told, by span: whether it came late."""
    every = [each for answer in answers if isinstance(answer, list) for each in answer]
    assert [refusal for _span, refusal, _late in every if refusal] == []
    return {span: late for span, _refusal, late in every}


def stored():
    return dict(Span.objects.values_list("uuid", "is_late"))


def moved(work, phase):
    return lambda: exercise_move(exercise=work, phase=phase).phase


def test_two_teachers_press_close_at_the_same_moment(work, readings):
    answers = together([moved(work, Phase.CLOSED)] * 4)
    work.refresh_from_db()
    assert answers == [Phase.CLOSED] * 4
    assert {(each.state, each.submitted_at) for each in work.readings.all()} == {("collected", work.closed_at)}


def test_close_and_reveal_pressed_at_once_end_where_one_of_them_leads(work, readings):
    def reveal():
        try:
            return exercise_move(exercise=work, phase=Phase.REVEALED).phase
        except RuleError as error:
            return error.code

    answers = together([moved(work, Phase.CLOSED), reveal, moved(work, Phase.CLOSED)])
    work.refresh_from_db()
    assert work.phase in {Phase.CLOSED, Phase.REVEALED}
    assert answers[1] in {"no_step", Phase.REVEALED}
    assert {each.state for each in work.readings.all()} == {"collected"}


def test_closing_with_savers_in_flight_loses_nothing_and_all_of_it_counts(work, readings):
    jobs = [saver(reading) for reading in readings]
    jobs.insert(SAVERS // 2, moved(work, Phase.CLOSED))
    answers = together(jobs)
    assert stored() == told(answers) == dict.fromkeys(stored(), False)
    assert len(stored()) == SAVERS * SAVES
    assert {each.state for each in work.readings.all()} == {"collected"}


def test_what_races_the_reveal_is_counted_or_late_and_every_reader_is_told_which(work, readings):
    exercise_move(exercise=work, phase=Phase.CLOSED)
    jobs = [saver(reading) for reading in readings]
    jobs.insert(SAVERS // 2, moved(work, Phase.REVEALED))
    answers = together(jobs)
    assert stored() == told(answers)
    assert len(stored()) == SAVERS * SAVES
    # The snapshots of the reveal hold exactly what counts: nothing slipped in behind them.
    kept = {span["span_id"] for snapshot in Snapshot.objects.all() for span in snapshot.spans}
    assert kept == {str(span) for span, late in stored().items() if not late}


def test_what_comes_after_the_cut_off_is_late_for_everybody(work, readings):
    exercise_move(exercise=work, phase=Phase.CLOSED)
    Exercise.objects.update(closed_at=whole_seconds() - timedelta(seconds=200))
    answers = together([saver(reading) for reading in readings])
    assert stored() == told(answers) == dict.fromkeys(stored(), True)
    assert len(stored()) == SAVERS * SAVES


def test_a_deadline_found_by_many_takes_effect_once(work, readings):
    end = whole_seconds() - timedelta(seconds=60)
    Exercise.objects.update(ends_at=end)
    together([deadlines_apply] * 8)
    work.refresh_from_db()
    assert (work.phase, work.closed_at, work.closed_by_clock) == (Phase.CLOSED, end, True)
    assert {(each.state, each.submitted_at) for each in work.readings.all()} == {("collected", end)}


def test_a_deadline_and_the_teachers_close_at_once_agree(work, readings):
    end = whole_seconds() - timedelta(seconds=60)
    Exercise.objects.update(ends_at=end)
    together([deadlines_apply, moved(work, Phase.CLOSED), deadlines_apply, moved(work, Phase.CLOSED)])
    work.refresh_from_db()
    assert work.phase == Phase.CLOSED
    assert work.closed_by_clock == (work.closed_at == end)
    assert {(each.state, each.submitted_at) for each in work.readings.all()} == {("collected", work.closed_at)}


def test_handing_in_while_it_closes_is_said_by_the_reader_or_collected(work, readings):
    jobs = [lambda reading=reading: reading_hand_in(reading=reading).state for reading in readings]
    jobs.insert(SAVERS // 2, moved(work, Phase.CLOSED))
    together(jobs)
    # Until the cut-off a hand-in is accepted, so nobody's is lost.
    assert {each.state for each in work.readings.all()} == {"submitted"}
    assert Snapshot.objects.filter(state="submitted").count() == SAVERS


def test_more_time_given_by_two_teachers_adds_up(work):
    timer_set(exercise=work, minutes=5)
    before = Exercise.objects.get().ends_at
    together([lambda: timer_extend(exercise=work, seconds=120)] * 4)
    assert Exercise.objects.get().ends_at - before == timedelta(seconds=480)


def test_a_second_round_opened_in_eight_windows_is_copied_once(work, readings):
    first = readings[0]
    add(first)
    for phase in (Phase.CLOSED, Phase.REVEALED, Phase.REVISING):
        exercise_move(exercise=work, phase=phase)

    def revise():
        return reading_revise(exercise=work, article=first.article, member=first.member).pk

    assert len(set(together([revise] * 8))) == 1
    second = Reading.objects.get(round=2)
    assert second.spans.count() == first.spans.count() == 1

"""The timer, the due date, extra time, and closing what has run out, dated to when it was due."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.domain.errors import RuleError
from annotator.models import AgreementRow, Exercise, Participation, Phase, Reading
from annotator.services.exercises import exercise_move
from annotator.services.lesson_clock import (
    deadlines_apply,
    due_set,
    extra_time_add,
    timer_extend,
    timer_last_minutes,
    timer_pause,
    timer_resume,
    timer_set,
)
from annotator.services.readings import reading_start, whole_seconds
from tests import factories
from tests.services.saving import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    teacher = factories.teacher()
    return factories.exercise(factories.classroom(teacher), [factories.article(teacher)])


@pytest.fixture
def three(work):
    """Three readings under way, and one handed in long ago."""
    made = [factories.reading(work, factories.reader(work.classroom)) for _ in range(4)]
    Reading.objects.filter(pk=made[3].pk).update(state="submitted", submitted_at=factories.NOON)
    return made[:3]


def ago(seconds):
    return whole_seconds() - timedelta(seconds=seconds)


def left(work):
    work.refresh_from_db()
    return round((work.ends_at - whole_seconds()).total_seconds())


def run_out(work, seconds=30):
    """The timer ran out so many seconds ago, and nobody has looked since."""
    end = ago(seconds)
    Exercise.objects.filter(pk=work.pk).update(ends_at=end)
    return end


def in_phase(work, phase):
    Exercise.objects.filter(pk=work.pk).update(phase=phase)


def states(work):
    return list(work.readings.order_by("pk").values_list("state", "submitted_at"))


def test_a_timer_runs_from_now_and_off_takes_it_away(work):
    timer_set(exercise=work, minutes=20)
    assert abs(left(work) - 1200) <= 1
    timer_set(exercise=work, minutes=None)
    work.refresh_from_db()
    assert (work.ends_at, work.minutes) == (None, None)


@pytest.mark.parametrize("minutes", [0, -1, 601])
def test_a_timer_has_a_sensible_length(work, minutes):
    with pytest.raises(RuleError):
        timer_set(exercise=work, minutes=minutes)
    work.refresh_from_db()
    assert work.ends_at is None


def test_a_draft_remembers_the_minutes_and_the_opening_starts_them(work):
    in_phase(work, Phase.DRAFT)
    timer_set(exercise=work, minutes=12)
    work.refresh_from_db()
    assert (work.minutes, work.ends_at) == (12, None)
    exercise_move(exercise=work, phase=Phase.OPEN)
    assert abs(left(work) - 720) <= 1


def test_a_pause_keeps_what_is_left_and_going_on_gives_it_back(work):
    timer_set(exercise=work, minutes=5)
    timer_pause(exercise=work)
    timer_pause(exercise=work)
    work.refresh_from_db()
    assert (work.ends_at, abs(work.paused_seconds - 300) <= 1) == (None, True)
    timer_extend(exercise=work, seconds=120)
    timer_resume(exercise=work)
    timer_resume(exercise=work)
    assert abs(left(work) - 420) <= 2


def test_two_more_minutes_come_on_top(work):
    timer_set(exercise=work, minutes=5)
    timer_extend(exercise=work, seconds=120)
    assert abs(left(work) - 420) <= 1


def test_the_last_two_minutes_begin_with_or_without_a_timer_and_never_make_it_longer(work):
    timer_last_minutes(exercise=work)
    assert abs(left(work) - 120) <= 1
    Exercise.objects.update(ends_at=ago(-30))
    timer_last_minutes(exercise=work)
    assert abs(left(work) - 30) <= 1


@pytest.mark.parametrize(
    "press", [timer_pause, timer_resume, lambda *, exercise: timer_extend(exercise=exercise, seconds=60)]
)
def test_without_a_timer_there_is_nothing_to_press(work, press):
    with pytest.raises(RuleError) as refusal:
        press(exercise=work)
    assert refusal.value.code == "no_timer"


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.REVEALED, Phase.WRAPPED_UP, Phase.ARCHIVED])
@pytest.mark.parametrize("press", [timer_pause, timer_resume, timer_last_minutes])
def test_a_timer_runs_only_while_somebody_reads(work, phase, press):
    in_phase(work, phase)
    before = Exercise.objects.values().get()
    with pytest.raises(RuleError):
        press(exercise=work)
    assert Exercise.objects.values().get() == before


def test_a_timer_of_the_second_round_only_shows_the_time(work):
    in_phase(work, Phase.REVISING)
    timer_set(exercise=work, minutes=5)
    run_out(work)
    deadlines_apply()
    work.refresh_from_db()
    assert (work.phase, work.minutes) == (Phase.REVISING, None)
    assert exercise_move(exercise=work, phase=Phase.WRAPPED_UP).ends_at is None


def test_what_has_run_out_is_closed_dated_to_its_end(work, three):
    add(three[0])
    end = run_out(work, 3600)
    deadlines_apply()
    work.refresh_from_db()
    assert (work.phase, work.closed_at, work.closed_by_clock, work.ends_at) == (Phase.CLOSED, end, True, None)
    assert states(work) == [("collected", end)] * 3 + [("submitted", factories.NOON)]
    assert AgreementRow.objects.filter(exercise=work).exists()


def test_done_once_it_is_done(work, three):
    run_out(work)
    deadlines_apply()
    before = Exercise.objects.values().get(), states(work)
    deadlines_apply()
    assert (Exercise.objects.values().get(), states(work)) == before


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase != Phase.OPEN])
def test_only_an_open_exercise_runs_out(work, phase):
    in_phase(work, phase)
    run_out(work)
    deadlines_apply()
    work.refresh_from_db()
    assert work.phase == phase


def test_what_is_not_due_costs_one_look(work):
    timer_set(exercise=work, minutes=5)
    with CaptureQueriesContext(connection) as asked:
        deadlines_apply()
    assert len(asked) == 1
    work.refresh_from_db()
    assert work.phase == Phase.OPEN


def test_extra_time_delays_only_its_own_reader(work, three):
    extra_time_add(exercise=work, member=three[1].member, seconds=600)
    end = run_out(work, 60)
    deadlines_apply()
    assert [state for state, _time in states(work)] == ["collected", "open", "collected", "submitted"]
    work.refresh_from_db()
    assert work.ends_at == end + timedelta(seconds=600)


def test_a_reader_with_extra_time_is_taken_in_at_the_own_end(work, three):
    extra_time_add(exercise=work, member=three[1].member, seconds=20)
    end = run_out(work, 60)
    deadlines_apply()
    assert states(work)[:3] == [("collected", end), ("collected", end + timedelta(seconds=20)), ("collected", end)]
    work.refresh_from_db()
    assert work.ends_at is None


def test_the_own_end_is_applied_later_too(work, three):
    extra_time_add(exercise=work, member=three[1].member, seconds=600)
    end = run_out(work, 60)
    deadlines_apply()
    Exercise.objects.update(closed_at=end - timedelta(seconds=600), ends_at=end)
    deadlines_apply()
    assert states(work)[1] == ("collected", end)


def test_a_reader_with_extra_time_may_still_begin(work):
    late, prompt = factories.reader(work.classroom), factories.reader(work.classroom)
    extra_time_add(exercise=work, member=late, seconds=600)
    run_out(work)
    deadlines_apply()
    article = work.articles.get()
    assert reading_start(exercise=work, article=article, member=late).state == "open"
    with pytest.raises(RuleError):
        reading_start(exercise=work, article=article, member=prompt)


def test_the_teachers_close_ends_all(work, three):
    extra_time_add(exercise=work, member=three[1].member, seconds=600)
    exercise_move(exercise=work, phase=Phase.CLOSED)
    assert [state for state, _time in states(work)] == ["collected"] * 3 + ["submitted"]
    with pytest.raises(RuleError) as refusal:
        extra_time_add(exercise=work, member=three[1].member, seconds=600)
    assert refusal.value.code == "too_late"
    assert Participation.objects.get().extra_seconds == 600


def test_extra_time_after_the_clock_counts_from_now_and_gives_the_work_back(work, three):
    run_out(work, 90)
    deadlines_apply()
    extra_time_add(exercise=work, member=three[0].member, seconds=300)
    three[0].refresh_from_db()
    assert three[0].state == "open"
    assert abs(left(work) - 300) <= 1
    add(three[0])
    assert not three[0].spans.get().is_late


@pytest.mark.parametrize("seconds", [0, -60, 4 * 3600 + 1])
def test_extra_time_has_a_sensible_length(work, three, seconds):
    with pytest.raises(RuleError):
        extra_time_add(exercise=work, member=three[0].member, seconds=seconds)
    assert not Participation.objects.exclude(extra_seconds=0).exists()


def test_more_time_asked_for_as_the_clock_ran_out_opens_it_again(work, three):
    run_out(work, 3)
    deadlines_apply()
    timer_extend(exercise=work, seconds=120)
    work.refresh_from_db()
    assert (work.phase, work.closed_by_clock) == (Phase.OPEN, False)
    assert abs(left(work) - 120) <= 1
    assert [state for state, _time in states(work)] == ["open"] * 3 + ["submitted"]


def test_long_after_it_ran_out_nothing_is_extended(work):
    run_out(work, 300)
    deadlines_apply()
    with pytest.raises(RuleError):
        timer_extend(exercise=work, seconds=120)


def test_opening_again_takes_an_ended_timer_away_and_keeps_one_that_runs(work):
    timer_set(exercise=work, minutes=5)
    exercise_move(exercise=work, phase=Phase.CLOSED)
    assert abs(left(exercise_move(exercise=work, phase=Phase.OPEN)) - 300) <= 1
    run_out(work, 300)
    deadlines_apply()
    assert exercise_move(exercise=work, phase=Phase.OPEN).ends_at is None


def test_a_homework_is_due_at_its_day_and_opens_only_before_it(work):
    in_phase(work, Phase.DRAFT)
    due = ago(-3600)
    due_set(exercise=work, due_at=due.replace(microsecond=1))
    opened = exercise_move(exercise=work, phase=Phase.OPEN)
    assert (opened.ends_at, opened.is_homework) == (due, True)
    in_phase(work, Phase.DRAFT)
    run_out(work)
    with pytest.raises(RuleError) as refusal:
        exercise_move(exercise=work, phase=Phase.OPEN)
    assert refusal.value.code == "is_over"


def test_a_due_date_is_at_most_two_years_away(work):
    due_set(exercise=work, due_at=ago(-730 * 24 * 3600))
    with pytest.raises(RuleError) as refusal:
        due_set(exercise=work, due_at=ago(-730 * 24 * 3600 - 60))
    assert refusal.value.code == "too_far"


def test_a_due_date_that_has_passed_is_refused(work):
    with pytest.raises(RuleError) as refusal:
        due_set(exercise=work, due_at=ago(1))
    assert refusal.value.code == "passed"
    due_set(exercise=work, due_at=None)
    work.refresh_from_db()
    assert (work.is_homework, work.ends_at) == (False, None)

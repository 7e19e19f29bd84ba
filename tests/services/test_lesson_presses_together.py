"""Two hands on one lesson at the same moment: each press is taken once, and never one that nobody meant."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotator.domain.errors import RuleError
from annotator.domain.lesson_walk import Stop
from annotator.models import Exercise, Participation
from annotator.services.lesson_presses import clock_press, extra_time_to
from annotator.services.lesson_walk import lesson_go
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work():
    factories.codebook()
    teacher = factories.teacher("marit")
    return factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase="draft")


def went(exercise, to, here):
    """A job that says how the press ended."""

    def job():
        try:
            lesson_go(exercise=exercise, to=to, here=here)
        except RuleError as error:
            return error.code
        return "gone"

    return job


def test_one_button_pressed_six_times_at_once_goes_one_step(work):
    lobby, first = Stop("draft", "lobby"), Stop("draft", "warm_up", 1)
    Exercise.objects.update(step="lobby")
    assert together([went(work, first, lobby)] * 6) == ["gone"] * 6
    work.refresh_from_db()
    assert work.stop == first


def test_of_two_ways_pressed_at_once_one_is_taken_and_the_other_told(work):
    lobby = Stop("draft", "lobby")
    Exercise.objects.update(step="lobby")
    answers = together([went(work, Stop("open"), lobby), went(work, Stop("draft"), lobby)])
    assert sorted(answers) == ["gone", "moved_on"]
    work.refresh_from_db()
    assert str(work.stop) == ("open" if answers[0] == "gone" else "draft")


def test_more_time_pressed_by_many_at_once_is_given_once(work):
    end = timezone.now().replace(microsecond=0) + timedelta(minutes=9)
    Exercise.objects.update(phase="open", ends_at=end)
    member = factories.reader(work.classroom)
    presses = [lambda: clock_press(exercise=work, press="longer", seen=int(end.timestamp()))] * 5
    extras = [lambda: extra_time_to(exercise=work, member=member, seconds=120)] * 5
    together([*presses, *extras])
    work.refresh_from_db()
    assert work.ends_at - end == timedelta(minutes=2)
    assert Participation.objects.get().extra_seconds == 120

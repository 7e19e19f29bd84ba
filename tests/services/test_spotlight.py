"""The passage on the wall: set once however often it is pressed, and never past what the presser saw."""

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Exercise, Phase, Step
from annotator.services.spotlight import NOWHERE, Spot, spot_of, spotlight_set
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Exercise:
    room = factories.classroom(factories.teacher())
    made = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.REVEALED)
    made.step = Step.DISCUSS
    made.save()
    return made


def put(work: Exercise, start: int, here: Spot) -> Spot:
    return spot_of(spotlight_set(exercise=work, article=work.articles.get(), start=start, here=here))


def refused(work: Exercise, start: int, here: Spot) -> str:
    with pytest.raises(RuleError) as refusal:
        put(work, start, here)
    return refusal.value.code


def test_it_goes_from_where_one_is_to_where_one_wants(work: Exercise) -> None:
    article = work.articles.get().pk
    assert spot_of(work) is None
    assert put(work, 28, None) == (article, 28)
    assert put(work, 148, (article, 28)) == (article, 148)


def test_pressed_twice_it_stays_where_the_first_press_led(work: Exercise) -> None:
    article = work.articles.get().pk
    put(work, 28, None)
    assert put(work, 28, None) == (article, 28)


@pytest.mark.parametrize("here", [None, NOWHERE])
def test_an_old_page_moves_nothing(work: Exercise, here: Spot) -> None:
    put(work, 28, None)
    assert refused(work, 148, here) == "moved_on"
    assert spot_of(Exercise.objects.get()) == (work.articles.get().pk, 28)


@pytest.mark.parametrize(
    ("phase", "step"), [(Phase.CLOSED, ""), (Phase.REVEALED, ""), (Phase.REVISING, ""), (Phase.WRAPPED_UP, "")]
)
def test_there_is_a_wall_only_while_the_lesson_goes_through_its_passages(work: Exercise, phase: str, step: str) -> None:
    Exercise.objects.update(phase=phase, step=step)
    assert refused(work, 28, None) == "not_now"


def test_what_is_not_in_the_exercise_is_refused(work: Exercise) -> None:
    assert refused(work, 5_000, None) == "not_there"
    with pytest.raises(RuleError, match="not in the exercise"):
        spotlight_set(exercise=work, article=factories.article(factories.teacher()), start=0, here=None)

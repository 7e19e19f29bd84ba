"""The matrix once more for the steps inside the reveal and the wrap-up; those before the opening are test_lobby's."""

import pytest

from annotator.models import Exercise, Phase, Step
from tests.security import rules, world
from tests.security.test_matrix import wrong_with
from tests.security.world import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S01"), pytest.mark.proves("S02")]


# The matrix itself stands at no step of the reveal, and at the exit question. Before that is asked, who has answered
# already may still change the answer, and the readers of the world have.
@pytest.mark.parametrize(("phase", "step"), [(Phase.REVEALED, Step.DISCUSS), (Phase.WRAPPED_UP, "")])
def test_a_step_opens_and_closes_no_address(phase: str, step: str) -> None:
    here = world.build(phase)
    Exercise.objects.filter(pk=here.exercise.pk).update(step=step)
    found = [line for rule in rules.PHASED for role in ROLES for line in wrong_with(rule, here, role)]
    assert found == []

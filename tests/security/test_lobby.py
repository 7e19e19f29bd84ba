"""The matrix once more for a draft whose class waits or warms up: its readers have the lesson's own page, no more."""

import pytest

from annotator.models import Exercise, Phase, Step
from tests.security import rules, world
from tests.security.expecting import Rule, only
from tests.security.test_matrix import wrong_with
from tests.security.world import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S01"), pytest.mark.proves("S02")]

MET = {"exercise", "lesson-now", "lesson-presence", "lesson-vote"}
PUPILS = ("reader", "classmate")


def waiting(rule: Rule, step: str) -> Rule:
    """The rule as it is in the waiting room and the warm-up."""
    if rule.name not in MET:
        return rule
    done = {"exercise": 200, "lesson-now": 200, "lesson-presence": 204, "lesson-vote": 422}
    answer = 200 if rule.name == "lesson-vote" and step == Step.WARM_UP else done[rule.name]
    if answer == 200 and rule.name == "lesson-vote":
        answer = 302
    seen = only(*PUPILS, ok=answer)

    def expected(role: str, phase: str) -> int:
        return seen(role, phase) if role in PUPILS else rule.expected(role, phase)

    return Rule(
        rule.name,
        rule.method,
        expected,
        someone="reader",
        data=rule.data,
        writes=rule.name != "lesson-vote" and rule.writes,
    )


@pytest.mark.parametrize("step", [Step.LOBBY, Step.WARM_UP])
def test_who_may_do_what_while_a_class_waits(step: str) -> None:
    here = world.build(Phase.DRAFT)
    Exercise.objects.filter(pk=here.exercise.pk).update(step=step)
    every = [waiting(rule, step) for rule in rules.PHASED if rule.name != "exercise-move"]
    found = [line for rule in every for role in ROLES for line in wrong_with(rule, here, role)]
    assert found == []

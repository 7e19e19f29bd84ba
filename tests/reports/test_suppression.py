"""The one decision about small numbers: a class hides them, a team does not."""

import pytest

from annotator.models import Classroom
from annotator.reports.suppression import may_show, parts_shown

CLASS, TEAM = Classroom.Kind.CLASS, Classroom.Kind.TEAM


@pytest.mark.parametrize(("kind", "readings", "expected"), [
    (CLASS, (5,), True), (CLASS, (4,), False), (CLASS, (28, 4), False), (CLASS, (), False), (TEAM, (2,), True),
])  # fmt: skip
def test_a_figure_over_few_readings_is_shown_to_teams_alone(kind: str, readings: tuple[int], expected: bool) -> None:
    assert may_show(kind, *readings) is expected


def test_a_class_hides_what_subtraction_would_tell_and_a_team_hides_nothing() -> None:
    assert parts_shown(CLASS, [20, 9, 4]) == (True, False, False)
    assert parts_shown(TEAM, [20, 9, 4, 0]) == (True, True, True, False)

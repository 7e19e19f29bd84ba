"""The one decision about small numbers: a class hides them, a team does not."""

import pytest

from annotator.models import Classroom
from annotator.reports.suppression import in_total, may_show, parts_shown

CLASS, TEAM = Classroom.Kind.CLASS, Classroom.Kind.TEAM


@pytest.mark.parametrize(("kind", "readings", "expected"), [
    (CLASS, (5,), True), (CLASS, (4,), False), (CLASS, (28, 4), False), (CLASS, (), False), (TEAM, (2,), True),
])  # fmt: skip
def test_a_figure_over_few_readings_is_shown_to_teams_alone(kind: str, readings: tuple[int], expected: bool) -> None:
    assert may_show(kind, *readings) is expected


def test_a_class_hides_what_subtraction_would_tell_and_a_team_hides_nothing() -> None:
    assert parts_shown(CLASS, [20, 9, 4]) == (True, False, False)
    assert parts_shown(TEAM, [20, 9, 4, 0]) == (True, True, True, False)


def people(first: int, number: int) -> range:
    """So many readers' ids."""
    return range(first, first + number)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([], ()),
        ([people(0, 5)], (True,)),
        ([people(0, 4)], (False,)),
        # Nine less the five that are shown by themselves would be the other four.
        ([people(0, 5), people(5, 4)], (True, False)),
        # Four and four are eight people, but the same four twice are four.
        ([people(0, 5), people(5, 4), people(9, 4)], (True, True, True)),
        ([people(0, 5), people(5, 4), people(5, 4)], (True, False, False)),
        ([people(0, 3), people(3, 3)], (True, True)),
        # Who read alone is compared with nobody: what is left of the total are the two.
        ([people(0, 6), people(6, 2), people(8, 1), people(9, 1), people(10, 1)], (True, *(False,) * 4)),
        ([people(0, 6), people(6, 2), *(people(each, 1) for each in range(8, 13))], (True, *(False,) * 6)),
        ([people(0, 6), people(6, 3), people(9, 2), people(11, 1)], (True,) * 4),
        # Where only such are left, their highlights are counted together, which five people hide.
        ([people(0, 6), *(people(each, 1) for each in range(6, 11))], (True,) * 6),
        ([people(0, 6), *(people(each, 1) for each in range(6, 10))], (True, *(False,) * 4)),
    ],
)
def test_a_total_counts_no_small_group_that_subtraction_would_tell(
    groups: list[range], expected: tuple[bool, ...]
) -> None:
    assert in_total(CLASS, groups) == expected
    assert in_total(TEAM, groups) == (True,) * len(groups)

"""Which groups may be shown, small ones and what subtraction would tell included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.suppression import FEWEST, shown

GROUPS = st.lists(st.integers(0, 30), max_size=8)


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([], ()),
        ([5], (True,)),
        ([4], (False,)),
        ([0], (False,)),
        # 24 in all less 20 would tell the figure of four.
        ([20, 4], (False, False)),
        ([20, 9, 4], (True, False, False)),
        # Two and three hidden together are five: what subtraction tells rests on five.
        ([20, 2, 3], (True, False, False)),
        ([20, 2, 2], (False, False, False)),
        ([20, 10, 2, 2], (True, False, False, False)),
        # Of two equal ones the first goes along.
        ([9, 9, 1], (False, True, False)),
        # An empty group has nothing that subtraction could tell.
        ([20, 9, 0], (True, True, False)),
    ],
)
def test_small_groups_and_what_would_tell_them_are_hidden(readings: list[int], expected: tuple[bool, ...]) -> None:
    assert shown(readings) == expected


def test_without_a_figure_over_all_nothing_more_is_hidden() -> None:
    assert shown([20, 9, 4], has_total=False) == (True, True, False)


@given(GROUPS, st.booleans())
def test_nothing_under_five_is_ever_shown(readings: list[int], has_total: bool) -> None:
    for number, is_shown in zip(readings, shown(readings, has_total=has_total), strict=True):
        assert not is_shown or number >= FEWEST


@given(GROUPS)
def test_what_is_hidden_is_nothing_or_at_least_five_readings_or_everything(readings: list[int]) -> None:
    found = shown(readings)
    hidden = sum(number for number, is_shown in zip(readings, found, strict=True) if not is_shown)
    assert hidden == 0 or hidden >= FEWEST or not any(found)


@given(GROUPS)
def test_no_more_is_hidden_than_subtraction_asks_for(readings: list[int]) -> None:
    found = shown(readings)
    along = [number for number, is_shown in zip(readings, found, strict=True) if not is_shown and number >= FEWEST]
    small = sum(number for number in readings if number < FEWEST)
    assert along == [] or (0 < small < FEWEST and along == [min(n for n in readings if n >= FEWEST)])


@given(GROUPS)
def test_the_order_of_groups_decides_nothing_but_ties(readings: list[int]) -> None:
    again = sorted(readings)
    by_size = sorted(number for number, is_shown in zip(readings, shown(readings), strict=True) if is_shown)
    assert by_size == sorted(number for number, is_shown in zip(again, shown(again), strict=True) if is_shown)

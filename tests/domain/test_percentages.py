"""Whole percentages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.percentages import whole_parts, whole_percentages


def test_the_largest_remainder_is_rounded_up() -> None:
    assert whole_percentages([41.4, 32.4, 26.2]) == (42, 32, 26)
    assert whole_percentages([1, 1, 1]) == (34, 33, 33)


@pytest.mark.parametrize("parts", [[0, 0, 0], [0.0], []])
def test_nothing_has_no_parts(parts: list[float]) -> None:
    assert whole_percentages(parts) == (0,) * len(parts)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=9).filter(any))
def test_they_add_up_to_a_hundred_and_are_less_than_one_off(parts: list[int]) -> None:
    found = whole_percentages(parts)
    assert sum(found) == 100
    assert all(abs(whole - 100 * part / sum(parts)) < 1 for whole, part in zip(found, parts, strict=True))


def test_parts_of_another_whole_add_up_to_it():
    assert whole_parts([1, 1, 1], 1000) == (334, 333, 333)
    assert whole_parts([0.0, 2.5, 97.5], 1000) == (0, 25, 975)
    assert whole_parts([0, 0], 1000) == (0, 0)

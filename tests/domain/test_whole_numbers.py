"""What counts as a whole number in an address."""

import pytest

from annotator.domain.whole_numbers import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("999", 999)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text, 3) == number


@pytest.mark.parametrize("text", ["", "1000", "-1", "+1", " 1", "1.0", "x", "²", "٣", "1_0"])
def test_anything_else_is_none(text: str) -> None:
    assert whole_number(text, 3) is None

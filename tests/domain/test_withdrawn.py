"""A masked text holds no word, and every offset in it still means the same place."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.offsets import nonspace_offsets, utf16_offsets
from annotator.domain.withdrawn import MASK, WIDE_MASK, masked


@given(st.text())
def test_offsets_of_every_kind_stay(text):
    left = masked(text)
    assert list(nonspace_offsets(left)) == list(nonspace_offsets(text))
    assert list(utf16_offsets(left)) == list(utf16_offsets(text))
    assert masked(left) == left


@given(st.text())
def test_nothing_of_the_text_is_left(text):
    assert {each for each in masked(text) if not each.isspace()} <= {MASK, WIDE_MASK}


def test_an_example():
    assert masked("Zoë, 7 🦜\n\nأ") == f"xxxx x {WIDE_MASK}\n\nx"

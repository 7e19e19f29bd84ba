"""Places counted in UTF-16 units and without white space, against Python's own encoder and split."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.offsets import nonspace_offsets, utf16_length, utf16_offsets

TEXTS = st.text(st.sampled_from("aé\u0301😀𝒜\u00a0 \n\u2009日\U0010ffff"), max_size=40)


@given(TEXTS)
def test_utf16_counts_as_the_encoder_does(text: str) -> None:
    expected = [len(text[:place].encode("utf-16-le")) // 2 for place in range(len(text) + 1)]
    assert list(utf16_offsets(text)) == expected
    assert utf16_length(text) == expected[-1]


@given(TEXTS)
def test_nonspace_counts_what_is_left_when_white_space_is_taken_out(text: str) -> None:
    expected = [len("".join(text[:place].split())) for place in range(len(text) + 1)]
    assert list(nonspace_offsets(text)) == expected

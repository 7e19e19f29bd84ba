"""Folding for search: what people type finds what is printed, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.folding import folded

ALIKE = [
    ("ÉCOLE", "ecole"),
    ("e\u0301cole", "école"),
    ("Straße", "STRASSE"),
    ("İstanbul", "istanbul"),
    ("НОВОСТИ ДНЯ", "новости дня"),
    ("ΕΦΗΜΕΡΙΔΑ της", "εφημερίδα ΤΗΣ"),
    ("Ｅａｓｔｑｕａｙ", "eastquay"),
    ("ﬁsh market", "fish market"),
    ("the council’s", "the council's"),
    ("“plan”", '"plan"'),
    ("the east–west line", "the east-west line"),
    ("air\u2011quality", "air-quality"),
    ("13\u00a0miles", "13 miles"),
    ("news\u00adpaper", "newspaper"),
    ("شُكْرًا", "شكرا"),
    ("שָׁלוֹם", "שלום"),
]
DIFFERENT = [("हिन्दी", "हनद"), ("ガス", "カス"), ("market", "markets"), ("1,5", "15")]


@pytest.mark.parametrize(("printed", "typed"), ALIKE, ids=[typed for _, typed in ALIKE])
def test_what_is_typed_is_what_is_printed(printed, typed):
    assert folded(printed) == folded(typed)


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=[one for one, _ in DIFFERENT])
def test_signs_that_make_another_word_stay(one, other):
    assert folded(one) != folded(other)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)

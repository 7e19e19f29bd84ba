"""Snapping: the table that the page's script is tested against too, and what holds for any text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.snapping import is_in_word, snap, words

CASES = json.loads((Path(__file__).parent.parent / "js" / "snap_cases.json").read_text(encoding="utf-8"))
TEXTS = st.text(alphabet="ab9 .,’-—(“”\n\u0301é", max_size=40)


@pytest.mark.parametrize("case", CASES, ids=[case["chosen"] for case in CASES])
def test_a_selection_snaps_as_the_table_says(case):
    text, chosen = case["text"], case["chosen"]
    assert text.count(chosen) == 1
    start = text.index(chosen)
    found = snap(text, start, start + len(chosen))
    assert (None if found is None else text[found[0] : found[1]]) == case["snapped"]


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_snapping_twice_is_snapping_once(text, one, two):
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    once = snap(text, start, end)
    assert once is None or snap(text, *once) == once


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_a_snapped_selection_cuts_no_word_and_holds_no_outer_space(text, one, two):
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    found = snap(text, start, end)
    if found is None:
        return
    left, right = found
    assert not text[left].isspace()
    assert not text[right - 1].isspace()
    assert left == 0 or not (is_in_word(text, left) and is_in_word(text, left - 1))


def test_words_keep_their_joiners_and_leave_punctuation():
    text = "“No,” said the council’s a.m. editor: 6.5 air-quality points."
    assert [text[left:right] for left, right in words(text, 0, len(text))] == [
        "No", "said", "the", "council’s", "a.m", "editor", "6.5", "air-quality", "points",
    ]  # fmt: skip


def test_only_words_that_begin_in_the_range_are_found():
    assert words("one two three", 2, 6) == [(2, 3), (4, 7)]

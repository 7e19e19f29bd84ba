"""Counting words: the table that the page's script is tested against too, and the minutes made of it."""

import json
from pathlib import Path

import pytest

from annotator.domain.word_count import minutes_to_mark, minutes_to_read, word_count

CASES = json.loads((Path(__file__).parent.parent / "js" / "word_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[ascii(case["text"]) for case in CASES])
def test_words_are_counted_as_the_table_says(case):
    assert word_count(case["text"]) == case["words"]


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (299, 1), (300, 2), (499, 2), (500, 3), (700, 4), (2000, 10)])
def test_reading_takes_whole_minutes_rounded_at_the_half(words, minutes):
    assert minutes_to_read(words) == minutes


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (35, 1), (52, 1), (53, 2), (700, 20)])
def test_marking_takes_longer_than_reading(words, minutes):
    assert minutes_to_mark(words) == minutes

"""Names and titles on one line."""

import pytest

from annotator.domain.names import one_line


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Class \n 9B\t", "Class 9B"),
        ("Class\x009B", "Class9B"),
        ("Class\x1b9B", "Class 9B"),
        ("\ufeffWeek 6", "Week 6"),
        ("Week\u20286", "Week 6"),
        ("👩\u200d👧 fair", "👩\u200d👧 fair"),
        ("محمد", "محمد"),
        ("\u200b\u2060", ""),
        ("\u202e", ""),
        (" \n", ""),
    ],
)
def test_a_name_fits_one_line_and_can_be_seen(typed, name):
    assert one_line(typed) == name

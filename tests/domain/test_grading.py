"""Points, by hand."""

import pytest

from annotator.domain.grading import as_written, points, status_of_all


@pytest.mark.parametrize(
    ("statuses", "word"),
    [
        (["submitted", "submitted"], "submitted"),
        (["not_started", "not_started"], "not_started"),
        (["submitted", "open"], "open"),
        (["submitted", "not_started"], "collected"),
        (["submitted", "collected"], "collected"),
        (["collected", "not_started"], "collected"),
        (["open"], "open"),
    ],
)
def test_one_word_stands_for_all_articles(statuses, word):
    assert status_of_all(statuses) == word


@pytest.mark.parametrize(
    ("given", "earned"),
    [
        # Ten points, none for the key.
        ({"for_key": 0, "handed_in": 1, "assigned": 1, "key_f1": 0.2, "has_key": True}, 10),
        ({"for_key": 0, "handed_in": 1, "assigned": 3, "key_f1": None, "has_key": False}, 10 / 3),
        # Four of ten for the key: 6 for handing in and half of 4.
        ({"for_key": 4, "handed_in": 1, "assigned": 1, "key_f1": 0.5, "has_key": True}, 8),
        # Collected and not handed in: the key's share alone.
        ({"for_key": 4, "handed_in": 0, "assigned": 1, "key_f1": 0.5, "has_key": True}, 2),
        ({"for_key": 4, "handed_in": 0, "assigned": 1, "key_f1": None, "has_key": True}, 0),
        # Without a key there is nothing to match.
        ({"for_key": 4, "handed_in": 1, "assigned": 1, "key_f1": None, "has_key": False}, 10),
        ({"for_key": 4, "handed_in": 0, "assigned": 0, "key_f1": None, "has_key": False}, 0),
    ],
)
def test_points_are_for_handing_in_and_for_the_key(given, earned):
    assert points(most=10, **given) == pytest.approx(earned)


@pytest.mark.parametrize(("value", "text"), [(10.0, "10"), (8.5, "8.5"), (10 / 3, "3.33"), (0.0, "0"), (100.0, "100")])
def test_points_are_written_short(value, text):
    assert as_written(value) == text

"""The readers' mean match with the key: by hand, and its interval over sentences."""

import numpy as np
import pytest

from annotator.domain.agreement.key_match import match_interval, mean_match
from annotator.domain.errors import NotEnoughData


def tables(*rows: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sentences of readers of (both, own, key)."""
    both, own, key = np.array(rows, dtype=np.int64).transpose(2, 0, 1)
    return both, own, key


def test_the_mean_is_that_of_the_readers_each_over_all_sentences() -> None:
    # One reader 2 * 8 / (12 + 10), the other 2 * 3 / (3 + 10).
    found = mean_match(*tables([(8, 10, 8), (3, 3, 8)], [(0, 2, 2), (0, 0, 2)]))
    assert found == pytest.approx((16 / 22 + 6 / 13) / 2)


def test_a_reader_of_another_text_is_left_out() -> None:
    assert mean_match(*tables([(4, 4, 4), (0, 0, 0)])) == 1


def test_without_a_mark_on_either_side_there_is_no_match() -> None:
    with pytest.raises(NotEnoughData):
        mean_match(*tables([(0, 0, 0)]))


def test_under_five_sentences_there_is_no_interval() -> None:
    with pytest.raises(NotEnoughData):
        match_interval(*tables(*[[(4, 4, 4)]] * 4))


def test_the_interval_holds_the_mean_and_stays_the_same() -> None:
    rows = [[(n % 3, 3, 3), (n % 2, 2, 3)] for n in range(12)]
    low, high = match_interval(*tables(*rows))
    assert 0 <= low < mean_match(*tables(*rows)) < high <= 1
    assert (low, high) == match_interval(*tables(*rows))


def test_the_same_everywhere_has_no_width() -> None:
    assert match_interval(*tables(*[[(4, 4, 4)]] * 6)) == (1, 1)

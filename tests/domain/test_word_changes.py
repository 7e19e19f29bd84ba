"""What changed between two wordings."""

from annotator.domain.word_changes import Words, word_changes


def test_words_that_came_and_went_stand_in_their_places() -> None:
    assert word_changes("small obvious facts", "small facts nobody doubts") == (
        Words("same", "small"), Words("removed", "obvious"), Words("same", "facts"), Words("added", "nobody doubts"),
    )  # fmt: skip


def test_the_same_wording_has_no_change_and_a_new_one_is_all_new() -> None:
    assert word_changes("a b", "a  b") == (Words("same", "a b"),)
    assert word_changes("", "a b") == (Words("added", "a b"),)
    assert word_changes("a b", "") == (Words("removed", "a b"),)
    assert word_changes("", "") == ()

"""Lines that every printer breaks alike: they make up the text, keep to their columns, and cut no letter."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.lines import COLUMNS, lines, width

TEXTS = st.text(alphabet="aé \n漢e\u0301👩\u200d🚀-", max_size=300)


def shown(text: str, columns: int) -> list[str]:
    """The lines' own words."""
    return [text[start:end] for start, end in lines(text, columns)]


def test_a_line_is_broken_at_the_last_blank_that_fits() -> None:
    assert shown("The ferry sails twice a day", 10) == ["The ferry ", "sails ", "twice a ", "day"]


def test_a_line_may_be_exactly_full() -> None:
    assert shown("The ferry. It sails", 10) == ["The ferry. ", "It sails"]


def test_a_line_break_of_the_text_stays_one() -> None:
    assert shown("One\nTwo three", 20) == ["One\n", "Two three"]


def test_a_word_longer_than_a_line_is_cut_but_never_between_a_letter_and_its_mark() -> None:
    assert shown("abcdefgh", 3) == ["abc", "def", "gh"]
    assert shown("abe\u0301cd", 3) == ["abe\u0301", "cd"]


def test_wide_letters_take_two_columns() -> None:
    assert shown("漢字漢字", 4) == ["漢字", "漢字"]


def test_no_text_is_one_empty_line() -> None:
    assert lines("") == [(0, 0)]


@given(TEXTS, st.integers(2, 20))
def test_the_lines_are_the_text_and_each_keeps_to_its_columns(text: str, columns: int) -> None:
    found = shown(text, columns)
    assert "".join(found) == text
    assert all(sum(map(width, line.rstrip())) <= columns for line in found)
    assert all("\n" not in line[:-1] for line in found)


def test_the_usual_line_has_72_columns() -> None:
    assert COLUMNS == 72
    assert [len(line) for line in shown("ab " * 60, COLUMNS)] == [72, 72, 36]

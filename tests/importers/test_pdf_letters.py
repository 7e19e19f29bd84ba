"""Letters of a PDF: lines from right to left in the order of reading, and signs as the letters they stand for."""

import pytest

from annotator.importers.pdf_letters import is_leftward, leftward, spelled


def test_runs_from_right_to_left_are_put_into_the_order_of_reading():
    # As a browser prints it: figures and names stand between the Hebrew runs, each with its left edge.
    runs = [(52, " כתרים. אילזה"), (124, "1,200"), (159, " תמורת"), (200, "Riverline"), (253, "מועצת העיר של")]
    assert leftward(runs) == "מועצת העיר של Riverline תמורת 1,200 כתרים. אילזה"


def test_a_foreign_name_of_two_runs_keeps_its_order():
    assert leftward([(10, "בא"), (50, "Ilse"), (90, "Varga"), (150, "היום")]) == "היום Ilse Varga בא"


def test_brackets_stored_as_they_look_are_turned_and_right_ones_stay():
    assert leftward([(10, ")ליلة( אחת")]) == "(ליلة) אחת"
    assert leftward([(10, "אחת (שתיים) שלוש")]) == "אחת (שתיים) שלוש"


def test_a_line_runs_the_way_most_of_its_letters_do():
    assert is_leftward("حَبيبي abc")
    assert not is_leftward("habibi means حب here")
    assert not is_leftward("1,200")


@pytest.mark.parametrize(
    ("sign", "letters"),
    [("ﬁlled", "filled"), ("eﬃcient", "efficient"), ("ﻻ", "لا"), ("ﻣﺪﻳﻨﺔ", "مدينة"), ("½ ² Å", "½ ² Å")],
)
def test_shapes_are_spelled_and_other_signs_stay(sign, letters):
    assert spelled(sign) == letters

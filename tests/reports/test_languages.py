"""The languages of articles by name: every tag a page may carry gets one, and the screen's own is not repeated."""

import pytest
from django.utils import translation

from annotator.reports.languages import foreign_name, language_choices, language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("pt-BR", "Portuguese"),
        ("ZH-hant-TW", "Chinese"),
        ("so", "Somali"),
        ("x-new", "x-new"),
        ("", ""),
    ],
)
def test_a_tag_has_the_name_of_its_language_or_stands_for_itself(code, name):
    assert language_name(code) == name


def test_the_language_of_the_screen_goes_without_saying():
    assert (foreign_name("en-GB"), foreign_name("fr"), foreign_name("")) == ("", "French", "")
    with translation.override("fr"):
        assert (foreign_name("fr-CA"), foreign_name("en")) == ("", "Anglais")


def test_the_choices_begin_with_not_known_and_the_screens_own_language():
    choices = language_choices()
    assert choices[:2] == [("", "Not known"), ("en", "English")]
    names = [name.casefold() for _, name in choices[2:]]
    assert names == sorted(names)
    assert {"ar", "zh", "am", "fr"} <= {code for code, _ in choices}


def test_a_stored_tag_that_is_no_choice_yet_becomes_one():
    assert language_choices("pt-BR")[-1] == ("pt-BR", "Portuguese (pt-BR)")
    assert language_choices("x-new")[-1] == ("x-new", "x-new")
    assert language_choices("fr") == language_choices()

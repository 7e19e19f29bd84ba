"""Cards by the page in a reading with very many highlights, and all at once in any other."""

from types import SimpleNamespace
from typing import Any

import pytest

from annotator.reports.card_pages import card_pages


def cards(count: int) -> Any:
    """So many cards, of which only the number matters here."""
    return [SimpleNamespace(number=1000 + place) for place in range(count)]


def test_four_hundred_are_shown_at_once() -> None:
    pages = card_pages(cards(400), "")
    assert (len(pages.before), len(pages.shown), len(pages.after)) == (0, 400, 0)
    assert not pages.is_many
    assert pages.numbers is None


@pytest.mark.parametrize(
    ("asked", "before", "shown", "after", "previous", "following"),
    [
        ("", 0, 100, 350, 0, 2),
        ("1", 0, 100, 350, 0, 2),
        ("2", 100, 100, 250, 1, 3),
        ("5", 400, 50, 0, 4, 0),
        ("99", 400, 50, 0, 4, 0),
        ("0", 0, 100, 350, 0, 2),
        ("-1", 0, 100, 350, 0, 2),
        ("²", 0, 100, 350, 0, 2),
        ("1234567890", 0, 100, 350, 0, 2),
    ],
)
def test_more_are_shown_by_the_hundred(
    asked: str, before: int, shown: int, after: int, previous: int, following: int
) -> None:
    pages = card_pages(cards(450), asked)
    assert (len(pages.before), len(pages.shown), len(pages.after)) == (before, shown, after)
    assert (pages.previous, pages.following, pages.is_many) == (previous, following, True)
    assert (pages.first, pages.last) == (before + 1, before + shown)
    assert pages.numbers == {1000 + place for place in range(before, before + shown)}


def test_the_page_of_the_opened_highlight_is_shown() -> None:
    pages = card_pages(cards(450), "", opened=1000 + 250)
    assert 1250 in {card.number for card in pages.shown}
    assert pages.number == 3

"""Undo past the end of a reading: what was changed too late is taken back, and no late highlight stays behind."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Phase, User
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import ReadingScreen, claimed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def screen(page: Page, sign_in: Callable[[User], None], watch: Watch) -> ReadingScreen:
    """A reader whose one claim counts, on a page that was open at the reveal."""
    made = claimed(page, sign_in, watch)
    made.moved_on(Phase.CLOSED, Phase.REVEALED)
    expect(page.locator("#lesson")).to_be_visible()
    return made


def retag(screen: ReadingScreen) -> None:
    """Open the claim, and call it an attribution."""
    screen.click("Some 900 visitors")
    expect(screen.open_card).to_be_visible()
    screen.press("2")


def standing(screen: ReadingScreen) -> list[tuple[str, bool]]:
    return sorted(screen.rows().values_list("label__slug", "is_late"))


def only_the_claim_is_back(screen: ReadingScreen) -> None:
    """With the connection comes what the page has shown without."""
    screen.page.context.set_offline(False)
    screen.saved(1).check_text()
    expect(screen.cards).to_have_count(1)
    assert standing(screen) == [("claim", False)]


def test_an_undone_late_tag_leaves_no_late_highlight_and_is_redone(screen: ReadingScreen) -> None:
    late = screen.cards.filter(has_text="late, does not count")
    retag(screen)
    expect(late).to_have_count(1)
    assert standing(screen) == [("attribution", True), ("claim", False)]
    for _ in range(2):
        screen.undo()
        expect(late).to_have_count(0)
        screen.saved(1).check_text()
        assert standing(screen) == [("claim", False)]
        screen.redo()
        expect(late).to_have_count(1)
        screen.saved(2).check_text()
        assert standing(screen) == [("attribution", True), ("claim", False)]


def test_offline_it_is_gone_at_once_even_where_it_was_never_seen(screen: ReadingScreen) -> None:
    late = screen.cards.filter(has_text="late, does not count")
    retag(screen)
    expect(late).to_have_count(1)
    screen.page.context.set_offline(True)
    screen.undo()
    expect(late).to_have_count(0)
    screen.redo()
    screen.undo()
    only_the_claim_is_back(screen)
    screen.page.context.set_offline(True)
    retag(screen)
    screen.undo()
    only_the_claim_is_back(screen)

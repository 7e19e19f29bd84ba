"""The frame of every page: the account menu, the choice of colours, the way past the bar."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Reading, User
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
DARK_PAGE = "rgb(23, 22, 20)"
LIGHT_PAGE = "rgb(252, 250, 245)"


@pytest.fixture
def reading() -> Reading:
    """One open reading."""
    teacher = factories.teacher("marit")
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher)])
    return factories.reading(work, factories.reader(room, "amber"))


@pytest.fixture
def signed_in(page: Page, reading: Reading, sign_in: Callable[[User], None]) -> Page:
    """The reading's page, by sentence, as its reader sees it."""
    sign_in(reading.member.user)
    page.emulate_media(color_scheme="light")
    page.goto(f"/readings/{reading.uuid}/sentences/")
    return page


def ground(page: Page) -> str:
    """The colour of the page behind everything."""
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_the_chosen_colours_stay_and_can_be_given_back(signed_in: Page) -> None:
    assert ground(signed_in) == LIGHT_PAGE
    signed_in.get_by_role("button", name="is this you?").click()
    signed_in.get_by_label("Dark").check()
    assert ground(signed_in) == DARK_PAGE
    signed_in.reload()
    assert ground(signed_in) == DARK_PAGE
    signed_in.get_by_role("button", name="is this you?").click()
    signed_in.get_by_label("System").check()
    signed_in.reload()
    assert ground(signed_in) == LIGHT_PAGE


def test_the_menu_opens_from_the_keyboard_and_closes_with_escape(signed_in: Page) -> None:
    signed_in.get_by_role("button", name="is this you?").press("Enter")
    expect(signed_in.get_by_role("button", name="Leave this computer")).to_be_visible()
    signed_in.keyboard.press("Escape")
    expect(signed_in.get_by_role("button", name="Leave this computer")).to_be_hidden()


def test_the_first_tab_stop_leads_past_the_bar(signed_in: Page) -> None:
    signed_in.keyboard.press("Tab")
    expect(signed_in.get_by_role("link", name="Skip to the page")).to_be_focused()
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator("#sentences")).to_be_focused()


@pytest.mark.parametrize("width", [320, 390, 1024, 1280])
def test_an_error_page_never_scrolls_sideways(page: Page, width: int, watch: object) -> None:
    watch.allowed.append("404")  # type: ignore[attr-defined]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/nowhere/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width

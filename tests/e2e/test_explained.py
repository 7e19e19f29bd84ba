"""`Agreement, explained` in a browser: reached by keyboard, on small screens, in the light and in the dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import User
from tests import factories
from tests.e2e.axe import barriers_in_both

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed_in(page: Page, sign_in: Callable[[User], None]) -> Page:
    """A reader's browser."""
    sign_in(factories.user("amber"))
    return page


def test_the_account_menu_leads_to_it_from_the_keyboard(signed_in: Page) -> None:
    signed_in.goto("/")
    signed_in.get_by_role("button", name="is this you?").press("Enter")
    signed_in.get_by_role("link", name="Agreement, explained").press("Enter")
    expect(signed_in.get_by_role("heading", level=1)).to_have_text("Agreement, explained")


@pytest.mark.parametrize("width", [320, 390, 1024, 1280])
def test_it_fits_every_screen_and_axe_finds_nothing(signed_in: Page, width: int) -> None:
    signed_in.set_viewport_size({"width": width, "height": 800})
    signed_in.goto("/agreement/")
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers_in_both(signed_in) == []


def test_the_drawing_of_the_runs_gives_way_to_its_table_on_a_phone(signed_in: Page) -> None:
    signed_in.set_viewport_size({"width": 1280, "height": 800})
    signed_in.goto("/agreement/")
    drawing = signed_in.get_by_role("img", name="The sentence cut into six runs")
    expect(drawing).to_be_visible()
    signed_in.set_viewport_size({"width": 390, "height": 800})
    expect(drawing).to_be_hidden()
    expect(signed_in.get_by_role("row", name="bungled 7 claim opinion other tag")).to_be_visible()

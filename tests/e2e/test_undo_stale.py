"""Undo on a page that does not know what another device has done meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import User
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import ReadingScreen, claimed
from tests.services.saving import apply, operation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def screen(page: Page, sign_in: Callable[[User], None], watch: Watch) -> ReadingScreen:
    """A reader whose one highlight is open here, and was deleted on the phone."""
    made = claimed(page, sign_in, watch)
    made.click("Some 900 visitors")
    expect(made.open_card).to_be_visible()
    apply(made.reading, operation(made.reading, "delete", made.rows().get().uuid))
    return made


@pytest.mark.parametrize("is_offline", [False, True])
def test_what_two_devices_deleted_is_brought_back_by_the_second(screen: ReadingScreen, *, is_offline: bool) -> None:
    screen.page.context.set_offline(is_offline)
    screen.press("Delete")
    if not is_offline:
        screen.saved(0)
    screen.page.locator("#toast").get_by_role("button", name="Undo").click()
    screen.page.context.set_offline(False)
    screen.saved(1).check_text()
    expect(screen.cards).to_have_count(1)
    assert screen.quotes() == [("Some 900 visitors", "claim")]
    screen.redo()
    screen.saved(0)
    assert screen.quotes() == []

"""The annotate screen on a phone, by finger; and its looks for everyone: contrast, names, no overflow."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotator.models import Phase, User
from annotator.services.exercises import exercise_move
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import ReadingScreen, desk

SignIn = Callable[[User], None]
# Selects as the system's own handles do: the page hears of it by selectionchange alone.
SELECT = """([id, start, end]) => {
  const block = document.getElementById(id);
  const node = [...block.childNodes].find((each) => each.nodeType === Node.TEXT_NODE);
  getSelection().setBaseAndExtent(node, start, node, end);
}"""


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, watch: Watch) -> Iterator[BrowserContext]:
    """A phone."""
    made = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    made.set_default_timeout(10_000)
    made.on("page", watch.follow)
    yield made
    made.close()


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader with a phone."""
    return desk(page, sign_in)


def select(screen: ReadingScreen, block: str, start: int, end: int) -> None:
    """Touch the text, then let the system select."""
    screen.page.locator(f"#{block}").tap(position={"x": 200, "y": 8})
    screen.page.evaluate(SELECT, [block, start, end])


def test_words_chosen_by_finger_are_tagged_in_the_sheet(screen: ReadingScreen) -> None:
    select(screen, "b3", 7, 15)
    sheet = screen.page.get_by_role("region", name="Tag selection")
    expect(sheet).to_contain_text("“the best”")
    expect(screen.popover).to_be_hidden()
    for button in sheet.get_by_role("button").all():
        if button.is_visible():
            assert screen.box(button)["height"] >= 44
    sheet.get_by_role("button", name="End one word later").tap()
    expect(sheet).to_contain_text("“the best evening”")
    sheet.get_by_role("button", name="Start one word later").tap()
    expect(sheet).to_contain_text("“best evening”")
    sheet.get_by_role("button", name="Opinion").tap()
    expect(sheet).to_be_hidden()
    screen.saved(1).check_text()
    assert screen.quotes() == [("best evening", "opinion")]


def test_a_tapped_highlight_has_its_tools_in_the_sheet(screen: ReadingScreen) -> None:
    select(screen, "b3", 7, 15)
    sheet = screen.page.get_by_role("region", name="Tag selection")
    sheet.get_by_role("button", name="Opinion").tap()
    screen.saved(1)
    before = screen.page.evaluate("scrollY")
    screen.page.locator("mark").tap()
    expect(sheet.get_by_role("button", name="Opinion")).to_have_attribute("aria-pressed", "true")
    assert screen.page.evaluate("scrollY") == before
    sheet.get_by_role("button", name="Claim").tap()
    sheet.get_by_role("button", name="End one word later").tap()
    screen.saved(1)
    assert screen.quotes() == [("the best evening", "claim")]
    sheet.get_by_role("button", name="Note").tap()
    screen.open_card.get_by_label("Note").fill("Says who?")
    screen.page.locator("#b1").tap()
    screen.saved(1)
    assert screen.rows().get().note == "Says who?"
    screen.page.locator("mark").tap()
    sheet.get_by_role("button", name="Delete").tap()
    screen.saved(0)
    expect(sheet).to_be_hidden()


def test_the_page_is_no_wider_than_the_window(screen: ReadingScreen) -> None:
    for width in (320, 390, 1024, 1280):
        screen.page.set_viewport_size({"width": width, "height": 800})
        assert screen.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(screen: ReadingScreen, scheme: str) -> None:
    screen.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    screen.page.set_viewport_size({"width": 1280, "height": 800})
    screen.page.locator("#text").focus()
    screen.press("ArrowDown", "1", "ArrowDown", "3", "ArrowDown", "2", "P")
    screen.saved(3)
    screen.press("Enter")
    found = []
    for width in (1280, 390):
        screen.page.set_viewport_size({"width": width, "height": 800})
        found += [violation["id"] for violation in Axe().run(screen.page).response["violations"]]
    assert found == []


def test_a_long_word_from_the_page_stands_whole_in_a_phones_window(screen: ReadingScreen) -> None:
    exercise_move(exercise=screen.reading.exercise, phase=Phase.CLOSED)
    exercise_move(exercise=screen.reading.exercise, phase=Phase.REVEALED)
    select(screen, "b3", 7, 15)
    screen.page.get_by_role("region", name="Tag selection").get_by_role("button", name="Opinion").tap()
    toast = screen.page.locator("#toast")
    expect(toast).to_contain_text("It is kept, but does not count.")
    place = screen.box(toast)
    assert place["left"] >= 0
    assert place["right"] <= 390
    assert toast.evaluate("(toast) => toast.scrollWidth <= toast.clientWidth")

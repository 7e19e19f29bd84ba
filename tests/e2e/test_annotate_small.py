"""The annotate screen on a phone, by finger; and its looks for everyone: contrast, names, no overflow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Phase, User
from annotator.services.exercises import exercise_move
from tests.e2e.axe import barriers_in_both
from tests.e2e.conftest import Watch
from tests.e2e.phone import SELECT, context
from tests.e2e.reading_screen import OPERATIONS, ReadingScreen, desk

# pytest finds a fixture by its name here.
__all__ = ["context"]

SignIn = Callable[[User], None]


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


def test_nobody_is_shut_out(screen: ReadingScreen) -> None:
    screen.page.set_viewport_size({"width": 1280, "height": 800})
    screen.page.locator("#text").focus()
    screen.press("ArrowDown", "1", "ArrowDown", "3", "ArrowDown", "2", "P")
    screen.saved(3)
    screen.press("Enter")
    found = []
    for width in (1280, 390):
        screen.page.set_viewport_size({"width": width, "height": 800})
        found += barriers_in_both(screen.page)
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


def test_the_bar_stays_one_line_while_changes_wait_and_leaves_the_tags_in_sight(
    screen: ReadingScreen, watch: Watch
) -> None:
    watch.allowed.append("ERR_FAILED")
    page = screen.page
    page.route(OPERATIONS, lambda route: route.abort())
    page.locator("#text").focus()
    screen.press("PageDown", "1")
    expect(page.get_by_role("button", name="1 waiting on this device", exact=True)).to_be_visible()
    bar, legend = page.locator(".bar"), page.locator("#legend")
    for width in (390, 375, 360, 320):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate("scrollTo(0, 500)")
        assert (screen.box(bar)["height"] < 60) is (width > 350)
        assert abs(screen.box(bar)["bottom"] - screen.box(legend)["top"]) <= 1
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1280, 1150, 1024, 1001])
def test_counts_of_three_digits_stand_beside_the_total_and_not_under_it(
    screen_of: Callable[..., Page], screen: ReadingScreen, width: int
) -> None:
    page = screen_of(screen.reading.member.user.username, viewport={"width": width, "height": 600})
    page.goto(f"/readings/{screen.reading.uuid}/")
    page.evaluate("for (const count of document.querySelectorAll('#legend .count, #total')) count.textContent = '188'")
    means = page.get_by_role("button", name="What the tags mean").first.bounding_box()
    total = page.locator("#total").bounding_box()
    assert means
    assert total
    assert means["x"] + means["width"] <= total["x"]

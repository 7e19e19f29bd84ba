"""What the tags mean, one key or tap away, and the first steps that get out of the way for good."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from annotator.models import User
from tests import factories
from tests.e2e.axe import barriers_in_both
from tests.e2e.phone import PHONE
from tests.e2e.reading_screen import ReadingScreen, desk


@pytest.fixture
def screen(page: Page, sign_in: Callable[[User], None]) -> ReadingScreen:
    """A reader's first article."""
    return desk(page, sign_in)


def panel(page: Page) -> Locator:
    """The meanings."""
    return page.get_by_role("dialog", name="What the tags mean")


def test_a_key_tells_what_a_tag_means_and_escape_leads_back(screen: ReadingScreen) -> None:
    text = screen.page.locator("#text")
    text.focus()
    screen.press("Shift+Digit3")
    shown = panel(screen.page)
    expect(shown.get_by_role("heading", name="Opinion")).to_be_visible()
    expect(shown.get_by_text("Is this the writer’s own judgement?")).to_be_visible()
    expect(shown.get_by_role("heading", name="Claim")).to_be_hidden()
    expect(shown.get_by_role("heading", name="What the tags mean")).to_be_focused()
    expect(shown.get_by_text("Otherwise leave it blank.")).to_be_visible()
    screen.press("Escape")
    expect(shown).to_be_hidden()
    expect(text).to_be_focused()


def test_d_means_the_open_highlights_tag_and_marking_goes_on_beside_it(screen: ReadingScreen) -> None:
    screen.mark("900 visitors", "Boilerplate")
    screen.click("900 visitors")
    screen.page.locator("#text").focus()
    screen.press("d")
    expect(panel(screen.page).get_by_role("heading", name="Boilerplate")).to_be_visible()
    panel(screen.page).get_by_role("link", name="Attribution").click()
    expect(panel(screen.page).get_by_text("Says who?")).to_be_visible()
    screen.mark("the council said", "Attribution")
    expect(panel(screen.page)).to_be_visible()
    screen.saved(2)


def test_a_tag_held_down_tells_and_tags_nothing(screen: ReadingScreen) -> None:
    screen.drag("best evening")
    button = screen.popover.get_by_role("button", name="Claim")
    place = screen.box(button)
    screen.page.mouse.move(place["x"] + 10, place["y"] + 10)
    screen.page.mouse.down()
    expect(panel(screen.page).get_by_role("heading", name="Claim")).to_be_visible()
    screen.page.mouse.up()
    expect(screen.cards).to_have_count(0)
    panel(screen.page).get_by_role("link", name="Attribution").click()
    panel(screen.page).get_by_role("button", name="Close").click()
    expect(panel(screen.page)).to_be_hidden()
    # What was chosen waits for its tag.
    screen.tag("Opinion")
    screen.saved(1)
    assert screen.quotes() == [("best evening", "opinion")]


def test_on_a_phone_a_tag_without_words_tells_what_it_means(
    screen: ReadingScreen, screen_of: Callable[..., Page]
) -> None:
    phone = screen_of(screen.reading.member.user.username, **PHONE)
    small = ReadingScreen(phone, screen.reading).open()
    phone.locator("#legend").get_by_role("button", name="Opinion").tap()
    expect(panel(phone).get_by_role("heading", name="Opinion")).to_be_visible()
    assert small.box(panel(phone))["width"] <= 390
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_bars_the_way_to_the_meanings(screen: ReadingScreen) -> None:
    screen.page.locator("#legend").get_by_role("button", name="What the tags mean").click()
    expect(panel(screen.page)).to_be_visible()
    assert barriers_in_both(screen.page) == []


def test_without_a_script_the_button_opens_all_of_them(screen: ReadingScreen, screen_of: Callable[..., Page]) -> None:
    plain = screen_of(screen.reading.member.user.username, java_script_enabled=False)
    for address in ("", "sentences/"):
        plain.goto(f"/readings/{screen.reading.uuid}/{address}")
        plain.get_by_role("button", name="What the tags mean").first.click()
        for name in ("Claim", "Attribution", "Opinion", "Boilerplate"):
            expect(panel(plain).get_by_role("heading", name=name)).to_be_attached()
        plain.get_by_role("button", name="Close the tags’ meanings").click()
        expect(panel(plain)).to_be_hidden()


def steps(page: Page) -> Locator:
    """The first steps."""
    return page.get_by_text("Choose some words")


def test_the_first_steps_go_with_escape_for_good_and_come_again_from_the_help(screen: ReadingScreen) -> None:
    expect(steps(screen.page)).to_be_visible()
    screen.page.locator("#text").focus()
    screen.press("Escape")
    expect(steps(screen.page)).to_be_hidden()
    screen.open()
    expect(steps(screen.page)).to_be_hidden()
    screen.page.get_by_role("button", name="Keyboard help").click()
    screen.page.get_by_role("button", name="Show the first steps").click()
    expect(steps(screen.page)).to_be_visible()
    screen.page.get_by_role("button", name="Got it").click()
    expect(steps(screen.page)).to_be_hidden()


def test_the_next_reader_at_the_same_computer_is_shown_them(
    screen: ReadingScreen, sign_in: Callable[[User], None]
) -> None:
    screen.page.get_by_role("button", name="Got it").click()
    other = factories.reader(screen.reading.exercise.classroom)
    sign_in(other.user)
    ReadingScreen(screen.page, factories.reading(screen.reading.exercise, other)).open()
    expect(steps(screen.page)).to_be_visible()


def test_on_a_phone_they_follow_what_the_reader_does_and_never_stand_in_the_way(
    screen: ReadingScreen, screen_of: Callable[..., Page]
) -> None:
    phone = screen_of(screen.reading.member.user.username, **PHONE)
    ReadingScreen(phone, screen.reading).open()
    expect(steps(phone)).to_be_in_viewport()
    expect(phone.get_by_text("That is all.")).to_be_hidden()
    factories.span(screen.reading, 28, 40)
    ReadingScreen(phone, screen.reading).open()
    expect(steps(phone)).to_be_hidden()


def test_on_a_phone_on_its_side_the_last_step_gives_way_to_the_first_card(
    screen: ReadingScreen, screen_of: Callable[..., Page]
) -> None:
    phone = ReadingScreen(screen_of(screen.reading.member.user.username, **PHONE), screen.reading).open()
    phone.page.locator("#text").focus()
    phone.press("1")
    expect(phone.page.get_by_text("That is all.")).to_be_visible()
    phone.page.set_viewport_size({"width": 844, "height": 390})
    expect(phone.cards).to_have_count(1)
    expect(steps(phone.page)).to_be_hidden()
    phone.page.set_viewport_size({"width": 390, "height": 844})
    expect(phone.page.get_by_text("That is all.")).to_be_visible()

"""The history beside the text: read, gone back in, closed; by keyboard, on a phone, without a script, handed in."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from annotator.models import Reading, ReadingState, SpanOperation, User
from tests import factories
from tests.e2e.axe import barriers_in_both
from tests.e2e.conftest import Watch
from tests.e2e.phone import PHONE
from tests.e2e.reading_screen import OPERATIONS, ReadingScreen, desk
from tests.services.saving import add, apply, operation


@pytest.fixture
def screen(page: Page, sign_in: Callable[[User], None]) -> ReadingScreen:
    """A reader with a claim, an opinion made of it, and a second highlight that was deleted."""
    found = desk(page, sign_in)
    first, second = add(found.reading), add(found.reading, 60, 80, label="attribution")
    apply(found.reading, operation(found.reading, "relabel", first.span, label="opinion"))
    apply(found.reading, operation(found.reading, "delete", second.span))
    return found.open()


def panel(screen: ReadingScreen) -> Locator:
    """The open panel with its list."""
    found = screen.page.get_by_role("dialog", name="History of your reading")
    expect(found.get_by_role("listitem").first).to_be_visible()
    return found


def labels(screen: ReadingScreen) -> list[str]:
    """The tags of the cards."""
    return [card["data-label"] for card in screen.attributes()]


def test_by_keyboard_one_goes_back_and_forward_and_nothing_is_lost(screen: ReadingScreen) -> None:
    screen.page.locator("#text").focus()
    screen.press("h")
    shown = panel(screen)
    expect(shown.get_by_role("listitem").first).to_contain_text("You deleted")
    shown.get_by_role("button", name=re.compile("Go back to here.*You tagged")).first.press("Enter")
    expect(shown.get_by_role("status")).to_have_text("You went back. 2 highlights changed.")
    screen.press("Escape")
    expect(shown).to_be_hidden()
    expect(screen.cards).to_have_count(2)
    assert labels(screen) == ["claim", "attribution"]
    assert SpanOperation.objects.count() == 6
    # What going back did is a step like any other: it can be undone here and now.
    screen.page.locator("#text").focus()
    screen.press("Control+z", "Control+z")
    screen.saved(1)
    assert labels(screen) == ["opinion"]
    screen.check_text()


@pytest.mark.parametrize("has_notify", [True, False])
def test_going_back_is_said_once_by_one_way(screen: ReadingScreen, has_notify: bool) -> None:
    screen.page.get_by_role("link", name="History").first.click()
    shown = panel(screen)
    screen.page.evaluate(
        """(has) => {
          window.told = [];
          document.ariaNotify = has ? (words) => window.told.push(words) : undefined;
          const line = document.querySelector("#history-panel [role=status]");
          const listen = () => line.textContent && window.told.push(line.textContent);
          new MutationObserver(listen).observe(line, { childList: true });
        }""",
        has_notify,
    )
    said = ["You went back. 2 highlights changed.", "You went back. 1 highlight changed."]
    for name, words, marks in zip(("Go back to here.*You tagged", "Go back to here"), said, (2, 1), strict=True):
        shown.get_by_role("button", name=re.compile(name)).first.click()
        expect(shown.get_by_role("status")).to_have_text(words)
        # Whatever is said of it is said by the time the page has been brought to it.
        expect(screen.cards).to_have_count(marks)
    assert screen.page.evaluate("window.told") == said


def test_a_deleted_highlight_is_brought_back_and_its_passage_opened(screen: ReadingScreen) -> None:
    screen.page.get_by_role("link", name="History").first.click()
    shown = panel(screen)
    shown.get_by_role("button", name="Bring back").click()
    expect(shown.get_by_role("listitem").first).to_contain_text("You brought back")
    screen.saved(2)
    shown.get_by_role("link", name="Go to text").first.click()
    expect(shown).to_be_hidden()
    expect(screen.open_card).to_have_attribute("data-label", "attribution")
    expect(screen.page.locator("#text")).to_be_focused()


def test_without_a_connection_it_says_so_and_stays_usable(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed += ["ERR_INTERNET_DISCONNECTED", "Failed to load resource"]
    screen.page.context.set_offline(True)
    screen.page.get_by_role("link", name="History").first.click()
    shown = screen.page.get_by_role("dialog", name="History of your reading")
    expect(shown.get_by_role("status")).to_contain_text("No connection")
    shown.get_by_role("button", name="Close the history").click()
    screen.page.context.set_offline(False)
    screen.page.get_by_role("link", name="History").first.click()
    expect(panel(screen).get_by_role("status")).to_be_hidden()


def test_changes_still_on_their_way_are_waited_for(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed += ["ERR_FAILED", "Failed to load resource"]
    screen.page.route(OPERATIONS, lambda route: route.abort())
    screen.mark("best evening")
    screen.page.get_by_role("link", name="History").first.click()
    shown = panel(screen)
    shown.get_by_role("button", name="Go back to the beginning").click()
    expect(shown.get_by_role("status")).to_contain_text("still on their way")
    assert screen.rows().count() == 1
    screen.page.unroute(OPERATIONS)


def test_handed_in_it_can_be_read_and_no_more(screen: ReadingScreen) -> None:
    Reading.objects.update(state=ReadingState.SUBMITTED, submitted_at=factories.NOON)
    screen.open()
    screen.page.get_by_role("link", name="History").first.click()
    shown = panel(screen)
    expect(shown.get_by_role("listitem")).to_have_count(4)
    expect(shown.get_by_role("button", name="Go back")).to_have_count(0)
    expect(shown.get_by_role("button", name="Bring back")).to_have_count(0)


def test_nothing_bars_the_way(screen: ReadingScreen) -> None:
    screen.page.get_by_role("link", name="History").first.click()
    panel(screen)
    assert barriers_in_both(screen.page) == []


def test_on_a_phone_it_fits(screen: ReadingScreen, screen_of: Callable[..., Page]) -> None:
    small_phone = PHONE | {"viewport": {"width": 320, "height": 640}}
    phone = screen_of(screen.reading.member.user.username, **small_phone)
    small = ReadingScreen(phone, screen.reading).open()
    phone.locator("a:visible", has_text="History").first.tap()
    back = panel(small).get_by_role("button", name="Go back to here").first
    assert small.box(back)["height"] >= 24
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_a_script_it_is_a_page_with_the_same_ways(
    screen: ReadingScreen, screen_of: Callable[..., Page]
) -> None:
    plain = screen_of(screen.reading.member.user.username, java_script_enabled=False)
    plain.goto(f"/readings/{screen.reading.uuid}/")
    plain.get_by_role("link", name="History").first.click()
    plain.get_by_role("button", name="Bring back").click()
    expect(plain.get_by_role("listitem").first).to_contain_text("You brought back")
    plain.get_by_role("button", name="Go back to the beginning").click()
    expect(plain.get_by_text("You went back. 2 highlights changed.")).to_be_visible()
    assert screen.rows().count() == 0

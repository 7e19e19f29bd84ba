"""The focus of whoever works by key or switch: where its place goes, it goes to the text or to what stands for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from annotator.models import User
from annotator.services.lessons import readers_nudge
from tests import factories
from tests.e2e.reading_screen import LOOK, OPERATIONS, ReadingScreen, desk

SignIn = Callable[[User], None]

LONG, SHORT = "the council said", "council"
APART = "market hall"
# The browser takes the focus from what is hidden only when it paints.
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader with two highlights, one over the other, and one before them."""
    found = desk(page, sign_in)
    for words, label in [(LONG, "attribution"), (SHORT, "opinion"), (APART, "claim")]:
        factories.mark(found.reading, words, label)
    return found.open()


def button(within: Page | Locator, name: str) -> Locator:
    """The button of this name."""
    return within.get_by_role("button", name=name, exact=True).first


def sheet(screen: ReadingScreen) -> Locator:
    """What a keyboard's user gets of the tags at four times the size: the window is as small as a phone's."""
    screen.page.set_viewport_size({"width": 320, "height": 640})
    return screen.page.get_by_role("region", name="Tag selection")


def text(screen: ReadingScreen) -> Locator:
    """Where the keys work."""
    return screen.page.locator("#text")


def closed_by(screen: ReadingScreen, part: Locator, name: str, key: str = "Enter") -> Locator:
    """Press a key on a button of a part of the page: the part goes, and the focus goes to the text."""
    button(part, name).press(key)
    expect(part).to_be_hidden()
    return text(screen)


def meanings(screen: ReadingScreen) -> Locator:
    """The panel that tells what the tags mean."""
    return screen.page.get_by_role("dialog", name="What the tags mean")


def undo_in_the_card_just_made(screen: ReadingScreen) -> Locator:
    text(screen).focus()
    screen.press("PageDown", "PageDown", "PageDown", "1", "Enter", "Tab")
    expect(button(screen.open_card, "Retag")).to_be_focused()
    screen.press("Control+z")
    screen.saved(3)
    return text(screen)


def undo_in_the_toast(screen: ReadingScreen) -> Locator:
    screen.click(APART)
    screen.press("Delete")
    button(screen.page.locator("#toast"), "Undo").press("Enter")
    screen.saved(3)
    return text(screen)


def undo_in_the_bar_until_nothing_is_left(screen: ReadingScreen) -> Locator:
    text(screen).focus()
    screen.press("PageDown", "PageDown", "1")
    screen.saved(4)
    back = button(screen.page.locator(".bar"), "Undo")
    back.press("Enter")
    screen.saved(3)
    expect(back).to_be_disabled()
    back.press("Enter")
    return back


def redo_in_the_bar_until_nothing_is_left(screen: ReadingScreen) -> Locator:
    undo_in_the_bar_until_nothing_is_left(screen)
    on = button(screen.page.locator(".bar"), "Redo")
    on.press("Enter")
    screen.saved(4)
    expect(on).to_be_disabled()
    return on


def clear_in_the_sheet(screen: ReadingScreen) -> Locator:
    tools = sheet(screen)
    text(screen).focus()
    screen.press("PageDown", "Shift+ArrowRight")
    return closed_by(screen, tools, "Clear selection")


def delete_in_the_sheet(screen: ReadingScreen) -> Locator:
    tools = sheet(screen)
    screen.click(APART)
    left = closed_by(screen, tools, "Delete")
    screen.saved(2)
    return left


def escape_in_the_sheet(screen: ReadingScreen) -> Locator:
    tools = sheet(screen)
    screen.click(APART)
    return closed_by(screen, tools, "Delete", "Escape")


def another_highlight_in_the_sheet(screen: ReadingScreen) -> Locator:
    tools = sheet(screen)
    screen.click(SHORT)
    tools.get_by_role("button", name=LONG).press("Enter")
    expect(screen.open_card).to_have_attribute("data-label", "attribution")
    return tools.get_by_role("button", name=LONG)


def another_highlight_in_the_card(screen: ReadingScreen) -> Locator:
    screen.click(SHORT)
    screen.open_card.get_by_role("button", name=LONG).press("Enter")
    expect(screen.open_card).to_have_attribute("data-label", "attribution")
    return screen.open_card.get_by_role("button", name=LONG)


def a_list_that_is_made_anew(screen: ReadingScreen) -> Locator:
    screen.click(SHORT)
    screen.press("4")
    screen.open_card.get_by_role("button", name=LONG).focus()
    screen.press("Control+z")
    screen.saved(3)
    return screen.open_card.get_by_role("button", name=LONG)


def close_the_meanings(screen: ReadingScreen) -> Locator:
    text(screen).focus()
    screen.press("d")
    return closed_by(screen, meanings(screen), "Close the tags’ meanings")


def close_the_meanings_opened_by_their_button(screen: ReadingScreen) -> Locator:
    opener = button(screen.page.locator("#legend"), "What the tags mean")
    opener.press("Enter")
    closed_by(screen, meanings(screen), "Close the tags’ meanings")
    return opener


def an_edge_past_the_start_of_a_neighbour(screen: ReadingScreen) -> Locator:
    screen.click(SHORT)
    screen.open_card.get_by_text("Move edges").press("Enter")
    # To where the longer one begins, and before that.
    earlier = button(screen.open_card, "Start one word earlier")
    for _ in range(2):
        earlier.press("Enter")
    screen.saved(3)
    assert [card["data-label"] for card in screen.attributes()] == ["claim", "opinion", "attribution"]
    return earlier


def i_am_here(screen: ReadingScreen) -> Locator:
    screen.reading.seen_at = timezone.now() - timedelta(minutes=5)
    screen.reading.save()
    readers_nudge(exercise=screen.reading.exercise, members=[screen.reading.member])
    screen.page.evaluate(LOOK)
    with screen.page.expect_response("**/here/"):
        button(screen.page, "I am here").press("Enter")
    return text(screen)


@pytest.mark.parametrize(
    "act",
    [
        undo_in_the_card_just_made,
        undo_in_the_toast,
        undo_in_the_bar_until_nothing_is_left,
        redo_in_the_bar_until_nothing_is_left,
        clear_in_the_sheet,
        delete_in_the_sheet,
        escape_in_the_sheet,
        another_highlight_in_the_sheet,
        another_highlight_in_the_card,
        a_list_that_is_made_anew,
        close_the_meanings,
        close_the_meanings_opened_by_their_button,
        an_edge_past_the_start_of_a_neighbour,
        i_am_here,
    ],
    ids=lambda act: act.__name__,
)
def test_the_focus_is_never_thrown_to_the_top(screen: ReadingScreen, act: Callable[[ReadingScreen], Locator]) -> None:
    expected = act(screen)
    screen.page.evaluate(PAINTED)
    assert screen.page.evaluate("document.activeElement.localName") != "body"
    expect(expected).to_be_focused()


def test_a_note_is_saved_and_the_other_highlight_opened_by_one_click(screen: ReadingScreen) -> None:
    screen.click(SHORT)
    screen.open_card.get_by_label("Note").fill("Whose council?")
    other = screen.box(screen.open_card.get_by_role("button", name=LONG))
    with screen.page.expect_response(OPERATIONS):
        screen.page.mouse.move(other["x"] + 20, other["y"] + 8)
        screen.page.mouse.down()
    # The answer comes while the button is held, as on a slow hand.
    screen.saved(3)
    screen.page.mouse.up()
    expect(screen.open_card).to_have_attribute("data-label", "attribution")
    assert screen.rows().get(label__slug="opinion").note == "Whose council?"

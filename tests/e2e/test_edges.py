"""Moving edges by handle, button and key; exact letters; the preview while choosing; choosing among overlaps."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from annotator.models import User
from tests.e2e.reading_screen import NO_NOTIFY, ReadingScreen, desk

SignIn = Callable[[User], None]


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader in front of the lantern fair."""
    page.add_init_script(NO_NOTIFY)
    return desk(page, sign_in)


# Frame by frame: the policy of the pages forbids Playwright's own waiting for a function.
WAIT = """async (words) => {
  const now = () => [...(CSS.highlights.get("pending") ?? [])].map(String).join("|");
  for (let frame = 0; frame < 300 && now() !== words; frame += 1) await new Promise(requestAnimationFrame);
  return now();
}"""


def wait_for_pending(screen: ReadingScreen, words: str) -> None:
    assert screen.page.evaluate(WAIT, words) == words


def handle(screen: ReadingScreen, edge: str) -> Locator:
    return screen.page.locator(f".handle.{edge}")


Grip = tuple[float, float]


def take(screen: ReadingScreen, edge: str) -> Grip:
    """Press the mouse on a handle's knob; how far from there the line stands that it hangs on."""
    held = handle(screen, edge)
    expect(held).to_be_visible()
    box = screen.box(held)
    x, y = box["left"] + box["width"] / 2, box["top"] + box["height"] / 2
    height = float(held.evaluate("(held) => parseFloat(held.style.getPropertyValue('--line-height'))"))
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    return (box["left"] + (20 if edge == "start" else 4) - x, box["top"] + 4 - height / 2 - y)


def opened(screen: ReadingScreen, words: str, name: str = "Claim") -> None:
    """Mark words and open the highlight."""
    screen.mark(words, name)
    screen.saved(1)
    screen.click(words)
    expect(screen.open_card).to_have_count(1)


def to(screen: ReadingScreen, grip: Grip, words: str) -> None:
    """Move the held handle until its line stands in the last letter of `words`, in the middle of a word."""
    place = screen.at(words)
    screen.page.mouse.move(place["x2"] - 2 - grip[0], place["y2"] - grip[1], steps=4)


def test_an_open_highlight_has_two_handles_large_enough_for_a_finger(screen: ReadingScreen) -> None:
    opened(screen, "900 visitors")
    words = screen.at("900 visitors")
    for edge, x in (("start", words["x1"]), ("end", words["x2"])):
        box = screen.box(handle(screen, edge))
        assert min(box["width"], box["height"]) >= 24
        assert box["left"] - 2 <= x <= box["right"] + 2
        assert box["top"] > words["y1"]
    screen.press("Escape")
    expect(screen.page.locator(".handle:visible")).to_have_count(0)


def test_a_drag_shows_what_it_would_be_and_saves_one_move_when_let_go(screen: ReadingScreen) -> None:
    opened(screen, "900 visitors")
    grip = take(screen, "end")
    to(screen, grip, "came las")
    wait_for_pending(screen, "900 visitors came last")
    assert screen.quotes() == [("900 visitors", "claim")]
    screen.page.mouse.up()
    expect(screen.page.locator("mark")).to_have_text("900 visitors came last")
    screen.saved(1).check_text()
    assert screen.pending() == ""
    assert [(span.quote, span.version) for span in screen.rows()] == [("900 visitors came last", 2)]
    screen.said("Moved, now 4 words. Undo with Control Z.")
    expect(handle(screen, "end")).to_be_visible()
    screen.undo()
    screen.saved(1)
    assert screen.quotes() == [("900 visitors", "claim")]


def test_escape_while_dragging_puts_the_edge_back(screen: ReadingScreen) -> None:
    opened(screen, "900 visitors")
    grip = take(screen, "start")
    to(screen, grip, "Som")
    wait_for_pending(screen, "Some 900 visitors")
    screen.press("Escape")
    screen.page.mouse.up()
    assert screen.pending() == ""
    expect(screen.open_card).to_have_count(1)
    screen.saved(1)
    assert screen.rows().get().version == 1


def test_an_edge_is_dragged_over_into_the_next_paragraph(screen: ReadingScreen) -> None:
    opened(screen, "last year.")
    grip = take(screen, "end")
    to(screen, grip, "It was the be")
    screen.page.mouse.up()
    screen.saved(1).check_text()
    assert screen.quotes() == [("last year.\n\nIt was the best", "claim")]


def test_with_alt_a_dragged_edge_keeps_to_the_letters(screen: ReadingScreen) -> None:
    opened(screen, "900 visitors")
    grip = take(screen, "end")
    screen.page.keyboard.down("Alt")
    to(screen, grip, "900 vis")
    screen.page.mouse.up()
    screen.page.keyboard.up("Alt")
    screen.saved(1).check_text()
    assert screen.quotes() == [("900 vis", "claim")]


def test_a_press_on_a_handle_is_a_press_on_the_words_under_it(screen: ReadingScreen) -> None:
    opened(screen, "900 visitors")
    take(screen, "end")
    screen.page.mouse.up()
    screen.saved(1)
    assert screen.rows().get().version == 1


def test_chosen_words_have_handles_too_before_they_are_tagged(screen: ReadingScreen) -> None:
    screen.drag("best evening")
    grip = take(screen, "start")
    to(screen, grip, "It was th")
    wait_for_pending(screen, "the best evening")
    screen.page.mouse.up()
    screen.tag("Opinion")
    screen.saved(1).check_text()
    assert screen.quotes() == [("the best evening", "opinion")]
    assert screen.rows().get().version == 1


def test_while_the_mouse_drags_whole_words_are_shown_as_they_would_be_marked(screen: ReadingScreen) -> None:
    first, last = screen.at("ouncil said"), screen.at("on Mond")
    screen.page.mouse.move(first["x1"], first["y1"])
    screen.page.mouse.down()
    screen.page.mouse.move(last["x2"], last["y2"], steps=3)
    wait_for_pending(screen, "council said on Monday")
    screen.page.mouse.up()
    screen.tag("Attribution")
    screen.saved(1)
    assert screen.quotes() == [("council said on Monday", "attribution")]


def test_the_switch_for_exact_letters_keeps_what_was_chosen_and_back(screen: ReadingScreen) -> None:
    screen.drag("ouncil sai")
    exact = screen.popover.get_by_role("button", name="Exact letters")
    assert screen.pending() == "council said"
    exact.click()
    expect(exact).to_have_attribute("aria-pressed", "true")
    assert screen.pending() == "ouncil sai"
    exact.click()
    assert screen.pending() == "council said"
    exact.click()
    screen.tag("Claim")
    screen.saved(1).check_text()
    assert screen.quotes() == [("ouncil sai", "claim")]
    screen.drag("sitors")
    screen.tag("Opinion")
    screen.saved(2)
    assert screen.quotes()[1] == ("sitors", "opinion")


def test_while_letters_count_the_buttons_move_an_edge_by_a_letter(screen: ReadingScreen) -> None:
    screen.drag("best evening")
    screen.popover.get_by_role("button", name="Exact letters").click()
    screen.tag("Opinion")
    screen.saved(1)
    screen.click("best evening")
    screen.open_card.get_by_role("link", name="Move edges").click()
    screen.open_card.get_by_role("button", name="End one letter earlier").click()
    screen.saved(1)
    assert screen.quotes() == [("best evenin", "opinion")]
    screen.open_card.get_by_role("button", name="Exact letters").click()
    screen.open_card.get_by_role("button", name="End one word later").click()
    screen.saved(1)
    assert screen.quotes() == [("best evening", "opinion")]


def test_the_buttons_that_move_an_edge_say_how_far(screen: ReadingScreen) -> None:
    opened(screen, "900 visitors")
    card = screen.open_card
    card.get_by_text("Move edges").click()
    card.get_by_role("button", name="End one word later").click()
    screen.saved(1)
    assert screen.quotes() == [("900 visitors came", "claim")]
    card.get_by_role("button", name="Exact letters").click()
    expect(card.get_by_role("button", name="one word")).to_have_count(0)
    card.get_by_role("button", name="End one letter earlier").click()
    card.get_by_role("button", name="Start one letter later").click()
    screen.saved(1)
    assert screen.quotes() == [("00 visitors cam", "claim")]
    # Taken out anew they go on saying it, until the switch is off again.
    card.get_by_text("Move edges").click()
    card.get_by_text("Move edges").click()
    expect(card.get_by_role("button", name="one letter")).to_have_count(4)
    card.get_by_role("button", name="Exact letters").click()
    expect(card.get_by_role("button", name="one word")).to_have_count(4)


# As the reader drags, what is marked: FRONTEND's own examples among them.
SNAPS = [
    (" plan, wo", "plan, would"),
    (".5 percent,", "6.5 percent"),
    ("“A quote,” sh", "“A quote,” she"),
    ("– as they say –", "as they say"),
    ("left (the", "left (the"),
    ("U.S. ma", "U.S. market"),
    ("did not go.", "did not go."),
]
SNAP_TEXT = (
    "Fair\n\nThe plan, would cost 6.5 percent, they said. “A quote,” she said – as they say – and left "
    "(the U.S. market) but did not go.\n\nEnd"
)


@pytest.mark.parametrize(("dragged", "marked"), SNAPS)
def test_what_is_dragged_over_and_what_is_marked(page: Page, sign_in: SignIn, dragged: str, marked: str) -> None:
    screen = desk(page, sign_in, text=SNAP_TEXT)
    screen.drag(dragged)
    screen.tag("Claim")
    screen.saved(1).check_text()
    assert screen.quotes() == [(marked, "claim")]


def here(screen: ReadingScreen, count: int) -> Locator:
    """The list in the open card."""
    return screen.open_card.get_by_role("group", name=f"{count} highlights here")


def test_two_highlights_over_the_very_same_words_are_chosen_from_a_list(screen: ReadingScreen) -> None:
    screen.mark("best evening", "Opinion")
    screen.mark("best evening", "Claim")
    screen.saved(2)
    screen.click("best evening")
    both = here(screen, 2)
    expect(both.get_by_role("button")).to_have_count(2)
    first = "Claim" if screen.open_card.get_attribute("data-label") == "claim" else "Opinion"
    other = {"Claim": "Opinion", "Opinion": "Claim"}[first]
    both.get_by_role("button", name=other).click()
    expect(screen.open_card).to_have_attribute("data-label", other.lower())
    expect(both.locator("[aria-current]")).to_contain_text(other)
    screen.press("Delete")
    expect(screen.open_card).to_have_count(0)
    screen.saved(1)
    assert screen.quotes() == [("best evening", first.lower())]
    screen.click("best evening")
    expect(screen.open_card).to_have_count(1)
    expect(screen.page.locator("[data-here]")).to_have_count(0)


def test_nested_and_crossing_highlights_open_one_after_the_other_and_from_the_list(screen: ReadingScreen) -> None:
    screen.mark("lantern fair will be held", "Claim")
    screen.mark("will be held in the market", "Opinion")
    screen.mark("be held in", "Attribution")
    screen.mark("held", "Boilerplate")
    screen.saved(4)
    for label in ["boilerplate", "attribution", "claim", "opinion", "boilerplate"]:
        screen.click("held in")
        expect(screen.open_card).to_have_attribute("data-label", label)
        expect(here(screen, 4)).to_be_visible()
    screen.said("Boilerplate: “held”, paragraph 1. 4 highlights here.")
    here(screen, 4).get_by_role("button", name="Claim").focus()
    screen.press("Enter")
    expect(screen.open_card).to_have_attribute("data-label", "claim")
    expect(here(screen, 4).get_by_role("button", name="Claim")).to_be_focused()
    screen.click("market")
    expect(screen.open_card).to_have_attribute("data-label", "opinion")
    expect(screen.page.locator("[data-here]:visible")).to_have_count(0)


def test_by_key_each_highlight_under_the_caret_can_be_moved(screen: ReadingScreen) -> None:
    screen.mark("It was the best evening", "Claim")
    screen.mark("best evening", "Opinion")
    screen.saved(2)
    screen.page.locator("#text").focus()
    screen.press("Home", *["ArrowRight"] * 3, "Enter")
    expect(screen.open_card).to_have_attribute("data-label", "opinion")
    screen.press("Enter")
    expect(screen.open_card).to_have_attribute("data-label", "claim")
    screen.press("]", "ArrowLeft", "Enter")
    screen.saved(2).check_text()
    assert screen.quotes() == [("It was the best", "claim"), ("best evening", "opinion")]


def test_a_browser_that_cannot_paint_words_shows_a_box_over_each_line(page: Page, sign_in: SignIn) -> None:
    page.add_init_script("delete CSS.highlights")
    screen = desk(page, sign_in)
    boxes = page.locator(".pending-box")
    screen.drag("best evening")
    expect(boxes).to_have_count(1)
    words, box = screen.at("best evening"), screen.box(boxes.first)
    assert box["left"] <= words["x1"] < words["x2"] <= box["right"] + 1
    assert box["top"] < words["y1"] < box["bottom"]
    screen.tag("Opinion")
    expect(boxes).to_have_count(0)
    screen.saved(1)
    assert screen.quotes() == [("best evening", "opinion")]

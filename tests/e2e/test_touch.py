"""Choosing by finger on an emulated phone: holding, tapping words, tapping a sentence; the sheet; edges; scrolling."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from annotator.models import User
from tests.e2e.axe import barriers_in_both
from tests.e2e.phone import SELECT, context
from tests.e2e.reading_screen import NO_NOTIFY, ReadingScreen, desk, until

# pytest finds a fixture by its name here.
__all__ = ["context"]

SignIn = Callable[[User], None]
LONG = "\n\n".join(["Fair", *[f"Line {number} of the fair was read out by the clerk." for number in range(1, 31)]])


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader with a phone."""
    page.add_init_script(NO_NOTIFY)
    return desk(page, sign_in)


class Finger:
    """One finger on the glass, as the browser's own protocol sends it."""

    def __init__(self, page: Page) -> None:
        self.glass: CDPSession = page.context.new_cdp_session(page)

    def touch(self, kind: str, *points: tuple[float, float]) -> None:
        """Send one event."""
        where: list[dict[str, Any]] = [{"x": x, "y": y} for x, y in points]
        self.glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})

    def draw(self, begin: tuple[float, float], end: tuple[float, float], steps: int = 6) -> None:
        """Put it down, move it, and keep it there."""
        self.touch("touchStart", begin)
        for step in range(1, steps + 1):
            share = step / steps
            self.touch("touchMove", (begin[0] + (end[0] - begin[0]) * share, begin[1] + (end[1] - begin[1]) * share))

    def lift(self) -> None:
        """Take it away."""
        self.touch("touchEnd")


def sheet(screen: ReadingScreen) -> Locator:
    return screen.page.get_by_role("region", name="Tag selection")


def tap(screen: ReadingScreen, words: str) -> None:
    """Tap the first letters of `words`."""
    place = screen.at(words)
    screen.page.touchscreen.tap(place["x1"] + 3, place["y1"])


def way(screen: ReadingScreen, name: str) -> None:
    screen.page.get_by_role("group", name="How to choose words").get_by_role("radio", name=name).tap()


def test_two_taps_choose_from_the_first_word_to_the_last_in_either_order(screen: ReadingScreen) -> None:
    way(screen, "Tap words")
    tap(screen, "900")
    expect(sheet(screen)).to_contain_text("“900”")
    expect(sheet(screen)).to_contain_text("Now tap the last word.")
    screen.said("Now tap the last word. Or pick a tag for this one.")
    tap(screen, "last year")
    expect(sheet(screen)).to_contain_text("“900 visitors came last”")
    expect(screen.page.locator("#sheet-next")).to_be_hidden()
    assert screen.quotes() == []
    sheet(screen).get_by_role("button", name="Claim").tap()
    tap(screen, "winter")
    tap(screen, "best evening")
    sheet(screen).get_by_role("button", name="Opinion").tap()
    screen.saved(2).check_text()
    assert screen.quotes() == [("900 visitors came last", "claim"), ("best evening of the winter", "opinion")]


def test_one_tap_and_a_tag_mark_one_word_also_where_words_are_marked_already(screen: ReadingScreen) -> None:
    way(screen, "Tap words")
    for label in ("Claim", "Opinion"):
        tap(screen, "visitors")
        expect(sheet(screen)).to_contain_text("“visitors”")
        sheet(screen).get_by_role("button", name=label).first.tap()
        expect(sheet(screen)).to_be_hidden()
    screen.saved(2)
    assert [quote for quote, _ in screen.quotes()] == ["visitors", "visitors"]
    tap(screen, "visitors")
    here = sheet(screen).get_by_role("group", name="2 highlights here")
    here.get_by_role("button", name="Opinion").tap()
    expect(sheet(screen).get_by_role("button", name="Opinion", pressed=True)).to_be_visible()
    sheet(screen).get_by_role("button", name="Delete").tap()
    screen.saved(1)
    assert screen.quotes() == [("visitors", "claim")]


def test_a_tap_chooses_a_whole_sentence_and_another_tap_another(screen: ReadingScreen) -> None:
    screen.set_sentences(2, [28, 115])
    screen.open()
    way(screen, "Tap a sentence")
    tap(screen, "market hall")
    expect(sheet(screen)).to_contain_text("The Eastquay lantern fair will be held")
    tap(screen, "900")
    sheet(screen).get_by_role("button", name="Claim").tap()
    screen.saved(1)
    assert screen.quotes() == [("Some 900 visitors came last year.", "claim")]


def test_words_held_by_finger_stay_chosen_when_the_system_drops_its_selection(screen: ReadingScreen) -> None:
    screen.page.locator("#b3").tap(position={"x": 200, "y": 8})
    screen.page.evaluate(SELECT, ["b3", 7, 15])
    expect(sheet(screen)).to_contain_text("“the best”")
    expect(screen.page.locator(".handle:visible")).to_have_count(0)
    screen.page.evaluate("getSelection().removeAllRanges()")
    sheet(screen).get_by_role("button", name="End one word later").tap()
    expect(sheet(screen)).to_contain_text("“the best evening”")
    assert screen.quotes() == []
    sheet(screen).get_by_role("button", name="Clear selection").tap()
    expect(sheet(screen)).to_be_hidden()
    assert screen.quotes() == []


def test_a_tap_beside_what_is_chosen_lets_it_go_and_marks_nothing(screen: ReadingScreen) -> None:
    way(screen, "Hold and drag")
    screen.page.locator("#b3").tap(position={"x": 200, "y": 8})
    screen.page.evaluate(SELECT, ["b3", 7, 15])
    expect(sheet(screen)).to_be_visible()
    tap(screen, "Eastquay")
    expect(sheet(screen)).to_be_hidden()
    screen.saved(0)


def test_scrolling_by_finger_chooses_and_marks_nothing(page: Page, sign_in: SignIn) -> None:
    screen = desk(page, sign_in, text=LONG)
    for name in ("Hold and drag", "Tap words", "Tap a sentence"):
        way(screen, name)
        before = page.evaluate("scrollY")
        finger = Finger(page)
        finger.draw((200, 600), (190, 250))
        finger.lift()
        until(page, f"async () => scrollY > {before}")
        expect(sheet(screen)).to_be_hidden()
    screen.saved(0)
    expect(screen.cards).to_have_count(0)


def test_the_sheet_never_covers_the_chosen_words(page: Page, sign_in: SignIn) -> None:
    screen = desk(page, sign_in, text=LONG)
    # The first steps stand where a tap is meant to land.
    page.get_by_role("button", name="Got it").tap()
    way(screen, "Tap a sentence")
    for words in ("Line 9 ", "Line 30 "):
        place = screen.at(words)
        page.evaluate("(by) => window.scrollBy(0, by)", place["y1"] - 760)
        place = page.evaluate(
            "(n) => document.getElementById(n).getBoundingClientRect().toJSON()", f"b{int(words.split()[1]) + 1}"
        )
        page.touchscreen.tap(place["left"] + 40, min(place["top"], 770) + 12)
        expect(sheet(screen)).to_contain_text(words.strip())
        chosen = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().toJSON()")
        assert chosen["bottom"] <= screen.box(sheet(screen))["top"]
        assert chosen["top"] >= screen.box(page.locator("#legend"))["bottom"] - 1
        sheet(screen).get_by_role("button", name="Clear selection").tap()


def test_an_edge_is_dragged_by_finger_above_the_sheet(screen: ReadingScreen) -> None:
    way(screen, "Tap words")
    tap(screen, "900")
    sheet(screen).get_by_role("button", name="Claim").tap()
    screen.saved(1)
    way(screen, "Hold and drag")
    tap(screen, "900")
    expect(sheet(screen).get_by_role("button", name="Delete")).to_be_visible()
    held = screen.page.locator(".handle.end")
    expect(held).to_be_visible()
    target = screen.at("visito")
    box = screen.box(held)
    height = float(held.evaluate("(held) => parseFloat(held.style.getPropertyValue('--line-height'))"))
    begin = (box["left"] + 12, box["top"] + 12)
    finger = Finger(screen.page)
    finger.draw(begin, (target["x2"] + 8, target["y2"] + 8 + height / 2))
    assert screen.quotes() == [("900", "claim")]
    finger.lift()
    screen.saved(1).check_text()
    assert screen.quotes() == [("900 visitors", "claim")]
    expect(sheet(screen)).to_contain_text("“900 visitors”")


def test_the_open_highlights_edges_move_by_the_sheets_buttons_by_letter_too(screen: ReadingScreen) -> None:
    way(screen, "Tap words")
    tap(screen, "best evening")
    sheet(screen).get_by_role("button", name="Claim").tap()
    way(screen, "Hold and drag")
    tap(screen, "best")
    sheet(screen).get_by_role("button", name="End one word later").tap()
    sheet(screen).get_by_role("button", name="Exact letters").tap()
    sheet(screen).get_by_role("button", name="Start one letter later").tap()
    screen.saved(1).check_text()
    assert screen.quotes() == [("est evening", "claim")]


# A phone on its side, and a desktop's window enlarged to 400 %.
LOW = [(844, 390), (320, 256)]


@pytest.mark.parametrize(("width", "height"), LOW)
def test_in_a_low_window_the_sheet_leaves_words_in_sight_and_all_of_it_is_reached(
    screen: ReadingScreen, width: int, height: int
) -> None:
    way(screen, "Tap words")
    for label in ("Claim", "Opinion"):
        tap(screen, "900")
        sheet(screen).get_by_role("button", name=label).first.tap()
        expect(sheet(screen)).to_be_hidden()
    screen.saved(2)
    screen.page.set_viewport_size({"width": width, "height": height})
    screen.page.locator("mark").tap()
    expect(sheet(screen).get_by_role("group", name="2 highlights here")).to_be_visible()
    words = screen.page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().toJSON()")
    assert 0 <= words["top"] < words["bottom"] <= screen.box(sheet(screen))["top"]
    for button in sheet(screen).get_by_role("button").all():
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=0.9)
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= width
    sheet(screen).get_by_role("button", name="Clear selection").tap()
    expect(sheet(screen)).to_be_hidden()


def test_nobody_is_shut_out_and_everything_is_large_enough(screen: ReadingScreen) -> None:
    found = barriers_in_both(screen.page)
    way(screen, "Tap words")
    for label in ("Claim", "Opinion"):
        tap(screen, "900")
        sheet(screen).get_by_role("button", name=label).first.tap()
        expect(sheet(screen)).to_be_hidden()
    tap(screen, "900")
    expect(sheet(screen).get_by_role("group", name="2 highlights here")).to_be_visible()
    found += barriers_in_both(screen.page)
    assert found == []
    for button in sheet(screen).get_by_role("button").all():
        assert screen.box(button)["height"] >= 44
    for width in (320, 390):
        screen.page.set_viewport_size({"width": width, "height": 844})
        assert screen.page.evaluate("document.documentElement.scrollWidth") <= width

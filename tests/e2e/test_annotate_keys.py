"""The annotate screen by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import User
from tests.e2e.reading_screen import ReadingScreen, desk

SignIn = Callable[[User], None]
TEXT = "Fair\n\nDr. Ek left. She was tired. Rain fell.\n\nIt was the best evening.\n\nGive 3 crowns."
SECOND = (6, 19, 34)
AT_ONCE = """() => document.addEventListener("mouseup", () => {
  document.getElementById("text").dispatchEvent(new KeyboardEvent("keydown", { key: "1", bubbles: true }));
})"""


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader whose text has the focus; the caret stands before “Dr.”."""
    made = desk(page, sign_in, text=TEXT)
    made.set_sentences(2, list(SECOND))
    made.open()
    made.page.locator("#text").focus()
    made.press("ArrowDown", "ArrowDown")
    return made


MOVES: list[tuple[list[str], str]] = [
    (["Shift+ArrowRight"], "Dr"),
    (["Shift+ArrowRight", "Shift+ArrowRight"], "Dr. Ek"),
    (["ArrowRight", "Shift+ArrowRight"], "Ek"),
    (["ArrowRight", "ArrowRight", "Shift+ArrowLeft"], "Ek"),
    (["Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft"], "Dr."),
    (["Shift+ArrowDown"], "Dr. Ek left."),
    (["Shift+ArrowDown", "Shift+ArrowDown"], "Dr. Ek left. She was tired."),
    (["ArrowDown", "Shift+Alt+ArrowRight"], "She was tired."),
    (["ArrowDown", "ArrowDown", "ArrowUp", "Shift+ArrowRight"], "She"),
    (["ArrowRight", "Shift+End"], "Ek left. She was tired. Rain fell."),
    (["ArrowDown", "Shift+Home"], "Dr. Ek left."),
    (["PageDown", "Shift+ArrowRight"], "It"),
    (["PageDown", "PageUp", "Shift+PageDown"], "Dr. Ek left. She was tired. Rain fell."),
]


def test_arrows_move_and_shift_chooses(screen: ReadingScreen) -> None:
    found = []
    for keys, _ in MOVES:
        screen.press("Escape", "PageUp", "PageUp", "PageUp", "PageDown", *keys)
        found.append((keys, screen.chosen()))
    assert found == MOVES


def test_the_caret_is_drawn_where_it_stands(screen: ReadingScreen) -> None:
    screen.press("ArrowDown", "ArrowRight")
    place = screen.at("was tired")
    caret = screen.box(screen.page.locator(".caret"))
    assert abs(caret["left"] - place["x1"]) < 3
    assert caret["top"] < place["y1"] < caret["bottom"]


def test_ten_highlights_by_keyboard(screen: ReadingScreen) -> None:
    for number in range(10):
        screen.press("Shift+ArrowRight", str(number % 4 + 1), "ArrowRight")
    screen.saved(10).check_text()
    slugs = ["claim", "attribution", "opinion", "boilerplate"]
    assert [label for _, label in screen.quotes()] == [slugs[number % 4] for number in range(10)]
    assert [quote for quote, _ in screen.quotes()][:3] == ["Dr", "Ek", "left"]


def test_a_digit_without_a_choice_tags_the_sentence_at_the_caret(screen: ReadingScreen) -> None:
    screen.press("ArrowDown", "ArrowRight", "3")
    screen.saved(1)
    assert screen.quotes() == [("She was tired.", "opinion")]


def test_a_digit_changes_the_open_highlight_and_the_same_digit_nothing(screen: ReadingScreen) -> None:
    screen.press("Shift+ArrowRight", "1")
    screen.saved(1)
    screen.press("P")
    expect(screen.open_card).to_contain_text("Dr")
    screen.press("4", "4")
    screen.saved(1)
    assert screen.quotes() == [("Dr", "boilerplate")]
    assert screen.rows().get().version == 2


def test_n_and_p_go_from_highlight_to_highlight_and_delete_removes(screen: ReadingScreen) -> None:
    screen.press("1", "ArrowDown", "2", "ArrowDown", "3")
    screen.saved(3)
    screen.press("P")
    expect(screen.open_card).to_contain_text("Opinion")
    screen.press("P")
    expect(screen.open_card).to_contain_text("Attribution")
    screen.press("N")
    expect(screen.open_card).to_contain_text("Opinion")
    screen.press("Delete")
    screen.saved(2)
    assert [label for _, label in screen.quotes()] == ["claim", "attribution"]


def test_enter_opens_what_is_under_the_caret_and_again_the_next(screen: ReadingScreen) -> None:
    screen.press("Shift+ArrowDown", "1", "ArrowUp", "Shift+ArrowRight", "3", "ArrowLeft")
    screen.saved(2)
    screen.press("Enter")
    expect(screen.open_card).to_contain_text("Opinion")
    screen.press("Enter")
    expect(screen.open_card).to_contain_text("Claim")
    screen.press("Escape")
    expect(screen.open_card).to_have_count(0)


def test_control_z_takes_back_and_with_shift_does_again(screen: ReadingScreen) -> None:
    screen.press("1")
    screen.saved(1)
    screen.press("Control+z")
    screen.saved(0)
    screen.press("Control+Shift+z")
    screen.saved(1)
    assert screen.quotes() == [("Dr. Ek left.", "claim")]


def test_keys_in_a_note_are_letters(screen: ReadingScreen) -> None:
    screen.press("1", "P")
    note = screen.open_card.get_by_label("Note")
    note.click()
    screen.press("2", "n", "Delete", "Control+z")
    screen.saved(1)
    assert [label for _, label in screen.quotes()] == ["claim"]
    expect(screen.cards).to_have_count(1)


def test_escape_clears_the_choice(screen: ReadingScreen) -> None:
    screen.press("Shift+ArrowRight")
    expect(screen.popover).to_be_visible()
    screen.press("Escape")
    expect(screen.popover).to_be_hidden()
    assert screen.chosen() == ""


def test_brackets_hold_an_edge_that_the_arrows_move(screen: ReadingScreen) -> None:
    screen.press("Shift+ArrowRight", "1", "P", "]", "ArrowRight", "ArrowRight", "ArrowLeft", "Enter")
    screen.saved(1)
    assert screen.quotes() == [("Dr. Ek", "claim")]
    screen.press("[", "Shift+ArrowRight", "Enter")
    screen.saved(1)
    assert screen.quotes() == [("r. Ek", "claim")]
    screen.press("[", "ArrowLeft", "Escape")
    screen.saved(1)
    assert screen.quotes() == [("r. Ek", "claim")]


def test_shift_stretches_what_was_chosen_otherwise(screen: ReadingScreen) -> None:
    """By mouse, or by buttons from what the keys chose: Shift goes on from there."""
    screen.drag("She was")
    screen.press("Shift+ArrowRight")
    assert screen.chosen() == "She was tired"
    screen.press("Shift+ArrowLeft", "Shift+ArrowLeft")
    assert screen.chosen() == "She"
    screen.press("Escape", "Shift+ArrowRight")
    assert screen.chosen() == "was"


def test_a_key_right_after_a_click_means_the_place_of_that_click(screen: ReadingScreen) -> None:
    # The key comes before the page had a moment to read the click, as when one hand points and the other tags.
    screen.page.evaluate(AT_ONCE)
    screen.click("It was")
    screen.saved(1)
    assert screen.quotes() == [("It was the best evening.", "claim")]


def test_in_hebrew_left_is_forward(page: Page, sign_in: SignIn) -> None:
    screen = desk(page, sign_in, text="כותרת\n\nשלום עולם טוב.\n\nסוף")
    page.locator("#text").focus()
    screen.press("ArrowDown", "ArrowDown", "ArrowLeft", "Shift+ArrowLeft")
    assert screen.chosen() == "עולם"
    screen.press("1")
    screen.saved(1).check_text()
    assert screen.quotes() == [("עולם", "claim")]


def test_outside_of_the_text_the_keys_are_the_browsers(screen: ReadingScreen) -> None:
    screen.page.get_by_role("link", name="Hand in").focus()
    screen.press("1", "n", "Delete")
    screen.page.locator("#text").focus()
    screen.press("2")
    screen.saved(1)
    assert [label for _, label in screen.quotes()] == ["attribution"]

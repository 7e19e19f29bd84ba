"""Every key of the annotate screen, one by one; what is listed in the help; switching keys of one character off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import User
from tests.e2e.reading_screen import NO_NOTIFY, ReadingScreen, desk

SignIn = Callable[[User], None]
TEXT = "Fair\n\nDr. Ek left. She was tired. Rain fell.\n\nIt was the best evening.\n\nGive 3 crowns."
FAMILY = "👩\u200d👩\u200d👧"
FLAG = "🇳🇱"
ACUTE = "cafe\u0301"


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader whose text has the focus; the caret stands before “Dr.”."""
    page.add_init_script(NO_NOTIFY)
    made = desk(page, sign_in, text=TEXT)
    made.set_sentences(2, [6, 19, 34])
    return ready(made)


def ready(screen: ReadingScreen) -> ReadingScreen:
    """The page anew, the caret at the first paragraph."""
    screen.open()
    screen.page.locator("#text").focus()
    screen.press("PageDown", "PageDown")
    return screen


# The key that moves, what is chosen when it is held with Shift from before “She” in the first paragraph.
MOVES = [
    ("ArrowRight", "She"),
    ("ArrowLeft", "left."),
    ("ArrowDown", "She was tired."),
    ("ArrowUp", "Dr. Ek left."),
    ("Alt+ArrowRight", "She was tired."),
    ("Alt+ArrowLeft", "Dr. Ek left."),
    ("PageDown", "She was tired. Rain fell."),
    ("PageUp", "Dr. Ek left."),
    ("End", "She was tired. Rain fell."),
    ("Home", "Dr. Ek left."),
]


def test_shift_with_each_moving_key_chooses_what_it_passes(screen: ReadingScreen) -> None:
    found = []
    for key, _ in MOVES:
        screen.press("Escape", "PageUp", "PageUp", "PageUp", "PageDown", "ArrowDown", f"Shift+{key}")
        found.append((key, screen.chosen()))
    assert found == MOVES


# The key, the first word that Shift+→ then chooses, from before “was”.
PLACES = [
    ("ArrowRight", "tired"),
    ("ArrowLeft", "She"),
    ("ArrowDown", "Rain"),
    ("ArrowUp", "She"),
    ("Alt+ArrowRight", "Rain"),
    ("Alt+ArrowLeft", "She"),
    ("PageDown", "It"),
    ("PageUp", "Dr"),
    ("Home", "Dr"),
]


def test_each_moving_key_takes_the_caret_there_and_writes_a_real_selection(screen: ReadingScreen) -> None:
    found = []
    for key, _ in PLACES:
        screen.press("Escape", "PageUp", "PageUp", "PageUp", "PageDown", "ArrowDown", "ArrowRight", key)
        assert screen.page.evaluate("getSelection().isCollapsed && getSelection().anchorNode !== null")
        screen.press("Shift+ArrowRight")
        found.append((key, screen.chosen()))
    assert found == PLACES


TAGS = [("1", "Claim"), ("2", "Attribution"), ("3", "Opinion"), ("4", "Boilerplate")]


@pytest.mark.parametrize(("key", "name"), TAGS)
def test_a_digit_tags_what_is_chosen_and_the_sentence_where_nothing_is(
    screen: ReadingScreen, key: str, name: str
) -> None:
    screen.press("Shift+ArrowRight", "Shift+ArrowRight", key, "ArrowDown", key)
    screen.saved(2).check_text()
    assert screen.quotes() == [("Dr. Ek", name.lower()), ("She was tired.", name.lower())]


# A key event as another keyboard sends it: what stands on the key differs, its place does not.
KEY = """(init) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init })
)"""


def test_the_row_of_digits_tags_where_it_writes_signs(screen: ReadingScreen) -> None:
    """As on French and Czech keyboards, where a digit of that row takes Shift."""
    screen.page.evaluate(KEY, {"key": "&", "code": "Digit1"})
    screen.saved(1)
    screen.page.evaluate(KEY, {"key": "1", "code": "Digit1", "shiftKey": True})
    expect(screen.page.get_by_role("dialog", name="What the tags mean")).to_be_visible()
    screen.press("Escape", "ArrowDown")
    # With the key for the third sign the same key writes something else again.
    screen.page.evaluate(KEY, {"key": "~", "code": "Digit2", "modifierAltGraph": True})
    screen.page.evaluate(KEY, {"key": "2", "code": "Numpad2"})
    screen.saved(2)
    assert screen.quotes() == [("Dr. Ek left.", "claim"), ("She was tired.", "attribution")]


def test_edges_are_held_by_brackets_that_take_a_second_key(screen: ReadingScreen) -> None:
    """Alt on a Mac, AltGr elsewhere: pressing it lets no held edge go."""
    screen.press("1", "Enter")
    screen.page.evaluate(KEY, {"key": "Alt", "code": "AltLeft", "altKey": True})
    screen.page.evaluate(KEY, {"key": "[", "code": "Digit5", "altKey": True})
    screen.press("ArrowRight")
    screen.page.evaluate(KEY, {"key": "AltGraph", "code": "AltRight", "modifierAltGraph": True})
    screen.page.evaluate(KEY, {"key": "]", "code": "Digit9", "modifierAltGraph": True})
    screen.press("ArrowLeft", "Enter")
    screen.saved(1).check_text()
    assert screen.quotes() == [("Ek left", "claim")]


def test_a_digit_without_a_tag_does_nothing(screen: ReadingScreen) -> None:
    screen.press("5", "9", "0")
    screen.saved(0)
    expect(screen.cards).to_have_count(0)


def test_the_focus_is_needed(screen: ReadingScreen) -> None:
    screen.press("1")
    screen.saved(1)
    screen.page.get_by_role("button", name="Undo", exact=True).first.focus()
    screen.press("2", "n", "]", "?", "Delete")
    expect(screen.page.get_by_role("dialog")).to_have_count(0)
    expect(screen.open_card).to_have_count(0)
    screen.saved(1)
    assert screen.quotes() == [("Dr. Ek left.", "claim")]


def test_enter_right_after_tagging_opens_what_was_tagged_and_elsewhere_says_that_there_is_none(
    screen: ReadingScreen,
) -> None:
    screen.press("1", "Enter")
    expect(screen.open_card).to_contain_text("Dr. Ek left.")
    screen.said("Claim: “Dr. Ek left.”, paragraph 1.")
    screen.press("PageDown", "ArrowDown", "Enter")
    screen.said("No highlight here.")
    expect(screen.open_card).to_have_count(0)


def test_n_and_p_tell_what_they_open(screen: ReadingScreen) -> None:
    screen.press("1", "ArrowDown", "3", "P")
    screen.said("Opinion: “She was tired.”, paragraph 1.")
    screen.press("P")
    screen.said("Claim: “Dr. Ek left.”, paragraph 1.")
    screen.press("N")
    screen.said("Opinion: “She was tired.”, paragraph 1.")


def test_an_edge_is_held_moved_by_words_and_letters_and_saved_once(screen: ReadingScreen) -> None:
    line = screen.page.locator("#edge-line")
    screen.press("Shift+ArrowRight", "1", "Enter", "]")
    screen.said("End of Claim, at “Dr”. Arrow keys move it, Enter saves, Escape puts it back.")
    expect(line).to_contain_text("End")
    screen.press("ArrowRight", "ArrowRight")
    screen.said("Ends with “left”.")
    assert screen.pending() == "Dr. Ek left"
    screen.press("Shift+ArrowLeft")
    screen.said("Ends with “lef”.")
    screen.press("[", "ArrowRight")
    screen.said("Starts with “Ek”.")
    assert screen.pending() == "Ek lef"
    screen.saved(1)
    assert screen.quotes() == [("Dr", "claim")]
    screen.press("Enter")
    screen.said("Moved, now 2 words. Undo with Control Z.")
    expect(line).to_be_hidden()
    screen.saved(1).check_text()
    assert screen.quotes() == [("Ek lef", "claim")]
    assert screen.rows().get().version == 2


def test_escape_puts_a_held_edge_back_and_so_does_leaving_the_text(screen: ReadingScreen) -> None:
    screen.press("Shift+ArrowRight", "1", "Enter", "]", "ArrowRight", "Escape")
    screen.said("Edge put back.")
    assert screen.pending() == ""
    expect(screen.open_card).to_have_count(1)
    screen.press("]", "ArrowRight")
    screen.page.get_by_role("button", name="Keyboard help").focus()
    expect(screen.page.locator("#edge-line")).to_be_hidden()
    assert screen.pending() == ""
    screen.saved(1)
    assert [(span.start, span.end, span.version) for span in screen.rows()] == [(6, 8, 1)]


def test_a_bracket_takes_the_highlight_under_the_caret_and_says_where_there_is_none(screen: ReadingScreen) -> None:
    screen.press("1", "Home", "]", "ArrowRight", "Enter")
    screen.saved(1)
    assert screen.quotes() == [("Dr. Ek left. She", "claim")]
    screen.press("PageDown", "PageDown", "[")
    screen.said("No highlight here. N goes to the next one.")


def test_an_edge_stops_before_the_other(screen: ReadingScreen) -> None:
    screen.press("Shift+ArrowRight", "1", "Enter", "]", "ArrowLeft")
    screen.said("It cannot go further.")
    screen.press("Enter")
    screen.said("Edge put back.")
    screen.saved(1)
    assert screen.rows().get().version == 1


@pytest.mark.parametrize("key", ["Control+Shift+z", "Control+y", "Meta+Shift+z"])
def test_undo_and_redo_work_from_a_card_too(screen: ReadingScreen, key: str) -> None:
    screen.press("1", "Enter", "Tab")
    expect(screen.open_card.get_by_role("button", name="Retag")).to_be_focused()
    screen.press("Control+z")
    screen.saved(0)
    screen.press(key)
    screen.saved(1)
    assert screen.quotes() == [("Dr. Ek left.", "claim")]


def test_tab_goes_to_the_tags_arrows_along_them_and_escape_back(screen: ReadingScreen) -> None:
    screen.press("Shift+ArrowRight", "Tab")
    expect(screen.popover.get_by_role("button", name="Claim")).to_be_focused()
    screen.press("ArrowRight", "ArrowRight")
    expect(screen.popover.get_by_role("button", name="Opinion")).to_be_focused()
    screen.press("Enter")
    expect(screen.page.locator("#text")).to_be_focused()
    screen.saved(1)
    assert screen.quotes() == [("Dr", "opinion")]
    screen.press("Shift+ArrowRight", "Tab", "Escape")
    expect(screen.page.locator("#text")).to_be_focused()
    expect(screen.popover).to_be_hidden()


def test_tab_goes_into_the_open_card_and_escape_back_to_the_text(screen: ReadingScreen) -> None:
    screen.press("1", "Enter", "Tab")
    expect(screen.open_card.get_by_role("button", name="Retag")).to_be_focused()
    screen.press("Escape")
    expect(screen.page.locator("#text")).to_be_focused()
    expect(screen.open_card).to_have_count(0)


def test_question_mark_lists_every_key_with_the_codebooks_own_tags(screen: ReadingScreen) -> None:
    screen.press("?")
    dialog = screen.page.get_by_role("dialog", name="Keys")
    rows = [" ".join(row.inner_text().split()) for row in dialog.get_by_role("row").all()]
    for key, name in TAGS:
        assert any(row.startswith(key) and row.endswith(name) for row in rows)
    listed = ["← →", "↑ ↓", "Alt ← →", "PgUp PgDn", "Home End", "Shift", "N P", "Enter", "[ ]", "Delete", "Esc", "?"]
    for keys in listed:
        assert any(row.startswith(keys) for row in rows), keys
    screen.press("1")
    screen.press("Escape")
    expect(screen.page.locator("#text")).to_be_focused()
    screen.saved(0)


def test_keys_of_one_character_can_be_switched_off_and_stay_off(screen: ReadingScreen) -> None:
    screen.press("1", "?")
    dialog = screen.page.get_by_role("dialog", name="Keys")
    dialog.get_by_role("checkbox", name="Keys of one character").uncheck()
    dialog.get_by_role("button", name="Back to the text").click()
    for again in (screen, ready(screen)):
        again.press("2", "n", "p", "?", "[")
        expect(again.page.get_by_role("dialog")).to_have_count(0)
        expect(again.open_card).to_have_count(0)
        again.saved(1)
    screen.press("ArrowDown", "Shift+ArrowRight", "Tab", "ArrowRight", "Enter")
    screen.saved(2)
    assert screen.quotes()[1] == ("She", "attribution")
    screen.page.get_by_role("button", name="Keyboard help").click()
    dialog.get_by_role("checkbox", name="Keys of one character").check()
    dialog.get_by_role("button", name="Back to the text").click()
    screen.press("ArrowDown", "4")
    screen.saved(3)


def test_from_right_to_left_the_arrows_move_as_one_sees_them(page: Page, sign_in: SignIn) -> None:
    screen = desk(page, sign_in, text="כותרת\n\nשלום עולם טוב מאוד.\n\nסוף")
    ready(screen)
    screen.press("ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft")
    assert screen.chosen() == "עולם טוב"
    screen.press("Shift+ArrowRight")
    assert screen.chosen() == "עולם"
    screen.press("1", "Enter", "]", "ArrowLeft", "ArrowLeft", "ArrowRight", "Shift+ArrowRight", "Enter")
    screen.saved(1).check_text()
    assert screen.quotes() == [("עולם טו", "claim")]
    screen.press("[", "ArrowRight", "Enter")
    screen.saved(1)
    assert screen.quotes() == [("שלום עולם טו", "claim")]
    assert screen.rows().get().version == 3


def test_arrows_and_edges_never_cut_what_a_reader_takes_for_one_character(page: Page, sign_in: SignIn) -> None:
    screen = desk(page, sign_in, text=f"Fair\n\nSee {FAMILY} and {FLAG} at {ACUTE} now.\n\nEnd")
    ready(screen)
    found = []
    for _ in range(7):
        screen.press("Shift+ArrowRight")
        found.append(screen.chosen())
        screen.press("Escape", "ArrowRight")
    assert found == ["See", FAMILY, "and", FLAG, "at", ACUTE, "now"]
    screen.press("PageUp", "ArrowRight", "Shift+ArrowRight", "1", "Enter", "]", "ArrowRight", "ArrowRight", "Enter")
    screen.saved(1)
    assert screen.quotes() == [(f"{FAMILY} and {FLAG}", "claim")]
    screen.press("]", "Shift+ArrowLeft", "Shift+ArrowLeft", "Enter")
    screen.saved(1)
    assert screen.quotes() == [(f"{FAMILY} and", "claim")]
    screen.press("]", "ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowLeft", "Enter")
    screen.saved(1).check_text()
    assert screen.quotes() == [(f"{FAMILY} and {FLAG} at caf", "claim")]


def test_a_reading_that_is_handed_in_can_be_walked_through_and_not_changed(screen: ReadingScreen) -> None:
    screen.press("1", "ArrowDown", "3")
    screen.saved(2)
    screen.page.get_by_role("link", name="Hand in").click()
    screen.page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    expect(screen.page.locator("body.scripted")).to_be_attached()
    screen.page.locator("#text").focus()
    screen.press("N")
    screen.said("Claim: “Dr. Ek left.”, paragraph 1.")
    screen.press("N")
    expect(screen.open_card).to_contain_text("She was tired.")
    screen.press("4", "Delete", "]", "Shift+ArrowRight")
    expect(screen.page.locator(".handle:visible")).to_have_count(0)
    assert screen.quotes() == [("Dr. Ek left.", "claim"), ("She was tired.", "opinion")]
    screen.press("?")
    dialog = screen.page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("next, previous highlight")
    expect(dialog).not_to_contain_text("Claim")

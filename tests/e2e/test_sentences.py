"""Tag by sentence with a script: ticks save by themselves, words move by buttons, everything goes by key."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from annotator.models import User
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import ReadingScreen
from tests.e2e.sentences_screen import Holder, bars_nobody, listed, settled, tick

SignIn = Callable[[User], None]


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader in front of the list of five sentences."""
    return listed(page, sign_in)


def test_a_tick_saves_by_itself_and_says_so_and_unticking_takes_it_away(screen: ReadingScreen) -> None:
    expect(screen.page.get_by_role("button", name="Save sentence 3")).to_be_hidden()
    tick(screen, 3, "Claim").check()
    screen.said("Claim added to sentence 3.")
    settled(screen, 1)
    assert screen.quotes() == [("Some 900 visitors came last year.", "claim")]
    expect(tick(screen, 3, "Claim")).to_be_focused()
    expect(screen.page.locator("mark")).to_have_text("Some 900 visitors came last year.")
    tick(screen, 3, "Claim").uncheck()
    screen.said("Claim taken from sentence 3.")
    settled(screen, 0)
    assert screen.quotes() == []


def test_ticks_made_faster_than_they_are_saved_are_all_saved(screen: ReadingScreen) -> None:
    for number, name in [
        (2, "Claim"),
        (2, "Opinion"),
        (3, "Claim"),
        (4, "Opinion"),
        (2, "Opinion"),
        (2, "Attribution"),
    ]:
        # Without the mouse: an answer moves what lies below it, and a press that ends beside its box ticks nothing.
        tick(screen, number, name).dispatch_event("click")
    settled(screen, 4)
    found = sorted((span.label.slug, span.start) for span in screen.rows().select_related("label"))
    third, fourth = screen.stored.index("Some 900"), screen.stored.index("It was")
    assert found == [("attribution", 28), ("claim", 28), ("claim", third), ("opinion", fourth)]
    for number, name, is_on in [
        (2, "Opinion", False),
        (2, "Claim", True),
        (2, "Attribution", True),
        (4, "Opinion", True),
    ]:
        expect(tick(screen, number, name)).to_be_checked(checked=is_on)


def test_a_tick_taken_back_while_its_sentence_is_on_its_way_costs_no_other(screen: ReadingScreen) -> None:
    holder = Holder(screen.page)
    with screen.page.expect_request(lambda request: request.method == "POST"):
        tick(screen, 2, "Claim").click()
    for number, name in [(2, "Opinion"), (3, "Claim"), (4, "Opinion"), (2, "Opinion")]:
        tick(screen, number, name).click()
    holder.let_go()
    settled(screen, 3)
    found = sorted((span.label.slug, span.start) for span in screen.rows().select_related("label"))
    third, fourth = screen.stored.index("Some 900"), screen.stored.index("It was")
    assert found == [("claim", 28), ("claim", third), ("opinion", fourth)]


def test_the_words_of_a_tag_move_by_button_and_by_list(screen: ReadingScreen) -> None:
    tick(screen, 4, "Opinion").check()
    settled(screen, 1)
    screen.page.get_by_role("link", name="Change which words").click()
    first = screen.page.get_by_role("combobox", name="First word")
    expect(first).to_be_focused()
    screen.page.get_by_role("button", name="First word: one later").click()
    screen.said("Words saved: was the best evening of the winter")
    settled(screen, 1)
    screen.page.get_by_role("combobox", name="Last word").select_option(label="evening")
    screen.said("Words saved: was the best evening")
    settled(screen, 1)
    assert screen.quotes() == [("was the best evening", "opinion")]
    screen.page.get_by_role("combobox", name="First word").select_option(label="winter")
    settled(screen, 1)
    screen.said("Words saved: winter")
    assert screen.quotes() == [("winter", "opinion")]
    screen.page.get_by_role("button", name="Whole sentence").click()
    settled(screen, 1)
    screen.said("Saved.")
    assert screen.quotes() == [("It was the best evening of the winter.", "opinion")]
    screen.page.get_by_role("link", name="Done").click()
    expect(first).to_be_hidden()
    screen.check_text()


def test_undo_and_redo_here_and_in_the_text_are_the_same(screen: ReadingScreen) -> None:
    tick(screen, 3, "Claim").check()
    tick(screen, 4, "Opinion").check()
    settled(screen, 2)
    screen.page.get_by_role("button", name="Undo").click()
    screen.said("Undone.")
    settled(screen, 1)
    screen.page.get_by_role("button", name="Redo").click()
    screen.said("Redone.")
    settled(screen, 2)
    tick(screen, 4, "Opinion").focus()
    screen.press("Control+z")
    settled(screen, 1)
    screen.open()
    screen.undo()
    screen.saved(0)
    screen.redo()
    screen.redo()
    screen.saved(2)
    assert [label for _, label in screen.quotes()] == ["claim", "opinion"]


def test_by_key_alone_from_sentence_to_sentence(screen: ReadingScreen) -> None:
    screen.page.locator("#sentences").focus()
    screen.press("ArrowDown", "ArrowDown", "ArrowDown", "1")
    settled(screen, 1)
    expect(screen.page.locator(".sentence.now .sentence-number")).to_contain_text("3")
    screen.press("Enter")
    expect(screen.page.get_by_role("combobox", name="First word")).to_be_focused()
    screen.press("ArrowDown")
    screen.said("Words saved: 900 visitors came last year")
    settled(screen, 1)
    expect(screen.page.get_by_role("combobox", name="First word")).to_be_focused()
    tick(screen, 3, "Claim").focus()
    screen.press("ArrowUp", "Space")
    settled(screen, 2)
    screen.press("ArrowDown", "ArrowDown", "3", "4")
    settled(screen, 4)
    assert sorted(label for _, label in screen.quotes()) == ["boilerplate", "claim", "claim", "opinion"]
    screen.press("3")
    settled(screen, 3)


def test_without_a_connection_the_tick_stays_and_is_saved_on_the_next_try(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("ERR_FAILED")

    def lose(route: Route) -> None:
        route.abort()

    screen.page.route("**/sentences/", lose)
    tick(screen, 3, "Claim").check()
    screen.said("Not saved. Check the connection, then try again.")
    again = screen.page.get_by_role("button", name="Not saved. Try again")
    expect(again).to_be_visible()
    tick(screen, 4, "Opinion").check()
    expect(tick(screen, 3, "Claim")).to_be_checked()
    assert screen.quotes() == []
    screen.page.unroute("**/sentences/")
    expect(again).to_be_visible()
    again.click()
    expect(again).to_be_hidden()
    settled(screen, 2)
    assert [label for _, label in screen.quotes()] == ["claim", "opinion"]


def test_a_refusal_is_shown_with_its_reason(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    screen.reading.exercise.codebook_version.labels.filter(slug="opinion").update(is_retired=True)
    # A click, for `check` would look for the tick that the answer takes away again.
    tick(screen, 3, "Opinion").click()
    refusal = screen.page.locator("#n115 .notice.bad")
    expect(refusal).to_have_text("This tag is no longer in use. Choose another one.")
    expect(refusal).to_be_in_viewport()
    screen.said("This tag is no longer in use. Choose another one.")
    assert screen.quotes() == []
    tick(screen, 3, "Claim").check()
    settled(screen, 1)
    expect(refusal).to_have_count(0)


def test_handing_in_from_here(screen: ReadingScreen) -> None:
    tick(screen, 3, "Claim").check()
    settled(screen, 1)
    screen.page.get_by_role("link", name="Hand in").first.click()
    screen.page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    expect(screen.page.locator("#state")).to_contain_text("Handed in")
    screen.reading.refresh_from_db()
    assert screen.reading.state == "submitted"


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_who_keeps_reading_is_asked_once_and_stays_in_the_list(screen: ReadingScreen, way: str) -> None:
    page = screen.page
    page.get_by_role("link", name="Hand in").first.click()
    question = page.get_by_role("dialog", name="You have not marked anything")
    keep = question.get_by_role("link", name="Keep reading")
    expect(keep).to_be_focused()
    assert question.evaluate("(dialog) => dialog.matches(':modal')")
    if way == "button":
        keep.click()
    else:
        page.keyboard.press(way)
    expect(question).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    settled(screen, 1)
    page.reload()
    expect(page.locator("body.scripted")).to_be_attached()
    expect(question).to_be_hidden()


def test_nobody_is_shut_out(screen: ReadingScreen) -> None:
    tick(screen, 3, "Claim").check()
    settled(screen, 1)
    screen.page.get_by_role("link", name="Change which words").click()
    expect(screen.page.get_by_role("combobox", name="First word")).to_be_visible()
    bars_nobody(screen)

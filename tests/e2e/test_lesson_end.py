"""The end of a reading as its reader's open page meets it: told at once, nothing lost, late work marked."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Exercise, Phase, User
from annotator.services.lesson_clock import timer_set
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import LOOK, OPERATIONS, WAKE, ReadingScreen, desk, until

SignIn = Callable[[User], None]

# The next answer to the page's question about the lesson breaks off after its head.
BREAK_OFF = """() => {
  const whole = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await whole(...asked);
    if (String(asked[0]).includes("/lesson/")) {
      window.fetch = whole;
      answer.text = () => Promise.reject(new TypeError("broken off"));
      window.isBroken = true;
    }
    return answer;
  };
}"""


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader in front of the lantern fair."""
    return desk(page, sign_in)


def test_the_timer_appears_runs_and_goes_with_the_closing(screen: ReadingScreen) -> None:
    timer = screen.page.get_by_role("timer")
    expect(timer).to_be_hidden()
    timer_set(exercise=screen.reading.exercise, minutes=2)
    screen.page.evaluate(LOOK)
    expect(timer).to_have_text(re.compile(r"1:\d\d"))
    screen.moved_on(Phase.CLOSED)
    expect(timer).to_be_hidden()


def test_a_page_that_was_open_at_the_closing_is_told_and_can_still_hand_in(screen: ReadingScreen) -> None:
    screen.mark("Some 900 visitors")
    screen.moved_on(Phase.CLOSED)
    lesson = screen.page.locator("#lesson")
    expect(lesson).to_contain_text("Your teacher closed the reading. What you had is safe.")
    lesson.get_by_role("button", name="Hand in").click()
    expect(screen.page.locator("#state")).to_contain_text("Handed in at")
    screen.reading.refresh_from_db()
    assert screen.reading.state == "submitted"


def test_news_that_breaks_off_on_its_way_is_asked_for_again(screen: ReadingScreen) -> None:
    screen.page.evaluate(BREAK_OFF)
    screen.moved_on(Phase.CLOSED)
    until(screen.page, "() => window.isBroken")
    screen.page.evaluate(LOOK)
    expect(screen.page.locator("#lesson")).to_contain_text("Your teacher closed the reading.")


@pytest.mark.parametrize("is_loaded_again", [False, True])
def test_handing_in_after_the_closing_waits_for_what_is_on_its_way(
    screen: ReadingScreen, watch: Watch, *, is_loaded_again: bool
) -> None:
    watch.allowed.append("ERR_FAILED")
    page = screen.page
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.route(OPERATIONS, lambda route: route.abort())
    screen.mark("Some 900 visitors")
    expect(page.locator("#saved")).to_have_text("1 waiting on this device")
    screen.moved_on(Phase.CLOSED)
    if is_loaded_again:
        screen.open()
        expect(page.locator("#saved")).to_have_text("1 waiting on this device")
    page.locator("#lesson").get_by_role("button", name="Hand in").click()
    almost = page.get_by_role("dialog", name="Almost handed in")
    expect(almost).to_contain_text("1 change is still on this device.")
    screen.reading.refresh_from_db()
    assert screen.reading.state == "collected"
    page.context.unroute(OPERATIONS)
    page.evaluate(WAKE)
    expect(page.locator("#state")).to_contain_text("Handed in at")
    screen.reading.refresh_from_db()
    assert screen.reading.state == "submitted"
    assert screen.quotes() == [("Some 900 visitors", "claim")]
    assert screen.rows().get().is_late is False


def test_a_note_typed_before_handing_in_after_the_closing_is_kept(screen: ReadingScreen) -> None:
    screen.mark("Some 900 visitors")
    screen.saved(1)
    screen.click("900")
    screen.open_card.get_by_label("Note").fill("Who counted?")
    screen.moved_on(Phase.CLOSED)
    screen.page.locator("#lesson").get_by_role("button", name="Hand in").click()
    expect(screen.page.locator("#state")).to_contain_text("Handed in at")
    assert screen.rows().get().note == "Who counted?"


def test_a_refused_change_is_shown_before_handing_in_after_the_closing(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    screen.reading.exercise.codebook_version.labels.filter(slug="opinion").update(is_retired=True)
    screen.mark("best evening", "Opinion")
    expect(screen.page.locator("#saved")).to_have_text("Needs attention")
    screen.moved_on(Phase.CLOSED)
    button = screen.page.locator("#lesson").get_by_role("button", name="Hand in")
    button.click()
    panel = screen.page.get_by_role("dialog", name="1 change could not be saved")
    panel.get_by_role("button", name="Throw away").click()
    expect(panel).to_be_hidden()
    button.click()
    expect(screen.page.locator("#state")).to_contain_text("Handed in at")


def test_what_is_marked_after_the_reveal_is_kept_as_late_and_says_so(screen: ReadingScreen) -> None:
    screen.mark("Some 900 visitors")
    expect(screen.page.locator("#saved")).to_have_text("1 highlight saved")
    screen.moved_on(Phase.CLOSED, Phase.REVEALED)
    expect(screen.page.locator("#lesson")).to_contain_text("The discussion has begun.")
    screen.mark("best evening", "Opinion")
    expect(screen.page.locator("#toast")).to_contain_text("It is kept, but does not count.")
    card = screen.page.locator("#cards > li").filter(has_text="late, does not count")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("best evening")
    assert sorted(screen.reading.spans.values_list("is_late", flat=True)) == [False, True]
    assert Exercise.objects.get().phase == Phase.REVEALED

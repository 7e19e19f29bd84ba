"""The lesson as the list of sentences meets it: told at once as beside the text, by pointer and for a screen reader."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from annotator.models import Participation, Phase, User
from annotator.services.exercises import exercise_move
from annotator.services.lesson_clock import timer_set
from annotator.services.lessons import readers_nudge
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import LOOK, ReadingScreen
from tests.e2e.sentences_screen import Holder, listed, ready, settled, tick

SignIn = Callable[[User], None]


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader in front of the list of five sentences."""
    return listed(page, sign_in)


def test_the_closing_is_told_and_the_list_is_loaded_again_in_its_new_state(screen: ReadingScreen) -> None:
    tick(screen, 3, "Claim").check()
    settled(screen, 1)
    screen.moved_on(Phase.CLOSED)
    lesson = screen.page.locator("#lesson")
    expect(lesson).to_contain_text("Your teacher closed the reading. What you had is safe.")
    screen.said(re.compile(r"^Your teacher closed the reading\. What you had is safe\. Done\? You can still hand in"))
    lesson.get_by_role("link", name="Load the page again").click()
    expect(screen.page.locator("#state")).to_contain_text("collected")
    assert screen.page.url.endswith("/sentences/")
    # Where nothing can be changed the page follows on.
    screen.moved_on(Phase.REVEALED)
    expect(lesson).to_contain_text("The discussion has begun.")


def late_hand_in(screen: ReadingScreen) -> Locator:
    """The button in the notice of the closing."""
    return screen.page.locator("#lesson").get_by_role("button", name="Hand in")


def test_handing_in_waits_for_the_tick_that_is_on_its_way(screen: ReadingScreen) -> None:
    holder = Holder(screen.page)
    screen.page.on("dialog", lambda dialog: dialog.accept())
    exercise_move(exercise=screen.reading.exercise, phase=Phase.CLOSED)
    with screen.page.expect_request(lambda request: request.method == "POST"):
        tick(screen, 3, "Claim").click()
    screen.page.evaluate(LOOK)
    late_hand_in(screen).click()
    screen.reading.refresh_from_db()
    assert screen.reading.state == "collected"
    holder.let_go()
    expect(screen.page.locator("#state")).to_contain_text("Handed in at")
    assert screen.rows().get().is_late is False


def test_what_could_not_be_saved_is_not_left_behind_by_handing_in(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("ERR_FAILED")
    screen.page.on("dialog", lambda dialog: dialog.accept())
    screen.page.route("**/sentences/", lambda route: route.abort())
    tick(screen, 3, "Claim").click()
    again = screen.page.get_by_role("button", name="Not saved. Try again")
    expect(again).to_be_visible()
    screen.moved_on(Phase.CLOSED)
    # The first try has said the same: the second one has to have ended too.
    with screen.page.expect_event("requestfailed"):
        late_hand_in(screen).click()
    expect(again).to_be_visible()
    screen.said("Not saved. Check the connection, then try again.")
    screen.reading.refresh_from_db()
    assert screen.reading.state == "collected"
    screen.page.unroute("**/sentences/")
    again.click()
    settled(screen, 1)
    late_hand_in(screen).click()
    expect(screen.page.locator("#state")).to_contain_text("Handed in at")
    assert screen.rows().get().is_late is False


def test_a_list_that_a_save_has_shown_anew_tells_only_what_comes_after(screen: ReadingScreen) -> None:
    exercise_move(exercise=screen.reading.exercise, phase=Phase.CLOSED)
    tick(screen, 3, "Claim").check()
    expect(screen.page.locator("#state")).to_contain_text("collected")
    expect(screen.page.locator("#lesson")).not_to_contain_text("closed the reading")
    with screen.page.expect_response("**/lesson/?**"):
        screen.page.evaluate(LOOK)
    expect(screen.page.locator("#lesson")).not_to_contain_text("closed the reading")
    screen.moved_on(Phase.REVEALED)
    expect(screen.page.locator("#lesson")).to_contain_text("The discussion has begun.")
    assert screen.quotes() == [("Some 900 visitors came last year.", "claim")]


def test_the_timer_comes_and_its_last_minutes_are_told(screen: ReadingScreen) -> None:
    timer = screen.page.get_by_role("timer")
    expect(timer).to_be_hidden()
    timer_set(exercise=screen.reading.exercise, minutes=2)
    screen.page.evaluate(LOOK)
    expect(timer).to_have_text(re.compile(r"1:\d\d"))
    screen.said("Two minutes left. What you have is saved by itself.")


def test_the_teachers_question_is_answered_in_its_place(screen: ReadingScreen) -> None:
    screen.reading.seen_at = timezone.now() - timedelta(minutes=5)
    screen.reading.save()
    readers_nudge(exercise=screen.reading.exercise, members=[screen.reading.member])
    screen.page.evaluate(LOOK)
    lesson = screen.page.locator("#lesson")
    screen.said("Your teacher asks: are you still there? Take the time you need.")
    with screen.page.expect_response("**/here/"):
        lesson.get_by_role("button", name="I am here").click()
    expect(lesson.get_by_role("button")).to_have_count(0)
    assert screen.page.url.endswith("/sentences/")
    screen.reading.refresh_from_db()
    assert screen.reading.seen_at >= Participation.objects.get().nudged_at


def test_whoever_reads_the_list_for_long_is_not_away(screen: ReadingScreen) -> None:
    screen.page.clock.install()
    ready(screen)
    with screen.page.expect_response("**/presence/") as answer:
        screen.page.clock.run_for(31_000)
    assert answer.value.status == 204
    assert Participation.objects.get().seen_at is not None

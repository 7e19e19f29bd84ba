"""The end of a reading as its reader's open page meets it: told at once, nothing lost, late work marked."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Exercise, Phase, User
from annotator.services.exercises import exercise_move
from annotator.services.lesson_clock import timer_set
from tests.e2e.reading_screen import ReadingScreen, desk

SignIn = Callable[[User], None]
# What the page does by itself every few seconds, at once: it looks again when it comes back into view.
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader in front of the lantern fair."""
    return desk(page, sign_in)


def move(screen: ReadingScreen, *phases: str) -> None:
    """The teacher goes on, and the reader's page looks."""
    for phase in phases:
        exercise_move(exercise=screen.reading.exercise, phase=phase)
    screen.page.evaluate(LOOK)


def test_the_timer_appears_runs_and_goes_with_the_closing(screen: ReadingScreen) -> None:
    timer = screen.page.get_by_role("timer")
    expect(timer).to_be_hidden()
    timer_set(exercise=screen.reading.exercise, minutes=2)
    screen.page.evaluate(LOOK)
    expect(timer).to_have_text(re.compile(r"1:5\d"))
    move(screen, Phase.CLOSED)
    expect(timer).to_be_hidden()


def test_a_page_that_was_open_at_the_closing_is_told_and_can_still_hand_in(screen: ReadingScreen) -> None:
    screen.mark("Some 900 visitors")
    move(screen, Phase.CLOSED)
    lesson = screen.page.locator("#lesson")
    expect(lesson).to_contain_text("Your teacher closed the reading. What you had is safe.")
    lesson.get_by_role("button", name="Hand in").click()
    expect(screen.page.locator("#state")).to_contain_text("Handed in at")
    screen.reading.refresh_from_db()
    assert screen.reading.state == "submitted"


def test_what_is_marked_after_the_reveal_is_kept_as_late_and_says_so(screen: ReadingScreen) -> None:
    screen.mark("Some 900 visitors")
    expect(screen.page.locator("#saved")).to_have_text("1 highlight saved")
    move(screen, Phase.CLOSED, Phase.REVEALED)
    expect(screen.page.locator("#lesson")).to_contain_text("The discussion has begun.")
    screen.mark("best evening", "Opinion")
    expect(screen.page.locator("#toast")).to_contain_text("It is kept, but does not count.")
    card = screen.page.locator("#cards > li").filter(has_text="late, does not count")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("best evening")
    assert sorted(screen.reading.spans.values_list("is_late", flat=True)) == [False, True]
    assert Exercise.objects.get().phase == Phase.REVEALED

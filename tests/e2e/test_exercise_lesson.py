"""The teacher's page in a browser: it follows the lesson by itself and takes neither focus nor words from anybody."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from annotator.domain.lesson_walk import Stop
from annotator.models import Exercise, Membership, Participation, Reading, User
from annotator.services.lesson_walk import lesson_go
from tests import factories
from tests.e2e.conftest import Watch

pytestmark = pytest.mark.django_db(transaction=True)
DONE = {"state": "submitted", "submitted_at": factories.NOON}


@pytest.fixture
def lesson(sign_in: Callable[[User], None], page: Page) -> Exercise:
    """A lesson with twenty minutes on its clock and two readers at work, on Marit's screen."""
    factories.codebook()
    marit = factories.teacher("marit")
    room = factories.classroom(marit)
    work = factories.exercise(room, [factories.article(marit)])
    now = timezone.now().replace(microsecond=0)
    Exercise.objects.filter(pk=work.pk).update(minutes=20, ends_at=now + timedelta(minutes=20), opened_at=now)
    for name in ("amber", "otto"):
        factories.reading(work, factories.reader(room, name), seen_at=now)
    sign_in(marit)
    page.goto(reverse("exercise", args=[work.uuid]))
    expect(page.get_by_text("Live, updated just now")).to_be_visible()
    work.refresh_from_db()
    return work


def ask_now(page: Page) -> None:
    """Let the page ask at once and wait for what it is told."""
    with page.expect_response("**/progress/"):
        page.evaluate("dispatchEvent(new Event('online'))")


def member(name: str) -> Membership:
    return Membership.objects.get(user__username=name)


def test_what_a_second_press_did_is_said_as_long_as_what_the_first_did(lesson: Exercise, page: Page) -> None:
    said = page.locator("#said")
    page.clock.install()
    page.get_by_role("button", name="+2 min for Otto").click()
    expect(said).to_have_text("Otto now has 2 extra minutes.")
    page.clock.fast_forward(4_000)
    page.get_by_role("button", name="+2 min for Amber").click()
    expect(said).to_have_text("Amber now has 2 extra minutes.")
    page.clock.fast_forward(3_000)
    expect(said).to_be_visible()


def test_a_swap_takes_no_focus_away(lesson: Exercise, page: Page) -> None:
    button = page.get_by_role("button", name="+2 min for Otto")
    button.focus()
    Reading.objects.filter(member=member("amber")).update(**DONE)
    ask_now(page)
    expect(page.locator("#group-of-handed_in")).to_contain_text("Amber")
    expect(button).to_be_focused()
    # The line moves to another group: the button in it keeps the focus too.
    long_ago = timezone.now() - timedelta(minutes=20)
    Reading.objects.filter(member=member("otto")).update(seen_at=long_ago, started_at=long_ago)
    ask_now(page)
    expect(page.locator("#group-of-look")).to_contain_text("Otto")
    expect(page.locator("#group-of-look :focus")).to_have_count(1)


def test_where_a_pressed_button_is_gone_the_focus_stays_with_its_reader(lesson: Exercise, page: Page) -> None:
    page.get_by_role("button", name="+2 min for Otto").focus()
    Reading.objects.filter(member=member("otto")).update(**DONE)
    ask_now(page)
    expect(page.locator("#group-of-handed_in :focus")).to_have_text("Otto")


def test_what_is_being_typed_is_not_swapped_away(lesson: Exercise, page: Page) -> None:
    page.get_by_text("Change the time").click()
    minutes = page.get_by_label("Minutes from now")
    minutes.fill("35")
    Exercise.objects.update(ends_at=timezone.now().replace(microsecond=0) + timedelta(minutes=5))
    ask_now(page)
    expect(page.get_by_role("timer")).to_contain_text("4:")
    expect(minutes).to_have_value("35")
    expect(minutes).to_be_focused()
    minutes.press("Enter")
    expect(page.get_by_role("timer")).to_contain_text("34:")
    lesson.refresh_from_db()
    assert lesson.minutes == 35


def test_a_press_leaves_one_where_one_is_and_says_what_happened(lesson: Exercise, page: Page) -> None:
    button = page.get_by_role("button", name="+2 min for Otto")
    button.press("Enter")
    expect(page.locator("#said")).to_have_text("Otto now has 2 extra minutes.")
    expect(page.locator("#group-of-look")).to_contain_text("Reading with extra time")
    expect(page.get_by_role("button", name="+2 min for Otto")).to_be_focused()
    assert Participation.objects.get().extra_seconds == 120
    page.get_by_role("button", name="Nudge all").click()
    expect(page.locator("#said")).to_have_text("Nudged.")
    expect(page.locator("#group-of-reading")).to_contain_text("nudged just now")


def test_the_page_goes_along_when_another_hand_moves_the_lesson(lesson: Exercise, page: Page) -> None:
    lesson_go(exercise=lesson, to=Stop("closed"))
    ask_now(page)
    expect(page.get_by_role("button", name="Next: show the class")).to_be_visible()
    expect(page.get_by_role("link", name="Export", exact=True)).to_be_visible()
    page.get_by_role("button", name="Open it again").press("Enter")
    expect(page.get_by_role("button", name="Next: close the reading")).to_be_visible()
    expect(page.get_by_role("timer")).to_be_visible()


def test_a_box_saves_itself_and_what_was_typed_elsewhere_stays(lesson: Exercise, page: Page) -> None:
    page.get_by_text("Exit question and points").click()
    page.get_by_label("Exit question").fill("Who would know?")
    with page.expect_response("**/options/"):
        page.get_by_role("checkbox", name="A second round").uncheck()
    expect(page.locator("#said")).to_have_text("Saved.")
    expect(page.locator(".phases > li")).to_have_count(5)
    expect(page.get_by_label("Exit question")).to_have_value("Who would know?")
    lesson.refresh_from_db()
    assert (lesson.has_revision, lesson.exit_question) == (False, "")


def test_every_press_works_without_a_script(lesson: Exercise, browser: Browser, page: Page) -> None:
    made = browser.new_context(base_url=page.url.split("/exercises")[0], java_script_enabled=False)
    made.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain = made.new_page()
    plain.goto(page.url)
    plain.get_by_role("button", name="Pause").click()
    expect(plain.get_by_role("status").first).to_contain_text("The clock stands still.")
    plain.get_by_role("button", name="Go on").click()
    plain.get_by_role("button", name="+2 min for Otto").click()
    expect(plain.locator("#group-of-look")).to_contain_text("Otto")
    plain.get_by_role("checkbox", name="A second round").uncheck()
    plain.get_by_role("button", name="Save the options").click()
    expect(plain.locator(".phases > li")).to_have_count(5)
    plain.get_by_role("button", name="Next: close the reading").click()
    expect(plain.get_by_role("button", name="Next: show the class")).to_be_visible()
    made.close()


def test_without_a_connection_the_page_says_so_and_comes_back(lesson: Exercise, page: Page, watch: Watch) -> None:
    watch.allowed.append("net::ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("No connection, trying again")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#said")).to_contain_text("Nothing was sent")
    page.context.set_offline(False)
    ask_now(page)
    expect(page.get_by_text("Live, updated just now")).to_be_visible()

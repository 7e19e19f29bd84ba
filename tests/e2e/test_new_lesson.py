"""The thirty-second class in a browser: from home to a code on the wall, by mouse, by keyboard, without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotator.models import Article, Door, Exercise, User
from tests import factories
from tests.e2e.axe import barriers_in_both

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Harbour ferry to run hourly\n\nThe ferry will run every hour, the operator said on Monday."
CODE = re.compile(r"^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$")


@pytest.fixture
def newcomer(sign_in: Callable[[User], None]) -> User:
    """A teacher who has never been here, at the browser."""
    factories.codebook()
    made = factories.teacher("marit")
    sign_in(made)
    return made


@pytest.fixture
def presses(page: Page) -> list[str]:
    """What was pressed, as the page itself hears it."""
    heard: list[str] = []
    page.expose_function("heardPress", lambda words: heard.append(words))
    page.add_init_script(
        "addEventListener('click', (e) => e.isTrusted && heardPress(e.target.textContent.trim()), true)"
    )
    return heard


def lesson_is_ready(page: Page) -> None:
    """The exercise's page with the class's code, link and QR code."""
    expect(page.get_by_role("heading", name="Harbour ferry to run hourly", level=1)).to_be_visible()
    door, made = Door.objects.get(), Exercise.objects.get()
    assert (made.step, made.classroom.name) == ("lobby", "My class")
    expect(page.locator(".door-code")).to_have_text(CODE)
    assert page.locator(".door-code").inner_text().replace("-", "") == door.code
    expect(page.get_by_role("link", name="The link to join this class")).to_have_attribute(
        "href", re.compile(door.token)
    )


def test_from_home_to_the_code_on_the_wall_in_two_presses_and_a_paste(
    newcomer: User, page: Page, presses: list[str]
) -> None:
    page.goto("/")
    page.get_by_role("textbox", name="Text of the article").fill(TEXT)
    page.get_by_role("button", name="Start a class with it").click()
    page.get_by_role("button", name="Start", exact=True).click()
    lesson_is_ready(page)
    assert len(presses) == 2


def test_whoever_has_been_here_before_needs_no_more(newcomer: User, page: Page, presses: list[str]) -> None:
    factories.article(newcomer)
    page.goto("/")
    page.get_by_role("link", name="Start a class with an article").click()
    # The cursor waits in the box already.
    expect(page.get_by_role("textbox", name="Text of the article")).to_be_focused()
    page.keyboard.insert_text(TEXT)
    expect(page.get_by_text("16 words · 1 min to read")).to_be_visible()
    page.get_by_role("button", name="Start", exact=True).click()
    lesson_is_ready(page)
    assert len(presses) == 2


def test_by_keyboard_alone(newcomer: User, page: Page) -> None:
    page.goto("/exercises/new/")
    expect(page.get_by_role("textbox", name="Text of the article")).to_be_focused()
    page.keyboard.insert_text(TEXT)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Start":
            break
    page.keyboard.press("Enter")
    lesson_is_ready(page)


def test_without_a_script(browser: Browser, live_server: LiveServer, context: BrowserContext, newcomer: User) -> None:
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain.add_cookies(context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto("/")
    page.get_by_role("textbox", name="Text of the article").fill(TEXT)
    page.get_by_role("button", name="Start a class with it").click()
    page.get_by_text("More settings").click()
    page.get_by_label("As homework").check()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", name="Harbour ferry to run hourly", level=1)).to_be_visible()
    assert (Exercise.objects.get().phase, Exercise.objects.get().is_homework) == ("open", True)
    plain.close()


def test_a_long_text_is_said_to_be_long_while_it_is_pasted(newcomer: User, page: Page) -> None:
    page.goto("/exercises/new/")
    box = page.get_by_role("textbox", name="Text of the article")
    box.fill("word " * 450)
    expect(page.get_by_text("long for one lesson")).to_be_hidden()
    box.fill("word " * 451)
    expect(page.get_by_text("long for one lesson")).to_be_visible()


def test_a_pasted_text_can_be_checked_block_by_block_first(newcomer: User, page: Page) -> None:
    page.goto("/exercises/new/")
    page.get_by_role("textbox", name="Text of the article").fill(TEXT)
    page.get_by_role("button", name="Check it block by block").click()
    expect(page.get_by_role("heading", name="Is this the whole story?")).to_be_visible()
    assert Article.objects.count() == 0


def test_everything_opened_up_is_clean(newcomer: User, page: Page) -> None:
    room = factories.classroom(newcomer, name="Class 9B")
    articles = [factories.article(newcomer, title=title) for title in ("Ferry", "Bakery", "Dam")]
    earlier = factories.exercise(room, articles[:2], title="Week 6")
    Exercise.objects.update(distribution="balanced", overlap=2)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"/exercises/new/?from={earlier.uuid}")
        for details in page.locator("details").all():
            details.evaluate("each => { each.open = true; }")
        page.get_by_label("A new class").check()
        assert barriers_in_both(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_label("Readers for each article")).to_be_visible()
    expect(page.get_by_label("Articles for each reader")).to_be_hidden()

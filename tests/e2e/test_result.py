"""My result in a browser: the text to the letter, cards beside their words, cards or article on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotator.models import Phase, Reading, ReadingState, User
from tests import factories
from tests.e2e.reading_screen import BLOCKS

pytestmark = pytest.mark.django_db(transaction=True)

SUBMITTED = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
TEXT = "Lantern fair\n\n" + "\n\n".join(f"Paragraph {n} says “🏮 so” and then some more of it." for n in range(1, 16))


@pytest.fixture
def reading(sign_in: Callable[[User], None]) -> Reading:
    """A wrapped-up reading of fifteen paragraphs beside a key, its reader signed in."""
    leader = factories.teacher()
    room = factories.classroom(leader)
    work = factories.exercise(room, [factories.article(leader, text=TEXT, title="Fair")], phase=Phase.WRAPPED_UP)
    made = factories.reading(work, factories.reader(room, pseudonym="Amber Otter"), **SUBMITTED)
    key = factories.reading(work, room.memberships.get(is_teacher=True), round=0, is_key=True, **SUBMITTED)
    for number in (1, 5, 9, 14):
        start = TEXT.index(f"Paragraph {number} says")
        factories.span(made, start, start + 20)
        factories.span(key, start + 4, start + 30, "claim" if number % 2 else "opinion", note=f"Because {number}.")
    sign_in(made.member.user)
    return made


def opened(page: Page, reading: Reading) -> None:
    page.goto(f"/readings/{reading.uuid}/result/")
    page.wait_for_load_state("load")


def test_the_text_is_the_stored_one_to_the_letter(page: Page, reading: Reading) -> None:
    opened(page, reading)
    stored = [[block.start, TEXT[block.start : block.end]] for block in reading.article.blocks.order_by("number")]
    assert page.evaluate(BLOCKS) == stored


def test_a_card_stands_beside_its_words_and_a_click_in_the_text_marks_it(page: Page, reading: Reading) -> None:
    opened(page, reading)
    expect(page.locator(".result-cards.placed")).to_be_visible()
    words = page.locator("#text mark").nth(4)
    words.click()
    card = page.locator(".card.active")
    expect(card).to_contain_text("Because 9.")
    beside = card.bounding_box()
    text = words.bounding_box()
    assert beside is not None
    assert text is not None
    assert abs(beside["y"] - text["y"]) < 40


def test_a_phone_shows_cards_or_the_article(page: Page, reading: Reading) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    opened(page, reading)
    article, cards = page.locator("#text"), page.locator("#cards")
    expect(cards).to_be_visible()
    expect(article).to_be_hidden()
    page.get_by_role("link", name="Article", exact=True).click()
    expect(article).to_be_visible()
    expect(cards).to_be_hidden()
    page.get_by_role("link", name="Cards", exact=True).click()
    expect(cards).to_be_visible()
    page.get_by_role("link", name="paragraph 9", exact=True).click()
    expect(page.locator("#b10")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_filters_and_cards_work_without_a_script(
    browser: Browser, context: BrowserContext, live_server: LiveServer, reading: Reading
) -> None:
    state = context.storage_state()
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=state)
    page = plain.new_page()
    page.goto(f"/readings/{reading.uuid}/result/")
    page.get_by_role("navigation", name="Show").get_by_role("link", name="Other tag").click()
    expect(page.locator(".card")).to_have_count(1)
    plain.close()

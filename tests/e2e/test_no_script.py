"""Without a script: the whole work by plain forms, from the list of sentences and from the cards."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotator.models import User
from tests import factories
from tests.e2e.conftest import Watch, followed
from tests.e2e.reading_screen import ReadingScreen

pytestmark = pytest.mark.whole

SignIn = Callable[[User], None]


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, watch: Watch) -> Iterator[BrowserContext]:
    """A browser whose scripts are off."""
    made = browser.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 800}, java_script_enabled=False
    )
    yield followed(made, watch)
    made.close()


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader at the start of the article."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    member = factories.reader(room)
    reading = factories.reading(factories.exercise(room, [factories.article(teacher)]), member)
    sign_in(member.user)
    made = ReadingScreen(page, reading)
    made.set_sentences(2, [28, 115])
    page.goto(f"/readings/{reading.uuid}/")
    return made


def tagged(screen: ReadingScreen, number: int, *names: str) -> None:
    """Tick tags of a sentence and save them."""
    tags = screen.page.get_by_role("group", name=f"Tags for sentence {number}")
    for name in names:
        tags.get_by_role("checkbox", name=name).check()
    screen.page.get_by_role("button", name=f"Save sentence {number}").click()


def test_tag_choose_words_undo_and_hand_in(screen: ReadingScreen) -> None:
    page = screen.page
    page.get_by_role("link", name="Tag by sentence").first.click()
    tagged(screen, 3, "Claim", "Opinion")
    tagged(screen, 4, "Opinion")
    assert len(screen.quotes()) == 3
    page.get_by_role("link", name="Change which words: Opinion, It was the best evening of the winter.").click()
    page.get_by_role("combobox", name="First word").select_option(label="best")
    page.get_by_role("combobox", name="Last word").select_option(label="evening")
    page.get_by_role("button", name="Save words").click()
    assert screen.quotes()[-1] == ("best evening", "opinion")
    for total in (3, 2, 0):
        page.get_by_role("button", name="Undo", exact=True).click()
        if total == 0:
            page.get_by_role("button", name="Undo", exact=True).click()
        expect(page.locator("#sentence-counts b")).to_have_text(str(total))
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Redo").click()
    expect(page.locator("#sentence-counts b")).to_have_text("1")
    page.get_by_role("link", name="Hand in").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    expect(page.locator("#state")).to_contain_text("Handed in")
    screen.reading.refresh_from_db()
    assert screen.reading.state == "submitted"
    assert len(screen.quotes()) == 1


def test_other_words_of_a_sentence_and_the_whole_of_it(screen: ReadingScreen) -> None:
    page = screen.page
    page.get_by_role("link", name="Tag by sentence").first.click()
    tagged(screen, 3, "Claim")
    page.get_by_role("link", name="Change which words").click()
    page.get_by_role("combobox", name="Last word").select_option(label="visitors")
    page.get_by_role("button", name="Save words").click()
    page.get_by_role("link", name="Change which words").click()
    page.get_by_text("Mark other words too").click()
    page.get_by_role("combobox", name="From").select_option(label="last")
    page.get_by_role("button", name="Mark as Claim").click()
    assert [quote for quote, _ in screen.quotes()] == ["Some 900 visitors", "last year"]
    page.get_by_role("link", name="Change which words").first.click()
    page.get_by_role("button", name="Whole sentence").click()
    assert [quote for quote, _ in screen.quotes()] == ["Some 900 visitors came last year.", "last year"]


def test_a_card_retags_takes_a_note_deletes_and_brings_back(screen: ReadingScreen) -> None:
    page = screen.page
    factories.span(screen.reading, 28, 53)
    page.reload()
    page.get_by_role("link", name="Change Claim, highlight 1").click()
    page.get_by_role("group", name="Choose another tag").get_by_role("button", name="Opinion").click()
    assert [label for _, label in screen.quotes()] == ["opinion"]
    page.get_by_role("link", name="Change Opinion, highlight 1").click()
    page.get_by_label("Note").fill("Whose fair?")
    page.get_by_role("button", name="Save note").click()
    assert screen.rows().get().note == "Whose fair?"
    page.get_by_role("link", name="Change Opinion, highlight 1").click()
    page.get_by_role("button", name="Delete").click()
    assert screen.quotes() == []
    page.locator("#state").get_by_role("button", name="Undo").click()
    assert [label for _, label in screen.quotes()] == ["opinion"]

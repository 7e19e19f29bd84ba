"""Practice outside a class, by keyboard: from the tags' meanings through three sentences to the text."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from annotator.models import Classroom, User
from tests.e2e.lesson_screen import look, tab_to
from tests.e2e.reading_screen import desk


def test_three_sentences_by_key_alone(page: Page, sign_in: Callable[[User], None]) -> None:
    screen = desk(page, sign_in, kind=Classroom.Kind.TEAM)
    page.locator("#text").focus()
    screen.press("d")
    link = page.get_by_role("dialog", name="What the tags mean").get_by_role("link", name="Practise")
    tab_to(page, link)
    screen.press("Enter")
    for name, then in [("Claim", "Next sentence"), ("Attribution", "Next sentence"), ("Opinion", "Start reading")]:
        tab_to(page, page.get_by_role("button", name="Boilerplate"))
        screen.press("Enter")
        expect(page.get_by_role("heading", name="Look again")).to_be_visible()
        expect(page.locator(".rule")).to_be_focused()
        look(page)
        page.get_by_role("button", name=name).focus()
        screen.press("Enter")
        expect(page.get_by_role("heading", name=f"Yes, {name.lower()}")).to_be_visible()
        expect(page.locator(".rule")).to_be_focused()
        look(page)
        tab_to(page, page.get_by_role("link", name=then))
        screen.press("Enter")
    expect(page.locator("body.scripted #text")).to_be_visible()

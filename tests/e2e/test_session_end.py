"""A session that ends while somebody works: the page goes to sign in, and comes back to where it was."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from annotator.models import ArticleDraft, User
from annotator.services.accounts import teacher_add
from tests import factories
from tests.e2e.preview_screen import PreviewScreen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proves("S22")]

PASSWORD = "the ferry was late"


@pytest.fixture
def marit(page: Page, sign_in: Callable[[User], None]) -> User:
    """A teacher, signed in."""
    user = teacher_add(username="marit", password=PASSWORD, name="Marit van Aldervale")
    sign_in(user)
    return user


def sign_in_again(page: Page) -> None:
    """By hand, where the page has landed."""
    page.get_by_label("User name").fill("marit")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_press_in_a_fragment_leads_to_the_door_and_back_to_the_page(page: Page, marit: User) -> None:
    PreviewScreen(page).paste("Lantern fair\n\nSome 900 visitors came.")
    preview, draft = page.url, ArticleDraft.objects.get()
    Session.objects.all().delete()
    page.get_by_role("button", name="Leave out").first.click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text("what you sent last was not stored")).to_be_visible()
    draft.refresh_from_db()
    assert draft.version == 1
    sign_in_again(page)
    page.wait_for_url(preview)
    expect(page.get_by_role("heading", name="Is this the whole story?")).to_be_visible()


def test_a_search_comes_back_as_it_was(page: Page, marit: User) -> None:
    factories.article(marit)
    page.goto("/articles/?q=lantern")
    Session.objects.all().delete()
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in_again(page)
    page.wait_for_url("**/articles/?q=lantern")
    expect(page.get_by_role("link", name="Lantern fair moves indoors").first).to_be_visible()


def test_a_plain_form_leads_back_to_its_page(page: Page, marit: User) -> None:
    article = factories.article(marit)
    factories.codebook()
    page.goto(f"/articles/{article.uuid}/")
    Session.objects.all().delete()
    page.get_by_role("button", name="Read it now").click()
    expect(page.get_by_text("what you sent last was not stored")).to_be_visible()
    sign_in_again(page)
    page.wait_for_url(f"**/articles/{article.uuid}/")
    page.get_by_role("button", name="Read it now").click()
    page.wait_for_url("**/readings/*/")


def test_the_next_person_at_the_computer_sees_nothing_of_the_one_before(page: Page, marit: User, watch: object) -> None:
    watch.allowed.append("404")  # type: ignore[attr-defined]
    article = factories.article(marit, title="Only Marit may see this")
    page.goto(f"/articles/{article.uuid}/")
    expect(page.get_by_role("heading", name="Only Marit may see this")).to_be_visible()
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    teacher_add(username="hedda", password=PASSWORD)
    page.get_by_label("User name").fill("hedda")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Your account, hedda")).to_be_visible()
    for _step in range(3):
        page.go_back()
        expect(page.get_by_text("Only Marit may see this")).to_have_count(0)

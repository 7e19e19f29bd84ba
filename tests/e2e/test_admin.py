"""The admin under the strict policy: every kind of page of it, and a repair, without a complaint of the browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Article, Reading, User
from annotator.services.accounts import invitation_add, sign_in_link_add, teacher_add
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def operator(page: Page, sign_in: Callable[[User], None]) -> User:
    """An operator, signed in."""
    user = teacher_add(username="operator", name="Hedda Operator", is_operator=True)
    sign_in(user)
    return user


@pytest.fixture
def reading() -> Reading:
    """A reading with a highlight."""
    teacher = factories.teacher("marit")
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher)])
    made = factories.reading(work, factories.reader(room, "amber"))
    factories.span(made, 0, 7)
    return made


def test_every_list_and_form_opens_without_a_complaint(page: Page, operator: User, reading: Reading) -> None:
    invitation_add(created_by=operator)
    sign_in_link_add(user=operator)
    page.goto("/admin/")
    lists = page.locator("#content-main th a").evaluate_all("links => links.map(link => link.href)")
    assert len(lists) >= 18
    for address in lists:
        page.goto(address)
        expect(page.locator("#changelist")).to_be_visible()
        first = page.locator("#result_list tbody th a").first
        if first.count():
            first.click()
            expect(page.locator("#content")).to_be_visible()
    page.goto("/admin/annotator/user/add/")
    expect(page.get_by_label("User name")).to_be_visible()


def test_an_article_passes_to_another_owner(page: Page, operator: User, reading: Reading) -> None:
    page.goto(f"/admin/annotator/article/{reading.article.pk}/change/")
    expect(page.locator("textarea[name=text]")).to_have_count(0)
    page.get_by_label("Owner").fill(str(operator.pk))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert Article.objects.get().owner == operator


def test_a_person_is_given_a_password_and_barred(page: Page, operator: User, reading: Reading) -> None:
    amber = User.objects.get(username="amber")
    page.goto(f"/admin/annotator/user/{amber.pk}/change/")
    page.get_by_role("link", name="Set password").click()
    page.locator("#id_password1").fill("the ferry was late")
    page.locator("#id_password2").fill("the ferry was late")
    page.locator("input.set-password").click()
    expect(page.locator(".messagelist")).to_be_visible()
    page.get_by_label("Active").uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    amber.refresh_from_db()
    assert (amber.check_password("the ferry was late"), amber.is_active) == (True, False)


def test_signing_out_of_the_admin_leads_to_our_door(page: Page, operator: User) -> None:
    page.goto("/admin/")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/sign-in/")

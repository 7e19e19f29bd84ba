"""The doors in a browser: signing in by password and by link, an account by invitation, with and without scripts."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotator.models import Classroom, Invitation, User
from annotator.services.accounts import invitation_add, sign_in_link_add, teacher_add
from tests import factories
from tests.e2e.axe import barriers_in_both

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "the ferry was late"


@pytest.fixture
def marit() -> User:
    """A teacher with a password."""
    return teacher_add(username="marit", password=PASSWORD, name="Marit van Aldervale")


def test_signing_in_with_the_keyboard_leads_to_where_one_wanted_to_go(page: Page, marit: User) -> None:
    page.goto("/articles/?q=ferry")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type("Marit")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/?q=ferry")
    expect(page.get_by_role("button", name="Your account, Marit van Aldervale")).to_be_visible()


def test_a_wrong_password_keeps_the_name_and_waits_in_the_password(page: Page, marit: User, watch: object) -> None:
    watch.allowed.append("422")  # type: ignore[attr-defined]
    page.goto("/sign-in/")
    page.get_by_label("User name").fill("marit")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("User name")).to_have_value("marit")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    assert barriers_in_both(page) == []


def test_a_password_can_be_looked_at(page: Page) -> None:
    page.goto("/sign-in/")
    field = page.get_by_label("Password", exact=True)
    field.fill("a secret")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_be_focused()
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "password")


def test_a_link_signs_in_by_its_button_and_only_once(page: Page, marit: User, watch: object) -> None:
    watch.allowed.append("404")  # type: ignore[attr-defined]
    address = f"/sign-in/{sign_in_link_add(user=marit)}/"
    page.goto(address)
    assert barriers_in_both(page) == []
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("status")).to_contain_text("You are signed in")
    page.goto(address)
    expect(page.get_by_text("This link has been used already")).to_be_visible()


def test_signing_out_from_the_menu_and_going_back_shows_nothing(
    page: Page, marit: User, sign_in: Callable[[User], None]
) -> None:
    sign_in(marit)
    page.goto("/password/")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    page.go_back()
    page.wait_for_url("**/sign-in/?next=/password/")
    expect(page.get_by_text("Marit")).to_have_count(0)


def test_a_first_password_says_in_words_when_it_is_long_enough(page: Page, sign_in: Callable[[User], None]) -> None:
    user = factories.teacher("linked")
    sign_in(user)
    page.goto("/password/")
    field = page.get_by_label("New password")
    field.press_sequentially("the ferr")
    expect(page.get_by_text("Too short: it needs 2 more.")).to_be_visible()
    field.press_sequentially("y was early")
    expect(page.get_by_text("Long enough.")).to_be_visible()
    assert barriers_in_both(page) == []
    page.get_by_role("button", name="Save password").click()
    expect(page.get_by_role("status")).to_contain_text("Your password is set")
    user.refresh_from_db()
    assert user.check_password("the ferry was early")


def test_a_teacher_invites_a_colleague_who_makes_an_account(
    page: Page, browser: Browser, marit: User, live_server: LiveServer, sign_in: Callable[[User], None]
) -> None:
    sign_in(marit)
    page.goto("/invitations/")
    assert barriers_in_both(page) == []
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("Your link").last.input_value()
    assert barriers_in_both(page) == []
    expect(page.get_by_role("button", name="Take back")).to_have_count(1)
    colleague = browser.new_context()
    other = colleague.new_page()
    other.goto(address)
    assert barriers_in_both(other) == []
    other.get_by_label("Your name").fill("Ilse Varga")
    other.get_by_label("User name").fill("Ilse.Varga")
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Make account").click()
    expect(other.get_by_role("button", name="Your account, Ilse Varga")).to_be_visible()
    colleague.close()
    assert User.objects.get(username="ilse.varga").is_teacher


def test_a_link_is_copied(page: Page, marit: User, sign_in: Callable[[User], None]) -> None:
    sign_in(marit)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/invitations/")
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    address = page.get_by_label("Your link").last.input_value()
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_without_scripts_every_door_opens(browser: Browser, marit: User, live_server: LiveServer) -> None:
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = plain.new_page()
    team = factories.classroom(marit, name="Desk", kind=Classroom.Kind.TEAM)
    page.goto(f"/invitations/{invitation_add(created_by=marit, classroom=team)}/")
    expect(page.get_by_role("button", name="Show password")).to_have_count(0)
    page.get_by_label("User name").fill("ilse")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make account").click()
    page.goto("/password/")
    page.get_by_label("Present password").fill(PASSWORD)
    page.get_by_label("New password").fill("the ferry was early")
    page.get_by_role("button", name="Save password").click()
    expect(page.get_by_role("status")).to_contain_text("Your password is set")
    plain.close()
    assert Invitation.objects.get().used_by == User.objects.get(username="ilse")
    assert Client().login(username="ilse", password="the ferry was early")


@pytest.mark.parametrize("width", [320, 390, 1024, 1280])
def test_no_door_scrolls_sideways(page: Page, width: int, marit: User, sign_in: Callable[[User], None]) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    addresses = [
        "/sign-in/",
        f"/sign-in/{sign_in_link_add(user=marit)}/",
        f"/invitations/{invitation_add(created_by=marit)}/",
    ]
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    sign_in(marit)
    for address in [*addresses[1:], "/invitations/", "/password/"]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address

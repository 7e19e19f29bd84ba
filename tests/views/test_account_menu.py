"""The menu behind the round button: what each person finds in it."""

import pytest
from django.test import Client

from annotator.models import User
from tests import factories

pytestmark = pytest.mark.django_db

LINKS = ["/invitations/", "/admin/", "/password/"]


@pytest.mark.parametrize(
    ("rights", "found"),
    [
        ({"is_teacher": True}, ["/invitations/", "/password/"]),
        ({"is_teacher": True, "is_superuser": True}, ["/invitations/", "/admin/", "/password/"]),
    ],
)
def test_each_finds_what_they_may_do(rights: dict[str, bool], found: list[str]) -> None:
    client = Client()
    client.force_login(factories.user("amber", **rights))
    page = client.get("/password/").content.decode()
    assert [link for link in LINKS if f'class="menu-item" href="{link}"' in page] == found
    assert 'action="/sign-out/"' in page


def test_a_reader_without_an_account_finds_is_this_you_with_two_equal_buttons() -> None:
    client = Client()
    client.force_login(factories.user("amber"))
    page = client.get("/").content.decode()
    assert [link for link in LINKS if f'href="{link}"' in page] == []
    assert 'action="/sign-out/"' not in page
    assert "Is this you?" in page
    assert page.count('action="/leave/"') == 2
    assert "btn primary" not in page.split('id="is-this-you"')[1].split("</header>")[0]


def test_a_reader_with_a_password_may_change_it() -> None:
    client = Client()
    client.force_login(User.objects.create_user("amber", "the ferry was late"))
    assert 'href="/password/"' in client.get("/").content.decode()


def test_nobody_finds_no_menu() -> None:
    assert 'id="account-menu"' not in Client().get("/sign-in/").content.decode()


def test_a_name_in_the_menu_is_text() -> None:
    client = Client()
    client.force_login(User.objects.create_user("amber", None, name="<img src=x>"))
    page = client.get("/password/").content.decode()
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page

"""The sign-in page, the link that signs in once, signing out."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertRedirects

from annotator.models import Attempt, SignInLink
from annotator.services.accounts import sign_in_link_add, teacher_add
from annotator.services.limits import SIGN_IN, attempt_add
from annotator.services.sign_in import SESSION_ENDS
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "the ferry was late"
VALID = {"username": "marit", "password": PASSWORD, "next": ""}
DOOR = "/sign-in/"


@pytest.fixture
def marit():
    return teacher_add(username="marit", password=PASSWORD, name="Marit van Aldervale")


def who_is_in(client):
    return client.session.get("_auth_user_id")


# By password


def test_the_page_asks_for_name_and_password_and_keeps_the_way_on(client):
    response = client.get(DOOR, {"next": "/articles/"})
    assertContains(response, 'autocomplete="username"')
    assertContains(response, 'autocomplete="current-password"')
    assertContains(response, '<input type="hidden" name="next" value="/articles/"')


def test_the_right_password_lets_in(client, marit):
    response = client.post(DOOR, VALID)
    assertRedirects(response, reverse("home"), fetch_redirect_response=False)
    assert who_is_in(client) == str(marit.pk)


def test_a_wrong_password_gets_one_sentence_and_keeps_the_name(client, marit):
    response = client.post(DOOR, VALID | {"password": "wrong"})
    assert response.status_code == 422
    assertContains(response, "do not belong together", status_code=422, count=1)
    assertContains(response, 'value="marit"', status_code=422)
    assert who_is_in(client) is None
    assert b"wrong" not in response.content


def test_an_unknown_name_gets_the_very_same_page(client, marit):
    hide = re.compile(rb'value="[^"]*"')
    pages = [
        hide.sub(b"", client.post(DOOR, VALID | {"username": name, "password": "wrong"}).content)
        for name in ("marit", "nobody")
    ]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("field", ["username", "password"])
@pytest.mark.parametrize("value", ["", None, "\x00", "x" * 5000])
def test_what_cannot_be_read_is_refused_kindly(client, marit, field, value):
    payload = {name: given for name, given in (VALID | {field: value}).items() if given is not None}
    response = client.post(DOOR, payload)
    assert response.status_code == 422
    assertContains(response, 'class="error"', status_code=422)
    assert (who_is_in(client), Attempt.objects.count()) == (None, 0)


def test_after_too_many_failures_the_door_says_what_to_do(client, marit):
    for _guess in range(100):
        attempt_add(limit=SIGN_IN, who="127.0.0.1")
    response = client.post(DOOR, VALID)
    assertContains(response, "Wait ten minutes", status_code=429)
    assert response.headers["Retry-After"] == "600"
    assert who_is_in(client) is None
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    elsewhere.post(DOOR, VALID)
    assert who_is_in(elsewhere) == str(marit.pk)


def test_a_link_still_works_when_the_address_is_blocked(client, marit):
    for _guess in range(100):
        attempt_add(limit=SIGN_IN, who="127.0.0.1")
    client.post(reverse("sign-in-link", args=[sign_in_link_add(user=marit)]))
    assert who_is_in(client) == str(marit.pk)


@pytest.mark.parametrize(("proxies", "counted"), [(0, "127.0.0.1"), (1, "192.0.2.2"), (2, "192.0.2.1")])
def test_only_trusted_proxies_may_name_the_visitor(client, marit, settings: Settings, proxies, counted):
    settings.TRUSTED_PROXIES = proxies
    for _guess in range(100):
        attempt_add(limit=SIGN_IN, who=counted)
    response = client.post(DOOR, VALID, headers={"X-Forwarded-For": "198.51.100.9, 192.0.2.1, 192.0.2.2"})
    assert response.status_code == 429


def test_a_visitor_who_passed_no_proxy_is_counted_as_they_came(client, marit, settings: Settings):
    settings.TRUSTED_PROXIES = 1
    for _guess in range(100):
        attempt_add(limit=SIGN_IN, who="127.0.0.1")
    assert client.post(DOOR, VALID).status_code == 429


# Where one goes afterwards


@pytest.mark.proves("S18")
@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/", "https:evil.example",
        "https:/evil.example", "http:///evil.example", "javascript:alert(1)", "data:text/html,x", "/\t/evil.example",
        "\t//evil.example", "/\n/evil.example", "/\r\n/evil.example", " //evil.example", "\x08//evil.example",
        "///evil.example", "////evil.example", "//evil.example\\@testserver/", "//testserver@evil.example",
        "http://testserver.evil.example/", "ftp://testserver/", "evil", "?next=//evil.example",
    ],
)  # fmt: skip
def test_no_address_elsewhere_is_followed(client, marit, wanted):
    signed = client.post(DOOR, VALID | {"next": wanted})
    assert (signed.status_code, signed.headers["Location"]) == (302, reverse("home"))
    already = client.get(DOOR, {"next": wanted})
    assert (already.status_code, already.headers["Location"]) == (302, reverse("home"))


@pytest.mark.proves("S18")
def test_an_address_of_our_own_is_followed(client, marit):
    wanted = "/articles/?q=ferry%20parrot&order=title"
    assert client.post(DOOR, VALID | {"next": wanted}).headers["Location"] == wanted
    assert client.get(DOOR, {"next": wanted}).headers["Location"] == wanted


# The session


@pytest.mark.proves("S05")
def test_signing_in_changes_the_session_key_and_the_old_one_is_dead(client, marit):
    session = client.session
    session["left"] = "by nobody"
    session.save()
    planted = session.session_key
    client.cookies["session"] = planted
    client.post(DOOR, VALID)
    assert client.session.session_key != planted
    assert not client.session.exists(planted)


@pytest.mark.proves("S05")
def test_another_person_at_the_same_computer_finds_nothing_of_the_first(client, marit):
    client.force_login(factories.user("amber"))
    session = client.session
    session["left"] = "by amber"
    session.save()
    first = session.session_key
    client.post(DOOR, VALID)
    assert who_is_in(client) == str(marit.pk)
    assert "left" not in client.session
    assert not client.session.exists(first)


@pytest.mark.proves("S05")
def test_signing_out_ends_the_session_on_the_server(client, marit):
    client.post(DOOR, VALID)
    key = client.session.session_key
    assertRedirects(client.post(reverse("sign-out")), DOOR)
    assert not client.session.exists(key)
    client.cookies["session"] = key
    assert client.get(reverse("password-change")).status_code == 302


def test_coming_in_sweeps_away_what_is_past(client, marit):
    Session.objects.create(session_key="ended", session_data="", expire_date=timezone.now())
    Attempt.objects.create(scope="sign_in", who="x", at=timezone.now() - timedelta(hours=25))
    client.post(DOOR, VALID)
    assert not Session.objects.filter(session_key="ended").exists()
    assert not Attempt.objects.exists()


def test_signing_out_needs_a_post(client, marit):
    client.force_login(marit)
    assert client.get(reverse("sign-out")).status_code == 405
    assert who_is_in(client) == str(marit.pk)


def test_signing_out_twice_is_no_error(client):
    assertRedirects(client.post(reverse("sign-out")), DOOR)


def test_a_reader_s_session_ends_with_the_browser_and_after_eight_hours(client):
    reader = factories.user("amber")
    response = client.post(reverse("sign-in-link", args=[sign_in_link_add(user=reader)]))
    assert response.cookies["session"]["max-age"] == ""
    assert abs(client.session[SESSION_ENDS] - time.time() - 8 * 3600) < 60


def test_a_teacher_s_session_lasts_twelve_hours(client, marit):
    response = client.post(DOOR, VALID)
    assert response.cookies["session"]["max-age"] == 12 * 3600
    assert (response.cookies["session"]["httponly"], response.cookies["session"]["samesite"]) == (True, "Lax")
    assert abs(client.session[SESSION_ENDS] - time.time() - 12 * 3600) < 60


# By a link


def test_opening_a_link_shows_whose_it_is_and_signs_nobody_in(client, marit):
    token = sign_in_link_add(user=marit)
    for method in (client.get, client.head, client.get):
        assert method(reverse("sign-in-link", args=[token])).status_code == 200
    assertContains(client.get(reverse("sign-in-link", args=[token])), "Marit van Aldervale")
    assert who_is_in(client) is None
    assert SignInLink.objects.get().used_at is None


def test_pressing_the_button_signs_in_once(client, marit):
    address = reverse("sign-in-link", args=[sign_in_link_add(user=marit)])
    assertRedirects(client.post(address), reverse("home"), fetch_redirect_response=False)
    assert who_is_in(client) == str(marit.pk)
    second = Client()
    assertContains(second.post(address), "used already", status_code=404)
    assertContains(second.get(address), "used already", status_code=404)
    assert who_is_in(second) is None


@pytest.mark.parametrize("token", ["unknown", "%00", "a" * 500, "%F0%9F%A6%9C"])
def test_a_link_that_never_was_looks_like_a_used_one(client, token):
    assertContains(client.get(f"/sign-in/{token}/"), "used already", status_code=404)
    assertContains(client.post(f"/sign-in/{token}/"), "used already", status_code=404)


def test_a_link_says_who_will_be_signed_out(client, marit):
    client.force_login(factories.user("amber"))
    address = reverse("sign-in-link", args=[sign_in_link_add(user=marit)])
    assertContains(client.get(address), "will be signed out")
    client.post(address)
    assert who_is_in(client) == str(marit.pk)


def test_a_name_in_a_link_s_page_is_text(client):
    user = teacher_add(username="x", name="<script>alert(1)</script>")
    response = client.get(reverse("sign-in-link", args=[sign_in_link_add(user=user)]))
    assertContains(response, "&lt;script&gt;alert(1)")

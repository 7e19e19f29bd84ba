"""Where somebody lands whose session has ended."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from annotator.middleware.session_age import SEEN
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S22")]

PAGE = "http://testserver/articles/?q=ferry"


def fragment(client, address, method="get", page=PAGE):
    return getattr(client, method)(address, headers={"HX-Request": "true", "HX-Current-URL": page})


@pytest.mark.parametrize(("method", "unsent"), [("get", ""), ("post", "&unsent=1")])
def test_the_page_goes_to_sign_in_and_comes_back_to_itself(client, method, unsent):
    response = fragment(client, reverse("password-change"), method)
    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == f"/sign-in/?next=%2Farticles%2F%3Fq%3Dferry{unsent}"
    assert response.content == b""
    assert "Location" not in response.headers


def test_a_page_that_is_not_ours_is_not_come_back_to(client):
    response = fragment(client, reverse("library"), page="https://evil.example/x")
    assert response.headers["HX-Redirect"] == "/sign-in/?next=%2F"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/articles/?q=ferry", "%2Farticles%2F%3Fq%3Dferry"),
        ("http://testserver/articles/", "%2Farticles%2F"),
        ("http://testserver", "%2F"),
        ("http://evil.example/articles/", "%2F"),
        ("", "%2F"),
    ],
)
def test_a_form_sent_too_late_leads_back_to_the_page_it_stood_on(client, referer, back):
    response = client.post(reverse("article-add"), {"text": "x"}, headers={"Referer": referer})
    assert (response.status_code, response.headers["Location"]) == (302, f"/sign-in/?next={back}&unsent=1")
    assertContains(client.get(response.headers["Location"]), "was not stored")


def test_nobody_is_told_of_a_form_they_did_not_send(client):
    assertNotContains(client.get("/sign-in/?next=/articles/"), "was not stored")


def test_signing_out_is_no_form_sent_too_late(client):
    client.force_login(factories.teacher())
    assert client.post(reverse("sign-out")).headers["Location"] == "/sign-in/"


def test_a_session_that_ends_in_the_middle_does_the_same():
    client = Client()
    client.force_login(factories.teacher())
    assert "HX-Redirect" not in fragment(client, reverse("library")).headers
    session = client.session
    session[SEEN] = 0
    session.save()
    assert fragment(client, reverse("library")).headers["HX-Redirect"].startswith("/sign-in/")


def test_a_whole_page_is_redirected_as_ever(client):
    response = client.get(reverse("library"))
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in/?next=/articles/")


def test_other_redirects_stay_what_they_are(client):
    client.force_login(factories.teacher())
    response = fragment(client, "/sign-in/?next=/articles/")
    assert (response.status_code, response.headers["Location"]) == (302, "/articles/")


def test_what_depends_on_htmx_says_so_and_is_not_kept(client):
    client.force_login(factories.teacher())
    response = client.get(reverse("library"))
    assert "HX-Request" in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "no-store"

"""A fragment asked for after the session ended sends the whole page to sign in."""

import pytest
from django.test import Client
from django.urls import reverse

from annotator.middleware.session_age import SEEN
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S22")]

PAGE = "http://testserver/articles/?q=ferry"


def fragment(client, address, method="get", page=PAGE):
    return getattr(client, method)(address, headers={"HX-Request": "true", "HX-Current-URL": page})


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_goes_to_sign_in_and_comes_back_to_itself(client, method):
    response = fragment(client, reverse("password-change"), method)
    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == "/sign-in/?next=%2Farticles%2F%3Fq%3Dferry"
    assert response.content == b""
    assert "Location" not in response.headers


def test_a_page_that_is_not_ours_is_not_come_back_to(client):
    response = fragment(client, reverse("library"), page="https://evil.example/x")
    assert response.headers["HX-Redirect"] == "/sign-in/"


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

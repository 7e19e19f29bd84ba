"""A cookie goes with the session it belongs to, and no late answer takes the next one."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from annotator.services.accounts import teacher_add
from tests import factories

pytestmark = pytest.mark.django_db

COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture
def teacher_client(client: Client) -> Client:
    """A signed-in teacher."""
    client.force_login(factories.teacher())
    return client


def test_signing_out_deletes_the_cookie(teacher_client: Client) -> None:
    response = teacher_client.post(reverse("sign-out"))
    assert response.cookies[COOKIE].value == ""
    assert response.cookies[COOKIE]["max-age"] == 0


@pytest.mark.parametrize("name", ["library", "sign-in", "healthz"])
def test_an_answer_under_a_session_that_is_gone_leaves_the_cookie(teacher_client: Client, name: str) -> None:
    Session.objects.all().delete()
    response = teacher_client.get(reverse(name))
    assert COOKIE not in response.cookies
    assert "_auth_user_id" not in teacher_client.session


def test_signing_in_over_a_session_that_is_gone_sets_a_new_one(teacher_client: Client) -> None:
    Session.objects.all().delete()
    before = teacher_client.cookies[COOKIE].value
    teacher_add(username="anna", password="the ferry was late", name="Anna Bell")
    response = teacher_client.post(reverse("sign-in"), {"username": "anna", "password": "the ferry was late"})
    assert response.status_code == 302
    assert response.cookies[COOKIE].value not in {"", before}

"""A session that nobody used for hours ends; one in use goes on without a write for each page."""

import time

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from annotator.middleware.session_age import SEEN
from annotator.services.sign_in import SESSION_ENDS
from tests import factories

pytestmark = pytest.mark.django_db


def seen(client: Client, seconds_ago: int) -> None:
    """Date the session's last request back."""
    session = client.session
    session[SEEN] = int(time.time()) - seconds_ago
    session.save()


@pytest.fixture
def teacher_client(client: Client) -> Client:
    """A signed-in teacher."""
    client.force_login(factories.teacher())
    return client


def test_an_idle_session_is_signed_out(teacher_client: Client, settings: Settings) -> None:
    seen(teacher_client, settings.SESSION_IDLE_SECONDS + 5)
    response = teacher_client.get(reverse("library"))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("sign-in"))


def test_a_session_in_use_goes_on(teacher_client: Client, settings: Settings) -> None:
    seen(teacher_client, settings.SESSION_IDLE_SECONDS - 60)
    assert teacher_client.get(reverse("library")).status_code == 200
    assert int(time.time()) - teacher_client.session[SEEN] < 60


def test_a_page_read_soon_after_the_last_writes_no_session(teacher_client: Client) -> None:
    seen(teacher_client, 30)
    before = teacher_client.session[SEEN]
    teacher_client.get(reverse("library"))
    assert teacher_client.session[SEEN] == before


def test_a_session_ends_at_the_end_of_its_time_however_busy(teacher_client: Client) -> None:
    assert teacher_client.get(reverse("library")).status_code == 200
    session = teacher_client.session
    session[SESSION_ENDS] = int(time.time())
    session.save()
    assert teacher_client.get(reverse("library")).status_code == 302


def test_a_session_without_an_end_gets_the_longest(teacher_client: Client, settings: Settings) -> None:
    teacher_client.get(reverse("library"))
    assert abs(teacher_client.session[SESSION_ENDS] - time.time() - settings.SESSION_COOKIE_AGE) < 60
    before = teacher_client.session[SESSION_ENDS]
    teacher_client.get(reverse("library"))
    assert teacher_client.session[SESSION_ENDS] == before

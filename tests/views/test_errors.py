"""Every error page, each reached by a real request: its status, what it says, and that nothing else happens."""

import io
import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains

from annotator.models import Phase, User
from annotator.services.accounts import teacher_add
from annotator.services.limits import SIGN_IN, attempt_add
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as real
from tests import factories

pytestmark = pytest.mark.django_db
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

LOGIN = {"username": "marit", "password": "wrong"}


def failing(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("Ilse Varga typed this")


def locked(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Opens on <Friday>.")


urlpatterns = [*real, path("failing/", failing), path("locked/", locked)]


@pytest.fixture
def teacher_client():
    client = Client()
    client.force_login(factories.teacher("marit"))
    return client


def is_page(response, status, heading):
    assertContains(response, f"Error {status}", status_code=status)
    assertContains(response, heading, status_code=status)
    assertContains(response, 'class="btn primary"', status_code=status)
    return True


def test_400_for_a_host_that_is_not_ours(client):
    assert is_page(client.get("/sign-in/", headers={"Host": "evil.example"}), 400, "We could not read that request")


def test_400_for_a_form_of_too_many_fields(client, settings: Settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    many = {f"field{number}": "x" for number in range(11)}
    assert is_page(client.post("/sign-in/", many), 400, "We could not read that request")


def test_403_for_a_form_without_its_token(settings: Settings):
    teacher_add(username="marit", password="the ferry was late")
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"username": "marit", "password": "the ferry was late"})
    assert is_page(response, 403, "open for too long")
    assert response.headers["X-Sourcewise-Refusal"] == "csrf"
    assert "_auth_user_id" not in client.session


@pytest.mark.urls("tests.views.test_errors")
def test_403_says_when_it_opens(client):
    assert is_page(client.get("/locked/"), 403, "Opens on &lt;Friday&gt;.")


def test_403_for_an_export_while_the_reading_is_blind(teacher_client):
    room = factories.classroom(User.objects.get(username="marit"))
    work = factories.exercise(room, [factories.article(room.memberships.get().user)])
    response = teacher_client.get(reverse("exercise-export", args=[work.uuid]))
    assert is_page(response, 403, "Export opens when you close the reading.")


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/here/",
        "/exercises/not-a-uuid/",
        "/exercises/00000000-0000-0000-0000-000000000000/",
        "/readings/00000000-0000-0000-0000-000000000000/",
        "/static/annotator/css/nothing.css",
        "/static/../config/settings.py",
        "/%00/",
    ],
)
def test_404(teacher_client, address):
    assert is_page(teacher_client.get(address), 404, "We could not confirm this page")


def test_404_is_the_same_page_to_everybody(client, teacher_client):
    assert is_page(client.get("/nothing/"), 404, "We could not confirm this page")
    assertNotContains(teacher_client.get("/nothing/"), "Marit", status_code=404)


@pytest.mark.parametrize("name", ["sign-out", "samples-add"])
def test_405_for_an_address_that_is_only_a_button(teacher_client, name):
    response = teacher_client.get(reverse(name))
    assert is_page(response, 405, "There is no page here")
    assert response.headers["Allow"] == "POST"
    assert response.headers["Cache-Control"] == "no-store"


def test_405_for_a_form_sent_to_a_page(teacher_client):
    response = teacher_client.delete(reverse("library"))
    assert is_page(response, 405, "There is no page here")
    assert "GET" in response.headers["Allow"]


def test_413_for_a_form_that_is_too_long(client, settings: Settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert is_page(client.post("/sign-in/", LOGIN | {"next": "x" * 2000}), 413, "That is too big for us")


@pytest.mark.parametrize("address", ["/sign-in/", "/password/", "/sign-out/", "/invitations/", "/admin/"])
def test_413_for_a_file_anywhere_and_none_of_it_is_kept(address, settings: Settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    # Whoever opened a place on the disk for the file would fail here.
    settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("operator", None))
    file = io.BytesIO(b"x" * 5000)
    file.name = "big.html"
    assert is_page(client.post(address, {"file": file}), 413, "That is too big for us")


def test_a_length_that_is_no_number_counts_as_none(client):
    assert client.get("/sign-in/", CONTENT_LENGTH="12²").status_code == 200
    assert client.get("/sign-in/", CONTENT_LENGTH="9" * 40).status_code == 200


def test_422_for_a_card_s_form_that_is_incomplete():
    room = factories.classroom(factories.teacher())
    work = factories.exercise(room, [factories.article(room.memberships.get().user)])
    reading = factories.reading(work, factories.reader(room, "amber"))
    span = factories.span(reading, 0, 7)
    client = Client()
    client.force_login(reading.member.user)
    address = reverse("reading-span", args=[reading.uuid, span.number])
    assert is_page(client.post(address, {}), 422, "We could not do that")


def test_422_gives_the_rule_s_own_sentence():
    room = factories.classroom(factories.teacher())
    work = factories.exercise(room, [factories.article(room.memberships.get().user)], phase=Phase.ARCHIVED)
    reading = factories.reading(work, factories.reader(room, "amber"))
    client = Client()
    client.force_login(reading.member.user)
    response = client.post(reverse("reading-hand-in", args=[reading.uuid]))
    assert is_page(response, 422, "This exercise is in the archive.")


def test_429_says_how_long_to_wait(client):
    for _guess in range(100):
        attempt_add(limit=SIGN_IN, who="127.0.0.1")
    assert is_page(client.post("/sign-in/", LOGIN), 429, "Wait ten minutes")


@pytest.mark.urls("tests.views.test_errors")
class TestFailing:
    """500: the page asks nothing of the database, and the log says where it failed, never what was typed."""

    @pytest.fixture
    def careless(self):
        client = Client(raise_request_exception=False)
        client.force_login(factories.teacher("marit"))
        return client

    def test_the_page(self, careless):
        response = careless.get("/failing/")
        assert is_page(response, 500, "That went wrong on our side")
        assertNotContains(response, "ZeroDivisionError", status_code=500)
        assertNotContains(response, "Ilse", status_code=500)

    def test_it_asks_the_database_nothing(self, careless):
        with CaptureQueriesContext(
            connection,
        ) as before:
            careless.get("/nothing/")
        with CaptureQueriesContext(connection) as queries:
            careless.get("/failing/")
        # What is asked before the view, by the session's age and for deadlines, is asked for every page alike.
        early = [each["sql"] for each in queries if "django_session" in each["sql"]]
        assert len(early) <= len(before)
        assert len(queries) == len(early) + 1

    def test_the_log_names_the_place_and_not_the_words(self, careless, caplog):
        with caplog.at_level(logging.INFO, "sourcewise.request"):
            response = careless.get("/failing/")
        where, line = [record.getMessage() for record in caplog.records]
        assert "ZeroDivisionError at test_errors.py:" in where
        assert ":failing < " in where
        assert " GET 500 " in line
        assert where.split()[0] == line.split()[0] == response.headers["X-Request-ID"]
        assert "Ilse" not in caplog.text
        assert "typed" not in caplog.text

    def test_refusals_are_no_failures(self, careless, caplog):
        with caplog.at_level(logging.INFO, "sourcewise.request"):
            careless.get("/locked/")
            careless.get("/nothing/")
            careless.get("/sign-in/", headers={"Host": "evil.example"})
        assert [record.levelno for record in caplog.records] == [logging.INFO] * 3

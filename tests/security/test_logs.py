"""The log holds no personal data: canaries in everything a visitor has and sends, and every address visited."""

import json
import logging
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from annotator.models import Article, Membership, Phase, User
from tests.security import rules, world
from tests.security.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S28")]

ADDRESS = "192.0.2.177"
# id route method status milliseconds role
LINE = re.compile(r"[0-9a-f]{12} [a-z:_-]+ [A-Z]+ \d{3} \d+ms (nobody|reader|teacher|operator)")
VISITORS = ["anonymous", "reader", "teacher", "operator"]


@pytest.fixture
def here() -> World:
    """A world whose people have names that must not be found again."""
    made = world.build(Phase.REVEALED)
    for user in User.objects.all():
        user.name = f"Name-Canary {user.username}"
        user.email = f"mail-canary-{user.pk}@school.example"
        user.save()
    Article.objects.update(title="Title-Canary", author="Author-Canary", publication="Publication-Canary")
    Membership.objects.update(pseudonym="Canary-Otter")
    return made


def visit(here: World, role: str, caplog: pytest.LogCaptureFixture) -> tuple[int, set[str]]:
    """Ask for every address as one visitor; the number of requests, and what the visitor had that identifies them."""
    client = here.client(role)
    client.defaults |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": "Agent-Canary", "HTTP_REFERER": "http://ref-canary/"}
    client.raise_request_exception = False
    session = client.cookies["session"].value if "session" in client.cookies else ""
    known = {session, "Agent-Canary", "ref-canary", ADDRESS, "query-canary"}
    asked = 0
    for rule in rules.UNPHASED + rules.PHASED:
        address = reverse(rule.name, kwargs=rule.kwargs(here))
        known |= {str(value) for value in rule.kwargs(here).values() if len(str(value)) > 8}
        kind = {"content_type": "application/json"} if rule.is_json else {}
        payload = json.dumps(rule.payload(here)) if rule.is_json else rule.payload(here)
        if rule.method == "GET":
            client.get(address, {"q": "query-canary", "next": "/query-canary/"})
        else:
            client.post(address, payload, **kind)
        asked += 1
        if role != "anonymous" and rule.name in {"sign-out", "sign-in-link", "invitation", "register"}:
            client.force_login(here.people[role])
    return asked, known


@pytest.mark.parametrize("role", VISITORS)
def test_a_visit_to_every_address_leaves_one_line_each_that_names_nobody(
    here: World, role: str, caplog: pytest.LogCaptureFixture
) -> None:
    asked, known = visit(here, role, caplog)
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == asked > 40
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert {line.split()[-1] for line in lines} >= {"nobody" if role == "anonymous" else role}
    for user in User.objects.all():
        known |= {user.email, str(user.uuid)} | ({user.username} - {"reader", "teacher", "operator"})
    known |= {"Canary", "canary", "Ilse", "ilse.varga", "the ferry was late", world.SIGN_IN_TOKEN, "lantern fair"}
    assert [each for each in sorted(known - {""}) if each in caplog.text] == []


def test_the_watch_sees_what_it_looks_for(here: World, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("sourcewise.request").info("/readings/%s/", here.reading.uuid)
    assert str(here.reading.uuid) in caplog.text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/path-canary/", {}, 404),
        ("/sign-in/", {"Host": "host-canary.example"}, 400),
        ("/static/path-canary.css", {}, 404),
        ("/sign-in/?next=//path-canary", {"Cookie": "session=cookie-canary"}, 200),
    ],
)
def test_refused_requests_are_told_of_by_status_alone(
    caplog: pytest.LogCaptureFixture, address: str, headers: dict[str, str], status: int
) -> None:
    assert Client(REMOTE_ADDR=ADDRESS).get(address, headers=headers).status_code == status
    assert [record.levelno for record in caplog.records] == [logging.INFO]
    assert "canary" not in caplog.text
    assert ADDRESS not in caplog.text


def test_a_failure_is_told_of_without_its_words(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.security.broken_urls"
    client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)
    assert client.get("/broken/?q=query-canary").status_code == 500
    assert "ZeroDivisionError at broken_urls.py:" in caplog.text
    assert "query-canary" not in caplog.text
    assert ADDRESS not in caplog.text

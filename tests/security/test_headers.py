"""The headers of SECURITY's list on every answer: pages, refusals, files and failures alike."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from annotator.models import Phase
from tests.security import rules, world

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S19")]

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self'",
    "connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'",
    "object-src 'none'", "frame-ancestors 'none'",
}  # fmt: skip
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def faults(response: HttpResponse) -> list[str]:
    """Headers that are missing or say something else."""
    policy = {part.strip() for part in response.headers.get("Content-Security-Policy", "").split(";")}
    wrong = [name for name, value in FIXED.items() if response.headers.get(name) != value]
    return wrong + (["Content-Security-Policy"] if policy != POLICY else [])


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.REVEALED])
@pytest.mark.parametrize("role", ["anonymous", "reader", "teacher", "operator"])
def test_every_address_carries_them_whatever_it_answers(role: str, phase: str) -> None:
    here = world.build(phase)
    for rule in rules.PHASED + rules.UNPHASED:
        response = here.client(role).get(reverse(rule.name, kwargs=rule.kwargs(here)))
        assert faults(response) == [], f"{rule.name} as {role}: {response.status_code}"
        assert response.headers["Cache-Control"] == "no-store", rule.name


def test_an_address_that_does_not_exist_carries_them(client: Client) -> None:
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert faults(response) == []


def test_a_failing_page_carries_them_and_says_nothing_of_itself(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.security.broken_urls"
    client = Client(raise_request_exception=False)
    response = client.get("/broken/")
    assert response.status_code == 500
    assert faults(response) == []
    assert b"ZeroDivisionError" not in response.content


def test_static_files_carry_them(client: Client) -> None:
    response = client.get("/static/annotator/css/tokens.css")
    assert b"".join(response.streaming_content)
    assert response.status_code == 200
    assert faults(response) == []


def test_https_adds_strict_transport_security(client: Client, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31536000
    response = Client().get("/nothing/here/", secure=True)
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"

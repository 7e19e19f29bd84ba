"""A server without a timer keeps its word: the first request tidies, and then one an hour."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from annotator.middleware import tidying
from annotator.middleware.tidying import TidyingMiddleware
from annotator.models import Attempt

pytestmark = pytest.mark.django_db


def left_over():
    """A counter of the day before yesterday."""
    return Attempt.objects.create(scope="export", who="x", at=timezone.now() - timedelta(days=2))


def ask(middleware, *, cookie=True):
    """One request, with a session or without."""
    request = RequestFactory().get("/")
    if cookie:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "key"
    return middleware(request)


def test_the_first_request_tidies_and_the_second_does_not():
    middleware = TidyingMiddleware(lambda request: HttpResponse("ok"))
    left_over()
    assert ask(middleware).content == b"ok"
    assert not Attempt.objects.exists()
    left_over()
    ask(middleware)
    assert Attempt.objects.exists()


def test_an_hour_later_it_tidies_again(monkeypatch):
    middleware = TidyingMiddleware(lambda request: HttpResponse("ok"))
    ask(middleware)
    left_over()
    middleware.next_at -= tidying.EVERY_SECONDS
    ask(middleware)
    assert not Attempt.objects.exists()


def test_whoever_has_no_session_waits_for_nothing():
    left_over()
    ask(TidyingMiddleware(lambda request: HttpResponse("ok")), cookie=False)
    assert Attempt.objects.exists()


def test_the_installation_tidies():
    from config.settings import MIDDLEWARE

    assert "annotator.middleware.tidying.TidyingMiddleware" in MIDDLEWARE

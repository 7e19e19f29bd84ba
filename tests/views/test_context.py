"""The banner over pages that travel unprotected."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def is_warned(**request):
    return b"travels unprotected" in Client().get("/sign-in/", **request).content


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_on_this_computer_there_is_nothing_to_read_along(address):
    assert not is_warned(REMOTE_ADDR=address)


def test_another_computer_is_warned_on_every_page():
    assert is_warned(REMOTE_ADDR="192.0.2.7")
    assert b"travels unprotected" in Client().get("/nothing/", REMOTE_ADDR="192.0.2.7").content


def test_over_https_nobody_is_warned():
    assert not is_warned(REMOTE_ADDR="192.0.2.7", secure=True)


def test_who_chose_plain_http_is_reminded_here_too(settings: Settings):
    settings.INSECURE_HTTP = True
    assert is_warned(REMOTE_ADDR="127.0.0.1")


def test_behind_a_proxy_the_visitor_counts_and_not_the_proxy(settings: Settings):
    settings.TRUSTED_PROXIES = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    passed = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}
    assert is_warned(**passed)
    assert not is_warned(**passed, HTTP_X_FORWARDED_PROTO="https")

"""What a monitor asks: alive, and ready."""

import shutil

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from annotator.reports import readiness

BOTH = ["/healthz", "/readyz"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_alive_is_answered_without_a_database(client, method):
    # No database mark: a query would fail here.
    assert getattr(client, method)("/healthz").status_code == 200


@pytest.mark.django_db
def test_ready(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
@pytest.mark.parametrize("address", BOTH)
def test_no_details_no_cookies_no_session(client, address):
    response = client.get(address)
    assert len(response.content) < 10
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Cookie" not in response.headers["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", BOTH)
def test_also_over_plain_http_where_all_else_is_sent_to_https(address, settings: Settings):
    settings.SECURE_SSL_REDIRECT = True
    client = Client()
    assert client.get(address).status_code == 200
    assert client.get("/sign-in/").headers["Location"] == "https://testserver/sign-in/"


@pytest.mark.django_db
@pytest.mark.parametrize("address", BOTH)
def test_nothing_but_looking(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE id = (SELECT MAX(id) FROM django_migrations)")
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready\n")
    assert client.get("/healthz").status_code == 200


def test_not_ready_without_a_database(client, django_db_blocker):
    with django_db_blocker.unblock():
        connection.close()
        name = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = "/nowhere/at/all" if connection.vendor == "sqlite" else "nowhere_at_all"
        try:
            assert client.get("/readyz").status_code == 503
            assert client.get("/healthz").status_code == 200
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name


@pytest.mark.django_db
def test_not_ready_on_a_full_disk(client, monkeypatch):
    free = shutil.disk_usage("/").free
    monkeypatch.setattr(readiness, "LEAST_FREE_BYTES", free + 2**40)
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_not_ready_without_its_folder(client, settings: Settings):
    settings.DATA_DIR = "/nowhere/at/all"
    assert client.get("/readyz").status_code == 503

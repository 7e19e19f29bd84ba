"""The service worker's address: the script as it stands, allowed to look after readings and nothing else."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

SCRIPT = Path(__file__).resolve().parents[2] / "static" / "annotator" / "js" / "worker.js"


@pytest.mark.django_db
def test_anybody_gets_the_script_and_its_scope_is_the_readings(client: Client) -> None:
    response = client.get(reverse("worker"))
    assert response.status_code == 200
    assert response.content == SCRIPT.read_bytes()
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Service-Worker-Allowed"] == "/readings/"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_any_other_method_is_405(client: Client, method: str) -> None:
    assert getattr(client, method)(reverse("worker")).status_code == 405

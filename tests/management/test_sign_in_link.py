"""`manage.py sign_in_link`."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from annotator.models import SignInLink
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def marit():
    return factories.teacher("marit")


def printed(*arguments):
    out = StringIO()
    call_command("sign_in_link", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_one_line_that_signs_the_person_in(marit, client: Client):
    line = printed("Marit")
    assert line.startswith("http://localhost:8000/sign-in/")
    assert line.count("\n") == 1
    client.post(line.strip().removeprefix("http://localhost:8000"))
    assert client.session["_auth_user_id"] == str(marit.pk)


def test_the_link_works_for_a_day_or_as_long_as_asked():
    printed("marit")
    printed("marit", "--hours", "2")
    lives = [each.expires_at - each.created_at for each in SignInLink.objects.order_by("pk")]
    assert lives == [timedelta(days=1), timedelta(hours=2)]


@pytest.mark.parametrize(
    ("host", "start"),
    [
        ("https://sourcewise.example", "https://sourcewise.example/sign-in/"),
        ("https://sourcewise.example/", "https://sourcewise.example/sign-in/"),
        ("192.0.2.7:8000", "http://192.0.2.7:8000/sign-in/"),
    ],
)
def test_the_address_is_the_one_given(host, start):
    assert printed("marit", "--host", host).startswith(start)


def test_without_one_it_is_the_installation_s_own(settings: Settings):
    settings.PUBLIC_HOSTS, settings.HTTPS = ["sourcewise.example"], True
    assert printed("marit").startswith("https://sourcewise.example/sign-in/")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nobody"],
        ["marit", "--hours", "0"],
        ["marit", "--hours", "337"],
        ["marit", "--host", "ftp://sourcewise.example"],
        ["marit", "--host", "https://sourcewise.example/path"],
        ["marit", "--host", "https://"],
    ],
)
def test_what_makes_no_sense_is_refused_and_makes_no_link(arguments):
    with pytest.raises(CommandError):
        printed(*arguments)
    assert not SignInLink.objects.exists()


def test_who_is_barred_gets_no_link(marit):
    type(marit).objects.update(is_active=False)
    with pytest.raises(CommandError, match="barred"):
        printed("marit")
    assert not SignInLink.objects.exists()

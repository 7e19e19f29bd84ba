"""`quickstart`: what the first start makes, what every later one keeps, and what it says when it cannot serve."""

import os
import re
import socket
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command

from annotator.management import serving
from annotator.models import Classroom, SignInLink, User
from annotator.services.accounts import sign_in_link_use
from annotator.services.samples import samples_are_there, samples_remove
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_before(settings):
    """The command changes settings and the rights of new files for its own process only; here it shares ours."""
    settings.INSECURE_HTTP = False
    before = os.umask(0o022)
    yield
    os.umask(before)


def quickstart(*options: str) -> str:
    """Run it without serving; what it prints."""
    printed = TextIOWrapper(BytesIO(), encoding="utf-8", newline="")
    call_command("quickstart", "--no-serve", *options, stdout=printed)
    printed.flush()
    return printed.buffer.getvalue().decode()


def token(printed: str) -> str:
    """The secret part of the link."""
    [found] = re.findall(r"http\S+/sign-in/([^/\s]+)/", printed)
    return found


def test_the_first_start_makes_an_operator_with_the_sample_class_and_prints_a_link():
    printed = quickstart()
    user = User.objects.get(is_superuser=True)
    assert (user.username, user.is_teacher, user.has_usable_password()) == ("teacher", True, False)
    assert samples_are_there(user)
    assert "as “teacher”, once" in printed
    assert "Address   http://127.0.0.1:8000/\n" in printed
    assert sign_in_link_use(token=token(printed)) == user


def test_a_later_start_keeps_everything_and_prints_a_fresh_link():
    first = quickstart()
    second = quickstart()
    assert User.objects.filter(is_superuser=True).count() == 1
    assert Classroom.objects.filter(is_sample=True).count() == 1
    assert token(first) != token(second)
    assert SignInLink.objects.count() == 2


def test_a_sample_class_that_was_removed_does_not_come_back():
    quickstart()
    samples_remove(teacher=User.objects.get(is_superuser=True))
    quickstart()
    assert not Classroom.objects.exists()


def test_empty_is_empty_and_stays_so():
    quickstart("--empty")
    assert not Classroom.objects.exists()
    quickstart()
    assert not Classroom.objects.exists()


def test_the_link_is_for_the_first_operator_who_may_sign_in():
    factories.teacher("ilse")
    User.objects.create_superuser("barred", None, is_active=False)
    User.objects.create_superuser("marit", None)
    User.objects.create_superuser("jon", None)
    assert "as “marit”, once" in quickstart()
    assert User.objects.count() == 4


def test_another_port_stands_in_the_address():
    assert "http://127.0.0.1:8123/sign-in/" in quickstart("--port", "8123")


def test_lan_prints_the_address_a_picture_of_it_and_a_warning(settings):
    printed = quickstart("--host", "192.0.2.7", "--port", "8123")
    assert "Address   http://192.0.2.7:8123/\n" in printed
    assert serving.qr("http://192.0.2.7:8123/", "utf-8") in printed
    assert "plain HTTP" in printed
    assert "192.0.2.7" in settings.ALLOWED_HOSTS
    assert settings.INSECURE_HTTP


def test_without_lan_nobody_else_is_let_in(settings):
    before = list(settings.ALLOWED_HOSTS)
    assert "plain HTTP" not in quickstart()
    assert before == settings.ALLOWED_HOSTS
    assert not settings.INSECURE_HTTP


def test_lan_does_not_take_https_away(settings):
    settings.HTTPS = True
    with pytest.raises(CommandError, match="HTTPS"):
        quickstart("--lan")
    assert not User.objects.exists()


def test_behind_https_the_link_leads_to_the_public_address(settings):
    settings.HTTPS, settings.PUBLIC_HOSTS = True, ["reading.example.org"]
    assert "https://reading.example.org/sign-in/" in quickstart()


@pytest.mark.parametrize(("proxies", "is_told"), [(0, True), (1, False)])
def test_who_forgets_the_proxy_is_told_what_would_happen(proxies, is_told, settings, capsys):
    settings.HTTPS, settings.PUBLIC_HOSTS, settings.TRUSTED_PROXIES = True, ["reading.example.org"], proxies
    quickstart()
    assert ("SOURCEWISE_TRUSTED_PROXIES=1" in capsys.readouterr().err) is is_told


def test_a_port_that_is_taken_is_said_before_anything_is_done():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError) as refused:
            call_command("quickstart", "--port", str(port), stdout=StringIO())
    assert str(refused.value) == (
        f"Port {port} is taken, perhaps by Sourcewise itself: look at http://127.0.0.1:{port}/ "
        f"or choose another port, such as --port {port + 1}."
    )
    assert not User.objects.exists()


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_there_is_no_such_port(port):
    with pytest.raises(CommandError, match="There is no port"):
        call_command("quickstart", f"--port={port}", stdout=StringIO())


def test_an_address_of_another_computer_is_refused():
    with pytest.raises(CommandError, match="does not have the address"):
        call_command("quickstart", "--host", "203.0.113.9", "--port", "0", stdout=StringIO())


def test_only_the_addresses_asked_for_are_bound():
    sockets = serving.listening(["127.0.0.1"], 0)
    try:
        assert [each.getsockname()[0] for each in sockets] == ["127.0.0.1"]
    finally:
        for each in sockets:
            each.close()


def test_a_terminal_without_block_characters_gets_no_picture():
    assert serving.qr("http://192.0.2.7:8000/", "ascii") == ""
    assert serving.qr("http://192.0.2.7:8000/", "no such encoding") == ""

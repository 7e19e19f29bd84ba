"""The environment variables: what each may say, and the one sentence for what it may not."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from tests.ops.installation import Installation

KEY = "k3y-" * 12 + "of-some-length"


def said(name, value, read, monkeypatch):
    """What is said about a value that is refused."""
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        read(name)
    message = str(refused.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(("value", "meant"), [("1", True), (" On ", True), ("yes", True), ("", False), ("0", False)])
def test_a_switch_is_on_or_off(value, meant, monkeypatch):
    monkeypatch.setenv("SOURCEWISE_DEBUG", value)
    assert environment.switch("SOURCEWISE_DEBUG") is meant


@pytest.mark.parametrize("value", ["maybe", "2", "-1"])
def test_a_switch_is_nothing_else(value, monkeypatch):
    assert value in said("SOURCEWISE_DEBUG", value, environment.switch, monkeypatch)


@pytest.mark.parametrize("value", ["-1", "1.5", "one"])
def test_a_count_is_a_whole_number(value, monkeypatch):
    said("SOURCEWISE_TRUSTED_PROXIES", value, lambda name: environment.number(name, 0), monkeypatch)


def test_a_count_left_out_is_its_default(monkeypatch):
    monkeypatch.delenv("SOURCEWISE_TRUSTED_PROXIES", raising=False)
    assert environment.number("SOURCEWISE_TRUSTED_PROXIES", 0) == 0
    monkeypatch.setenv("SOURCEWISE_TRUSTED_PROXIES", "2")
    assert environment.number("SOURCEWISE_TRUSTED_PROXIES", 0) == 2


def test_hosts_are_names_and_addresses(monkeypatch):
    monkeypatch.setenv("SOURCEWISE_HOSTS", " reading.example.org, .example.net,192.168.1.7 ,[fd00::7],")
    assert environment.hosts("SOURCEWISE_HOSTS") == [
        "reading.example.org", ".example.net", "192.168.1.7", "[fd00::7]",
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["*", "https://reading.example.org", "reading.example.org/", "a.example:8000", "a b"])
def test_hosts_are_nothing_else(value, monkeypatch):
    said("SOURCEWISE_HOSTS", value, environment.hosts, monkeypatch)


def test_the_time_zone_is_known(monkeypatch):
    monkeypatch.delenv("SOURCEWISE_TIME_ZONE", raising=False)
    assert environment.time_zone("SOURCEWISE_TIME_ZONE") == "UTC"
    monkeypatch.setenv("SOURCEWISE_TIME_ZONE", "Europe/Oslo")
    assert environment.time_zone("SOURCEWISE_TIME_ZONE") == "Europe/Oslo"
    said("SOURCEWISE_TIME_ZONE", "Europe/Eastquay", environment.time_zone, monkeypatch)


@pytest.mark.parametrize(
    "value",
    ["nonsense", "oracle://u:pencil@h/x", "mysql://u:pencil@h/x", "sqlite://x", "postgres://u:pencil@h:port/x",
     "postgres://u:pencil@[h/x"],
)  # fmt: skip
def test_a_database_address_is_one_of_two_kinds_and_never_repeated(value, monkeypatch, tmp_path):
    message = said("DATABASE_URL", value, lambda name: environment.database(name, tmp_path), monkeypatch)
    assert "pencil" not in message


def test_without_an_address_the_database_is_a_file_of_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "")
    found = environment.database("DATABASE_URL", tmp_path)
    assert found["NAME"] == str(tmp_path / "sourcewise.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    pragmas = found["OPTIONS"]["init_command"]
    assert all(
        each in pragmas for each in ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"]
    )


def test_the_password_of_a_database_may_hold_signs(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p%40ss@db.example:5433/reading")
    found = environment.database("DATABASE_URL", tmp_path)
    assert (found["PASSWORD"], found["HOST"], found["PORT"]) == ("p@ss", "db.example", 5433)
    assert "postgresql" in found["ENGINE"]


def test_the_data_folder_is_made_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCEWISE_DATA", str(tmp_path / "new" / "data"))
    folder = environment.data_dir(tmp_path / "default")
    assert folder == tmp_path / "new" / "data"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    monkeypatch.setenv("SOURCEWISE_DATA", "")
    assert environment.data_dir(tmp_path / "default") == tmp_path / "default"


def test_a_data_folder_that_cannot_be_made_is_refused(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    said("SOURCEWISE_DATA", str(tmp_path / "file"), lambda _: environment.data_dir(tmp_path), monkeypatch)


@pytest.mark.proves("S17")
def test_the_secret_key_is_made_once_and_is_its_owners_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("SOURCEWISE_SECRET_KEY", raising=False)
    key = environment.secret_key(tmp_path)
    assert len(key) >= 80
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert environment.secret_key(tmp_path) == key
    (tmp_path / "other").mkdir()
    assert environment.secret_key(tmp_path / "other") != key


def test_a_secret_key_of_ones_own_is_used_and_not_written_down(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCEWISE_SECRET_KEY", KEY)
    assert environment.secret_key(tmp_path) == KEY
    assert list(tmp_path.iterdir()) == []


@pytest.mark.proves("S17")
@pytest.mark.parametrize("value", ["short", "x" * 100])
def test_a_weak_secret_key_is_refused_and_not_repeated(value, monkeypatch, tmp_path):
    message = said("SOURCEWISE_SECRET_KEY", value, lambda _: environment.secret_key(tmp_path), monkeypatch)
    assert value not in message


def test_an_empty_key_file_is_refused(monkeypatch, tmp_path):
    monkeypatch.delenv("SOURCEWISE_SECRET_KEY", raising=False)
    (tmp_path / "secret_key").touch()
    with pytest.raises(ImproperlyConfigured, match="Delete the file"):
        environment.secret_key(tmp_path)


@pytest.mark.proves("S17")
def test_a_public_installation_passes_djangos_deployment_check(tmp_path):
    here = Installation(tmp_path, extra={"SOURCEWISE_HOSTS": "reading.example.org", "SOURCEWISE_TRUSTED_PROXIES": "1"})
    here.manage("check", "--deploy", "--fail-level", "WARNING")
    here.manage("makemigrations", "--check", "--dry-run")


@pytest.mark.proves("S17")
def test_debugging_in_public_is_refused_in_one_sentence(tmp_path):
    here = Installation(tmp_path, extra={"SOURCEWISE_HOSTS": "reading.example.org", "SOURCEWISE_DEBUG": "1"})
    ended = here.manage("check", status=1)
    sentence = "SOURCEWISE_DEBUG shows source code to visitors: unset it, or unset SOURCEWISE_HOSTS."
    assert ended.stderr == f"Sourcewise cannot start. {sentence}\n"


@pytest.mark.proves("S17")
def test_debugging_is_off_and_nobody_is_trusted_unless_asked_for(tmp_path):
    names = "settings.DEBUG, settings.ALLOWED_HOSTS, settings.SECURE_PROXY_SSL_HEADER"
    code = f"from django.conf import settings; print({names})"
    assert Installation(tmp_path).manage("shell", "--no-imports", "-c", code).stdout == (
        "False ['localhost', '127.0.0.1', '[::1]'] None\n"
    )


def test_without_its_packages_it_says_where_to_look(tmp_path):
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run(
        [sys.executable, "-I", "-S", root / "manage.py", "check"], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "“Run” in README.md" in ended.stderr

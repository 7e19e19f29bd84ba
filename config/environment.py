"""Readers for the environment variables of settings.py: each error is one sentence an operator can act on."""

import os
import re
import secrets
import time
import zoneinfo
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# A leading dot stands for all hosts below a domain.
HOST = re.compile(r"\.?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
# As `check --deploy` asks for.
SECRET_LENGTH = 50
SECRET_VARIETY = 5
# IMMEDIATE: a transaction that reads first and then writes would otherwise fail at once instead of waiting its turn.
# FULL: an answered save is on the disk, as far as the disk keeps its promises.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    ),
}


def text(name: str, default: str = "") -> str:
    """The variable without surrounding white space."""
    return os.environ.get(name, default).strip()


def switch(name: str) -> bool:
    """1, true, yes or on is on; empty, 0, false, no or off is off; anything else is refused."""
    value = text(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    """A whole number of at least 0."""
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def words(name: str) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def hosts(name: str) -> list[str]:
    """Host names or addresses as a browser's address line has them, without scheme, port and path."""
    found = words(name)
    for host in found:
        if not HOST.fullmatch(host):
            raise ImproperlyConfigured(f"{name} must be host names such as reading.example.org, not {host!r}.")
    return found


def time_zone(name: str) -> str:
    """An IANA zone; UTC where nothing is said."""
    zone = text(name, "UTC")
    if zone not in zoneinfo.available_timezones():
        raise ImproperlyConfigured(f"{name} must be a time zone such as Europe/Oslo, not {zone!r}.")
    return zone


def data_dir(default: Path) -> Path:
    """SOURCEWISE_DATA or the default; made for its owner alone where it is not there yet."""
    folder = Path(text("SOURCEWISE_DATA") or default).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"SOURCEWISE_DATA must be a folder that can be written, and {folder} is not: {error.strerror}."
        ) from error
    return folder


def database(name: str, data: Path) -> dict[str, Any]:
    """The database of an address, else an SQLite file in the data folder. What is wrong is said without the address."""
    address = text(name) or f"sqlite:///{data / 'sourcewise.sqlite3'}"
    if not address.startswith(("postgres://", "postgresql://", "sqlite:///")):
        raise ImproperlyConfigured(f"{name} must begin with postgres:// or sqlite:///, or be left out for SQLite.")
    try:
        found = dict(dj_database_url.parse(address, conn_max_age=600, conn_health_checks=True))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read: write postgres://USER:PASSWORD@HOST:PORT/NAME, with %-codes for signs such as @."
        ) from error
    if found["ENGINE"] == "django.db.backends.sqlite3":
        found["OPTIONS"] = SQLITE_OPTIONS
    return found


def secret_key(data: Path) -> str:
    """SOURCEWISE_SECRET_KEY, or the key file of the data folder, written on the first start for its owner alone."""
    given = text("SOURCEWISE_SECRET_KEY")
    if given:
        if len(given) < SECRET_LENGTH or len(set(given)) < SECRET_VARIETY:
            raise ImproperlyConfigured(
                f"SOURCEWISE_SECRET_KEY must be {SECRET_LENGTH} random characters or more; left out, one is made."
            )
        return given
    path = data / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return written_key(path)
    except OSError as error:
        raise ImproperlyConfigured(f"The secret key cannot be written to {path}: {error.strerror}.") from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return written_key(path)


def written_key(path: Path) -> str:
    """What the key file holds; another process that starts at this moment is given a second to write it."""
    for _ in range(20):
        key = path.read_text(encoding="ascii").strip()
        if key:
            return key
        time.sleep(0.05)
    raise ImproperlyConfigured(f"The secret key in {path} is empty. Delete the file, and a new one is made.")

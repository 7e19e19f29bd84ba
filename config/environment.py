"""Readers for the environment variables of settings.py: each error is one sentence an operator can act on."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


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


def secret_key(data_dir: Path) -> str:
    """SOURCEWISE_SECRET_KEY, or the key file of the data folder, written on the first start for its owner alone."""
    given = text("SOURCEWISE_SECRET_KEY")
    if given:
        return given
    path = data_dir / "secret_key"
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()

"""Static files as an installation serves them: what browsers get in tests is what people get."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.management import call_command
from django.test import override_settings

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "config.static_storage.HashedStaticStorage"},
}
FINDER = f"{__name__}.CollectedFinder"


class CollectedFinder(BaseFinder):
    """Finds what was collected, for the test server looks nowhere else."""

    def find(self, path: str, find_all: bool = False) -> list[str] | str:
        """Where the file lies; nothing where it was not collected."""
        place = Path(settings.STATIC_ROOT) / path
        found = [str(place)] if place.is_file() else []
        return found if find_all or not found else found[0]

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        """Nothing more to collect."""
        return []


def collect(folder: Path) -> None:
    """Our files joined, all shortened and under hashed names."""
    with override_settings(STORAGES=STORAGES, STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)

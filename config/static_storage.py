"""Static files as they are served: our scripts and sheets joined and small, all under names to cache for ever."""

from collections.abc import Iterator, Mapping
from typing import Any

import rjsmin
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config import joined_scripts, joined_sheets


class HashedStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """WhiteNoise's storage, which gets our own scripts and sheets made small, and renames what our scripts import.

    Only ours: Django would do it for every script, and trips over an `import(…)` in a comment of htmx's extensions.
    """

    # Imports with `from` or bare, whose addresses get their hashes too.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("annotator/js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1][:3]),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Modules that are served as part of another file: their address is that file's.
        self.places: dict[str, str] = {}

    def post_process(self, paths: Mapping[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002  # Django's
        """Join, shorten, then name and compress all; what went into another file is not served by itself."""
        if dry_run:
            return
        smaller = self.made_small({name: text_of(*paths[name]) for name in paths if is_ours(name)})
        kept = {name: place for name, place in paths.items() if name not in self.places}
        yield from super().post_process(kept | smaller, dry_run, **options)
        self.delete_files(self.places)

    def made_small(self, sources: Mapping[str, str]) -> dict[str, tuple[InMemoryStorage, str]]:
        """Where each of our files lies as it is to be served."""
        scripts = joined_scripts.joined({name: text for name, text in sources.items() if name.endswith(".js")})
        self.places = scripts.places
        made = {name: str(rjsmin.jsmin(text)) for name, text in scripts.files.items()}
        for name in sources:
            if name.endswith(".css"):
                made[name] = joined_sheets.smaller(joined_sheets.joined(name, sources))
        memory = InMemoryStorage()
        return {name: (memory, memory.save(name, ContentFile(text.encode()))) for name, text in made.items()}

    def save_manifest(self) -> None:
        """Note the addresses, with those of the modules inside of others."""
        self.hashed_files |= {name: self.hashed_files[whole] for name, whole in self.places.items()}
        super().save_manifest()


def is_ours(name: str) -> bool:
    """Whether a file is a script or sheet of ours, not one that others wrote."""
    return (name.startswith(joined_scripts.FOLDER) and name.endswith(".js")) or (
        name.startswith(joined_sheets.FOLDER) and name.endswith(".css")
    )


def text_of(storage: Any, path: str) -> str:
    """What a collected file holds."""
    with storage.open(path) as file:
        return str(file.read().decode())

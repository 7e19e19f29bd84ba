"""Static files under hashed, forever-cacheable names, the imports inside our own JavaScript modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """WhiteNoise's storage, told to rewrite the addresses inside our ES modules as well.

    Only ours: Django would do it for every script, and trips over an `import(…)` in a comment of htmx's extensions.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("annotator/js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

"""Static files under hashed, forever-cacheable names, JavaScript imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """WhiteNoise's storage, told to rewrite the addresses inside ES modules as well."""

    support_js_module_import_aggregation = True

"""Codebooks: the one that comes with the app."""

from annotator.models import CodebookVersion

DEFAULT_SLUG = "sourcewise-news"


def default_version() -> CodebookVersion:
    """The newest published version of the app's own codebook; DoesNotExist where its migration has not run."""
    published = CodebookVersion.objects.filter(codebook__slug=DEFAULT_SLUG, codebook__owner=None)
    return published.exclude(published_at=None).latest("number")

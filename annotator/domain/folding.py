"""Text made comparable for searching: databases fold ASCII only, and each in its own way."""

import unicodedata


def folded(text: str) -> str:
    """Without differences of case, width or composition; NBSP becomes a space. Not for offsets: lengths change."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())

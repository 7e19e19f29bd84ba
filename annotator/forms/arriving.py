"""What a request says of itself before anything of it is read."""

from django.http import HttpRequest


def declared_length(request: HttpRequest) -> int:
    """How many bytes the request says it sends; 0 where that is no number."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isascii() and length.isdecimal() and len(length) < 16 else 0

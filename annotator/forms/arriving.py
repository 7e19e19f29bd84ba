"""What a request says of itself before anything of it is read."""

from django.http import HttpRequest

from annotator.domain.whole_numbers import whole_number


def declared_length(request: HttpRequest) -> int:
    """How many bytes the request says it sends; 0 where that is no number."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return whole_number(length, 15) or 0

"""Polled parts of pages: what has not changed since the last look is answered with 304 and nothing else."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified


def mark_of(*seen: object) -> str:
    """An ETag for what a part of a page shows: frozen dataclasses, strings, numbers. It gives nothing of them away."""
    return f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}"'


def not_modified(request: HttpRequest, mark: str) -> HttpResponse | None:
    """The answer to a look that finds nothing new, or None."""
    if request.headers.get("If-None-Match") != mark:
        return None
    response = HttpResponseNotModified()
    response.headers["ETag"] = mark
    return response

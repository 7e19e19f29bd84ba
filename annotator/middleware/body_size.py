"""Refuses a request that says it is too big before anything of it is read, whatever kind of form it is."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from annotator.forms.arriving import declared_length


class BodySizeMiddleware:
    """Raises RequestDataTooBig, which becomes the 413 page; stands before the CSRF check, the first to read a form.

    Django's own limit lets files through, and keeps them on the disk. A view that is exempt from the CSRF check reads
    no form before it has looked at the size itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Look at the length."""
        if declared_length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and not getattr(view, "csrf_exempt", False):
            raise RequestDataTooBig

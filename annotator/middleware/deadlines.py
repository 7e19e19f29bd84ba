"""Closes what has run out before anybody looks: no process watches the clock, so each request does."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from annotator.services.lesson_clock import deadlines_apply

# Pages without a person behind them that show a lesson.
PUBLIC = "projector"
# The health of the process is asked every few seconds, and has nothing to do with lessons.
LEFT_OUT = {"healthz", "readyz"}


class DeadlinesMiddleware:
    """Applies the deadlines before the view of a signed-in person or of a projector asks who may see what.

    Static files answer further up. One look at an index, unless something is due.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Now the address is known, and the view has not begun."""
        if concerns(request):
            deadlines_apply()


def concerns(request: HttpRequest) -> bool:
    """Whether the answer may depend on where a lesson stands."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in LEFT_OUT:
        return False
    if name.startswith(PUBLIC):
        return True
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session

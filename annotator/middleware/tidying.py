"""Forgets what is due now and then, so that a server which runs for months keeps its word without a timer beside it."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from annotator.services.retention import tidy

EVERY_SECONDS = 3600
log = logging.getLogger("sourcewise")


class TidyingMiddleware:
    """Tidies before the first request of somebody with a session, and then once an hour in each process."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.next_at = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, whatever becomes of tidying."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and time.monotonic() >= self.next_at:
            self.next_at = time.monotonic() + EVERY_SECONDS
            try:
                tidy()
            except DatabaseError as error:
                log.warning("tidying failed: %s", type(error).__name__)
        return self.get_response(request)

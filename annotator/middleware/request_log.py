"""A log line for each request that names no person: route, status, time, role."""

import logging
import time
import traceback
import uuid
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

logger = logging.getLogger("sourcewise.request")
# These have pages of their own and are no failures.
HANDLED = (Http404, PermissionDenied, SuspiciousOperation, BadRequest)


class RequestLogMiddleware:
    """Writes `id route method status milliseconds role`; never the path, which holds identifiers.

    A failure gets a second line with the kind of the exception and the places it came through, never its message,
    which may repeat what somebody typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Time the request and log its outcome."""
        request_id = request_id_of(request)
        began = time.perf_counter()
        response = self.get_response(request)
        spent = round((time.perf_counter() - began) * 1000)
        response.headers["X-Request-ID"] = request_id
        level = logging.ERROR if response.status_code >= 500 else logging.INFO
        logger.log(
            level,
            "%s %s %s %s %dms %s",
            request_id,
            route_of(request),
            request.method,
            response.status_code,
            spent,
            role_of(request),
        )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Note where a view failed; Django answers."""
        if isinstance(exception, HANDLED):
            return
        logger.error("%s %s at %s", request_id_of(request), type(exception).__name__, places_of(exception))


def request_id_of(request: HttpRequest) -> str:
    """The same twelve characters in every line about one request, and in its `X-Request-ID`."""
    if "sourcewise.request_id" not in request.META:
        request.META["sourcewise.request_id"] = uuid.uuid4().hex[:12]
    return str(request.META["sourcewise.request_id"])


def places_of(exception: Exception) -> str:
    """file:line:function of each frame, the last first."""
    frames = traceback.extract_tb(exception.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in reversed(frames))


def route_of(request: HttpRequest) -> str:
    """The URL's name, or `static` or `-` where none matched."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "-"
    return "static" if request.path_info.startswith("/static/") else "-"


def role_of(request: HttpRequest) -> str:
    """operator, teacher, reader or nobody; asks nothing of the database that the view has not asked already."""
    session = getattr(request, "session", None)
    if session is None or not getattr(session, "accessed", False):
        return "nobody"
    user = getattr(request, "_cached_user", None)
    if user is None or not user.is_authenticated:
        return "nobody"
    if user.is_superuser:
        return "operator"
    return "teacher" if user.is_teacher else "reader"

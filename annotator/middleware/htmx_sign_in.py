"""When a session has ended, sends the whole page to sign in, not the fragment that asked."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


class HtmxSignInMiddleware:
    """Turns a redirect to the sign-in page into one that htmx follows with the page; stands after HtmxMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and look at where the answer leads."""
        response = self.get_response(request)
        htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
        door = resolve_url(settings.LOGIN_URL)
        if not htmx or response.status_code != 302 or urlsplit(response.headers["Location"]).path != door:
            return response
        page = htmx.current_url_abs_path
        return HttpResponseClientRedirect(f"{door}?{urlencode({'next': page})}" if page else door)

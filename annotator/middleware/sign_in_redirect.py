"""Where somebody lands whose session has ended: the sign-in page, and afterwards the page they were on."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


class SignInRedirectMiddleware:
    """Mends the redirects that ask to sign in; stands after HtmxMiddleware.

    htmx must not swap the sign-in page into a fragment, so it is told to go there with the whole page. And a form
    that was sent leads back to the page it stood on: its own address often answers to nothing but forms.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and look at where the answer leads."""
        response = self.get_response(request)
        door = resolve_url(settings.LOGIN_URL)
        if response.status_code != 302 or not response.headers["Location"].startswith(f"{door}?"):
            return response
        htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
        unsent = {} if request.method in {"GET", "HEAD"} else {"unsent": "1"}
        if htmx:
            return HttpResponseClientRedirect(
                f"{door}?{urlencode({'next': htmx.current_url_abs_path or '/'} | unsent)}"
            )
        if unsent:
            response.headers["Location"] = f"{door}?{urlencode({'next': page_before(request)} | unsent)}"
        return response


def page_before(request: HttpRequest) -> str:
    """The page of ours that the form stood on, as the browser tells; else home."""
    found = urlsplit(request.headers.get("Referer", ""))
    if found.netloc != request.get_host():
        return "/"
    return f"{found.path or '/'}?{found.query}" if found.query else found.path or "/"

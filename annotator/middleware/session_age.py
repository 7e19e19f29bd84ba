"""Ends a session that nobody has used for hours, and every session at the end of its day."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from annotator.services.sign_in import SESSION_ENDS

SEEN = "seen"
# A page that asks by itself how things are says so with this header: that is no sign of a person.
POLL = "Sourcewise-Poll"
# A session row is written only this often, so that reading a page costs no write.
RESOLUTION_SECONDS = 600


class SessionAgeMiddleware:
    """Signs out after SESSION_IDLE_SECONDS without a request, and when the time set at sign-in is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the time of the last request, then pass this one on."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            self.look_at(request)
        return self.get_response(request)

    def look_at(self, request: HttpRequest) -> None:
        """Sign out the idle and the overlong, note the others' time now and then."""
        if "_auth_user_id" not in request.session:
            return
        now = int(time.time())
        seen = int(request.session.get(SEEN, now))
        # Written at sign-in; a session that came about otherwise gets the longest time from now on.
        ends = int(request.session.setdefault(SESSION_ENDS, now + settings.SESSION_COOKIE_AGE))
        if now - seen > settings.SESSION_IDLE_SECONDS or now >= ends:
            logout(request)
        elif SEEN not in request.session or (now - seen > RESOLUTION_SECONDS and POLL not in request.headers):
            request.session[SEEN] = now

"""Takes the session cookie away only from who leaves, not from who came after."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse


class SessionCookieMiddleware(SessionMiddleware):
    """Django's own, save that a session which is not there any more leaves its cookie alone.

    Django answers every request of an ended session by deleting the cookie. A save that was on its way when its reader
    left would then sign out whoever has signed in since in the same browser.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """As in Django; a request that ends its session itself has changed it."""
        ends_here = request.session.modified
        answer = super().process_response(request, response)
        name = settings.SESSION_COOKIE_NAME
        if not ends_here and name in answer.cookies and not answer.cookies[name].value:
            del answer.cookies[name]
        return answer

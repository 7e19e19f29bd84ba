"""Who is at the door: the visitor's address, their session, and where they wanted to go."""

import time

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from annotator.models import User
from annotator.services.sign_in import SESSION_ENDS, past_forget, session_end

# When a link said who this is.
CAME_BY_LINK = "came_by_link"
# As long as this after a sign-in link, a new password needs no old one.
LINK_REMEMBERED_SECONDS = 3600


def address_of(request: HttpRequest) -> str:
    """The visitor's network address, as far as it can be trusted: what a proxy of ours saw, else who connected."""
    proxies: int = settings.TRUSTED_PROXIES
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(passed) >= proxies and passed[-proxies]:
        return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def session_begin(request: HttpRequest, user: User, *, by_link: bool = False) -> None:
    """Sign `user` in under a new session key; whatever another person left in this browser's session is gone.

    A reader's session ends with the browser, as pupils share computers.
    """
    past_forget()
    login(request, user)
    now = int(time.time())
    request.session[SESSION_ENDS] = session_end(user=user, now=now)
    request.session.set_expiry(None if user.is_teacher else 0)
    request.session.pop(CAME_BY_LINK, None)
    if by_link:
        request.session[CAME_BY_LINK] = now


def has_just_come_by_link(request: HttpRequest) -> bool:
    """A sign-in link said who this is within the last hour."""
    return int(time.time()) - int(request.session.get(CAME_BY_LINK, 0)) < LINK_REMEMBERED_SECONDS


def place_after(request: HttpRequest, wanted: str, otherwise: str = "") -> str:
    """`wanted` where it is an address of this site, else `otherwise` or home."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=None, require_https=request.is_secure()
    )
    return wanted if is_ours else otherwise or reverse("home")
